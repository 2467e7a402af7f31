/** What was reported against an approval, for whoever undoes what it did. */

import type { Reassessment } from '../../flows/deal/deal.ts';
import { colleaguesReports } from '../../flows/deal/rights/set-aside.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { inTurn } from '../../flows/in-turn.ts';
import type { FormBlock, Text } from '../card.ts';
import { inFullFirst } from '../cards/folded.ts';
import { reassessmentText } from '../cards/reassessment-words.ts';

const MOST_LISTED = 10;

/** Each author in turn, who asked for the deal last. */
const ordered = (
  { deal }: DealView,
  changes: readonly Reassessment[],
): { off: Reassessment[]; own: Reassessment[] } => {
  const colleagues = colleaguesReports(deal);
  return {
    off: inTurn(changes.filter((one) => colleagues.includes(one))),
    own: changes.filter((one) => !colleagues.includes(one)),
  };
};

const listed = (items: readonly Text[]): FormBlock => ({
  kind: 'list',
  items: inFullFirst(items, MOST_LISTED, 'more', ': the dossier has all'),
});

/** Those that somebody may take back, in full, the latest first. */
export const takenBackBlocks = (view: DealView, changes: readonly Reassessment[]): FormBlock[] => {
  const { off, own } = ordered(view, changes.toReversed());
  return [listed([...off, ...own].map((task) => reassessmentText(view, task)))];
};

/** Reports and country alerts. */
export const reportBlocks = (view: DealView): FormBlock[] => {
  const { off, own } = ordered(view, view.deal.reassessments ?? []);
  if (off.length + own.length === 0) return [];
  const items = [
    ...off.map((task): Text => reassessmentText(view, task)),
    ...own.map((task): Text => [{ quiet: 'By who asked for the deal. ' }, ...reassessmentText(view, task)]),
  ];
  return [{ kind: 'heading', text: 'Reported against it, not settled' }, listed(items)];
};
