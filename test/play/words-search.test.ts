/**
 * Whatever somebody else than the rep ever wrote in a deal, or in another with its end-user, stands sign for sign and in their name on
 * what officers press, and nobody's words stand in another's name: whatever is done to it before. `CLEARTHREAD_RUNS=40` searches long.
 *
 * Not claimed: that names of parties keep their signs; that what is heard of another deal's flags and holds names who said it.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCarried } from '../../flows/deal/rights/carried.ts';
import { TIERS } from '../../flows/policy/policy.ts';
import { runs } from '../support/runs.ts';
import { movesOn, playOf } from '../support/said-matrix-play.ts';
import { alone, approved, between, within } from '../support/words-search-plays.ts';
import { played, startsOf, stepOf, type Starts } from '../support/words-search.ts';

let starts: Starts;
beforeAll(async () => {
  starts = await startsOf();
});
afterAll(async () => {
  for (const { deals } of Object.values(starts)) await deals.end();
});

it.each([
  ['one deal', within, 8],
  ['several deals with one end-user', between, 12],
  ['an approved deal, and on its sheets', approved, 8],
] as const)(
  'what somebody else wrote in %s is read in their name, whatever is done to it',
  async (_, plays, usual) => {
    const seen = { forms: 0, written: 0 };
    await fc.assert(
      fc.asyncProperty(plays, async (spec) => {
        const { missed, forms, written, refused } = await played(spec, starts);
        seen.forms += forms;
        seen.written += written.length;
        const words = missed.map(
          (one) => `${one.form}: ${one.what}: ${one.written?.text}, ${one.written?.by}\n${one.line}`,
        );
        expect(words, [...refused, missed[0]?.page].join('\n')).toEqual([]);
      }),
      { numRuns: runs(usual) },
    );
    expect(seen.forms).toBeGreaterThanOrEqual(runs(usual));
    expect(seen.written).toBeGreaterThan(runs(usual) / 3);
  },
  120_000 * runs(1),
);

it(
  'lets no tier or condition of an approval fall by what its rep and their friends do alone',
  async () => {
    const seen = { decided: 0 };
    await fc.assert(
      fc.asyncProperty(alone, async ({ from, acts }) => {
        const fork = starts[from].deals.fork();
        try {
          const play = playOf(fork, starts[from].ids[0]!, 'ordinary');
          const { deal, assessment } = await play.view();
          const approval = deal.status === 'decided' ? deal.decision : undefined;
          // What is refused is left.
          for (const [nth, act] of acts.entries()) await stepOf(play, act, nth, []).catch(() => {});
          const { details } = deal;
          await play.tries('rep-1', { type: 'CorrectDetails', details, reason: 'As it was.' });
          expect((await play.view()).deal.status).not.toBe('out of scope');
          await movesOn(play).catch(() => {});
          const now = await play.view();
          if (now.deal.status !== 'deciding') return;
          seen.decided += 1;
          expect(TIERS.indexOf(now.assessment.tier!)).toBeGreaterThanOrEqual(TIERS.indexOf(assessment.tier!));
          const carried = openCarried(now).map(({ condition }) => condition);
          for (const { text, due } of approval!.conditions)
            expect(carried.filter((one) => one.text === text && (one.first?.due ?? one.due) <= due)).toHaveLength(1);
        } finally {
          await fork.end();
        }
      }),
      { numRuns: runs(8) },
    );
    expect(seen.decided).toBeGreaterThan(runs(8) / 3);
  },
  120_000 * runs(1),
);
