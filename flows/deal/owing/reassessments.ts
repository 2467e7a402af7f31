/** The reassessment of an approved deal, owed by its owner until it is decided again. Guidance: A2 to A5. */

import { allReassessments } from '../approval/reassessments.ts';
import type { DealView } from '../view.ts';
import { datedOwers } from './dated.ts';
import type { Thing } from './owing.ts';

export const reassessmentsOwed = (view: DealView): Thing[] => {
  const { deal } = view;
  const rule = view.policy.reminders.reassessments;
  return allReassessments(view).map(({ id, since, due }): Thing => {
    const key = `reassessment:${id}:${since}`;
    return {
      key,
      owed: { kind: 'reassessment', task: id },
      rule,
      owers: datedOwers(view, rule, { key, due, since, person: deal.owner, counted: deal.ownedSince }),
    };
  });
};
