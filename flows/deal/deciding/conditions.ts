/** Deciding on the conditions of an approval: evidence is handed in, accepted or returned. Guidance: T and C items. */

import type { PersonId } from '../../ids.ts';
import { isOfCompliance, person as personOf } from '../../organisation.ts';
import { conditionsIn, conditionsInWords, progressOf } from '../approval/evolve-conditions.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { Condition, ConditionProgress } from '../deal.ts';
import { isOwnDuty, judgeSeat, judgesOf } from '../owing/conditions.ts';
import { isIndependentCompliance, refusal, type DealAction } from '../rights/access.ts';
import { pickRefusal } from '../rights/picking.ts';
import { nameOf, worksFor } from '../rights/seats.ts';
import type { Approval } from '../state.ts';
import type { DealView } from '../view.ts';
import { accept, refuse, unreasoned, type Case, type Decided } from './decision.ts';

interface Found {
  approval: Approval;
  condition: Condition;
  progress: ConditionProgress;
}

const find = (view: DealView, id: string, actor: PersonId, action: DealAction): Found | Decided => {
  const approval = approvalOf(view.deal);
  if (!approval) return refuse('not now', 'This deal is not approved now, so its conditions wait.');
  const condition = conditionsIn(approval).find((c) => c.id === id);
  if (!condition) return refuse('not valid', 'This condition is not part of the approval.');
  const problem = refusal(view, actor, action);
  if (problem) return refuse('not allowed', problem);
  return { approval, condition, progress: progressOf(approval, id) };
};

const inNameOf = (absent: PersonId | undefined): { for?: PersonId } => (absent === undefined ? {} : { for: absent });

export const decideMeet = ({ command, view, meta }: Case<'MeetCondition'>): Decided => {
  const found = find(view, command.condition, meta.actor, 'meet condition');
  if ('kind' in found) return found;
  const { condition, progress } = found;
  // An owner who could judge it decides alone whether it is theirs to do: by doing it they stop being its judge.
  const isTheirsAlone = isIndependentCompliance(view, condition.owner);
  const can = (id: PersonId): boolean => condition.owner === id || (!isTheirsAlone && view.deal.team.includes(id));
  const absent = can(meta.actor) ? undefined : worksFor(view, meta.actor).find(can);
  if (!can(meta.actor) && absent === undefined) {
    const why = isTheirsAlone
      ? `${nameOf(view, condition.owner)} of compliance has this condition, so only they can say that it is done.`
      : 'Somebody else has this condition. They and the deal team can say that it is done.';
    return refuse('not allowed', why);
  }
  if (progress.status === 'accepted') return refuse('not now', 'Compliance has accepted this condition already.');
  if (progress.status === 'met') return refuse('not now', 'This is with compliance already.');
  const text = command.text.trim();
  const silent = unreasoned(text, 'Please say what was done.', 'text', { tells: 'what was done' });
  if (silent) return silent;
  return accept(meta, [
    { type: 'ConditionMet', condition: condition.id, text, sources: command.sources, ...inNameOf(absent) },
  ]);
};

export const decideHandOverCondition = ({ command, view, meta }: Case<'HandOverCondition'>): Decided => {
  const found = find(view, command.condition, meta.actor, 'hand over condition');
  if ('kind' in found) return found;
  const { approval, condition, progress } = found;
  const may = (id: PersonId): boolean =>
    condition.owner === id || view.deal.team.includes(id) || isOfCompliance(view.organisation, id);
  if (
    !may(meta.actor) &&
    !worksFor(view, meta.actor).some((id) => condition.owner === id || view.deal.team.includes(id))
  ) {
    return refuse(
      'not allowed',
      'Somebody else has this condition. They, the deal team and compliance can hand it over.',
    );
  }
  if (progress.status === 'accepted') return refuse('not now', 'Compliance has accepted this condition already.');
  if (progress.status === 'met') return refuse('not now', 'This is with compliance now. It can wait for their answer.');
  const { to } = command;
  const name = personOf(view.organisation, to)?.name;
  if (name === undefined) return refuse('not valid', 'Please choose someone in the organisation.', 'to');
  if (to === condition.owner) return refuse('not valid', 'That person has this condition already.', 'to');
  const picked = pickRefusal(view, meta.actor, to);
  if (picked) return refuse('not allowed', picked, 'to');
  if (judgesOf(view, approval, { ...condition, owner: to }).length === 0) {
    const why = `Nobody but ${name} could then accept what was done. Please choose somebody else.`;
    return refuse('not valid', why, 'to');
  }
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say why somebody else has it now.');
  if (silent) return silent;
  return accept(meta, [{ type: 'ConditionHandedOver', condition: condition.id, to, reason }]);
};

