/** Deciding on flags that people raise themselves: the Guidance's list is not exhaustive (G4). */

import type { CommandMeta, PersonId } from '../../ids.ts';
import { approvalOf } from '../approval/in-force.ts';
import type { DealFact } from '../events.ts';
import type { OwnFlag } from '../own-flag.ts';
import { refusal, settleRefusal } from '../rights/access.ts';
import type { DealView } from '../view.ts';
import { completedNow } from './completing.ts';
import { withConsequences } from './consequences.ts';
import { accept, after, refuse, unreasoned, type Case, type Decided, type Refused } from './decision.ts';
import { isNewerThanFlag } from './waiting-shown.ts';

export const MIN_FLAG = 10;
const NO_FLAG = 'This flag is not part of the deal.';
const CHANGED = 'More was said against this deal since you opened this. Please look at the flag again.';
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

/** Says what must be settled first. */
export const waitsForFlag = ({ title, stops }: OwnFlag): string =>
  stops
    ? `The chief compliance officer must first admit or dismiss this flag: “${title}”`
    : `Compliance must first admit or dismiss the flag that somebody raised: “${title}”`;

/** Returns why this person cannot settle the flag now. */
const unsettleable = (
  view: DealView,
  actor: PersonId,
  flag: OwnFlag | undefined,
  seen: string | undefined,
): Refused | undefined => {
  const problem = settleRefusal(view, actor, flag);
  if (problem) return refuse('not allowed', problem);
  if (!flag) return refuse('not valid', NO_FLAG);
  if (flag.status !== 'pending') return refuse('not now', `This flag was ${flag.status} already.`);
  if (flag.by === actor) return refuse('not allowed', OWN);
  return isNewerThanFlag(view, flag, seen) ? refuse('facts changed', CHANGED) : undefined;
};

/** Adds the decision that waited for a flag alone: the facts are the same as before. */
const withCompleted = (view: DealView, meta: CommandMeta, facts: readonly DealFact[]): readonly DealFact[] => [
  ...facts,
  ...completedNow(after(view, meta, facts)),
];

export const decideAdmitFlag = ({ command, view, meta, context }: Case<'AdmitFlag'>): Decided => {
  const flag = view.deal.ownFlags.find((f) => f.id === command.flag);
  const problem = unsettleable(view, meta.actor, flag, command.seen);
  if (problem || !flag) return problem ?? refuse('not valid', NO_FLAG);
  if (!isOpen(view))
    return refuse(
      'not now',
      approvalOf(view.deal)
        ? 'This deal is decided. Reopen it first, or press “Something changed” and have it reassessed, then admit the flag.'
        : `This deal is ${view.deal.status}. Reopen it first, then admit the flag.`,
    );
  const { reason } = command;
  const silent = flag.stops && unreasoned(reason ?? '', 'Please say why the stop counts here.');
  if (silent) return silent;
  // What stands for a stop weighs as it did while it waited.
  const weight = flag.stops ? flag.weight : command.weight;
  const admitted = { type: 'FlagAdmitted' as const, flag: flag.id, weight, reason, settledBy: meta.actor };
  return accept(
    meta,
    flag.stops ? withCompleted(view, meta, [admitted]) : withConsequences(view, meta, [admitted], context),
  );
};

export const decideDismissFlag = ({ command, view, meta, context }: Case<'DismissFlag'>): Decided => {
  const flag = view.deal.ownFlags.find((f) => f.id === command.flag);
  const problem = unsettleable(view, meta.actor, flag, command.seen);
  if (problem || !flag) return problem ?? refuse('not valid', NO_FLAG);
  const silent = unreasoned(command.reason, 'Please say why the flag is dismissed.');
  if (silent) return silent;
  const { reason } = command;
  const dismissed = { type: 'FlagDismissed' as const, flag: flag.id, reason, settledBy: meta.actor };
  return accept(
    meta,
    flag.stops ? withConsequences(view, meta, [dismissed], context) : withCompleted(view, meta, [dismissed]),
  );
};
