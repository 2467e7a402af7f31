/** What stands beside a confirmation for whoever looks at it: what was set aside, holds that are planned, and who confirms instead. */

import { isAcceptedForAll } from '../../flows/deal/context/named-by-officers.ts';
import { NOTHING_BESIDE, type Beside } from '../../flows/deal/context/parts.ts';
import type { PlannedOn } from '../../flows/deal/context/planned-holds.ts';
import type { WordsEver } from '../../flows/deal/context/words-shapes.ts';
import { scopeHeld, scopeLeft } from '../../flows/deal/refusing/confirming.ts';
import { isOwnSlip, scopeGivers } from '../../flows/deal/rights/set-aside.ts';
import { contradictions } from '../../flows/deal/said/contradictions.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import { sheetDisputes, worseNow } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import type { FormBlock, Text } from '../card.ts';
import { disputeItem, DISPUTED_SHEETS } from '../cards/disputed-words.ts';
import { allIn, NOTHING_WRITTEN, type Written } from '../cards/ever-words.ts';
import { allReadable } from '../cards/others-words.ts';
import { plannedBlocks } from '../cards/planned-words.ts';
import { sheetItems } from '../cards/said-since.ts';
import { IN_A_FORM, inOrder, listed } from '../cards/said-words.ts';
import { SET_ASIDE } from '../cards/set-aside.ts';
import { showsOther, writtenShown } from '../cards/written-shown.ts';
import { newerBlocks } from './newer.ts';

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

/** What a form showed before: all of the deal (`waitingShown` and the like), and what is written (`writtenShown`). Empty: it is shown for the first time. */
export interface Shown {
  seen?: string | undefined;
  written?: string | undefined;
}

/** For a form's context. Empty where there was no time to look. */
export const writtenNow = (view: DealView, looking: Looking): { written: string } | Record<string, never> => {
  const written = writtenShown(writtenOf(view, looking));
  return written === undefined ? {} : { written };
};

/** The line above a form that comes back. `now`: what it shows of the deal. */
export const newerThan = (shown: Shown, now: string, { written }: { written?: string | undefined }): FormBlock[] => {
  const isWritten = shown.written !== undefined && written !== undefined && showsOther(shown.written, written);
  return newerBlocks(now, isWritten ? '' : shown.seen);
};

/** Approvers give reasons for each approval. */
const USUAL: ReadonlySet<WordsEver['of']> = new Set<WordsEver['of']>(['reasons', 'condition']);

/** Tells whether somebody else than who sells the deal wrote, or outside said, something that is to be read before anybody confirms, or nobody could look. */
export const isWritten = (
  view: DealView,
  { words, unnamed = [], beside = [], asked = [], officers = [], ofCompanies, ofProduct, late }: Written,
): boolean => {
  const givers = scopeGivers(view);
  const through = allIn(ofCompanies);
  return (
    late === true ||
    ofCompanies?.late === true ||
    ofProduct?.late === true ||
    asked.some(({ near }) => near) ||
    // Why something is accepted for all deals stands beside each of several, too.
    officers.some((one) => !isAcceptedForAll(view, one)) ||
    [...through, ...allIn(ofProduct)].some(({ grave }) => grave) ||
    // A confirmation of scope stands for later deals with the product: whatever weighs on that is read first.
    (scopeSaidOf(view.deal) !== undefined && allIn(ofProduct).some(({ ofColleague }) => ofColleague === 'weighs')) ||
    [...words, ...unnamed, ...beside, ...through.filter(({ ofAnybody }) => ofAnybody !== 'said')].some(
      ({ of, by, dismissed }) => !USUAL.has(of) && !dismissed && !isOwnSlip(view.deal, by, givers),
    )
  );
};

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
    ...plannedBlocks(plannedOf(view, looking), view.deal.id),
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

/** What is said against the sheets of its product and country, in words for those who may read them. */
export const disputeBlocks = (view: DealView, { reader: who }: Looking): FormBlock[] => {
  const items = sheetDisputes(view).map((one) => disputeItem(view, one, who));
  return items.length === 0 ? [] : [{ kind: 'heading', text: DISPUTED_SHEETS }, ...listed(items, IN_A_FORM)];
};
