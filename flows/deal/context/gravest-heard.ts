/** What others answered otherwise, by what it would raise here: harmless answers hide no grave one. House rule. */

import { TIERS, WEIGHTS } from '../../policy/policy.ts';
import type { HeardOtherwise } from '../heard-shapes.ts';
import type { DealView } from '../view.ts';
import { heardOtherwise } from './topics.ts';

export interface GraveHeard extends HeardOtherwise {
  /** It would raise a severe red flag here, or stop the deal. */
  severe: boolean;
}

const SEVERE = WEIGHTS.length - 1;

/** Returns them with the gravest first; of the same weight those that would make the tier heavier, and those of others' deals. */
export const gravestHeard = (view: DealView): GraveHeard[] => {
  const { policy, facts, assessment } = view;
  const raised = new Set(assessment.flags.map(({ id }) => id));
  const tierOf = (tier: typeof assessment.tier): number => (tier ? TIERS.indexOf(tier) : -1);
  const ranks = new Map<string, { weight: number; tier: number }>();
  const rankOf = ({ question: id, says = [] }: HeardOtherwise) => {
    const key = JSON.stringify([id, says]);
    const known = ranks.get(key);
    if (known) return known;
    const question = policy.question(id);
    const value = question?.kind === 'choices' ? [...says] : (says.at(-1) ?? 'yes');
    const { flags, tier } = policy.evaluate({ ...facts, answers: { ...facts.answers, [id]: value } });
    const weights = flags.flatMap((flag) => (raised.has(flag.id) ? [] : [WEIGHTS.indexOf(flag.weight)]));
    const rank = { weight: question?.stops ? SEVERE + 1 : Math.max(-1, ...weights), tier: tierOf(tier) };
    ranks.set(key, rank);
    return rank;
  };
  return heardOtherwise(view)
    .map((heard) => ({ heard, rank: rankOf(heard) }))
    .toSorted((a, b) => b.rank.weight - a.rank.weight || b.rank.tier - a.rank.tier)
    .map(({ heard, rank }) => ({ ...heard, severe: rank.weight >= SEVERE }));
};
