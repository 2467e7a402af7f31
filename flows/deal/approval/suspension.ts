/** A suspended approval, in words and by a name. */

import type { OpenedDeal, Suspension } from '../state.ts';
import type { DealView } from '../view.ts';
import { conditionsInWords } from './evolve-conditions.ts';
import { approvalOf } from './in-force.ts';
import { allReassessments } from './reassessments.ts';

/** Names a suspension as it stands: the name changes where it was imposed again, or for more that is overdue. */
export const suspensionShown = ({ at, conditions, reassessments = [] }: Suspension): string =>
  `${at}/${conditions.length + reassessments.length}`;

/** Tells whether it is over a reassessment alone. */
export const isOverLook = ({ conditions, reassessments = [] }: Suspension): boolean =>
  conditions.length === 0 && reassessments.length > 0;

/** Returns the business days past a date after which the policy suspends an approval over the like. Undefined: never. */
export const suspendsAfter = ({ policy }: Pick<DealView, 'policy'>, over: Suspension | undefined): number | undefined =>
  (over && isOverLook(over) ? policy.reminders.reassessments : policy.reminders.conditions).suspend;

/** Returns what is overdue: the texts of the conditions, and why the deal was to be looked at again. */
export const overdueInWords = (
  view: Pick<DealView, 'policy'> & { deal: OpenedDeal },
  { conditions, reassessments = [], why = '' }: Omit<Suspension, 'at'>,
): string => {
  const approval = approvalOf(view.deal);
  if (!approval) return '';
  const late = allReassessments(view).flatMap(({ id, why }) =>
    reassessments.includes(id) ? [`Reassessment: ${why}`] : [],
  );
  // A date that was moved since, or a report that was taken back, hides nothing; nor does what joined hide the conditions of before.
  if (late.length < reassessments.length && why !== '') {
    const others = conditions.map((id) => conditionsInWords(approval, [id])).filter((text) => !why.includes(text));
    return [...others, why].join('; ');
  }
  return [conditionsInWords(approval, conditions), ...late].filter((text) => text !== '').join('; ');
};
