/** Acting for an absent person, as a chat would send it: the form, the record and every card say so. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import type { Notice } from '../../../flows/deal/telling/notices.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  const { people, ...rest } = anOrganisation();
  at = atDesk({ organisation: { ...rest, people: people.map((p) => ({ ...p, deputies: ['product-1'] })) } });
  deal = await at.openDeal();
});
afterEach(() => at.end());

const away = async (person: string, delegate: string): Promise<void> => {
  const values = { from: '2027-03-01', until: '2027-03-12', delegate };
  const reply = await at.submit(person, 'desk.away', {}, values);
  if (reply.kind !== 'tell') throw new Error(JSON.stringify(reply));
};
const toldIn = (reply: Reply): string => (reply.kind === 'tell' ? plain(reply.card) : JSON.stringify(reply));
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value });
const send = (person: string, form: Form, values: FormValues): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: form.name, context: form.context, values });
const APPROVE: FormValues = { outcome: 'approve', rationale: 'The safeguards answer what was found here.' };
/** Goes up to the page on which it is signed. */
const readToTheEnd = async (person: string): Promise<Form> => {
  const first = formIn(await click(person, 'deal.review', `${deal}/0`));
  const decision = formIn(await send(person, first, {}));
  return formIn(await send(person, decision, APPROVE));
};
const card = async (key: string): Promise<string> => {
  const found = await createLiveCard(at.deals)(deal, key);
  return found ? plain(found) : '';
};

describe('who stands in for an approver', () => {
  it('is told, reads the deal, sees for whom they vote, and signs it', async () => {
    await away('compliance-1', 'product-1');
    await at.answerAll(deal);
    expect(await card('review:1:0')).toContain(
      '(Sample Product Manager can vote for Sample Compliance, who is away): please review',
    );
    const commits = await at.store.read(deal);
    const owed = commits.flatMap(({ body }) => body.notices as unknown as Notice[]);
    const mine = owed.find((n) => n.kind === 'fact' && n.target.to === 'person' && n.target.person === 'product-1');
    const view = await at.deals.view(deal);
    const said = view && mine?.kind === 'fact' ? plain(factCard(view, mine.fact, {}, mine.target)) : '';
    expect(said).toContain('You get this because you act for @compliance-1 until 12 March 2027.');
    expect(said).toContain('You can vote in Compliance for @compliance-1, who is away.');
    const first = formIn(await click('product-1', 'deal.review', `${deal}/0`));
    expect(first.blocks).toContainEqual({
      kind: 'text',
      text: expect.arrayContaining([{ strong: 'You vote for ' }, { person: 'compliance-1' }]),
    });
    const last = await readToTheEnd('product-1');
    expect(last.blocks[0]).toMatchObject({
      facts: expect.arrayContaining([{ label: 'You', value: ['approve', ', for ', { person: 'compliance-1' }] }]),
    });
    expect(await send('product-1', last, {})).toEqual({ kind: 'done' });
    expect((await at.deals.view(deal))?.deal).toMatchObject({
      status: 'decided',
      decision: { votes: [{ by: 'product-1', for: 'compliance-1' }] },
    });
    expect(await card('review:1:0')).toContain('@product-1, for @compliance-1: approve');
  });

  it('signs nothing once they are back', async () => {
    await away('compliance-1', 'product-1');
    await at.answerAll(deal);
    const last = await readToTheEnd('product-1');
    await at.ask('compliance-1', { kind: 'click', name: 'desk.back', value: '' });
    const before = await at.commits();
    expect(toldIn(await send('product-1', last, {}))).toContain('Only the deal team');
    expect(toldIn(await click('product-1', 'deal.review', `${deal}/0`))).toContain('Only the deal team');
    expect(await at.commits()).toBe(before);
  });

  it('reads what those for whom they vote read of other deals, and of whom it is as little', async () => {
    const title = 'They read the mail of journalists';
    const other = await at.openDeal();
    await at.deals.handle(other, { type: 'Withdraw', reason: title }, { actor: 'rep-1', cause: 'withdraw' });
    await away('compliance-1', 'product-1');
    const page = async (): Promise<string> => JSON.stringify(await click('product-1', 'deal.why', deal));
    await at.answerAll(deal);
    expect(await page()).toContain(title);
    const last = await readToTheEnd('product-1');
    await send('product-1', last, {});
    expect(await page()).toContain(title);
    expect(await page()).not.toContain(other);
  });

  it('reads nothing of a deal that waits for somebody else', async () => {
    await away('senior-1', 'product-1');
    await at.answerAll(deal);
    expect(toldIn(await click('product-1', 'deal.review', `${deal}/0`))).toContain('Only the deal team');
  });
});

describe('a condition', () => {
  it('is handed over by a form that keeps what was typed', async () => {
    await at.answerAll(deal);
    const first = formIn(await click('compliance-1', 'deal.review', `${deal}/0`));
    const decision = formIn(await send('compliance-1', first, {}));
    const typed: FormValues = {
      ...APPROVE,
      outcome: 'approve-with-conditions',
      cx: 'Name the risks in the contract.',
    };
    const grown = formIn(
      await at.ask('compliance-1', {
        kind: 'change',
        form: decision.name,
        context: decision.context,
        values: typed,
        input: 'outcome',
      }),
    );
    const last = formIn(await send('compliance-1', grown, typed));
    expect(await send('compliance-1', last, {})).toEqual({ kind: 'done' });
    const now = (await at.deals.view(deal))?.deal;
    const condition = now?.status === 'decided' ? (now.decision.conditions[0]?.id ?? '') : '';
    const form = formIn(await click('rep-1', 'deal.hand-over-condition', `${deal}/${condition}`));
    const wrong = await send('rep-1', form, { person: 'rep-1', reason: 'She runs it' });
    expect(wrong).toMatchObject({ kind: 'errors', errors: { person: 'That person has this condition already.' } });
    expect(await send('rep-1', form, { person: 'product-1', reason: 'She runs it' })).toEqual({ kind: 'done' });
    expect(await card('conditions')).toContain('Owner: @product-1');
    expect(toldIn(await click('senior-1', 'deal.hand-over-condition', `${deal}/${condition}`))).toContain('Only');
  });
});
