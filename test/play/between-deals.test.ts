/**
 * Whatever a colleague said against a party or a product in one deal reaches whoever decides the next one with it, before it counts:
 * the form that compliance confirms says it, or page 1 of the review. Nothing that the rep does in between hides it.
 *
 * Not claimed: that a like name finds what was answered in another country, an approver's question, or whom a colleague named; that
 * whom a colleague named is told beside the graver kind that they said of the same deal; that each reason is shown where compliance sent
 * one deal back several times; that what was decided before news came is asked again.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EndUserKind } from '../../flows/policy/policy.ts';
import { AGAINST, BY_COMPLIANCE, BY_REP, CUSTOMERS, NAMES, played, SOLD } from '../support/between-deals-play.ts';
import type { Parties } from '../support/between-deals.ts';
import { runs } from '../support/runs.ts';

const [LOOM, SECOND, BRANCH, GARDEN] = NAMES as [string, string, string, string];
const actOf = (what: fc.Arbitrary<string>) =>
  fc.record({ deal: fc.nat({ max: 2 }), what, saves: fc.boolean(), n: fc.nat({ max: 3 }), friend: fc.boolean() });

const playsOf = (acts: fc.Arbitrary<string>, parties: fc.Arbitrary<Parties>) =>
  fc.record({
    acts: fc.array(actOf(acts), { minLength: 1, maxLength: 12, size: 'max' }),
    specs: fc.array(parties, { minLength: 1, maxLength: 3 }),
    other: parties,
    /** The last deal is asked as one was before. */
    again: fc.boolean(),
  });

/** All that may happen, in any deals. */
const wide = playsOf(
  fc.oneof(fc.constantFrom(...AGAINST), fc.constantFrom(...BY_REP), fc.constantFrom(...BY_COMPLIANCE)),
  fc.record({
    endUser: fc.constantFrom(LOOM, LOOM, LOOM, SECOND, BRANCH, GARDEN),
    kind: fc.constantFrom<EndUserKind>('private', 'private', 'private', 'state-tied', 'government'),
    customer: fc.constantFrom(...CUSTOMERS),
    between: fc.constantFrom<readonly string[]>([], [], ['Kairat Logistics'], [GARDEN], [LOOM]),
    product: fc.constantFrom(...SOLD),
    destination: fc.constantFrom('NO', 'NO', 'NO', 'SE'),
  }),
);
/** One end-user, for whom a rep asks again and again. */
const narrow = playsOf(
  fc.oneof(
    fc.constantFrom('G2', 'G2', 'kind', 'kind', 'flag', 'stop', 'record'),
    fc.constantFrom(...BY_REP),
    fc.constantFrom('confirm', 'confirm', 'send back'),
  ),
  fc.record({
    endUser: fc.constantFrom(LOOM, LOOM, LOOM, SECOND),
    kind: fc.constantFrom<EndUserKind>('private', 'private', 'government'),
    customer: fc.constantFrom('Askar Trade', 'Askar Trade', 'Bekzat Supply'),
    between: fc.constant<readonly string[]>([]),
    product: fc.constantFrom('network', 'network', 'recorder', 'weather'),
    destination: fc.constant('NO'),
  }),
);

it(
  'what a colleague said in any deal reaches whoever decides the next, whatever the rep and a friend do in between',
  async () => {
    const seen = { out: 0, form: 0, review: 0 };
    await fc.assert(
      fc.asyncProperty(fc.oneof(wide, narrow), async ({ acts, specs, other, again }) => {
        const last = again ? specs.at(-1)! : other;
        const { where, concern, missed, page } = await played(acts, specs, last);
        expect(missed, page).toEqual([]);
        seen[where] += where === 'out' || concern > 0 ? 1 : 0;
      }),
      { numRuns: runs(100) },
    );
    expect(seen.form).toBeGreaterThan(15);
    expect(seen.review).toBeGreaterThan(5);
  },
  60_000 * runs(1),
);
