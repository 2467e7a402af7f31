/** When a condition of an approval, or a suspension over it, is not to be moved on, or not by this person. */

import type { PersonId } from '../../ids.ts';
import { isOfCompliance } from '../../organisation.ts';
import { conditionsIn, progressOf } from '../approval/evolve-conditions.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { ConditionProgress } from '../condition-shapes.ts';
import type { Condition } from '../deal.ts';
import { isOwnDuty, judgeSeat } from '../owing/conditions.ts';
import { whoElseLifts } from '../owing/settling.ts';
import { isIndependentCompliance, refusal, type DealAction } from '../rights/access.ts';
import { nameOf, worksFor } from '../rights/seats.ts';
import type { Approval } from '../state.ts';
import type { DealView } from '../view.ts';
import { notAllowed, notNow, type No } from './attempt.ts';

export interface Found {
  approval: Approval;
  condition: Condition;
  progress: ConditionProgress;
}

/** Finds a condition of the approval in force. */
export const conditionIn = ({ deal }: DealView, id: string): Found | undefined => {
  const approval = approvalOf(deal);
  const condition = approval && conditionsIn(approval).find((one) => one.id === id);
  return approval && condition ? { approval, condition, progress: progressOf(approval, id) } : undefined;
};

const OVER = notNow('This deal is not approved now, so its conditions wait.');
const UNKNOWN: No = { code: 'not valid', text: 'This condition is not part of the approval.' };
const ACCEPTED = notNow('Compliance has accepted this condition already.');

const foundFor = (
  view: DealView,
  person: PersonId,
  id: string,
  action: DealAction,
  then: (found: Found) => No | undefined,
): No | undefined => {
  if (!approvalOf(view.deal)) return OVER;
  const found = conditionIn(view, id);
  if (!found) return UNKNOWN;
  return notAllowed(refusal(view, person, action)) ?? then(found);
};

/**
 * An owner who could judge it decides alone whether it is theirs to do: by doing it they stop being its judge. Who recused
 * themself leaves it to a colleague, not to the deal team.
 */
export const isTheirsAlone = ({ deal, organisation }: DealView, { owner }: Condition): boolean =>
  isOfCompliance(organisation, owner) && !deal.team.includes(owner);

/** Returns as whom a person has a condition: themselves or somebody away; undefined where it is neither theirs nor their team's. */
const hasAs = (view: DealView, condition: Condition, person: PersonId): PersonId | undefined => {
  const has = (id: PersonId): boolean =>
    condition.owner === id || (!isTheirsAlone(view, condition) && view.deal.team.includes(id));
  return has(person) ? person : worksFor(view, person).find(has);
};

/** Returns in whose name a person says that it is done. */
export const meetsAs = (view: DealView, { condition }: Found, person: PersonId): PersonId | undefined =>
  hasAs(view, condition, person);

export const meetRefused = (view: DealView, person: PersonId, id: string): No | undefined =>
  foundFor(view, person, id, 'meet condition', (found) => {
    const { condition, progress } = found;
    if (meetsAs(view, found, person) === undefined) {
      return notAllowed(
        isTheirsAlone(view, condition)
          ? `${nameOf(view, condition.owner)} of compliance has this condition, so only they can say that it is done, or a colleague to whom compliance hands it over.`
          : 'Somebody else has this condition. They and the deal team can say that it is done.',
      );
    }
    if (progress.status === 'accepted') return ACCEPTED;
    return progress.status === 'met' ? notNow('This is with compliance already.') : undefined;
  });

export const handConditionRefused = (view: DealView, person: PersonId, id: string): No | undefined =>
  foundFor(view, person, id, 'hand over condition', ({ condition, progress }) => {
    const isAlone = isTheirsAlone(view, condition);
    const mayAsColleague = isAlone ? isIndependentCompliance(view, person) : isOfCompliance(view.organisation, person);
    if (hasAs(view, condition, person) === undefined && !mayAsColleague)
      return notAllowed(
        isAlone
          ? `${nameOf(view, condition.owner)} of compliance has this condition: they or their colleagues off the deal can hand it over.`
          : 'Somebody else has this condition. They, the deal team and compliance can hand it over.',
      );
    if (progress.status === 'accepted') return ACCEPTED;
    return progress.status === 'met' ? notNow('This is with compliance now. It can wait for their answer.') : undefined;
  });

const OWN_WORK = 'You did this yourself, so another compliance colleague must look at it.';

export const settleRefused = (view: DealView, person: PersonId, id: string): No | undefined =>
  foundFor(view, person, id, 'settle condition', ({ approval, condition, progress }) => {
    if (progress.status === 'accepted') return notNow('This condition was accepted already.');
    if (progress.status === 'open') {
      return notNow(
        progress.returned
          ? 'This was returned meanwhile, and nothing was handed in since.'
          : 'Nothing was handed in for this condition yet.',
      );
    }
    if (isOwnDuty(view, approval, condition, person) || progress.evidence.at(-1)?.by === person)
      return notAllowed(OWN_WORK);
    return judgeSeat(view, approval, condition, person) === undefined
      ? notAllowed('You cannot look at this for somebody else: another compliance colleague must.')
      : undefined;
  });

const ownersOver = (approval: Approval): PersonId[] =>
  conditionsIn(approval).flatMap(({ id, owner }) => (approval.suspended?.conditions.includes(id) ? [owner] : []));

/** Returns to whom this person, who gave the approval, leaves its suspension while a colleague's report is against it. */
const liftLeftTo = (view: DealView, person: PersonId): PersonId[] => {
  const approval = approvalOf(view.deal);
  const owners = approval ? ownersOver(approval) : [];
  return whoElseLifts(view, person).filter((id) => !owners.includes(id));
};

export const liftRefused = (view: DealView, person: PersonId): No | undefined => {
  const approval = approvalOf(view.deal);
  if (!approval?.suspended) return notNow('This approval is not suspended.');
  const no = notAllowed(refusal(view, person, 'lift suspension'));
  if (no) return no;
  if (ownersOver(approval).includes(person))
    return notAllowed('It is suspended over your own condition, so another colleague must lift it.');
  const others = liftLeftTo(view, person);
  return others.length > 0
    ? notAllowed(
        `You approved this deal, so a colleague lifts this while what others reported or answered against it is not settled: ${others.map((id) => nameOf(view, id)).join(' or ')}.`,
      )
    : undefined;
};

/** Returns who could lift the suspension, but gave the approval that a report is against. */
export const liftLeftBy = (view: DealView): PersonId[] =>
  view.organisation.people
    .map(({ id }) => id)
    .filter((id) => refusal(view, id, 'lift suspension') === undefined && liftLeftTo(view, id).length > 0);
