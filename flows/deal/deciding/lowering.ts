/** The tier that falls as compliance confirms something: who does makes the deal lighter. */

import type { CommandMeta } from '../../ids.ts';
import { TIERS, type Tier } from '../../policy/policy.ts';
import type { DealFact } from '../events.ts';
import type { Lowered } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { after } from './decision.ts';

const heaviest = (tiers: readonly (Tier | null | undefined)[]): number =>
  Math.max(-1, ...tiers.map((tier) => (tier ? TIERS.indexOf(tier) : -1)));

/**
 * Returns the tier that falls by a confirmation: the deal's, or the one on what is known alone. While sections are open, both
 * would be as grave as can be, and whoever confirms then makes the deal lighter all the same.
 */
export const loweredBy = (
  view: DealView,
  meta: CommandMeta,
  confirmed: DealFact,
): Pick<Lowered, 'from' | 'to'> | undefined => {
  const { assessment: now } = after(view, meta, [confirmed]);
  const before = (view.lighterSaid?.before ?? []).map((then) => view.policy.evaluate({ ...view.facts, ...then }));
  const fell = [
    [heaviest([view.assessment.tier]), heaviest([now.tier])],
    [heaviest(before.map(({ placed }) => placed?.known)), heaviest([now.placed?.known])],
  ].find(([from = -1, to = -1]) => to >= 0 && to < from);
  const [from, to] = (fell ?? []).map((n) => TIERS[n]);
  return from && to ? { from, to } : undefined;
};
