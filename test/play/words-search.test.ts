/**
 * Whatever somebody else than the rep ever wrote in a deal, or in another with its end-user, stands sign for sign and in their name on
 * what officers press, and nobody's words stand in another's name: whatever is done to it before. `CLEARTHREAD_RUNS=40` searches long.
 *
 * Not claimed: that names of parties keep their signs; that what is heard of another deal's flags and holds names who said it.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runs } from '../support/runs.ts';
import { between, within } from '../support/words-search-plays.ts';
import { played, startsOf, type Starts } from '../support/words-search.ts';

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
