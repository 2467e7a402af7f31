/** Whatever happened on a deal: where its summary says that there is nothing to say of it, its state says the same. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { quietAt } from '../../../flows/digest/quiet.ts';
import { summaryOf } from '../../../flows/lists/summary.ts';
import { aPolicy, NOW } from '../../support/deal-builders.ts';
import { saidByState } from '../../support/digest-by-state.ts';
import { anApproval, everyStatus } from '../../support/every-deal.ts';
import { acts, approved, play, waitingForVotes, yearActs } from '../../support/model.ts';
import { runs } from '../../support/runs.ts';
import { TIMED } from '../../support/ticking.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const { reminders } = aPolicy();
/** With a day by which an approval is looked at again at the latest, and without one. */
const POLICIES = [
  TIMED.policy,
  aPolicy({
    reminders: { ...reminders, reassessments: { ...reminders.reassessments, atMost: { high: 12, others: 24 } } },
  }),
];

/** Approved, with a renewal before the day by which it is looked at again, and a licence that is open. */
const late: OpenedDeal = {
  ...anApproval([]),
  renewals: { by: 'rep-1', at: NOW, dates: [{ of: 'contract', on: '2027-09-01', at: NOW }] },
};

describe('a deal of which a summary says that there is nothing to say', () => {
  it('stands where the summary says, waits for nobody, and was decided before', () => {
    const seen: Record<string, number> = {};
    const check = (view: DealView, from: string): void => {
      const place = quietAt(view.now, from)(summaryOf(view));
      const key = place === undefined ? 'loud' : 'closed' in place ? place.closed : place.stage;
      seen[key] = (seen[key] ?? 0) + 1;
      if (!place) return;
      const { owner: _owner, decision, ...said } = saidByState(view);
      expect({ ...said, recent: decision !== undefined && decision.at > from }).toEqual({
        place,
        moves: [],
        undated: false,
        recent: false,
      });
    };
    const script = fc.oneof(acts, yearActs);
    const starts = fc.constantFrom([], waitingForVotes, approved);
    fc.assert(
      fc.property(script, starts, fc.integer({ min: 0, max: 900 }), (script, start, days) => {
        play(
          script,
          ({ now, at }) => {
            if (now.status === 'none') return;
            const later = new Date(Date.parse(at) + days * DAY_MS).toISOString();
            const from = new Date(Date.parse(later) - 35 * DAY_MS).toISOString();
            for (const policy of POLICIES)
              for (const timeZone of ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'])
                check(dealView(now, policy, { ...TIMED.organisation, timeZone }, later), from);
          },
          start,
          [],
        );
        for (const deal of [...Object.values(everyStatus), anApproval([]), late])
          for (const policy of POLICIES) {
            const later = new Date(Date.parse(NOW) + days * DAY_MS).toISOString();
            check(
              dealView(deal, policy, TIMED.organisation, later),
              new Date(Date.parse(later) - 35 * DAY_MS).toISOString(),
            );
          }
      }),
      { numRuns: runs(60) },
    );
    for (const stage of ['approved', 'withdrawn', 'declined', 'out of scope', 'stopped', 'loud'])
      expect([stage, (seen[stage] ?? 0) > 8]).toEqual([stage, true]);
  });
});
