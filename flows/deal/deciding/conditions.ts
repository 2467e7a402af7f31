/** Deciding on the conditions of an approval: evidence is handed in, accepted or returned. Guidance: T and C items. */

import type { CommandMeta, PersonId } from '../../ids.ts';
import { person as personOf } from '../../organisation.ts';
import { approvalOf } from '../approval/in-force.ts';
import { ofOther } from '../approval/of-another.ts';
import { overdueInWords, suspensionShown } from '../approval/suspension.ts';
import { judgeSeat, judgesOf } from '../owing/conditions.ts';
import { conditionIn, meetsAs, type Found } from '../refusing/conditions.ts';
import { pickRefusal } from '../rights/picking.ts';
import type { DealView } from '../view.ts';
import { accept, refuse, unfit, unreasoned, type Case, type Decided, type Refused } from './decision.ts';
import { liftShown } from './waiting-shown.ts';

const GONE = refuse('not valid', 'This condition is not part of the approval.');

const MORE_SAID = 'More was said against the deal while you were reading. Please look at it first.';
/** `seen`: what the form showed (`liftShown`); one of before that was kept showed nothing of it. */
const isNewer = (view: DealView, { seen }: { seen?: string | undefined }): boolean =>
  seen !== undefined && seen !== liftShown(view);

const inNameOf = (of: PersonId | undefined, actor: PersonId): { for?: PersonId } =>
  of === undefined || of === actor ? {} : { for: of };

export const decideMeet = ({ command, view, meta }: Case<'MeetCondition'>): Decided => {
  const no = unfit(view, meta, command);
  const found = conditionIn(view, command.condition);
  if (no || !found) return no ?? GONE;
  const { condition } = found;
  const as = meetsAs(view, found, meta.actor);
  const text = command.text.trim();
  const silent = unreasoned(text, 'Please say what was done.', 'text', { tells: 'what was done' });
  if (silent) return silent;
  return accept(meta, [
    {
      type: 'ConditionMet',
      condition: condition.id,
      text,
      sources: command.sources,
      ...inNameOf(as, meta.actor),
      ...ofOther(view.deal),
    },
  ]);
};

export const decideHandOverCondition = ({ command, view, meta }: Case<'HandOverCondition'>): Decided => {
  const no = unfit(view, meta, command);
  const found = conditionIn(view, command.condition);
  if (no || !found) return no ?? GONE;
  const { approval, condition } = found;
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

/** Finds the condition for an independent judge of compliance: neither its owner nor the author of the evidence. */
const findToSettle = (
  view: DealView,
  meta: CommandMeta,
  command: Case<'AcceptCondition' | 'ReturnCondition'>['command'],
): (Found & { judge: PersonId | undefined }) | Refused => {
  const no = unfit(view, meta, command);
  const found = conditionIn(view, command.condition);
  if (no || !found) return no ?? GONE;
  const { approval, condition, progress } = found;
  if (command.evidence !== undefined && command.evidence !== progress.evidence.length) {
    return refuse('facts changed', 'Something newer was handed in while you were reading. Please look at it first.');
  }
  return { ...found, judge: judgeSeat(view, approval, condition, meta.actor) };
};

export const decideAccept = ({ command, view, meta }: Case<'AcceptCondition'>): Decided => {
  const found = findToSettle(view, meta, command);
  if ('kind' in found) return found;
  if (isNewer(view, command)) return refuse('facts changed', MORE_SAID);
  return accept(meta, [
    {
      type: 'ConditionAccepted',
      condition: found.condition.id,
      ...inNameOf(found.judge, meta.actor),
      ...ofOther(view.deal),
    },
  ]);
};

export const decideReturn = ({ command, view, meta }: Case<'ReturnCondition'>): Decided => {
  const found = findToSettle(view, meta, command);
  if ('kind' in found) return found;
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say what is missing.', 'reason', { tells: 'what is missing' });
  if (silent) return silent;
  const again = found.progress.returned ? { again: true as const } : {};
  return accept(meta, [
    {
      type: 'ConditionReturned',
      condition: found.condition.id,
      reason,
      ...inNameOf(found.judge, meta.actor),
      ...again,
    },
  ]);
};

export const decideLift = ({ command, view, meta }: Case<'LiftSuspension'>): Decided => {
  const no = unfit(view, meta, command);
  const approval = approvalOf(view.deal);
  if (no || !approval?.suspended) return no ?? GONE;
  if (command.suspension !== undefined && command.suspension !== suspensionShown(approval.suspended)) {
    return refuse('facts changed', 'The approval was suspended again while you were reading. Please look at it first.');
  }
  if (isNewer(view, command)) return refuse('facts changed', MORE_SAID);
  const reason = command.reason.trim();
  const silent = unreasoned(reason, 'Please say why the suspension is lifted.');
  if (silent) return silent;
  return accept(meta, [
    { type: 'SuspensionLifted', reason, why: overdueInWords(view, approval.suspended), returns: true },
  ]);
};
