/** Long text: kept whole up to its limit, refused with a reason beyond it, and always shown within Slack's limits. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDay, written, type Day } from '../support/bad-day-bench.ts';
import { ELEVATED, LOW, OPENING } from '../support/bad-day-deals.ts';
import type { Answer } from '../support/bad-day.ts';
import { PEOPLE } from '../support/playing.ts';

let day: Day;
beforeAll(async () => {
  day = await startDay();
});
afterAll(() => day.end());

/** Text of that length that starts with its mark. */
const long = (mark: string, length: number): string =>
  `${mark} ${'one more word '.repeat(1000)}`.slice(0, length - 1) + '.';

describe('long text', () => {
  const TEXTS: readonly (readonly [string, number, (deal: string, text: string) => Promise<Answer>, string])[] = [
    [
      'an answer',
      600,
      (deal, text) => day.deals.answer(deal, 'stakeholders', { ...LOW['stakeholders'], 'q:S1': text }),
      'q:S1',
    ],
    [
      'a flag',
      1000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, { form: 'deal.raise-flag', context: { deal }, values: { title: text } }),
      'title',
    ],
    [
      'a reason to withdraw',
      1000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.more',
          context: { deal },
          values: { choice: 'withdraw', reason: text },
        }),
      'reason',
    ],
    [
      'a reason to give it away',
      1000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.more',
          context: { deal },
          values: { choice: 'reassign', person: { user: PEOPLE.productManager }, reason: text },
        }),
      'reason',
    ],
    [
      'a word with a hand-over',
      1000,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.hand-over',
          context: { deal, section: 'laws' },
          values: { person: { user: PEOPLE.legalAdviser }, note: text },
        }),
      'note',
    ],
    [
      'a customer',
      200,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.details',
          context: { deal },
          values: { ...OPENING, customer: text, reason: 'A typing error.' },
        }),
      'customer',
    ],
    [
      'a reason to correct',
      300,
      (deal, text) =>
        day.wire.submit(PEOPLE.rep, {
          form: 'deal.details',
          context: { deal },
          values: { ...OPENING, customer: 'Another Customer', reason: text },
        }),
      'reason',
    ],
  ];

  it.each(TEXTS)(
    '%s of exactly %i characters is kept whole, one more is told about',
    async (what, most, send, input) => {
      const deal = await day.deals.answered(ELEVATED);
      const over = await day.unchanged(deal, () => send(deal, long('over', most + 1)));
      expect(over.errors?.[input]).toMatch(/characters long\. Please keep it to/);
      const way = await day.unchanged(deal, () => send(deal, long('way over', 20_000)));
      expect(way.errors?.[input]).toMatch(/characters long\. Please keep it to/);
      const text = long('kept', most);
      expect((await send(deal, text)).errors).toBeUndefined();
      expect(JSON.stringify(await day.record.events(deal))).toContain(text);
      expect(what).toBeTruthy();
    },
  );

  it('of all a review holds is readable in the thread to its last word', async () => {
    const deal = await day.deals.answered(ELEVATED);
    await day.deals.vote(PEOPLE.compliance, deal, { outcome: 'information', question: long('q-long', 1000) });
    const request = (await day.deals.deciding(deal)).requests[0]?.id;
    const given = await day.wire.submit(PEOPLE.rep, {
      form: 'deal.give-information',
      context: { deal, request },
      values: { text: long('i-long', 1000) },
    });
    expect(given.errors).toBeUndefined();
    await day.deals.vote(PEOPLE.compliance, deal, {
      rationale: long('r-long', 1000),
      safeguardsOffered: long('s-long', 1000),
    });
    await day.deals.vote(PEOPLE.senior, deal, {
      rationale: long('t-long', 1000),
      outcome: 'approve-with-conditions',
      cx: long('c-long', 1000),
      'f:H-RF8': 'clear',
      'r:H-RF8': long('f-long', 1000),
    });
    await day.record.quiet();
    const all = (await day.everything()).map((m) => written(m.blocks));
    const told = ['q-long', 'i-long', 'r-long', 't-long', 'c-long'];
    expect(told.filter((mark) => !all.some((text) => text.includes(long(mark, 1000))))).toEqual([]);
  });

  it('of nothing but brackets, of emoji or of one endless word fits every limit', async () => {
    for (const text of ['<&'.repeat(500), '😀'.repeat(500), 'x'.repeat(1000), 'مرحبا e\u0301'.repeat(125)]) {
      // A name has letters or digits in it.
      const name = `A${text.slice(0, 198)}`;
      const deal = await day.deals.open({ customer: name, endUserName: name });
      for (const [section, given] of Object.entries({
        ...ELEVATED,
        // It wants a sentence.
        stakeholders: { ...LOW['stakeholders'], 'q:S1': `We sell it. ${text}`.slice(0, 600) },
      })) {
        const answer = await day.deals.answer(deal, section, given);
        expect([section, answer.errors]).toEqual([section, undefined]);
      }
      await day.deals.sendOn(deal);
      await day.deals.vote(PEOPLE.compliance, deal, { rationale: text });
      await day.deals.vote(PEOPLE.senior2, deal, { rationale: text, outcome: 'approve-with-conditions', cx: text });
      expect((await day.record.state(deal)).status).toBe('decided');
    }
    await day.record.quiet();
    expect(await day.record.store.outboxProblems()).toEqual([]);
  });
});

describe('nothing went wrong that nobody was told', () => {
  it('in the log', () => {
    expect(day.lines.filter((l) => l.level === 'error')).toEqual([]);
  });
});
