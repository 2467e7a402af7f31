/** Finds the fewest open questions that, answered well, lower a deal's tier: what is worth finding out. */

import { benignAnswer } from './compile-picture.ts';
import { evaluate, type Rules } from './evaluate.ts';
import { readings, type PictureRules } from './picture.ts';
import { TIERS, type Facts, type FactValue, type QuestionId } from './policy.ts';
import type { QuestionDocument } from './schema.ts';

/** Beyond so many rounds a set that can't be made smaller is returned, though another may be. */
const MOST_ROUNDS = 400;

type IdSet = ReadonlySet<QuestionId>;

/** Returns the smallest set that has a member of each of `sets`, by branch and bound. */
const hittingSet = (sets: readonly IdSet[]): Set<QuestionId> => {
  let best: QuestionId[] | undefined;
  const search = (chosen: QuestionId[], left: readonly IdSet[]): void => {
    if (best && chosen.length >= best.length) return;
    if (left.length === 0) {
      best = chosen;
      return;
    }
    // Sets that share nothing each need a member of their own.
    const apart: IdSet[] = [];
    for (const set of left) if (apart.every((other) => ![...set].some((id) => other.has(id)))) apart.push(set);
    if (best && chosen.length + apart.length >= best.length) return;
    const smallest = left.reduce((a, b) => (b.size < a.size ? b : a));
    for (const id of smallest)
      search(
        [...chosen, id],
        left.filter((set) => !set.has(id)),
      );
  };
  search([], sets);
  return new Set(best);
};

export const wouldLower = (
  rules: Rules,
  picture: PictureRules,
  documents: readonly QuestionDocument[],
  scope: IdSet,
  facts: Facts,
): QuestionId[] => {
  const before = evaluate(rules, facts).tier;
  if (before === null || before === 'prohibited' || before === 'low') return [];
  const { why, reached } = readings({ picture, asked: rules.asked }, facts);
  // A question that is not asked yet may be, once another is answered. The scope is no way to a lighter tier.
  const candidates = documents.filter((q, i) => !scope.has(q.id) && (why[i] !== undefined || reached[i] !== true));
  const lowers = (ids: IdSet): boolean => {
    const answers: Record<QuestionId, FactValue> = { ...facts.answers };
    const based: Record<QuestionId, number> = { ...facts.based };
    for (const q of candidates) {
      if (!ids.has(q.id)) continue;
      answers[q.id] = benignAnswer(q) ?? 'known';
      based[q.id] = q.publishersWhenHigh ?? 1;
    }
    const { tier } = evaluate(rules, { ...facts, answers, based });
    return tier !== null && TIERS.indexOf(tier) < TIERS.indexOf(before);
  };
  const all = new Set(candidates.map((q) => q.id));
  if (!lowers(all)) return [];

  // Whatever does not lower the tier misses at least one of the rest, so each answer has a member of every such rest.
  const rests: IdSet[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = hittingSet(rests);
    if (lowers(chosen)) return documents.flatMap(({ id }) => (chosen.has(id) ? [id] : []));
    const order = [...all];
    // From another place each time: sets that share little say more than sets that are alike.
    for (const id of [...order.slice((round * 7) % order.length), ...order.slice(0, (round * 7) % order.length)]) {
      if (chosen.has(id)) continue;
      chosen.add(id);
      if (lowers(chosen)) chosen.delete(id);
    }
    rests.push(new Set([...all].filter((id) => !chosen.has(id))));
  }
  const enough = new Set(all);
  for (const id of all) {
    enough.delete(id);
    if (!lowers(enough)) enough.add(id);
  }
  return [...enough];
};
