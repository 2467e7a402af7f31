/** Plays at random, what is said first and then what hides it. */

import fc from 'fast-check';
import { SAYS, type Act } from './words-search-acts.ts';
import { HIDES } from './words-search-hides.ts';
import { ROWS, type From, type Spec } from './words-search.ts';

const act = (who: readonly string[], what: readonly string[], deal: readonly number[] = [0]) =>
  fc.record<Act>({
    who: fc.constantFrom(...who),
    what: fc.constantFrom(...what),
    n: fc.nat({ max: 11 }),
    m: fc.nat({ max: 13 }),
    deal: fc.constantFrom(...deal),
  });
const says = act(['product-1'], Object.keys(SAYS));
const rows = act(['product-1'], Object.keys(ROWS));
const hides = act(['rep-1', 'rep-1', 'rep-1', 'legal-1'], Object.keys(HIDES));

const acts = fc
  .tuple(
    fc.array(hides, { maxLength: 2 }),
    fc.array(fc.oneof({ weight: 3, arbitrary: says }, { weight: 1, arbitrary: rows }), { minLength: 1, maxLength: 2 }),
    fc.array(hides, { minLength: 1, maxLength: 3 }),
    fc.array(fc.oneof(says, rows), { maxLength: 1 }),
    fc.array(hides, { maxLength: 3 }),
  )
  .map((parts) => parts.flat());
/** Somebody writes it in a deal of their own or in one of the rep, and other deals with that end-user hide it. */
const apart = fc
  .tuple(
    fc.array(
      fc.oneof(act(['product-1'], Object.keys(SAYS), [1, 1, 1, 2]), act(['product-1'], Object.keys(ROWS), [1])),
      { minLength: 1, maxLength: 2 },
    ),
    fc.array(
      fc.oneof(
        act(['rep-1'], ['copy elsewhere', 'copy as role', 'copy elsewhere', 'copy as role'], [0, 0, 2]),
        act(['rep-1', 'rep-1', 'legal-1'], Object.keys(HIDES), [0, 1, 2]),
        act(['product-1'], Object.keys(HIDES), [1]),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map((parts) => parts.flat());
export const between = fc.record<Spec>({
  from: fc.constant<From>('several'),
  acts: apart,
  end: fc.constantFrom<Spec['end']>('review', 'review', 'lighter', 'scope', 'approved'),
});
/** In one deal. */
export const within = fc.record<Spec>({
  from: fc.constantFrom<From>('opened', 'deciding', 'approved'),
  acts,
  end: fc.constantFrom<Spec['end']>('review', 'lighter', 'scope', 'stopped', 'approved', 'declined'),
});
