/** An approver's first page with similar deals, as a chat would request it. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import type { Ballot } from '../../../flows/deal/deal.ts';
import { cardRoundOf } from '../../../flows/deal/telling/routed-alike.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { DealId } from '../../../flows/ids.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { wordsOf } from '../../blocks/forms/support.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';
import { voteOf } from '../../support/story.ts';

let at: AtDesk;
beforeEach(() => {
  at = atDesk();
});
afterEach(() => at.end());

const viewOf = async (deal: DealId): Promise<DealView> => {
  const view = await at.deals.view(deal);
  if (!view) throw new Error('no deal');
  return view;
};
const vote = async (deal: DealId, person: string, more: Partial<Ballot> = {}): Promise<void> => {
  const outcome = await at.deals.handle(deal, voteOf(await viewOf(deal), more), {
    actor: person,
    cause: `vote:${deal}:${person}`,
  });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
const newDeal = async (answers: Record<string, string> = {}): Promise<DealId> => {
  const deal = await at.openDeal();
  await at.answerAll(deal, answers);
  return deal;
};
const CONDITION = { id: 'c1', text: 'Name the risks in the contract.', owner: 'rep-1', due: '2027-03-15' };

/** One of the low tier approved, one declined after an approval, one approved with a condition; in that order. */
const threePast = async (): Promise<[DealId, DealId, DealId]> => {
  const low = await newDeal();
  await vote(low, 'compliance-1');
  await at.travel('2027-03-02T09:00:00.000Z');
  const declined = await newDeal({ 'H-RF3': 'yes' });
  await vote(declined, 'compliance-1', { rationale: 'The contract answers it well enough.' });
  await vote(declined, 'senior-1', { outcome: 'decline', rationale: 'Nothing answers the conflict.' });
  await at.travel('2027-03-03T09:00:00.000Z');
  const held = await newDeal({ 'H-RF3': 'yes' });
  await vote(held, 'compliance-1', { outcome: 'approve-with-conditions', conditions: [CONDITION] });
  await vote(held, 'senior-1', { outcome: 'approve-with-conditions', conditions: [CONDITION] });
  return [low, declined, held];
};

const review = async (deal: DealId, person: string): Promise<Form> =>
  formIn(await at.ask(person, { kind: 'click', name: 'deal.review', value: deal }));
/** Text of the page below its heading of similar deals. */
const similarIn = (form: Form): string => wordsOf(form).split('Similar deals')[1] ?? '';

