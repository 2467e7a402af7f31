/**
 * Whatever a colleague says against a deal stands, in their name, on each form that is pressed or signed after that: whatever the rep and
 * a friend of theirs do, repeat, rename, hand to each other, or bury under many flags, notes, names and corrections.
 *
 * Not claimed: that many products of theirs hide nothing; that a form which confirms a lighter change says what else there is; that an
 * answer which stands names who gave it first; that all is shown of one colleague who says much.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EndUserKind } from '../../flows/policy/policy.ts';
import { runs } from '../support/runs.ts';
import { BY_COLLEAGUE } from '../support/within-deal-colleague.ts';
import { BY_JUDGE, played } from '../support/within-deal-play.ts';
import { BY_TEAM } from '../support/within-deal-team.ts';
import type { Act } from '../support/within-deal.ts';

const one = (who: Act['who'], what: string, n = 0, many = 1): Act => ({ who, what, n, many });
const some = (who: Act['who'], what: readonly string[]) =>
  fc.record<Act>({
    who: fc.constant(who),
    what: fc.constantFrom(...what),
    n: fc.nat({ max: 11 }),
    many: fc.constantFrom(1, 1, 2, 6, 14, 30),
  });
const FLOODS = ['flag', 'note', 'rename', 'other product', 'part', 'correct'];
const flood = (who: Act['who']) =>
  fc.record<Act>({
    who: fc.constant(who),
    what: fc.constantFrom(...FLOODS),
    n: fc.nat({ max: 11 }),
    many: fc.constantFrom(12, 25, 40),
  });
const COUNTERS = ['turn', 'back', 'well', 'again', 'withdraw', 'reopen', 'reassess', 'take back', 'owner', 'rename'];
const act = fc.oneof(
  { weight: 4, arbitrary: some('colleague', BY_COLLEAGUE) },
  { weight: 3, arbitrary: some('rep', BY_TEAM) },
  { weight: 2, arbitrary: some('friend', BY_TEAM) },
  { weight: 2, arbitrary: some('judge', BY_JUDGE) },
);
const spec = fc.record({
  endUser: fc.constant('Nazar Loom House'),
  kind: fc.constantFrom<EndUserKind>('private', 'private', 'private', 'government'),
  customer: fc.constantFrom('Askar Trade', 'Nazar Loom House'),
  between: fc.constantFrom<readonly string[]>([], ['Kairat Logistics']),
  product: fc.constantFrom('weather', 'network', 'recorder'),
  destination: fc.constant('NO'),
});

const any = fc.array(act, { minLength: 1, maxLength: 10, size: 'max' });
/** Something is said, countered, and buried. */
const buried = fc
  .tuple(
    fc.array(some('rep', ['well all', 'slip', 'hand over', 'owner', 'slip kind']), { maxLength: 2 }),
    fc.array(some('colleague', BY_COLLEAGUE), { minLength: 1, maxLength: 3 }),
    fc.array(some('judge', BY_JUDGE), { maxLength: 1 }),
    fc.array(fc.oneof(some('rep', COUNTERS), some('friend', COUNTERS)), { minLength: 1, maxLength: 3 }),
    fc.array(fc.oneof(flood('rep'), flood('friend'), flood('friend')), { minLength: 1, maxLength: 3 }),
    fc.array(fc.oneof(some('judge', ['confirm']), some('rep', ['well all', 'confirm sections'])), { maxLength: 3 }),
  )
  .map((parts) => parts.flat());

const plays = fc.tuple(
  fc.oneof(any, buried),
  spec,
  fc.constantFrom('rep' as const, 'rep' as const, 'friend' as const),
  fc.boolean(),
);

it(
  'what a colleague said stands on what is pressed or signed, in their name',
  async () => {
    const seen = { forms: 0, said: 0 };
    await fc.assert(
      fc.asyncProperty(plays, async ([acts, parties, asker, ends]) => {
        const end = ends ? [one('rep', 'well all')] : [];
        const { missed, forms, said } = await played([...acts, ...end], parties, asker);
        seen.forms += forms;
        seen.said += said;
        const words = missed.flatMap((page) => page.words.map(({ what, by }) => `${page.form}: ${what}, ${by}`));
        expect(words, missed.map(({ page }) => page).join('\n')).toEqual([]);
      }),
      { numRuns: runs(30) },
    );
    expect(seen.forms).toBeGreaterThan(10 * runs(1));
    expect(seen.said).toBeGreaterThan(30 * runs(1));
  },
  120_000 * runs(1),
);

const PARTIES = {
  endUser: 'Nazar Loom House',
  kind: 'government' as const,
  customer: 'Askar Trade',
  between: [],
  product: 'network',
  destination: 'NO',
};

it.each<[string, Act[]]>([
  [
    'notes of a friend under all answers hide what a colleague wrote to who answers next',
    [
      one('rep', 'well all'),
      one('rep', 'hand over', 2),
      one('colleague', 'hand on'),
      one('friend', 'note', 2),
      one('rep', 'well all'),
    ],
  ],
])('%s: not', async (_, acts) => {
  const { missed, forms } = await played(acts, PARTIES, 'rep');
  expect(forms).toBeGreaterThan(0);
  expect(missed.map(({ words }) => words.map(({ what }) => what))).toEqual([]);
});
