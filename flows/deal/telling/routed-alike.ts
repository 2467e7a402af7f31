/** Whether a deal was routed again to the same place: a note or a source changed, and nothing that the thread was told. */

import type { DealView } from '../view.ts';

const toldOf = ({ assessment, deal }: DealView): string =>
  JSON.stringify([
    deal.status === 'deciding' ? [deal.tier, deal.route.steps, deal.route.weighing] : [],
    assessment.rule,
    assessment.placed,
    assessment.flags.map(({ id, weight }) => [id, weight]),
    assessment.openQuestions.map(({ id, why, accepted }) => [id, why, accepted]),
  ]);

/**
 * Votes were cast on the facts, and a note is one of them: whoever voted signed it, so a changed note always voids. An
 * approver who was only told afterwards could be told of a confession, or of one that was removed, once the deal has been
 * decided. What stays as it was is the tier's message in the thread, and the call of who was called and has not voted.
 */
export const isRoutedAlike = (before: DealView | undefined, now: DealView): boolean =>
  before?.deal.status === 'deciding' && now.deal.status === 'deciding' && toldOf(before) === toldOf(now);
