/** What votes carried and what questions hold, as a chat would send it. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  const { people, groups } = anOrganisation();
  const members = ['compliance-1', 'compliance-2'];
  at = atDesk({
    organisation: anOrganisation({
      people: [...people, { id: 'compliance-2', name: 'Sample Compliance Two', slack: 'U0COMPLIANCE2' }],
      groups: groups.map((g) => (g.id === 'compliance' ? { ...g, members } : g)),
    }),
  });
  deal = await at.openDeal();
  await at.answerAll(deal, { 'H-RF3': 'yes' });
});
afterEach(() => at.end());

const saidIn = (reply: Reply): string =>
  reply.kind === 'tell' ? plain(reply.card) : reply.kind === 'form' ? JSON.stringify(reply.form.blocks) : reply.kind;
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value });
const card = async (key: string): Promise<string> => {
  const found = await createLiveCard(at.deals)(deal, key);
  return found ? plain(found) : '';
};
const WEIGHED = Object.fromEntries(
  ['leverage', 'crucial', 'scale', 'scope', 'irremediability', 'ending'].map((name) => [name, 'a']),
);
const REASONS = 'The safeguards answer what was found here.';

/** Goes through a review with what each page presets and these values, and signs it. */
const review = async (person: string, values: FormValues): Promise<Reply> => {
  let reply = await click(person, 'deal.review', `${deal}/0`);
  for (let n = 0; n < 9 && reply.kind === 'form' && reply.form.submit !== undefined; n += 1) {
    const { form } = reply;
    const typed = { ...presets(form), 'f:H-RF3': 'uphold', ...WEIGHED, rationale: REASONS, ...values };
    reply = await at.ask(person, { kind: 'submit', form: form.name, context: form.context, values: typed });
  }
  return reply;
};

const changeNote = (): Promise<Reply> =>
  at.submit('rep-1', 'deal.section', { deal, section: 'product' }, { 'q:P1': 'yes', 'q:P2': 'no', 'q:P4': 'common' });

describe('a condition of a vote that was voided', () => {
  it('is on the card and in the form of the next approver, and stands in the thread where it is left out', async () => {
    await review('compliance-1', { outcome: 'approve-with-conditions', cx: 'Limit the use to one site' });
    await changeNote();
    expect(await card('review:1:0')).toContain(
      'Asked for in votes that no longer count. The next approval takes each over or says why not:\n- Limit the use to one site. Owner: @rep-1',
    );
    const [carried] = (await at.deals.view(deal))?.deal.carried ?? [];
    const id = carried?.conditions[0]?.id ?? '';
    const refused = await review('compliance-2', { outcome: 'approve' });
    expect(refused).toMatchObject({ kind: 'errors' });
    expect(refused.kind === 'errors' && Object.keys(refused.errors)).toEqual(['outcome']);
    expect(
      await review('compliance-2', {
        outcome: 'approve',
        [`v:${id}`]: 'leave',
        [`vr:${id}`]: 'There is one site only.',
      }),
    ).toEqual({ kind: 'done' });
    expect((await at.deals.view(deal))?.deal).toMatchObject({
      step: 1,
      votes: [{ by: 'compliance-2', leftOut: [{ askedBy: 'compliance-1', reason: 'There is one site only.' }] }],
    });
    expect(await card('review:1:0')).toContain('This step is complete');
  });
});

describe('a question of an approver', () => {
  it('holds the step on the card, against a signature, and until it is taken back', async () => {
    await review('compliance-1', { outcome: 'information', question: 'Who runs it?' });
    const request = (await at.deals.view(deal))?.deal.requests[0]?.id ?? '';
    const shown = await card('review:1:0');
    expect(shown).toContain('Held by the question of @compliance-1 since 1 March 2027');
    expect(await card('root')).toContain('That holds the step.');
    const held = await review('compliance-2', { outcome: 'approve' });
    expect(saidIn(held)).toContain('Sample Compliance asked the deal team: “Who runs it?”');
    expect(saidIn(await click('rep-1', 'deal.take-question-back', `${deal}/${request}`))).toContain('on the deal team');
    expect(saidIn(await click('compliance-2', 'deal.take-question-back', `${deal}/${request}`))).toContain('Only ');
    const form = await click('compliance-1', 'deal.take-question-back', `${deal}/${request}`);
    expect(form).toMatchObject({ kind: 'form', form: { name: 'deal.take-question-back' } });
    expect(await at.submit('compliance-1', 'deal.take-question-back', { deal, request }, {})).toEqual({ kind: 'done' });
    expect(await card('review:1:0')).not.toContain('Held by');
    expect(saidIn(await click('rep-1', 'deal.give-information', `${deal}/${request}`))).toContain('was taken back');
    expect(await review('compliance-2', { outcome: 'approve' })).toEqual({ kind: 'done' });
  });
});
