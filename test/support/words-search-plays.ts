/** Plays at random, what is said first and then what hides it. */

import fc from 'fast-check';
import { SAYS, type Act } from './words-search-acts.ts';
import { COLLEAGUES } from './words-search-after.ts';
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

const OF_SHEETS = ['sheet', 'brief', 'judge', 'dispute', 'settle dispute'];
const WHILE_APPROVED = [
  'meet',
  'meet',
  'hand condition',
  'hand condition',
  'return',
  'accept',
  'report',
  'report',
  'report back',
  'renewals',
  'licence',
  'long after',
  'lift',
  'hold',
  'end hold',
  'officer flag',
  'end flag',
  'alert',
  'authority',
];
const WHILE_OPEN = [
  'vote',
  'vote',
  'ask',
  'end question',
  'recuse',
  'hold',
  'end hold',
  'officer flag',
  'end flag',
  'said it never',

  'scope back',
  'lighter back',
  'accept gaps',
  'gaps back',
  'give up',
  'hand condition',
  'meet',
  'return',
  'report',
  'licence',
];
const some = (arbitrary: fc.Arbitrary<Act>, minLength: number, maxLength: number) =>
  fc.array(arbitrary, { minLength, maxLength });
const afterApproval = (onSheets: boolean): fc.Arbitrary<Act[]> => {
  const more = onSheets ? [...OF_SHEETS, ...OF_SHEETS] : [];
  const said = fc.oneof(
    { weight: 3, arbitrary: act(COLLEAGUES, [...WHILE_APPROVED, ...more]) },
    {
      weight: 2,
      arbitrary: act(
        ['rep-1', 'rep-1', 'legal-1'],
        ['meet', 'hand condition', 'report', 'report back', 'renewals', 'licence', 'long after'],
      ),
    },
  );
  const open = fc.oneof(
    { weight: 3, arbitrary: act(COLLEAGUES, [...WHILE_OPEN, ...more]) },
    { weight: 2, arbitrary: says },
    {
      weight: 4,
      arbitrary: act(
        ['rep-1', 'rep-1', 'legal-1'],
        [
          ...Object.keys(HIDES),
          'nothing changed',
          'nothing changed',
          'hand condition',
          'meet',
          'withdraw',
          'out of scope',
          'move on',
        ],
      ),
    },
  );
  const starts = act(['rep-1'], ['reassess']).map((one) => [one]);
  const moves = act(['rep-1'], ['nothing changed', 'move on']).map((one) => [one]);
  const ends = act(['rep-1'], ['approve again', 'move on', 'reopen', 'withdraw']).map((one) => [one]);
  return fc
    .oneof(
      fc.tuple(some(said, 1, 4)),
      fc.tuple(some(said, 0, 3), starts, some(open, 1, 4)),
      fc.tuple(some(said, 0, 3), starts, moves, some(open, 1, 4)),
      fc.tuple(some(said, 0, 2), starts, some(open, 0, 3), moves, some(open, 1, 3), ends, some(said, 0, 2)),
    )
    .map((parts) => parts.flat());
};
/** What comes after an approval. */
export const approved = fc.constantFrom<From>('approved', 'on sheets').chain((from) =>
  fc.record<Spec>({
    from: fc.constant(from),
    acts: afterApproval(from === 'on sheets'),
    end: fc.constantFrom<Spec['end']>('now', 'now', 'review', 'lighter', 'scope', 'stopped', 'approved', 'declined'),
  }),
);

/** What the rep and friends do alone after an approval. */
const byFriends = act(
  ['rep-1', 'rep-1', 'legal-1', 'product-1'],
  [
    ...Object.keys(HIDES),

    'hand condition',
    'meet',
    'report',
    'report back',
    'renewals',
    'licence',
    'long after',
    'nothing changed',
    'move on',

    'give up',
    'give up',
    'reopen',
    'reassess',
    'reassess',
    'out of scope',
    'sheet',
    'sheet',
    'brief',
    'dispute',
    'owner',
  ],
);
export const alone = fc.record({
  from: fc.constantFrom<'approved' | 'on sheets'>('approved', 'on sheets'),
  acts: fc
    .tuple(
      some(byFriends, 0, 2),
      act(['rep-1'], ['reassess']).map((one) => [one]),
      some(byFriends, 1, 6),
    )
    .map((parts) => parts.flat()),
});
