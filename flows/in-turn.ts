/** The order of what several people said. House rule. */

import type { PersonId } from './ids.ts';

/** Puts what is of each of them in turn. What is of several comes with whoever has the fewest before it. */
export const inTurnOf = <T>(all: readonly T[], of: (one: T) => readonly PersonId[]): T[] => {
  const turns = new Map<PersonId, number>();
  return all
    .map((one) => {
      const people = of(one);
      const turn = Math.min(...people.map((id) => turns.get(id) ?? 0));
      for (const id of people) turns.set(id, (turns.get(id) ?? 0) + 1);
      return { one, turn };
    })
    .toSorted((a, b) => a.turn - b.turn)
    .map(({ one }) => one);
};

/** Puts the words of each author in turn: much of one hides nothing of another. */
export const inTurn = <T extends { by: PersonId }>(words: readonly T[]): T[] => inTurnOf(words, ({ by }) => [by]);

/** Takes turns from both ends: neither earlier nor later ones push out all others. */
export const fromBothEnds = <T>(all: readonly T[]): T[] => {
  const half = Math.ceil(all.length / 2);
  const late = all.slice(half).toReversed();
  return all.slice(0, half).flatMap((one, i) => [one, ...late.slice(i, i + 1)]);
};

/** Takes one of each kind in turn: many of one hide none of another. */
export const inTurns = <T>(kinds: readonly (readonly T[])[]): T[] =>
  Array.from({ length: Math.max(0, ...kinds.map((kind) => kind.length)) }, (_, n) =>
    kinds.flatMap((kind) => kind.slice(n, n + 1)),
  ).flat();
