/** How room for text is shared among texts. */

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