const OWN_WORK = 'You did this yourself, so another compliance colleague must look at it.';

/** Finds the condition for an independent judge of compliance: neither its owner nor the author of the evidence. */
const findToSettle = (
  view: DealView,
  actor: PersonId,
  { condition: id, evidence }: { condition: string; evidence?: number | undefined },
): (Found & { absent: PersonId | undefined }) | Decided => {
  const found = find(view, id, actor, 'settle condition');
  if ('kind' in found) return found;
  const { approval, condition, progress } = found;
  if (progress.status === 'accepted') return refuse('not now', 'This condition was accepted already.');
  if (progress.status === 'open') {
    const why = progress.returned
      ? 'This was returned meanwhile, and nothing was handed in since.'
      : 'Nothing was handed in for this condition yet.';
    return refuse('not now', why);
  }
  if (isOwnDuty(view, approval, condition, actor) || progress.evidence.at(-1)?.by === actor) {
    return refuse('not allowed', OWN_WORK);
  }
  const judge = judgeSeat(view, approval, condition, actor);
  if (judge === undefined) {
    return refuse('not allowed', 'You cannot look at this for somebody else: another compliance colleague must.');
  }
  if (evidence !== undefined && evidence !== progress.evidence.length) {
    return refuse('facts changed', 'Something newer was handed in while you were reading. Please look at it first.');
  }
  return { ...found, absent: judge === actor ? undefined : judge };
};

export const decideAccept = ({ command, view, meta }: Case<'AcceptCondition'>): Decided => {
  const found = findToSettle(view, meta.actor, command);
  if ('kind' in found) return found;
  return accept(meta, [{ type: 'ConditionAccepted', condition: found.condition.id, ...inNameOf(found.absent) }]);
};

export const decideReturn = ({ command, view, meta }: Case<'ReturnCondition'>): Decided => {
  const found = findToSettle(view, meta.actor, command);
  if ('kind' in found) return found;
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say what is missing.', 'reason', { tells: 'what is missing' });
  if (silent) return silent;
  const again = found.progress.returned ? { again: true as const } : {};
  return accept(meta, [
    { type: 'ConditionReturned', condition: found.condition.id, reason, ...inNameOf(found.absent), ...again },
  ]);
};

/** Names a suspension as it stands: the name changes where it was imposed again, or for more conditions. */
export const suspensionShown = ({ at, conditions }: NonNullable<Approval['suspended']>): string =>
  `${at}/${conditions.length}`;

export const decideLift = ({ command, view, meta }: Case<'LiftSuspension'>): Decided => {
  const approval = approvalOf(view.deal);
  if (!approval?.suspended) return refuse('not now', 'This approval is not suspended.');
  const problem = refusal(view, meta.actor, 'lift suspension');
  if (problem) return refuse('not allowed', problem);
  const { conditions } = approval.suspended;
  if (conditionsIn(approval).some(({ id, owner }) => conditions.includes(id) && owner === meta.actor)) {
    return refuse('not allowed', 'It is suspended over your own condition, so another colleague must lift it.');
  }
  if (command.suspension !== undefined && command.suspension !== suspensionShown(approval.suspended)) {
    return refuse('facts changed', 'The approval was suspended again while you were reading. Please look at it first.');
  }
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say why the suspension is lifted.');
  if (silent) return silent;
  return accept(meta, [
    { type: 'SuspensionLifted', reason, why: conditionsInWords(approval, conditions), returns: true },
  ]);
};
