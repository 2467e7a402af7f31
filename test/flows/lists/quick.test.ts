/** What makes walks over many deals quick changes nothing of what they find: the slow way, deal by deal, is the oracle. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readerIn } from '../../../flows/deal/rights/readers.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { boardOf } from '../../../flows/lists/board.ts';
import { columnsOf, mayBeRead, mayConcern, mayDecideIn } from '../../../flows/lists/columns.ts';
import type { Asking } from '../../../flows/lists/filters.ts';
import {
  hasConditionsIn,
  isDecidingIn,
  isHeldIn,
  isReassessedIn,
  isSuspendedIn,
  overdueBy,
  stageIn,
  tierIn,
} from '../../../flows/lists/mark.ts';
import { mayQueue, mine } from '../../../flows/lists/mine.ts';
import { findPage, readQuery } from '../../../flows/lists/query.ts';
import { searchable } from '../../../flows/lists/search.ts';
import { createShare, type KeptSummary } from '../../../flows/lists/shared.ts';
import { hasConditions, overdueIn, stageOf, tierOf } from '../../../flows/lists/stage.ts';
import { summaryOf, type DealSummary } from '../../../flows/lists/summary.ts';
import { isDeciding } from '../../../flows/lists/waits.ts';
import { readsAll, type Organisation } from '../../../flows/organisation.ts';
import { everyReminder, everyStatus, overTheYears, saidOut, withAPast } from '../../support/every-deal.ts';
import { absencesOf, acts, approved, play, waitingForVotes, yearActs } from '../../support/model.ts';
import { runs } from '../../support/runs.ts';
import { TIMED } from '../../support/ticking.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const PEOPLE = [...TIMED.organisation.people.map(({ id }) => id), 'stranger'];
const NAMES = ['Harbour Police', 'Ministère Öst', '北京 Holdings', 'Полиция Норд', 'Kosovo Rail', 'Holland & Sons'];
const COUNTRIES = ['NL', 'XK', 'NO', 'VN', 'CN'];
const fixed: readonly OpenedDeal[] = [
  ...Object.values(everyStatus),
  ...everyReminder.map(({ deal }) => deal),
  ...[...overTheYears, ...withAPast].map(([, deal]) => deal),
  saidOut,
];

/** The same deals under other names, for other countries. */
const named = (deal: OpenedDeal, n: number): OpenedDeal => ({
  ...deal,
  id: `D-${1000 + n}`,
  details: {
    ...deal.details,
    customer: NAMES[n % NAMES.length] ?? '',
    destination: COUNTRIES[n % COUNTRIES.length] ?? 'NO',
    endUser: { ...deal.details.endUser, name: NAMES[(n * 5 + 1) % NAMES.length] ?? '' },
  },
});

const share = createShare();
const kept = (summary: DealSummary): KeptSummary => share(JSON.parse(JSON.stringify(summary)) as DealSummary);

interface Many {
  organisation: Organisation;
  views: readonly DealView[];
}
const many: fc.Arbitrary<Many> = fc
  .tuple(
    fc.oneof(acts, yearActs),
    fc.constantFrom([], waitingForVotes, approved),
    absencesOf,
    fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'),
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: 0, max: 800 }),
  )
  .map(([script, start, absences, timeZone, hours, days]) => {
    const organisation = { ...TIMED.organisation, absences, timeZone };
    const deals: OpenedDeal[] = [...fixed];
    let n = 0;
    play(
      script,
      ({ now }) => {
        n += 1;
        if (now.status !== 'none' && n % 4 === 0) deals.push(now);
      },
      start,
      absences,
    );
    const now = new Date(Date.parse('2027-03-01T11:00:00.000Z') + days * DAY_MS + hours * 4 * 3_600_000).toISOString();
    return { organisation, views: deals.map((deal, i) => dealView(named(deal, i), TIMED.policy, organisation, now)) };
  });

