/** What was reported against an approval, for whoever undoes what it did. */

import { colleaguesReports } from '../../flows/deal/rights/set-aside.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock, Text } from '../card.ts';
import { reassessmentText } from '../cards/reassessment-words.ts';

const MOST_LISTED = 10;

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
