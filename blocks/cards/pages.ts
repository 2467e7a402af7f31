/** Lists that are read a page at a time. */

/** Returns what stands on page `page` (from 1) of pages of `most`, and how many come after it. */
export const onPage = <T>(all: readonly T[], page: number, most: number): { shown: readonly T[]; more: number } => {
  const before = (page - 1) * most;
  const shown = all.slice(before, before + most);
  return { shown, more: all.length - before - shown.length };
};