describe('a review', () => {
  it('shows three similar deals, the most alike and then the newest first, with why, conditions and dissent', async () => {
    const [low, declined, held] = await threePast();
    const similar = similarIn(await review(await newDeal({ 'H-RF3': 'yes' }), 'compliance-1'));
    const places = [held, declined, low].map((id) => similar.indexOf(id));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(similar).toContain('The same end-user, same product, same country, 1 shared flag.');
    expect(similar).toContain('1 condition: “Name the risks in the contract.”');
    expect(similar).toContain('1 vote for something else:');
    expect(similar).toContain('The contract answers it well enough.');
    expect(similar).toContain('3 March 2027');
  });

  it('shows an approver only what they may read', async () => {
    const [low, declined, held] = await threePast();
    const deal = await newDeal({ 'H-RF3': 'yes' });
    await vote(deal, 'compliance-1');
    const words = wordsOf(await review(deal, 'senior-1'));
    expect([low, declined, held].map((id) => words.includes(id))).toEqual([false, true, true]);
  });

  it('says nothing where there is nothing to show', async () => {
    const low = await newDeal();
    await vote(low, 'compliance-1');
    const deal = await newDeal({ 'H-RF3': 'yes' });
    await vote(deal, 'compliance-1');
    const words = wordsOf(await review(deal, 'senior-1'));
    expect(words).toContain('Step 2 of 2');
    expect(words.toLowerCase()).not.toContain('similar');
  });

  it('shows them on its first page, wherever that comes from: a button, a look, the way back, changed facts', async () => {
    const [, , held] = await threePast();
    const deal = await newDeal({ 'H-RF3': 'yes' });
    const { deal: now } = await viewOf(deal);
    const looked = await at.ask('compliance-1', { kind: 'look', deal, key: `review:${now.round}:0` });
    expect(similarIn(formIn(looked))).toContain(held);
    const first = await review(deal, 'compliance-1');
    const submit = (context: string): Promise<Reply> =>
      at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context, values: { 'f:H-RF3': 'uphold' } });
    const second = formIn(await submit(first.context));
    expect(similarIn(second)).toBe('');
    const form = { name: 'deal.review', context: second.context, values: {} };
    const click = { kind: 'click', name: 'deal.review-back', value: `${deal}/0/1`, form } as const;
    expect(similarIn(formIn(await at.ask('compliance-1', click)))).toContain(held);
    await at.submit(
      'rep-1',
      'deal.section',
      { deal, section: 'product' },
      { 'q:P1': 'yes', 'q:P2': 'no', 'q:P4': 'common' },
    );
    const again = formIn(
      await at.ask('compliance-1', { kind: 'look', deal, key: `review:${cardRoundOf((await viewOf(deal)).deal)}:0` }),
    );
    expect(similarIn(again)).toContain(held);
    expect(wordsOf(formIn(await submit(second.context)))).toContain('Similar deals');
  });

  it('shows its first page where a chat draws a later one anew, and something speaks against it since', async () => {
    const deal = await newDeal();
    const first = await review(deal, 'compliance-1');
    const submit = (context: string, values = {}): Promise<Reply> =>
      at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context, values });
    const look = async (): Promise<string> => {
      const key = `review:${cardRoundOf((await viewOf(deal)).deal)}:0`;
      return wordsOf(formIn(await at.ask('compliance-1', { kind: 'look', deal, key })));
    };
    expect(wordsOf(formIn(await submit(first.context)))).toContain('What do you decide?');
    expect(await look()).toContain('What do you decide?');
    const flag = { type: 'RaiseFlag', title: 'They beat people with it.' } as const;
    await at.deals.handle(deal, flag, { actor: 'senior-1', cause: 'flag' });
    expect(await look()).toMatch(/What speaks against this deal changed since you began.*They beat people with it/su);
  });

  it('comes again where a chat drew it anew behind the page that is open, and nobody looked', async () => {
    const deal = await newDeal({ 'H-RF3': 'yes' });
    const first = await review(deal, 'compliance-1');
    const flag = { type: 'RaiseFlag', title: 'They beat people with it.' } as const;
    await at.deals.handle(deal, flag, { actor: 'senior-1', cause: 'flag' });
    const key = `review:${cardRoundOf((await viewOf(deal)).deal)}:0`;
    expect(wordsOf(formIn(await at.ask('compliance-1', { kind: 'look', deal, key })))).toContain(flag.title);
    const values = { 'f:H-RF3': 'uphold' };
    const send = async (context: string): Promise<string> =>
      wordsOf(formIn(await at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context, values })));
    const again = await send(first.context);
    expect(again).toMatch(/What speaks against this deal changed since you began.*They beat people with it/su);
    // Read once, it does not come again.
    expect(await send((await review(deal, 'compliance-1')).context)).not.toContain(flag.title);
  });

  it('shows no deal that is being decided on anew', async () => {
    const [, , held] = await threePast();
    const deal = await newDeal({ 'H-RF3': 'yes' });
    expect(similarIn(await review(deal, 'compliance-1'))).toContain(held);
    const reopened = await at.deals.handle(
      held,
      { type: 'Reopen', reason: 'The end-user changed.' },
      { actor: 'compliance-1', cause: 'reopened' },
    );
    expect(reopened.kind).toBe('accepted');
    expect(similarIn(await review(deal, 'compliance-1'))).not.toContain(held);
  });
});
