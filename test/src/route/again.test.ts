/** Every form sent more than once, through the route: equal content changes nothing, other is kept or refused aloud. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { voteOf } from '../../support/story.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
});
afterEach(() => at.end());

const CAUSE = 'view:V1:showing';
const send = (person: string, form: string, more: object, values: FormValues): Promise<Reply> => {
  const context = JSON.stringify({ deal, ...more });
  return at.ask(person, { kind: 'submit', form, context, values }, undefined, CAUSE);
};
const state = async () => {
  const view = await at.deals.view(deal);
  if (!view) throw new Error('no deal');
  return view.deal;
};
/** Sends one after the other, each twice; returns the answers and the number of commits. */
const sendTwice = async (person: string, form: string, more: object, ...each: FormValues[]) => {
  const before = await at.commits();
  const replies: Reply[] = [];
  for (const values of each.flatMap((one) => [one, one])) replies.push(await send(person, form, more, values));
  return { replies, commits: (await at.commits()) - before };
};
const KEPT = /What you sent first is saved; this change is not\./;
const kinds = (replies: readonly Reply[]): string[] => replies.map(({ kind }) => kind);
const errors = (reply: Reply | undefined): string =>
  reply?.kind === 'errors' ? Object.values(reply.errors).join() : '';

const raised = async (): Promise<string> => {
  await at.submit('senior-2', 'deal.raise-flag', { deal }, { title: 'Something worries me here.' });
  return (await state()).ownFlags.at(-1)?.id ?? '';
};

describe('is kept as a new act', () => {
  it('a second flag', async () => {
    const titles = ['The buyer resells to others.', 'The buyer is under sanctions.'];
    const { replies, commits } = await sendTwice('rep-1', 'deal.raise-flag', {}, ...titles.map((title) => ({ title })));
    expect(kinds(replies)).toEqual(['done', 'done', 'done', 'done']);
    expect((await state()).ownFlags.map(({ title }) => title)).toEqual(titles);
    expect(commits).toBe(2);
  });

  it('an edited section, and one that was edited back', async () => {
    const [unknown, yes] = ['unknown', 'yes'].map((value) => ({ 'q:G1': value }));
    const more = { section: 'scope' };
    const { commits } = await sendTwice('rep-1', 'deal.section', more, unknown!, yes!, unknown!);
    expect(commits).toBe(3);
    expect((await state()).answers['scope']?.['G1']?.value).toBe('unknown');
  });

  it('a hand-over to somebody else', async () => {
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
    const more = { section: 'product' };
    const to = (person: string, note: string): FormValues => ({ person, note });
    const { commits } = await sendTwice(
      'rep-1',
      'deal.hand-over',
      more,
      to('product-1', 'You know.'),
      to('rep-1', 'x'),
    );
    expect(commits).toBe(2);
    expect((await state()).handOvers['product']?.to).toBe('rep-1');
  });

  it.each([
    [
      'CorrectDetails',
      (n: number) => ({ details: { ...aDeal().details, customer: `Sample Customer ${n}` }, reason: 'Typo.' }),
    ],
    [
      'SaveSectionForLater',
      (n: number) => ({ section: 'scope', answers: { G1: { value: n === 1 ? 'yes' : 'no', sources: [] } } }),
    ],
  ] as const)('%s', async (type, content) => {
    const before = await at.commits();
    const ask = { actor: 'rep-1', cause: CAUSE };
    for (const n of [1, 1, 2, 2]) {
      const command = { type, ...content(n) } as Parameters<typeof at.deals.handle>[1];
      expect(await at.deals.handle(deal, command, ask)).toMatchObject({ kind: 'accepted' });
    }
    expect((await at.commits()) - before).toBe(2);
  });
});

