/** Decides on nudges: reminding whoever a deal waits for. */

import type { PersonId } from '../../ids.ts';
import { approvalOf } from '../approval/in-force.ts';
import { askedReassessments } from '../approval/reassessments.ts';
import { isOpen } from '../context/alerts.ts';
import { judgesOf } from '../owing/conditions.ts';
import { refusal } from '../rights/access.ts';
import { conditionStanding, confirmers, waitingFor } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';
import { accept, refuse, type Case, type Decided } from './decision.ts';

const NUDGE_PAUSE_MS = 60 * 60 * 1000;

/** Returns who must act on an approval: on a condition that is overdue, or done and not accepted; on a reassessment. */
const moversOf = (view: DealView): PersonId[] => {
  const approval = approvalOf(view.deal);
  if (!approval) return [];
  const ofConditions = conditionStanding(view).flatMap(({ condition, progress, overdue }) => {
    if (progress.status === 'met') return judgesOf(view, approval, condition);
    return overdue ? [condition.owner] : [];
  });
  return askedReassessments(view).length > 0 ? [...ofConditions, view.deal.owner] : ofConditions;
};

export const decideNudge = ({ view, meta }: Case<'Nudge'>): Decided => {
  const problem = refusal(view, meta.actor, 'nudge');
  if (problem) return refuse('not allowed', problem);
  // No approval is complete before compliance has confirmed what makes the deal lighter, or sent it back.
  const judging = view.lighterSaid && isOpen(view.deal) ? confirmers(view) : [];
  const people = [...new Set([...waitingFor(view).people, ...judging, ...moversOf(view)])].filter(
    (p) => p !== meta.actor,
  );
  if (people.length === 0) {
    const waitsFor: readonly PersonId[] = waitingFor(view).people;
    return refuse(
      'not now',
      `${waitsFor.includes(meta.actor) ? 'This deal waits for you: nobody' : 'Nobody'} else has to act on it right now.`,
    );
  }
  const last = view.deal.lastNudge;
  // The people for whom the deal has been waiting since then were not nudged yet.
  if (
    last &&
    last > view.deal.waitingSince &&
    new Date(meta.at).getTime() - new Date(last).getTime() < NUDGE_PAUSE_MS
  ) {
    return refuse('not now', 'They were nudged within the last hour. Give them a little time.');
  }
  return accept(meta, [{ type: 'Nudged', people }]);
};
