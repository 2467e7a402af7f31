/** The order of what several people said. House rule. */

import type { PersonId } from './ids.ts';

/** Puts the words of each author in turn: much of one hides nothing of another. */
export const inTurn = <T extends { by: PersonId }>(words: readonly T[]): T[] => {
  const turns = new Map<PersonId, number>();
  return words
    .map((one) => {
      const turn = turns.get(one.by) ?? 0;
      turns.set(one.by, turn + 1);
      return { one, turn };
    })
    .toSorted((a, b) => a.turn - b.turn)
    .map(({ one }) => one);
};
