/** Cards and forms drawn from an older version: a press is answered by the current state. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDay, type Day } from '../support/bad-day-bench.ts';
import { ELEVATED, endUser, LOW, OPENING } from '../support/bad-day-deals.ts';
import type { Answer } from '../support/bad-day.ts';
import { readBlocks } from '../support/chat-hand.ts';
import { PEOPLE } from '../support/playing.ts';

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

const rootOf = async (deal: string): Promise<string> => (await day.record.root(deal)).message;

/** Presses a button of an older card; the deal stays unchanged, and the person reads why. */
const pressed = async (user: string, deal: string, name: string, arg: string, words: RegExp): Promise<void> => {
  const thread = await rootOf(deal);
  const value = arg === '' ? deal : `${deal}/${arg}`;
  const answer = await day.unchanged(deal, () => day.wire.press(user, { name, value, thread }));
  expect(answer.status).toBe(200);
  const told = await day.reads(user, words, { thread });
  expect(told.onlyForYou).toBe(true);
};

const more = (user: string, deal: string, values: Record<string, string>): Promise<Answer> =>
  day.wire.submit(user, { form: 'deal.more', context: { deal, shown: ['choice', 'reason'] }, values });

const decided = async (): Promise<string> => {
  const deal = await day.deals.answered(LOW);
  await day.deals.vote(PEOPLE.compliance, deal);
  expect((await day.record.state(deal)).status).toBe('decided');
  return deal;
};

const withdrawn = async (): Promise<string> => {
  const deal = await day.deals.answered(LOW);
  await more(PEOPLE.rep, deal, { choice: 'withdraw', reason: 'The customer went elsewhere.' });
  expect((await day.record.state(deal)).status).toBe('withdrawn');
  return deal;
};

describe('an old button, when the deal moved on to the next step', () => {
  it('Review opens the step that is open now', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal);
    // The stand-in does not know this trigger, so the form itself is not seen here; only that it was made for step 1.
    await day.wire.press(PEOPLE.senior, { name: 'deal.review', value: `${deal}/0`, thread: await rootOf(deal) });
    const line = await day.logged('slack.form-not-opened');
    expect(line.fields).toMatchObject({ form: 'deal.review', code: 'invalid_trigger_id' });
    expect(await day.record.store.draft(deal, 'review:senior-1')).toMatchObject({ step: 1 });
    await day.reads(PEOPLE.senior, 'Please press again', { thread: await rootOf(deal) });
  });

  it('Review of the step that is over is refused to who decided it', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal);
    await pressed(PEOPLE.compliance, deal, 'deal.review', '0', /You decided in an earlier step/);
  });

  it('Take my vote back is refused: the step is complete', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal);
    await pressed(PEOPLE.compliance, deal, 'deal.take-vote-back', '0', /step is complete, so its votes stand/);
    await pressed(PEOPLE.compliance, deal, 'deal.take-vote-back', '1', /no vote to take back/);
    await pressed(PEOPLE.compliance, deal, 'deal.take-vote-back', 'nonsense', /no vote to take back/);
    await pressed(PEOPLE.senior, deal, 'deal.take-vote-back', '1', /no vote to take back/);
  });
});

describe.each([
  ['decided', decided, /is decided/i],
  ['withdrawn', withdrawn, /is withdrawn/i],
])('an old card of a deal that is %s', (_, make, closed) => {
  it.each([
    ['Review', PEOPLE.compliance2, 'deal.review', '0', /not waiting for a decision|Only the deal team/],
    ['Take my vote back', PEOPLE.compliance, 'deal.take-vote-back', '0', /votes stand/],
    ['Answer', PEOPLE.rep, 'deal.answer', 'product', closed],
    ['Nudge', PEOPLE.rep, 'deal.nudge', '', /nobody else has to act/i],
    ['Take back', PEOPLE.rep, 'deal.take-section-back', 'product', closed],
  ] as const)('%s is refused, and why is said', async (__, user, name, arg, words) => {
    await pressed(user, await make(), name, arg, words);
  });

  it('keeps an open form of before open, with words, and nothing changed', async () => {
    const deal = await make();
    for (const [form, context, values] of [
      ['deal.section', { deal, section: 'product' }, { 'all:product-none': 'all' }],
      ['deal.details', { deal }, { ...OPENING, customer: 'Another Customer', reason: 'A typing error.' }],
      ['deal.hand-over', { deal, section: 'laws' }, { person: { user: PEOPLE.legalAdviser } }],
    ] as const) {
      const { view } = await day.unchanged(deal, () => day.wire.submit(PEOPLE.rep, { form, context, values }));
      expect(readBlocks(view?.blocks)).toMatch(closed);
    }
    const { errors } = await day.unchanged(deal, () =>
      more(PEOPLE.rep, deal, { choice: 'withdraw', reason: 'Again.' }),
    );
    expect(Object.keys(errors ?? {})).toEqual(['choice']);
  });
});

