/** People of one name: shown apart by their ids, since one person with two entries could approve their own deal. */

interface Named {
  id: string;
  name: string;
}

const keyOf = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();

const groupsOf = <T extends Named>(people: readonly T[]): T[][] => {
  const byName = new Map<string, T[]>();
  for (const one of people) byName.set(keyOf(one.name), [...(byName.get(keyOf(one.name)) ?? []), one]);
  return [...byName.values()].filter((group) => group.length > 1);
};

/** `Sample Rep (rep-1)` where somebody else has that name. */
export const apart = <T extends Named>(people: readonly T[]): T[] => {
  const shared = new Set(groupsOf(people).flat());
  return people.map((one) => (shared.has(one) ? { ...one, name: `${one.name} (${one.id})` } : one));
};

/** Returns a warning for each name that several people of the organisation have, once they are `apart`. */
export const namesakeWarnings = (people: readonly Named[]): string[] => {
  const bare = people.flatMap(({ id, name }) => {
    const own = ` (${id})`;
    return name.endsWith(own) ? [{ id, name: name.slice(0, -own.length) }] : [];
  });
  return groupsOf(bare).map((group) => {
    const [first] = group;
    return `Organisation file: ${group.map(({ id }) => id).join(' and ')} have one name, “${first?.name ?? ''}”, so everybody sees it with their id. If they are one person, keep one of them: nobody decides on their own deal.`;
  });
};
