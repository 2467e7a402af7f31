/** All that is known beside a deal's facts, for whoever presses a form of it: one list, so that no form lacks a part of it. */

import { askedBefore } from '../../flows/deal/rights/carried.ts';
import type { LighterSaid } from '../../flows/deal/said-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock, Text } from '../card.ts';
import { carriedItems } from '../cards/carried-words.ts';
import { everBlocks, ofProductBlocks, type Written } from '../cards/ever-words.ts';
import { holdsInFull } from '../cards/hold-words.ts';
import { inLists } from '../cards/in-lists.ts';
import { officersBlocks } from '../cards/officers-words.ts';
import { allReadable } from '../cards/others-words.ts';
import { PAST_WHERE, pastItems } from '../cards/past-words.ts';
import { saidBefore } from '../cards/said-before.ts';
import { asideItems } from '../cards/set-aside.ts';
import { castItem } from '../cards/spans.ts';
import { sheetNotes } from '../cards/stands-on.ts';
import {
  againstAnswers,
  againstBlocks,
  asideBlocks,
  beforeBlocks,
  disputeBlocks,
  type Looking,
  writtenOf,
} from './confirm-looking.ts';
import { reportBlocks } from './reported.ts';
import { inRoom, MOST_LINES, OF_PRODUCT_PART, part, type ReviewPart } from './review-room.ts';
import { acceptedBlocks, othersBlocks } from './review-votes.ts';

/** What a form says in its own words. */
interface SaidThere {
  /** What speaks against the deal stands further up. */
  against?: true;
  /** So do the reasons for a reassessment. */
  reports?: true;
  /** So do the votes and the conditions of the approval that is reassessed. */
  approval?: true;
  /** Changes that it shows, with their reasons. */
  lighter?: LighterSaid | undefined;
}

/** The votes of a decision, also of an approval that is reassessed. */
const decidedItems = (view: DealView): Text[] => {
  const { deal } = view;
  const { votes = [] } = (deal.status === 'decided' ? deal.decision : deal.standing?.decision) ?? {};
  // Who takes a decline back reads it first.
  const isOver = deal.status === 'decided' && deal.decision.outcome === 'declined';
  return votes.flatMap((vote) => (isOver && vote.outcome === 'decline' ? [] : [castItem(view, vote)]));
};

const withoutReasons = (written: Written, { changes }: Pick<LighterSaid, 'changes'>): Written => ({
  ...written,
  beside: written.beside?.filter(({ by, text }) => !changes.some((one) => one.by === by && one.why === text)),
});

/** What was said before, but for changes that the form shows. */
export const beforeItems = (view: DealView, lighter?: LighterSaid): Text[] =>
  saidBefore(
    view,
    allReadable(view),
    [],
    lighter?.answers.map(({ question }) => question),
  );

/**
 * What compliance accepted and took back, votes, and conditions that were asked for. `ends`: the approval that is reassessed stands
 * elsewhere, with its conditions.
 */
export const votedBlocks = (view: DealView, ends?: true): FormBlock[] => {
  const { deal } = view;
  const isOpen = deal.status === 'answering' || deal.status === 'deciding';
  const asked = isOpen
    ? askedBefore(view).filter(({ approval, besides }) => !ends || approval === undefined || besides === true)
    : [];
  return [
    ...acceptedBlocks(view),
    ...(deal.status === 'deciding' ? othersBlocks(view, deal) : []),
    ...part('Asked for before', carriedItems(asked), 'more condition'),
  ];
};

/** A form's own blocks with all of that in between, as far as a chat has room for it. */
export const withBeside = (
  before: readonly FormBlock[],
  beside: readonly ReviewPart[],
  after: readonly FormBlock[],
): FormBlock[] => inRoom([{ blocks: before }, ...beside, { blocks: after }]);

/** In full, of what stands and of what was replaced each; the rest in short. */
const MOST_NOTES = 6;

const notesBlocks = (notes: readonly Text[]): FormBlock[] =>
  notes.length === 0
    ? []
    : [{ kind: 'heading', text: 'Notes on the product sheet and the country brief' }, ...inLists(notes, MOST_LINES)];

/**
 * What speaks against the deal, what was set aside, said before, disputed, accepted as not known, voted, asked for and written,
 * here and in other deals. Empty where nothing is known.
 */
export const allBeside = (
  view: DealView,
  looking: Looking,
  { against, reports, approval: ends, lighter }: SaidThere = {},
): ReviewPart[] => {
  const written = writtenOf(view, looking);
  return [
    { blocks: against ? [] : againstBlocks(againstAnswers(view)) },
    { blocks: holdsInFull(view).filter((block) => block.kind !== 'title') },
    { blocks: reports ? [] : reportBlocks(view) },
    { blocks: ends ? [] : part('What was decided', decidedItems(view), 'more vote') },
    { blocks: asideBlocks(asideItems(view, allReadable(view)), view, looking) },
    { blocks: beforeBlocks(beforeItems(view, lighter)), instead: 'What was said before' },
    { blocks: disputeBlocks(view, looking) },
    { blocks: notesBlocks(sheetNotes(view, MOST_NOTES)) },
    { blocks: part('Said before of the product or the country', pastItems(view), 'more', { where: PAST_WHERE }) },
    { blocks: votedBlocks(view, ends) },
    { blocks: officersBlocks(view, written.officers) },
    {
      blocks: everBlocks(view, lighter ? withoutReasons(written, lighter) : written),
      instead: 'Words of deals with this end-user',
    },
    { blocks: ofProductBlocks(view, written), ...OF_PRODUCT_PART },
  ];
};
