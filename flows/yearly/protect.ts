/**
 * Protects the counts of a yearly report: small cells are published together with others, as one row.
 *
 * Each table sorts the same items into cells, and publishes sums of groups of cells: every cell is in exactly one group, and
 * nothing but these sums is published of it. A group is a single cell only where that cell is safe by itself; all others
 * have at least two cells, and are safe together. Safe: there are 3 customers and 3 end-users, and without the deals
 * of any one party, be it the customer or the end-user in them, `k` are left. So whoever knows every deal of their own can still
 * say no more of a cell in a group than that it has between none and all of the group's other deals: `k` or more.
 *
 * That holds across tables too: they share their total alone, for there is no table of two things at once, and a deal's cell
 * in one says nothing of its cell in another.
 */

/** A deal, or whatever is counted, as it stands in a cell. */
export interface Item {
  /** Of the deal; of the person, where people are counted. */
  id: string;
  /** Who knows of it: two of the same customer, or end-user, have the same here. */
  customer: string;
  endUser: string;
  /** How many it counts for: of a deal with two conditions, two. */
  count: number;
}

export interface Cell {
  id: string;
  label: string;
  items: readonly Item[];
}

/** One published row: the sum of these cells. */
export type Group = readonly Cell[];

/** Fewer deals than this of others, whichever customer one is, are too few. */
export const LEAST = 5;
const LEAST_CUSTOMERS = 3;

/**
 * Tells whether their number may be published. Of none it may not: that nobody was declined says something of everybody. What is
 * safe stays so with more items, so the first that suffice are looked at.
 */
export const isSafe = (items: readonly Item[], k: number): boolean => {
  // A deal may stand in two cells of a row.
  const deals = new Set<string>();
  const [customers, endUsers] = [new Set<string>(), new Set<string>()];
  const known = new Map<string, number>();
  let mostKnown = 0;
  for (const { id, customer, endUser } of items) {
    if (deals.has(id)) continue;
    deals.add(id);
    customers.add(customer);
    endUsers.add(endUser);
    for (const party of new Set([customer, endUser])) {
      const count = (known.get(party) ?? 0) + 1;
      known.set(party, count);
      mostKnown = Math.max(mostKnown, count);
    }
    const parties = Math.min(customers.size, endUsers.size);
    if (parties >= LEAST_CUSTOMERS && deals.size - mostKnown >= k) return true;
  }
  return false;
};

export const itemsOf = (group: Group): Item[] => group.flatMap(({ items }) => items);
export const countOf = (group: Group): number => itemsOf(group).reduce((sum, { count }) => sum + count, 0);

/**
 * Groups the cells: each that is safe stands alone, all others together, with the smallest safe ones where they are still too
 * few. Undefined where not even all of them are enough: then nothing is published, not the total either.
 */
export const protect = (cells: readonly Cell[], k: number): readonly Group[] | undefined => {
  const safe = cells.filter(({ items }) => isSafe(items, k));
  if (safe.length === cells.length) return cells.map((cell) => [cell]);
  const together = new Set(cells.filter((cell) => !safe.includes(cell)));
  const rest = safe.toSorted((a, b) => countOf([a]) - countOf([b]));
  while (together.size < 2 || !isSafe(itemsOf([...together]), k)) {
    const next = rest.shift();
    if (!next) return undefined;
    together.add(next);
  }
  const alone = cells.filter((cell) => !together.has(cell)).map((cell): Group => [cell]);
  return [...alone, cells.filter((cell) => together.has(cell))];
};

/** Groups the cells of a hierarchy: branches that are safe alone are parted where all of their parts are. */
export const protectBranches = (branches: readonly (readonly Cell[])[], k: number): readonly Group[] | undefined => {
  const wholes = branches.map((cells, n): Cell => ({ id: String(n), label: '', items: itemsOf(cells) }));
  return protect(wholes, k)?.flatMap((group): readonly Group[] => {
    const cells = group.flatMap(({ id }) => branches[Number(id)] ?? []);
    return group.length > 1 ? [cells] : (protect(cells, k) ?? [cells]);
  });
};
