/** Finds the fewest open questions that, answered well, lower a deal's tier: what is worth finding out. */

import { benignAnswer } from './compile-picture.ts';
import { evaluate, type Rules } from './evaluate.ts';
import { readings, type PictureRules } from './picture.ts';
import { TIERS, type Facts, type FactValue, type Lowering, type QuestionId } from './policy.ts';
import type { QuestionDocument } from './schema.ts';
import { SOME_WORDS } from './sentence.ts';

/** How long the search may take: under the default policy it needs a tenth of either. */
export const MOST_WORK = { rounds: 400, steps: 200_000 };

type IdSet = ReadonlySet<QuestionId>;

/** Returns the smallest set that has a member of each of `sets`, by branch and bound; undefined where it takes too long. */
const hittingSet = (sets: readonly IdSet[], left: { steps: number }): Set<QuestionId> | undefined => {
  let best: QuestionId[] | undefined;
  const search = (chosen: QuestionId[], missed: readonly IdSet[]): void => {
    left.steps -= 1;
    if (left.steps < 0 || (best && chosen.length >= best.length)) return;
    if (missed.length === 0) {
      best = chosen;
      return;
    }
    // Sets that share nothing each need a member of their own.
    const apart: IdSet[] = [];
    for (const set of missed) if (apart.every((other) => ![...set].some((id) => other.has(id)))) apart.push(set);
    if (best && chosen.length + apart.length >= best.length) return;
    const smallest = missed.reduce((a, b) => (b.size < a.size ? b : a));
    for (const id of smallest)
      search(
        [...chosen, id],
        missed.filter((set) => !set.has(id)),
      );
  };
  search([], sets);
  return left.steps < 0 ? undefined : new Set(best);
};

export const NOTHING_LOWERS: Lowering = { ids: [], fewest: true };

/**
 * Returns the fewest of `all` for which `holds`, which does for all of them, and for more than it holds for. A search that
 * takes too long ends with ids of which none can be left out: that they suffice is true all the same.
 */
export const fewest = (all: readonly QuestionId[], holds: (ids: IdSet) => boolean, most = MOST_WORK): Lowering => {
  const left = { ...most };
  // Whatever does not suffice misses at least one of the rest, so each answer has a member of every such rest.
  const rests: IdSet[] = [];
  for (let round = 0; round < most.rounds; round++) {
    const chosen = hittingSet(rests, left);
    if (!chosen) break;
    if (holds(chosen)) return { ids: all.filter((id) => chosen.has(id)), fewest: true };
    // From another place each time: sets that share little say more than sets that are alike.
    const from = (round * 7) % all.length;
    for (const id of [...all.slice(from), ...all.slice(0, from)]) {
      if (chosen.has(id)) continue;
      chosen.add(id);
      if (holds(chosen)) chosen.delete(id);
    }
    rests.push(new Set(all.filter((id) => !chosen.has(id))));
  }
  const enough = new Set(all);
  for (const id of all) {
    enough.delete(id);
    if (!holds(enough)) enough.add(id);
  }
  return { ids: [...enough], fewest: false };
};

export const wouldLower = (
  rules: Rules,
  picture: PictureRules,
  documents: readonly QuestionDocument[],
  scope: IdSet,
  facts: Facts,
): Lowering => {
  const before = evaluate(rules, facts).tier;
  if (before === null || before === 'prohibited' || before === 'low') return NOTHING_LOWERS;
  const { why, reached } = readings({ picture, asked: rules.asked }, facts);
  // A question that is not asked yet may be, once another is answered. The scope is no way to a lighter tier.
  const candidates = documents.filter((q, i) => !scope.has(q.id) && (why[i] !== undefined || reached[i] !== true));
  const lowers = (ids: IdSet): boolean => {
    const answers: Record<QuestionId, FactValue> = { ...facts.answers };
    const based: Record<QuestionId, number> = { ...facts.based };
    for (const q of candidates) {
      if (!ids.has(q.id)) continue;
      answers[q.id] = benignAnswer(q) ?? SOME_WORDS;
      based[q.id] = q.publishersWhenHigh ?? 1;
    }
    const { tier } = evaluate(rules, { ...facts, answers, based });
    return tier !== null && TIERS.indexOf(tier) < TIERS.indexOf(before);
  };
  const all = candidates.map((q) => q.id);
  return lowers(new Set(all)) ? fewest(all, lowers) : NOTHING_LOWERS;
};
