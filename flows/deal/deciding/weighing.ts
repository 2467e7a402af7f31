/** What a vote weighs (G6), the reason that a plain approval owes, and how late a condition may be due. */

import { addMonths } from '../../calendar.ts';
import type { About, Day, Instant } from '../../ids.ts';
import { WEIGHED, type RaisedFlag, type Weighed } from '../../policy/policy.ts';
import { partsAskingWhy, scaleOf } from '../../policy/weighing.ts';
import type { Ballot } from '../deal.ts';
import type { DealView } from '../view.ts';

/** In characters: of a vote's reasons, and of why no condition is needed. */
export const MIN_RATIONALE = 20;

/** House rule: what is due later than this is nobody's worry now. */
const MONTHS_AHEAD = 24;
export const TOO_LATE = `Please choose a day within ${MONTHS_AHEAD} months.`;

/** Returns the last day on which a condition of a vote may be due. */
export const latestDue = (now: Instant): Day => addMonths(now.slice(0, 10), MONTHS_AHEAD);

/** Tells whether the route asks to weigh, and a flag stands that this voter does not clear. */
export const asksWeighing = ({ deal, assessment }: DealView, cleared: (flag: RaisedFlag) => boolean): boolean =>
  deal.status === 'deciding' && deal.route.weighing && !assessment.flags.every(cleared);

export const weighingProblem = (view: DealView, { flags, weighing }: Ballot): [string, About] | undefined => {
  if (view.deal.status !== 'deciding' || !view.deal.route.weighing) return undefined;
  if (!weighing)
    return asksWeighing(view, ({ id }) => flags[id]?.opinion === 'clear')
      ? ['Please fill in the weighing.', 'leverage']
      : undefined;
  for (const part of WEIGHED) {
    if (!scaleOf(view.policy, part).some((o) => o.value === weighing[part])) {
      return ['Please choose one of the answers shown.', part];
    }
  }
  return undefined;
};

/** Tells whether an approval without conditions over these upheld flags has to say why it needs none: a house rule of the policy. */
export const owesWhy = (
  view: DealView,
  weighing: Readonly<Partial<Record<Weighed, string>>> | undefined,
  upheld: (flag: RaisedFlag) => boolean,
): boolean =>
  weighing !== undefined &&
  view.assessment.flags.some((flag) => flag.weight === 'severe' && upheld(flag)) &&
  partsAskingWhy(view.policy, weighing).length > 0;

export const WHY_NO_CONDITION = `A severe flag stands, and you see little leverage or grave harm. Please add a condition (“Approve with conditions”), or say in at least ${MIN_RATIONALE} characters why none is needed.`;

export const whyProblem = (
  view: DealView,
  { outcome, flags, weighing, noCondition }: Ballot,
): [string, About] | undefined =>
  outcome === 'approve' &&
  owesWhy(view, weighing, ({ id }) => flags[id]?.opinion === 'uphold') &&
  (noCondition?.trim().length ?? 0) < MIN_RATIONALE
    ? [WHY_NO_CONDITION, 'noCondition']
    : undefined;
