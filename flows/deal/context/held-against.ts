/** What people held against a deal, asked, or wrote as they let go of it: heard beside what they answered. House rule. */

import { SYSTEM } from '../../organisation.ts';
import type { OwnFlag } from '../own-flag.ts';
import type { DealView } from '../view.ts';
import type { WordsEver } from './words-shapes.ts';

/** Why somebody let go of a deal, or spoke against it: of a sale like this one that is of this one, too. */
export const LET_GO: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>([
  'withdrawn',
  'recused',
  'sent back',
  'returned',
  'taken back',
  'handed over',
  'vote',
  'denied',
]);

/** They are said of a deal beside its answers. */
export const HELD_AGAINST: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>(['flag', 'question', 'report']);

/** Tells whether it is a flag that stands, or a report. */
export const isAgainst = ({ of, dismissed }: Pick<WordsEver, 'of' | 'dismissed'>): boolean =>
  (of === 'flag' || of === 'report') && !dismissed;

const DISMISSED = { dismissed: true, grave: false } as const;
const settledAs = ({ status, settledBy }: OwnFlag): Partial<WordsEver> =>
  status === 'dismissed' ? DISMISSED : status === 'admitted' && settledBy !== undefined ? { admitted: true } : {};

/** What people held against a deal, or asked. Those with one of its parties hear of it as worries, too. */
export const heldAgainst = ({ deal }: DealView): WordsEver[] => {
  const said = { gone: false, grave: true };
  const { ownFlags, requests, stood = [] } = deal;
  return [
    ...ownFlags.flatMap((flag): WordsEver[] => {
      const { by, at, title: text } = flag;
      return by === SYSTEM ? [] : [{ ...said, of: 'flag', text, by, at, ...settledAs(flag) }];
    }),
    ...requests.map(({ by, at, question: text }): WordsEver => ({ ...said, of: 'question', text, by, at })),
    ...stood.flatMap(({ of, by, at, why: text }): WordsEver[] =>
      of === 'report' && by !== SYSTEM ? [{ ...said, of: 'report', text, by, at }] : [],
    ),
  ];
};

/** Why it was withdrawn or corrected, where that is no answer. */
export const reasonsIn = ({ deal }: DealView): WordsEver[] => {
  const { renamed = [], corrected = [], putIn = [], betweenBy = [] } = deal;
  const said = { of: 'corrected' as const, gone: false, grave: false };
  return [
    ...(deal.status === 'withdrawn' ? [{ ...said, text: deal.reason, by: deal.by, at: deal.at }] : []),
    ...[...renamed, ...corrected].map(({ why, changedBy: by, until: at }) => ({ ...said, text: why, by, at })),
    ...[...putIn, ...betweenBy].flatMap(({ why, by, at }) =>
      why === undefined ? [] : [{ ...said, text: why, by, at }],
    ),
  ];
};
