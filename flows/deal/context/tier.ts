/** Which tier of a deal is shown: the one that it was routed by, before that the estimate. */

import type { Tier } from '../../policy/policy.ts';
import { sectionProgress } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';

/** Tells whether the tier may be shown: with a risk picture, not before every section is answered. */
export const tierIsKnown = (view: DealView): boolean => {
  const { status } = view.deal;
  if (!view.policy.picture || status === 'deciding' || status === 'decided' || status === 'stopped') return true;
  return sectionProgress(view).every(({ done }) => done);
};

/**
 * The tier that the deal was routed by; before that the estimate. Undefined out of scope, and with a risk picture before
 * every section is answered.
 */
export const tierShown = (view: DealView): Tier | undefined => {
  const { deal, assessment } = view;
  if (deal.status === 'deciding') return deal.tier;
  if (deal.status === 'decided') return deal.decision.tier;
  if (deal.status === 'stopped') return 'prohibited';
  if (deal.status === 'out of scope') return undefined;
  return tierIsKnown(view) ? (assessment.tier ?? undefined) : undefined;
};
