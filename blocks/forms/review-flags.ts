/** The red flags of a review: upheld in one press, or one by one where some do not stand. */

import type { FlagOpinion } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { RaisedFlag } from '../../flows/policy/policy.ts';
import type { Choice, FormBlock, FormValues } from '../card.ts';
import { citedFrom, flagsWithBasis, flagWhy } from '../cards/flag-basis.ts';
import { shownTitle } from '../cards/spans.ts';
import { count, shorten } from '../words.ts';
import { choiceInput, paragraphInput, textOf } from './inputs.ts';
import { ALL_FLAGS, clearingName, opinionName } from './names.ts';
import type { Reader } from './reading.ts';
import { opinionIn, OPINIONS, type Opinion } from './review-draft.ts';

const OPINION_LABELS: Record<Opinion, Omit<Choice, 'value'>> = {
  uphold: { label: 'Uphold', description: 'It stands' },
  clear: { label: 'Clear', description: 'Not a concern here; say why below' },
  unsure: { label: "Can't say yet", description: 'You will ask for information' },
};

const ALL_OR_EACH = ['all', 'each'] as const;

/** One flag needs no choice between all and each. */
const isGrouped = (flags: readonly RaisedFlag[]): boolean => flags.length > 1;

/** Tells how these flags are judged. Undefined where one of them was not judged yet, as a flag that came since. */
const judged = (flags: readonly RaisedFlag[], values: FormValues): (typeof ALL_OR_EACH)[number] | undefined => {
  if (!isGrouped(flags) || textOf(values, ALL_FLAGS) === 'each') return 'each';
  const opinions = flags.map(({ id }) => opinionIn(values, id));
  if (opinions.some((opinion) => opinion === 'clear' || opinion === 'unsure')) return 'each';
  return opinions.includes(undefined) ? undefined : 'all';
};

export const flagNames = (flags: readonly RaisedFlag[]): string[] => [
  ...(isGrouped(flags) ? [ALL_FLAGS] : []),
  ...flags.flatMap(({ id }) => [opinionName(id), clearingName(id)]),
];

/** Values of a page as they are kept: upholding all that it showed is an opinion on each, and on none that comes later. */
export const withAllFlags = (flags: readonly RaisedFlag[], values: FormValues): FormValues => {
  if (!isGrouped(flags) || textOf(values, ALL_FLAGS) !== 'all') return values;
  const own = new Set(flagNames(flags));
  return {
    ...Object.fromEntries(Object.entries(values).filter(([name]) => !own.has(name))),
    ...Object.fromEntries(flags.map(({ id }) => [opinionName(id), 'uphold'])),
  };
};

/** Each with why it matters and what the context made of it: whoever clears one has read that. */
const eachFlag = (flags: readonly RaisedFlag[], values: FormValues): FormBlock[] => {
  // Who wants to judge each upholds the others, until they have judged any.
  const fresh = isGrouped(flags) && flags.every(({ id }) => opinionIn(values, id) === undefined);
  return flags.flatMap((flag): FormBlock[] => [
    choiceInput(
      opinionName(flag.id),
      `Does this flag stand? ${shownTitle(flag, 100)}`,
      OPINIONS.map((value) => ({ value, ...OPINION_LABELS[value] })),
      textOf(values, opinionName(flag.id)) ?? (fresh ? 'uphold' : undefined),
      { hint: shorten(flagWhy(flag), 400) },
    ),
    paragraphInput(clearingName(flag.id), `Reason: ${shownTitle(flag, 100)}`, textOf(values, clearingName(flag.id)), {
      optional: true,
      hint: 'Needed to clear it.',
    }),
  ]);
};

/** `7 red flags`, with the part of the Guidance that all are cited from. */
export const flagsHeading = (all: number, flags: readonly RaisedFlag[]): FormBlock => {
  const from = citedFrom(flags);
  return { kind: 'heading', text: `${count(all, 'red flag')}${from === '' ? '' : ` (${from})`}` };
};

/** What the flags rest on, and the choice whether they stand. `headed`: `flagsHeading` of the same flags stands above. */
export const reviewFlagBlocks = (
  view: DealView,
  flags: readonly RaisedFlag[],
  values: FormValues,
  headed = false,
): FormBlock[] => {
  if (flags.length === 0) return [];
  const how = judged(flags, values);
  return [
    ...flagsWithBasis(view, flags, headed ? citedFrom(flags) : ''),
    ...(isGrouped(flags)
      ? [
          choiceInput(
            ALL_FLAGS,
            'Do these flags stand?',
            [
              { value: 'all', label: `Uphold all ${flags.length} shown` },
              { value: 'each', label: 'Judge each' },
            ],
            how,
            { reactive: true },
          ),
        ]
      : []),
    ...(how === 'each' ? eachFlag(flags, values) : []),
  ];
};

export const readOpinion = (form: Reader, flag: string): FlagOpinion => {
  const opinion = form.one(opinionName(flag), OPINIONS, 'Please choose. If you can’t say yet, that is an answer too.');
  const reason = form.maybeReason(clearingName(flag));
  if (opinion === 'clear' && reason === undefined) form.fail(clearingName(flag), 'Please say why you clear this flag.');
  return { opinion: opinion === 'clear' ? 'clear' : 'uphold', ...(reason === undefined ? {} : { reason }) };
};

/** Mistakes stand at the inputs that the page shows. */
export const checkFlags = (form: Reader, flags: readonly RaisedFlag[], values: FormValues): void => {
  if (judged(flags, values) === undefined && flags.every(({ id }) => opinionIn(values, id) === undefined))
    form.fail(ALL_FLAGS, 'Please choose. Where you can’t say yet, judge each.');
  else for (const { id } of flags) readOpinion(form, id);
};