describe('an open form of before', () => {
  it('of a vote, when the deal was withdrawn or decided meanwhile: not counted, in words', async () => {
    for (const end of [
      (deal: string): Promise<unknown> =>
        more(PEOPLE.rep, deal, { choice: 'withdraw', reason: 'The customer went elsewhere.' }),
      (deal: string): Promise<unknown> => day.deals.vote(PEOPLE.compliance2, deal),
    ]) {
      const deal = await day.deals.answered(LOW);
      const view = await day.deals.review(PEOPLE.compliance, deal);
      await end(deal);
      const { text } = await day.unchanged(deal, () => day.deals.sign(PEOPLE.compliance, view));
      expect(text).toMatch(/not waiting for a decision/);
    }
  });

  it('of a vote, when a fact changed: the review comes again with what is different and what was typed', async () => {
    const deal = await day.deals.answered(ELEVATED);
    const rationale = 'Oversight is good, and the reports are clean.';
    const view = await day.deals.review(PEOPLE.compliance, deal, { rationale });
    await day.deals.answer(
      deal,
      'end-user',
      endUser({ 'q:H-RF8': 'unknown', 'q:H2': 'yes', 'q:H-RF3-conflict': 'unknown' }),
    );
    const shown = await day.unchanged(deal, () => day.deals.sign(PEOPLE.compliance, view));
    expect(shown.view?.callback_id).toBe('deal.review');
    expect(shown.text).toMatch(/changed/i);
    const again = await day.deals.review(PEOPLE.compliance, deal);
    expect(JSON.stringify(again)).toContain(rationale);
    expect((await day.deals.sign(PEOPLE.compliance, again)).text).toBe('');
    expect((await day.deals.deciding(deal)).step).toBe(1);
  });

  it('of a section that somebody else answered meanwhile: the last save stands, and both are on record', async () => {
    const deal = await day.deals.open();
    await day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' });
    await day.wire.submit(PEOPLE.rep, {
      form: 'deal.hand-over',
      context: { deal, section: 'laws' },
      values: { person: { user: PEOPLE.legalAdviser } },
    });
    await day.deals.answer(deal, 'laws', { ...LOW['laws'] }, PEOPLE.legalAdviser);
    expect((await day.deals.answer(deal, 'laws', { ...LOW['laws'] })).errors).toBeUndefined();
    const saves = (await day.record.events(deal)).filter((e) => e.type === 'SectionAnswered' && e.section === 'laws');
    expect(saves.map((e) => e.by)).toEqual(['legal-adviser-1', 'rep-1']);
  });

  it('of an answer to a question that was answered meanwhile', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal, { outcome: 'information', question: 'Who trains the operators?' });
    const request = (await day.deals.deciding(deal)).requests[0]?.id ?? '';
    const give = (text: string): Promise<Answer> =>
      day.wire.submit(PEOPLE.rep, { form: 'deal.give-information', context: { deal, request }, values: { text } });
    expect((await give('The ministry trains them.')).text).toBe('');
    const { errors } = await day.unchanged(deal, () => give('A contractor trains them.'));
    expect(errors).toEqual({ text: 'This question was answered already.' });
  });

  it('of a flag that was settled meanwhile', async () => {
    const deal = await day.deals.answered(LOW);
    await day.wire.submit(PEOPLE.legalAdviser, {
      form: 'deal.raise-flag',
      context: { deal },
      values: { title: 'The buyer resells to the police.' },
    });
    const flag = (await day.deals.deciding(deal)).ownFlags[0]?.id ?? '';
    const settle = (user: string, values: Record<string, string>): Promise<Answer> =>
      day.wire.submit(user, { form: 'deal.settle-flag', context: { deal, flag }, values });
    expect((await settle(PEOPLE.compliance, { verdict: 'dismiss', reason: 'Checked: they do not.' })).text).toBe('');
    const { errors } = await day.unchanged(deal, () =>
      settle(PEOPLE.compliance2, { verdict: 'admit', weight: 'severe' }),
    );
    expect(errors).toEqual({ verdict: 'This flag was dismissed already.' });
    await pressed(PEOPLE.rep, deal, 'deal.settle-flag', flag, /Only compliance can admit or dismiss/);
  });
});

describe('a section saved in an old window after votes', () => {
  it('voids exactly those votes when it says something else, and none when it says the same', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal);
    await day.deals.answer(deal, 'laws', { ...LOW['laws'] });
    expect((await day.deals.deciding(deal)).step).toBe(1);
    await day.deals.answer(deal, 'stakeholders', { ...LOW['stakeholders'], 'q:S1': 'Protect the voters’ register.' });
    const { step, votes, lastVoided } = await day.deals.deciding(deal);
    expect([step, votes, lastVoided?.voters]).toEqual([0, [], ['compliance-1']]);
    expect(lastVoided?.differences.map((d) => d.id)).toEqual(['S1']);
  });
});

describe('nothing went wrong that nobody was told', () => {
  it('in the log', () => {
    expect(day.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
});