describe('is refused, with word of what was kept', () => {
  const refused = async (person: string, form: string, more: object, first: FormValues, edited: FormValues) => {
    const { replies, commits } = await sendTwice(person, form, more, first, edited);
    expect(kinds(replies)).toEqual(['done', 'done', 'errors', 'errors']);
    expect(errors(replies[2])).toMatch(KEPT);
    expect(commits).toBe(1);
  };

  it('another answer to a question', async () => {
    await at.answerAll(deal);
    const ask = { type: 'AskForInformation' as const, step: 0, question: 'Who pays for it?' };
    await at.deals.handle(deal, ask, { actor: 'compliance-1', cause: 'asked' });
    const request = (await state()).requests[0]?.id ?? '';
    await refused(
      'rep-1',
      'deal.give-information',
      { request },
      { text: 'The buyer runs it.' },
      { text: 'The state runs it.' },
    );
    expect((await state()).requests[0]?.answer?.text).toBe('The buyer runs it.');
  });

  it.each([
    ['dismissed for another reason', { verdict: 'dismiss', reason: 'Lost.' }, { verdict: 'dismiss', reason: 'Found.' }],
    [
      'admitted after it was dismissed',
      { verdict: 'dismiss', reason: 'Lost.' },
      { verdict: 'admit', weight: 'moderate', reason: 'Lost.' },
    ],
  ])('a flag that is %s', async (_, first, edited) => {
    const flag = await raised();
    await refused('compliance-1', 'deal.settle-flag', { flag }, first, edited);
    expect((await state()).ownFlags[0]).toMatchObject({ status: 'dismissed', reason: 'Lost.' });
  });

  it('a deal that is withdrawn for another reason', async () => {
    const withdraw = (reason: string): FormValues => ({ choice: 'withdraw', reason });
    await refused('rep-1', 'deal.more', {}, withdraw('No budget.'), withdraw('No licence.'));
    expect(await state()).toMatchObject({ status: 'withdrawn' });
  });

  it('a vote that is taken back for another reason', async () => {
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    for (const actor of ['compliance-1', 'senior-1']) {
      const view = await at.deals.view(deal);
      if (view) await at.deals.handle(deal, voteOf(view), { actor, cause: `vote of ${actor}` });
    }
    const back = (reason: string): FormValues => ({ choice: 'take-vote-back', reason });
    await refused('senior-1', 'deal.more', {}, back('Too early.'), back('Too late.'));
  });

  it('an owner that is made owner for another reason', async () => {
    const reassign = (reason: string): FormValues => ({ choice: 'reassign', person: 'product-1', reason });
    await refused('compliance-1', 'deal.more', {}, reassign('Moved.'), reassign('Left.'));
  });

  it('a deal that is reopened for another reason', async () => {
    await at.submit('rep-1', 'deal.more', { deal }, { choice: 'withdraw', reason: 'No budget.' });
    await refused('rep-1', 'deal.reopen', {}, { reason: 'Budget again.' }, { reason: 'Licence again.' });
  });

  it('another deal from the form that opened one', async () => {
    const open = (customer: string) => {
      const home = { platform: 'slack', channel: 'C0CLEAR' } as const;
      const details = { ...aDeal().details, customer };
      return at.deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: 'view:V2' });
    };
    const outcomes = [await open('Sample One'), await open('Sample One'), await open('Sample Two')];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'refused']);
    expect(outcomes[2]).toMatchObject({ refusal: { text: expect.stringMatching(KEPT) } });
  });
});

it('calls nothing saved that misses an answer, though something was saved from the same form', async () => {
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
  const more = { section: 'product' };
  const whole = { 'q:P1': 'no', 'q:P2': 'no', 'q:P4': 'common' };
  await send('rep-1', 'deal.section', more, whole);
  const { 'q:P4': _, ...edited } = { ...whole, 'q:P1': 'yes' };
  expect(await send('rep-1', 'deal.section', more, edited)).toMatchObject({ kind: 'errors' });
});

