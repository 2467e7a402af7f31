/** What was reported against an approval, for whoever undoes what it did. */

import type { Reassessment } from '../../flows/deal/deal.ts';
import { colleaguesReports } from '../../flows/deal/rights/set-aside.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { inTurn } from '../../flows/in-turn.ts';
import type { FormBlock, Text } from '../card.ts';
import { folded } from '../cards/folded.ts';
import { reassessmentText } from '../cards/reassessment-words.ts';

const MOST_LISTED = 10;

/** Those that somebody may take back, in full: each author in turn, the latest first, who asked for the deal last. */
export const takenBackBlocks = (view: DealView, changes: readonly Reassessment[]): FormBlock[] => {
  const off = colleaguesReports(view.deal);
  const latest = changes.toReversed();
  const ordered = [...inTurn(latest.filter((one) => off.includes(one))), ...latest.filter((one) => !off.includes(one))];
  return [
    {
      kind: 'list',
      items: folded(
        ordered.map((task) => reassessmentText(view, task)),
        MOST_LISTED,
        'more',
        ': “Why?” shows all',
      ),
    },
  ];
};

/** Reports and country alerts: those of others than who asked for the deal first. */
export const reportBlocks = (view: DealView): FormBlock[] => {
  const off = colleaguesReports(view.deal);
  const reports = [...off, ...(view.deal.reassessments ?? []).filter((one) => !off.includes(one))];
  const more = reports.length - MOST_LISTED;
  return reports.length === 0
    ? []
    : [
        { kind: 'heading', text: 'Reported against it, not settled' },
        {
          kind: 'list',
          items: reports
            .slice(0, MOST_LISTED)
            .map((task): Text => [
              ...(off.includes(task) ? [] : [{ quiet: 'By who asked for the deal. ' } as const]),
              ...reassessmentText(view, task),
            ]),
        },
        ...(more > 0 ? [{ kind: 'note', text: `And ${more} more: “Why?” shows all.` } as const] : []),
      ];
};