describe('a walk over many deals', () => {
  it('finds in the mark what the summary says, and nothing overdue where the mark has no day for it', () => {
    const seen = { overdue: 0, intime: 0, asked: 0 };
    fc.assert(
      fc.property(many, ({ organisation, views }) => {
        for (const view of views) {
          const summary = summaryOf(view);
          for (const { mark } of [searchable(summary), kept(summary)]) {
            expect({
              tier: tierIn(mark),
              stage: stageIn(mark),
              held: isHeldIn(mark),
              suspended: isSuspendedIn(mark),
              conditions: hasConditionsIn(mark),
              reassessed: isReassessedIn(mark),
              deciding: isDecidingIn(mark),
            }).toEqual({
              tier: tierOf(summary),
              stage: stageOf(summary),
              held: summary.holds !== undefined,
              suspended: summary.suspended === true,
              conditions: hasConditions(summary),
              reassessed: summary.reassessed === true,
              deciding: summary.waits.some(isDeciding),
            });
            const isOverdue = overdueIn({ organisation, now: view.now })(summary);
            const surely = overdueBy(view.now)(mark);
            expect(surely ?? isOverdue).toBe(isOverdue);
            seen.overdue += Number(surely === true);
            seen.intime += Number(surely === false && (summary.conditions ?? summary.waits).length > 0);
            seen.asked += Number(surely === undefined);
          }
        }
      }),
      { numRuns: runs(30) },
    );
    expect(seen.overdue).toBeGreaterThan(50);
    expect(seen.intime).toBeGreaterThan(50);
    expect(seen.asked).toBeGreaterThan(5);
  });

  it('finds by words, counts and queues what it does deal by deal', () => {
    const words = [
      'holland',
      'kosovo',
      'harbour police',
      'норд',
      '北',
      'öst ministere',
      'open high',
      'kosovo rail 2027',
    ];
    const asked = [
      ...words,
      'gaps',
      'rep-1',
      'NL',
      'overdue:yes',
      'sample',
      'D-1003',
      'xyzzy',
      '',
      'h',
      'north nord',
      'analytics',
      'H-RF1',
      '2027',
      'police',
    ];
    const seen = { found: 0, queued: 0, hidden: 0, moved: 0, own: 0, passed: 0, unread: 0 };
    fc.assert(
      fc.property(many, fc.constantFrom(...PEOPLE), ({ organisation, views }, person) => {
        const [one] = views;
        if (!one) return;
        const asking: Asking = { organisation, now: one.now, person, isFlag: () => true, flags: () => [] };
        const summaries = views.map(summaryOf);
        const [slow, quick] = [summaries.map(searchable), summaries.map(kept)];
        const columns = columnsOf(quick);
        for (const text of asked) {
          const read = readQuery(text, asking);
          const again = readQuery(text, asking);
          if (!read.ok || !again.ok) throw new Error('it is not understood');
          const page = { page: 1, size: 1000 };
          const found = findPage(quick, read.query, asking, person, { ...page, columns });
          expect([text, found]).toEqual([text, findPage(slow, again.query, asking, person, page)]);
          seen.found += text === '' ? 0 : found.all;
          seen.hidden += Number(text === '' && found.all < views.length);
          const board = boardOf(slow, again.query, asking, person);
          expect(boardOf(quick, read.query, asking, person)).toEqual(board);
          expect(boardOf(quick, read.query, asking, person, columns)).toEqual(board);
        }
        // Of deals that changed, went and came the columns are made of those before.
        const moved = quick.flatMap((deal, n) => {
          const again = summaries[n];
          return n % 7 === 3 ? [] : again && n % 5 === 2 ? [kept(again)] : [deal];
        });
        const after = [...moved.slice(0, 4), ...quick.slice(3, 4), ...moved.slice(4)];
        expect(columnsOf(after, columns)).toEqual(columnsOf(after));
        seen.moved += Number(after.length !== quick.length);
        const queue = mayQueue(quick, asking, person);
        // Plain summaries have no mark.
        expect(queue).toEqual(mayQueue(summaries, asking, person));
        seen.queued += queue.length;
        // What the columns pass over is nothing of the person's, and nothing that they may read.
        const [may, mayRead, reads] = [
          mayConcern(columns, asking, person),
          mayBeRead(columns, asking, person),
          readerIn(asking, person),
        ];
        expect(mayQueue(quick, asking, person, mayDecideIn(columns, asking, person))).toEqual(queue);
        expect(mayQueue(quick, asking, person, may)).toEqual(queue);
        const own = mine(summaries, asking, person);
        expect(mine(quick, asking, person, may)).toEqual(own);
        seen.own += own.length;
        seen.passed += quick.filter((__, n) => !may(n)).length;
        expect(summaries.filter((summary, n) => reads(summary) && !mayRead(n))).toEqual([]);
        expect(mayRead.every === true).toBe(readsAll(organisation, person));
        seen.unread += quick.filter((__, n) => !mayRead(n)).length;
      }),
      { numRuns: runs(22) },
    );
    expect(seen.found).toBeGreaterThan(200);
    expect(seen.queued).toBeGreaterThan(50);
    expect(seen.moved).toBeGreaterThan(5);
    expect(seen.hidden).toBeGreaterThan(5);
    expect(seen.own).toBeGreaterThan(50);
    expect(seen.passed).toBeGreaterThan(100);
    expect(seen.unread).toBeGreaterThan(50);
  });
});
