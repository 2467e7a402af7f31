/** Numbers over time: what the deals say, each counted once, in every month and quarter between. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canRead } from '../../../flows/deal/rights/access.ts';
import { conditionStanding } from '../../../flows/deal/rights/whose-turn.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { numbersOf, type Period, type Span } from '../../../flows/lists/numbers.ts';
import { readQuery, type Query } from '../../../flows/lists/query.ts';
import { searchable } from '../../../flows/lists/search.ts';
import { summaryOf } from '../../../flows/lists/summary.ts';
import { aDecidingDeal, aView } from '../../support/deal-builders.ts';
import { everyStatus } from '../../support/every-deal.ts';
import { absencesOf, approved, play, yearActs } from '../../support/model.ts';
import { TIMED } from '../../support/ticking.ts';

const { organisation } = TIMED;
const NOW = '2028-02-12T09:00:00.000Z';
const asking = { organisation, now: NOW, isFlag: () => true, flags: () => [] };
const query = (text = ''): Query => {
  const read = readQuery(text, asking);
  if (!read.ok) throw new Error(read.text);
  return read.query;
};
const numbers = (
  views: readonly DealView[],
  span: Span,
  more: { text?: string; person?: string | undefined } = {},
): Period[] =>
  numbersOf(
    views.map((view) => searchable(summaryOf(view))),
    query(more.text),
    asking,
    { span, person: more.person },
  );

const views = fc.array(
  fc.tuple(yearActs, absencesOf).map(([script, absences]) => {
    const all: DealView[] = [];
    play(
      script,
      ({ now }) => {
        if (now.status !== 'none') all.push(dealView(now, TIMED.policy, organisation, NOW));
      },
      approved,
      absences,
    );
    return all;
  }),
  { minLength: 1, maxLength: 4 },
);
/** The last view of each played deal. */
const ended = views.map((all) =>
  all.flatMap((of, n) => {
    const last = of.at(-1);
    return last ? [dealView({ ...last.deal, id: `D-${1000 + n}` }, TIMED.policy, organisation, NOW)] : [];
  }),
);

const monthOf = (at: string): string => at.slice(0, 7);
const decisionOf = ({ deal }: DealView) => (deal.status === 'decided' ? deal.decision : deal.standing?.decision);
const sum = (all: readonly number[]): number => all.reduce((total, n) => total + n, 0);

describe('numbers over time', () => {
  it('are those of the deals, month by month, and quarters are the sums of their months', () => {
    const seen = { decided: 0, days: 0, overdue: 0, flags: 0 };
    fc.assert(
      fc.property(ended, fc.constantFrom('compliance-1', 'rep-1', 'stranger', undefined), (all, person) => {
        const shown = all.filter((view) => person === undefined || canRead(view, person));
        const months = numbers(all, 'month', { person });
        for (const [i, { id }] of months.entries()) {
          const before = months[i - 1]?.id;
          if (before !== undefined)
            expect(Date.parse(`${id}-01`) - Date.parse(`${before}-01`)).toBeLessThanOrEqual(31 * 86_400_000);
        }
        if (shown.length > 0) expect(months.at(-1)?.id).toBe('2028-02');
        else expect(months).toEqual([]);
        for (const month of months) {
          const decided = shown.filter((view) => monthOf(decisionOf(view)?.at ?? '') === month.id);
          expect(month.decided).toBe(decided.length);
          expect(sum(Object.values(month.outcomes))).toBe(decided.length);
          expect(sum(Object.values(month.tiers))).toBe(decided.length);
          for (const [outcome, n] of Object.entries(month.outcomes))
            expect(n).toBe(decided.filter((view) => decisionOf(view)?.outcome === outcome).length);
          expect(month.ends.withdrawn).toBe(
            shown.filter(({ deal }) => deal.status === 'withdrawn' && monthOf(deal.at) === month.id).length,
          );
          const late = shown.flatMap((view) =>
            conditionStanding(view).filter(
              ({ overdue, progress, condition }) =>
                overdue && progress.status === 'open' && monthOf(condition.due) === month.id,
            ),
          );
          expect(month.overdue).toBe(late.length);
          expect(sum(month.flags.map(({ count }) => count))).toBe(
            sum(decided.map((view) => summaryOf(view).flags.length)),
          );
          if (month.days !== undefined) expect(month.days).toBeGreaterThanOrEqual(0);
          seen.decided += decided.length;
          seen.days += Number(month.days !== undefined);
          seen.overdue += late.length;
          seen.flags += month.flags.length;
        }
        const quarters = numbers(all, 'quarter', { person });
        for (const of of ['decided', 'opened', 'overdue'] as const)
          expect(sum(quarters.map((quarter) => quarter[of]))).toBe(sum(months.map((month) => month[of])));
      }),
      { numRuns: 40 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(3);
  });

  it('have the median of the days, the countries with most flags first, and only what fits', () => {
    const { decided } = everyStatus;
    if (decided.status !== 'decided') throw new Error('not decided');
    const made = (id: string, days: number, destination: string): DealView =>
      aView({
        ...decided,
        id,
        openedAt: '2027-09-01T09:00:00.000Z',
        answeringSince: '2027-10-01T09:00:00.000Z',
        answers: aDecidingDeal().answers,
        details: { ...decided.details, destination },
        decision: {
          ...decided.decision,
          conditions: [],
          at: new Date(Date.parse('2027-10-01T09:00:00.000Z') + days * 86_400_000).toISOString(),
        },
      });
    const all = [made('D-1', 2, 'NO'), made('D-2', 9, 'VN'), made('D-3', 4, 'VN'), made('D-4', 5, 'VN')];
    const flags = summaryOf(made('D-1', 2, 'NO')).flags.length;
    expect(flags).toBeGreaterThan(0);
    const october = numbers(all, 'month').find(({ id }) => id === '2027-10');
    expect(october).toMatchObject({ decided: 4, days: 4 });
    expect(numbers(all, 'quarter').map(({ id, decided: n }) => [id, n])).toEqual([
      ['2027-Q3', 0],
      ['2027-Q4', 4],
      ['2028-Q1', 0],
    ]);
    expect(october?.flags.map(({ country }) => country)).toEqual(['VN', 'NO']);
    expect(october?.flags.map(({ count }) => count)).toEqual([3 * flags, flags]);
    expect(numbers(all, 'month', { text: 'country:NO' }).map(({ decided: n }) => n)).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('are quick at a hundred thousand deals', () => {
    const some = Object.values(everyStatus).map((deal) => searchable(summaryOf(aView(deal))));
    const many = Array.from({ length: 100_000 }, (_, i) => some[i % some.length]).flatMap((one) => one ?? []);
    const start = performance.now();
    numbersOf(many, query(), asking, { span: 'month', person: 'compliance-1' });
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
