/** Deciding on flags that people raise themselves: the Guidance's list is not exhaustive (G4). */

import { approvalOf } from '../approval/in-force.ts';
import { refusal } from '../rights/access.ts';
import type { DealView } from '../view.ts';
import { completedNow } from './completing.ts';
import { withConsequences } from './consequences.ts';
import { accept, after, refuse, unreasoned, type Case, type Decided } from './decision.ts';

export const MIN_FLAG = 10;
const OWN = 'You raised this flag, so another compliance colleague must settle it.';

const isOpen = ({ deal }: DealView): boolean => deal.status === 'answering' || deal.status === 'deciding';

export const decideRaiseFlag = ({ command, view, meta, context }: Case<'RaiseFlag'>): Decided => {
  const problem = refusal(view, meta.actor, 'raise flag');
  if (problem) return refuse('not allowed', problem);
  const title = command.title.trim();
  if (title.length < MIN_FLAG) return refuse('not valid', 'Please say in a sentence what worries you.', 'title');
  // A flag from outside the team waits for compliance: otherwise anybody could void a decision. A closed deal never
  // changes by itself.
  const pending = !view.deal.team.includes(meta.actor) || !isOpen(view);
  return accept(
    meta,
    withConsequences(
      view,
      meta,
      [{ type: 'FlagRaised', flag: `own-${meta.id}`, title, pending, weight: 'moderate' }],
      context,
    ),
  );
};

export const decideAdmitFlag = ({ command, view, meta, context }: Case<'AdmitFlag'>): Decided => {
  const problem = refusal(view, meta.actor, 'settle flag');
  if (problem) return refuse('not allowed', problem);
  const flag = view.deal.ownFlags.find((f) => f.id === command.flag);
  if (!flag) return refuse('not valid', 'This flag is not part of the deal.');
  if (flag.status !== 'pending') return refuse('not now', `This flag was ${flag.status} already.`);
  if (flag.by === meta.actor) return refuse('not allowed', OWN);
  if (!isOpen(view))
    return refuse(
      'not now',
      approvalOf(view.deal)
        ? 'This deal is decided. Reopen it first, or press “Something changed” and have it reassessed, then admit the flag.'
        : `This deal is ${view.deal.status}. Reopen it first, then admit the flag.`,
    );
  const { weight, reason } = command;
  return accept(
    meta,
    withConsequences(
      view,
      meta,
      [{ type: 'FlagAdmitted', flag: flag.id, weight, reason, settledBy: meta.actor }],
      context,
    ),
  );
};

export const decideDismissFlag = ({ command, view, meta }: Case<'DismissFlag'>): Decided => {
  const problem = refusal(view, meta.actor, 'settle flag');
  if (problem) return refuse('not allowed', problem);
  const flag = view.deal.ownFlags.find((f) => f.id === command.flag);
  if (!flag) return refuse('not valid', 'This flag is not part of the deal.');
  if (flag.status !== 'pending') return refuse('not now', `This flag was ${flag.status} already.`);
  if (flag.by === meta.actor) return refuse('not allowed', OWN);
  const silent = unreasoned(command.reason, 'Please say why the flag is dismissed.');
  if (silent) return silent;
  const dismissed = {
    type: 'FlagDismissed' as const,
    flag: flag.id,
    reason: command.reason,
    settledBy: meta.actor,
  };
  return accept(meta, [dismissed, ...completedNow(after(view, meta, [dismissed]))]);
};
