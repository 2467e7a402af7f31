/** How room for text is shared among texts. */

import type { PersonId } from './ids.ts';

/** Shares the room: who needs less than a fair part leaves the rest to the others. Of each, in their order. */
export const shares = (needs: readonly number[], room: number): number[] => {
  const given = needs.map(() => 0);
  let left = room;
  const byNeed = needs.map((need, at) => ({ need, at })).toSorted((a, b) => a.need - b.need);
  for (const [n, { need, at }] of byNeed.entries()) {
    const share = Math.min(need, Math.floor(left / (byNeed.length - n)));
    given[at] = share;
    left -= share;
  }
  return given;
};

export interface NeedOf {
  /** Undefined: the reader may not know, so that all of these count as one. */
  by: PersonId | undefined;
  need: number;
}

/**
 * The same among authors first, then among the texts of each: much that one writes takes nothing from another. Nothing for those of an
 * author that would get less than `least`, but for their first.
 */
export const sharesByAuthor = (texts: readonly NeedOf[], room: number, least = 1): number[] => {
  const authors = [...new Set(texts.map(({ by }) => by))].map((id) => texts.filter(({ by }) => by === id));
  const needs = authors.map((theirs) => theirs.reduce((sum, { need }) => sum + need, 0));
  const rooms = shares(needs, room);
  const given = new Map(
    authors.flatMap((theirs, n) => {
      const most = rooms[n] ?? 0;
      const shown = needs[n]! <= most ? theirs : theirs.slice(0, Math.max(1, Math.floor(most / least)));
      const parts = shares(
        shown.map(({ need }) => need),
        most,
      );
      return shown.map((one, at): [NeedOf, number] => [one, parts[at] ?? 0]);
    }),
  );
  return texts.map((one) => given.get(one) ?? 0);
};