describe('a review', () => {
  const formOf = (reply: Reply) => {
    if (reply.kind !== 'form') throw new Error(`no form but ${reply.kind}`);
    return reply.form;
  };
  const values = { outcome: 'approve', rationale: 'The safeguards answer what worries us here.' };
  const next = (context: string, typed: FormValues = {}, cause?: string): Promise<Reply> =>
    at.ask('compliance-1', { kind: 'submit', form: 'deal.review', context, values: typed }, undefined, cause);
  const confirmation = async (typed: FormValues = values): Promise<string> => {
    const first = await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` });
    const decision = formOf(await next(formOf(first).context));
    return formOf(await next(decision.context, typed)).context;
  };
  const votes = async (): Promise<number> =>
    (await at.store.read(deal)).filter(({ body }) => JSON.stringify(body).includes('"VoteCast"')).length;

  beforeEach(() => at.answerAll(deal));

  it('is not signed from a confirmation that was drawn before there were sums of it', async () => {
    const { signs, ...before } = JSON.parse(await confirmation()) as Record<string, unknown>;
    expect(signs).toEqual(expect.any(String));
    const again = formOf(await next(JSON.stringify(before)));
    expect([again.title, await votes()]).toEqual(['Review: confirm', 0]);
    expect(await next(again.context)).toEqual({ kind: 'done' });
    expect(await votes()).toBe(1);
  });

  it('is not signed when another window, or Back in it, left a page half-filled', async () => {
    const shown = await confirmation();
    const { page, signs: _, ...rest } = JSON.parse(shown) as { page: number; signs: string };
    const decision = JSON.stringify({ ...rest, page: page - 1, shown: ['outcome'] });
    const form = { name: 'deal.review', context: decision, values: { outcome: 'information' } };
    await at.ask('compliance-1', { kind: 'click', name: 'deal.review-back', value: `${deal}/0/1`, form });
    const again = formOf(await next(shown));
    expect(again.title).toBe('Review: your decision');
    expect(JSON.stringify(again.blocks)).toContain('Nothing is signed yet.');
    expect(await votes()).toBe(0);
  });

  it('is signed after Back and Next with nothing changed', async () => {
    const shown = await confirmation();
    const form = { name: 'deal.review', context: shown, values: {} };
    const back = await at.ask('compliance-1', { kind: 'click', name: 'deal.review-back', value: `${deal}/0/2`, form });
    const forth = formOf(await next(formOf(back).context, values));
    expect(forth.context).toBe(shown);
    expect(await next(forth.context)).toEqual({ kind: 'done' });
  });

  it('asks its question once, however often it is sent', async () => {
    const asks = await confirmation({ outcome: 'information', question: 'Who pays for it?' });
    expect([await next(asks, {}, CAUSE), await next(asks, {}, CAUSE)]).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect((await state()).requests).toHaveLength(1);
  });

  it('asks its question once and says so twice, where one press reaches two bots at once', async () => {
    const asks = await confirmation({ outcome: 'information', question: 'Who pays for it?' });
    const { draft } = at.store;
    const replies: Reply[] = [];
    // This one looked for the effect of the press before the other had committed it.
    at.store.draft = async (...of) => {
      at.store.draft = draft;
      replies.push(await next(asks, {}, CAUSE));
      return draft(...of);
    };
    replies.push(await next(asks, {}, CAUSE));
    expect(replies).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect((await state()).requests).toHaveLength(1);
  });

  it('counts, and says so, where its first press was kept by another bot between two looks', async () => {
    const signs = await confirmation();
    expect(await next(signs, {}, CAUSE)).toEqual({ kind: 'done' });
    const { done } = at.desk.deals;
    // Asked before the other bot's commit was there; the deal was read after it.
    at.desk.deals.done = async () => {
      at.desk.deals.done = done;
      return undefined;
    };
    expect(await next(signs, {}, CAUSE)).toEqual({ kind: 'done' });
    expect(await votes()).toBe(1);
  });
});
