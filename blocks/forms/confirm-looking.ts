/** What stands beside a confirmation for whoever looks at it: what was set aside, holds that are planned, and who confirms instead. */

import { NOTHING_BESIDE, type Beside } from '../../flows/deal/context/parts.ts';
import type { PlannedOn } from '../../flows/deal/context/planned-holds.ts';
import type { WordsEver } from '../../flows/deal/context/words-ever.ts';
import { scopeHeld, scopeLeft } from '../../flows/deal/refusing/confirming.ts';
import { isOwnWord } from '../../flows/deal/rights/set-aside.ts';
import { contradictions } from '../../flows/deal/said/contradictions.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import { productDisputes, worseNow } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import type { FormBlock, Text } from '../card.ts';
import { NOTHING_WRITTEN, type Written } from '../cards/ever-words.ts';
import { allReadable } from '../cards/others-words.ts';
import { plannedBlocks } from '../cards/planned-words.ts';
import { sheetItems } from '../cards/said-since.ts';
import { IN_A_FORM, inOrder, listed } from '../cards/said-words.ts';
import { SET_ASIDE } from '../cards/set-aside.ts';
import { settledSpans } from '../cards/sheet-words.ts';
import { LONGEST_SAID, quoted } from '../words.ts';

/** Whoever looks, and what they may know of other deals and of planned holds, by deal. */
export interface Looking {
  reader?: PersonId | undefined;
  planned?: Readonly<Record<DealId, readonly PlannedOn[]>> | undefined;
  /** What each deal is read beside. */
  beside?: Readonly<Record<DealId, Beside>> | undefined;
  /** What is written of each, here and in other deals. */
  written?: Readonly<Record<DealId, Written>> | undefined;
}

export const besideOf = ({ deal }: DealView, { beside = {} }: Looking): Beside => beside[deal.id] ?? NOTHING_BESIDE;

export const writtenOf = ({ deal }: DealView, { written = {} }: Looking): Written =>
  written[deal.id] ?? NOTHING_WRITTEN;

/** Approvers give reasons for each approval. */
const USUAL: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>(['reasons', 'condition']);

/** Tells whether somebody else than who sells the deal wrote something that is to be read before anybody confirms, or nobody could look. */
export const isWritten = ({ deal }: DealView, { words, unnamed = [], beside = [], late }: Written): boolean =>
  late === true || [...words, ...unnamed, ...beside].some(({ of, by }) => !USUAL.has(of) && !isOwnWord(deal, by));

export const plannedOf = ({ deal }: DealView, { planned = {} }: Looking): readonly PlannedOn[] =>
  planned[deal.id] ?? [];

/** What speaks against the answers: sheets that say worse, the catalogue, other deals, alerts. */
export const againstAnswers = (view: DealView): Text[] => [
  ...sheetItems(view, worseNow(view)),
  ...inOrder(view, contradictions(view), allReadable(view)),
];

export const beforeBlocks = (before: readonly Text[], room = IN_A_FORM): FormBlock[] => {
  return before.length === 0 ? [] : [{ kind: 'heading', text: 'What was said before' }, ...listed(before, room)];
};

export const againstBlocks = (items: readonly Text[]): FormBlock[] =>
  items.length === 0 ? [] : [{ kind: 'heading', text: 'What speaks against it' }, ...listed(items, IN_A_FORM)];

export const asideBlocks = (
  aside: readonly Text[],
  view: DealView,
  looking: Looking,
  room = IN_A_FORM,
): FormBlock[] => {
  return [
    ...(aside.length === 0 ? [] : [{ kind: 'heading', text: SET_ASIDE } as const, ...listed(aside, room)]),
    ...plannedBlocks(plannedOf(view, looking)),
  ];
};

/** What must be settled before anybody confirms, or who else does. */
export const heldBlocks = (view: DealView, looking: Looking): FormBlock[] => {
  const [held, left] = [heldWords(view), leftWords(view, looking)];
  if (held !== undefined) return [{ kind: 'text', text: [{ strong: 'Not to be confirmed yet. ' }, held] }];
  return left === undefined ? [] : [{ kind: 'text', text: [{ strong: 'Not yours to confirm. ' }, left] }];
};

export const heldWords = (view: DealView): string | undefined => (scopeSaidOf(view.deal) ? scopeHeld(view) : undefined);
export const leftWords = (view: DealView, { reader: who }: Looking): string | undefined =>
  scopeSaidOf(view.deal) && who !== undefined ? scopeLeft(view, who) : undefined;

/** For compliance, which reads what is said against a sheet. */
export const disputeBlocks = (view: DealView): FormBlock[] => {
  const items = productDisputes(view).map((dispute): Text => [
    { person: dispute.by },
    `: ${quoted(dispute.reason, LONGEST_SAID)}`,
    ...('settled' in dispute ? settledSpans(dispute) : []),
  ]);
  return items.length === 0
    ? []
    : [{ kind: 'heading', text: 'Said against the product sheet' }, ...listed(items, IN_A_FORM)];
};
