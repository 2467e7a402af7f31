/** Deciding on flags that people raise themselves: the Guidance's list is not exhaustive (G4). */

import type { CommandMeta } from '../../ids.ts';
import { WEIGHTS, type Weight } from '../../policy/policy.ts';
import { isOpen } from '../context/alerts.ts';
import { saidByOthers } from '../context/worries.ts';
import type { DealFact } from '../events.ts';
import type { OwnFlag } from '../own-flag.ts';
import { isOwnWord } from '../rights/set-aside.ts';
import type { DealView } from '../view.ts';
import { completedNow } from './completing.ts';
import { withConsequences } from './consequences.ts';
import { accept, after, refuse, unfit, unreasoned, type Case, type Decided, type Refused } from './decision.ts';
import { isNewerThanFlag } from './waiting-shown.ts';

export const MIN_FLAG = 10;
/** Every page that shows it has it whole. House rule. */
export const LONGEST_FLAG = 1000;
export const WHY_ANOTHER = 'Please say why it is another party: what differs?';
export const WHY_THEM = 'Please say why it is them: what fits?';
export const WHY_LIGHTER = 'Please say why it is lighter than it was while it waited.';
const NO_FLAG = 'This flag is not part of the deal.';
const CHANGED = 'More was said against this deal since you opened this. Please look at the flag again.';

export const decideRaiseFlag = ({ command, view, meta, context }: Case<'RaiseFlag'>): Decided => {
  const no = unfit(view, meta, command);
  if (no) return no;
  const title = command.title.trim();
  if (title.length < MIN_FLAG) return refuse('not valid', 'Please say in a sentence what worries you.', 'title');
  // A flag from outside the team waits for compliance: otherwise anybody could void a decision. A closed deal never
  // changes by itself.
  const pending = !isOwnWord(view.deal, meta.actor) || !isOpen(view.deal);
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

/** Returns why this person cannot settle the flag now. */
const unsettleable = (
  { view, meta, command }: Case<'AdmitFlag' | 'DismissFlag'>,
  flag: OwnFlag | undefined,
): Refused | undefined => {
  const no = unfit(view, meta, command);
  if (no || !flag) return no;
  return isNewerThanFlag(view, flag, command.seen) ? refuse('facts changed', CHANGED) : undefined;
};

/** Adds the decision that waited for a flag alone: the facts are the same as before. */
const withCompleted = (view: DealView, meta: CommandMeta, facts: readonly DealFact[]): readonly DealFact[] => [
  ...facts,
  ...completedNow(after(view, meta, facts)),
];

/** Tells whether a flag would weigh less than while it waited. Nothing is lighter without a reason. House rule. */
export const isLighterThanWaited = (weight: Weight, flag: OwnFlag): boolean =>
  !flag.stops && !flag.hit && WEIGHTS.indexOf(weight) < WEIGHTS.indexOf(flag.weight);

/** What of others is set aside with a flag that tells it. */
const overOthers = (view: DealView, flag: OwnFlag, { actor }: CommandMeta): Pick<OwnFlag, 'over'> => {
  const over = saidByOthers(view, flag, actor);
  return over.length > 0 ? { over } : {};
};

export const decideAdmitFlag = ({ command, view, meta, context }: Case<'AdmitFlag'>): Decided => {
  const flag = view.deal.ownFlags.find((f) => f.id === command.flag);
  const problem = unsettleable({ view, meta, command, context }, flag);
  if (problem || !flag) return problem ?? refuse('not valid', NO_FLAG);
  const { reason } = command;
  const silent =
    (flag.stops && unreasoned(reason ?? '', 'Please say why the stop counts here.')) ||
    (flag.hit && unreasoned(reason ?? '', WHY_THEM)) ||
    (isLighterThanWaited(command.weight, flag) && unreasoned(reason ?? '', WHY_LIGHTER));
  if (silent) return silent;
  // What stands for a stop weighs as it did while it waited, and who is on a list as much as can be.
  const weight = flag.stops || flag.hit ? flag.weight : command.weight;
  const lighter = isLighterThanWaited(weight, flag) ? { ...overOthers(view, flag, meta), waited: flag.weight } : {};
  const admitted = { type: 'FlagAdmitted' as const, flag: flag.id, weight, reason, settledBy: meta.actor, ...lighter };
  return accept(
    meta,
    flag.stops ? withCompleted(view, meta, [admitted]) : withConsequences(view, meta, [admitted], context),
  );
};

export const decideDismissFlag = ({ command, view, meta, context }: Case<'DismissFlag'>): Decided => {
  const flag = view.deal.ownFlags.find((f) => f.id === command.flag);
  const problem = unsettleable({ view, meta, command, context }, flag);
  if (problem || !flag) return problem ?? refuse('not valid', NO_FLAG);
  const silent = unreasoned(command.reason, flag.hit ? WHY_ANOTHER : 'Please say why the flag is dismissed.');
  if (silent) return silent;
  const { reason } = command;
  const over = overOthers(view, flag, meta);
  const dismissed = { type: 'FlagDismissed' as const, flag: flag.id, reason, settledBy: meta.actor, ...over };
  return accept(
    meta,
    flag.stops ? withConsequences(view, meta, [dismissed], context) : withCompleted(view, meta, [dismissed]),
  );
};
