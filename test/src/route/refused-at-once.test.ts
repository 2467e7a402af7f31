/** A form that came too late says so at once, at its top, and keeps what was typed; and nothing offers what is refused. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { refusedNow } from '../../../flows/deal/refusing/refused.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { moreChoices, moreAttempt } from '../../../src/route/deal.ts';
import { presets } from '../../blocks/forms/support.ts';
import { anOrganisation, aView } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { everyStatus, overTheYears } from '../../support/every-deal.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
});
afterEach(() => at.end());

const withdraw = () =>
  at.submit('rep-1', 'deal.more', { deal }, { choice: 'withdraw', reason: 'The customer went elsewhere.' });

const over = (reply: Reply, typed: FormValues): void => {
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  expect(JSON.stringify(reply.form.blocks[0])).toMatch(/This deal is withdrawn/);
  expect(presets(reply.form)).toMatchObject(typed);
  expect(JSON.stringify(reply.form)).not.toMatch(/Please say why/);
};

const DETAILS = { customer: 'Another sample', product: 'analytics', destination: 'NO', endUserName: 'Sample Ministry' };

it.each([
  ['details without a reason', 'deal.details', {}, DETAILS],
  [
    'details with a reason',
    'deal.details',
    {},
    {
      ...DETAILS,
      endUserKind: 'government',
      exportLicence: 'pending',
      intermediaries: 'none',
      reason: 'A typo in it.',
    },
  ],
  ['a hand-over to nobody', 'deal.hand-over', { section: 'product' }, { note: 'Please look.' }],
])('%s', async (_name, form, more, values) => {
  await withdraw();
  over(await at.submit('rep-1', form, { deal, ...more }, values), values);
});

it.each([
  ['a half-filled section', { 'q:P1': 'yes', 'n:P1': 'Sample note' }],
  ['a whole section', { 'q:P1': 'yes', 'n:P1': 'Sample note', 'q:P2': 'no', 'q:P4': 'common' }],
])('%s is refused with all that was typed, to be raised as a flag', async (_name, values) => {
  await withdraw();
  const reply = await at.submit('rep-1', 'deal.section', { deal, section: 'product' }, values);
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  expect(JSON.stringify(reply.form.blocks[0])).toMatch(/This deal is withdrawn/);
  expect(presets(reply.form)['title']).toMatch(/data about people\? Yes. Note: Sample note./);
});

it('an answer to the approvers is refused with what it says, to be raised as a flag', async () => {
  await at.answerAll(deal);
  const ask = { type: 'AskForInformation' as const, step: 0, question: 'Who pays for it?' };
  await at.deals.handle(deal, ask, { actor: 'compliance-1', cause: 'asked' });
  const request = (await at.deals.view(deal))?.deal.requests[0]?.id ?? '';
  await withdraw();
  const said = 'Their guards pay for it, the union says.';
  const reply = await at.submit(
    'rep-1',
    'deal.give-information',
    { deal, request },
    { text: said, sources: 'Union paper, 2026' },
  );
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  expect(reply.form.name).toBe('deal.raise-flag');
  expect(presets(reply.form)['title']).toBe(`${said} Union paper, 2026`);
  expect(JSON.stringify(reply.form.blocks[0])).toMatch(/withdrawn, so nobody waits for this answer/);
});

it('a mistake in a form that is in time is shown at its input', async () => {
  const reply = await at.submit('rep-1', 'deal.details', { deal }, DETAILS);
  expect(reply.kind).toBe('errors');
});

it('“More” offers nothing that would be refused whatever is written', () => {
  const deals = [...Object.values(everyStatus), ...overTheYears.map(([, one]) => one)];
  let offered = 0;
  for (const one of deals) {
    const view = aView(one);
    for (const { id } of anOrganisation().people) {
      for (const choice of moreChoices(view, id)) {
        const attempt = moreAttempt(view, id, choice);
        if (!attempt) continue;
        offered += 1;
        expect([one.status, id, choice, refusedNow(view, id, attempt)?.text]).toEqual([
          one.status,
          id,
          choice,
          undefined,
        ]);
      }
    }
  }
  expect(offered).toBeGreaterThan(50);
  expect(moreChoices(aView(everyStatus.stopped), 'rep-1')).not.toContain('withdraw');
  expect(moreChoices(aView(everyStatus.stopped), 'chief-1')).toContain('reopen');
});
