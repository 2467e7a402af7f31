/** Whether a deal was routed again to the same place: a note or a source changed, and nothing that the thread was told. */

import type { Route, Tier } from '../../policy/policy.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

interface Routed {
  tier: Tier;
  route: Route;
}

const routeOf = ({ deal }: DealView): Routed | undefined => (deal.status === 'deciding' ? deal : undefined);

const toldOf = ({ assessment }: DealView, { tier, route }: Routed): string =>
  JSON.stringify([
    tier,
    route.steps,
    route.weighing,
    assessment.rule,
    assessment.placed,
    assessment.flags.map(({ id, weight }) => [id, weight]),
    assessment.openQuestions.map(({ id, why, accepted }) => [id, why, accepted]),
  ]);

/**
 * Votes were cast on the facts, and a note is one of them: whoever voted signed it, so a changed note always voids. An
 * approver who was only told afterwards could be told of a confession, or of one that was removed, once the deal has been
 * decided. `to`: where it is routed, where that is not done yet. What stays as it was is the tier's message and the review's card in the thread, and the call of who was called and has not voted.
 */
export const isRoutedAlike = (before: DealView | undefined, now: DealView, to = routeOf(now)): boolean => {
  if (!before) return false;
  const from = routeOf(before);
  return from !== undefined && to !== undefined && toldOf(before, from) === toldOf(now, to);
};

/** Returns the round whose review cards stand in the thread: a round in which nothing else changed has none of its own. */
export const cardRoundOf = ({ round, cardRound }: Pick<OpenedDeal, 'round' | 'cardRound'>): number =>
  cardRound ?? round;
