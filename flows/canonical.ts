/** Sorted as below already, and nothing to leave out: most of what is hashed was written so. */
const inOrder = (value: object): boolean => {
  const members = value as Record<string, unknown>;
  let before = '';
  for (const name of Object.keys(members)) {
    if (name < before || members[name] === undefined) return false;
    before = name;
  }
  return true;
};

/** One text for equal values: members sorted by code unit, those without a value left out. Hashes and signatures cover it. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v) && !inOrder(v)
      ? Object.fromEntries(
          Object.entries(v)
            .filter(([, x]) => x !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : v,
  );
