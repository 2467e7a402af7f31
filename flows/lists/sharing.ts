/** Ways to keep once what is said many times. */

/** Makes each result once, for as long as it lives. */
export const remembering = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
};

/** Returns the first value that was given with the same JSON. */
export const sharing = (): (<T>(value: T) => T) => {
  const known = new Map<string, unknown>();
  return <T>(value: T): T => {
    const key = JSON.stringify(value);
    const found = known.get(key);
    if (found === undefined) known.set(key, value);
    // The same JSON was made of the same kind of value.
    return (found ?? value) as T;
  };
};

/** Returns the first of the same texts of one deal: most instants are there several times. */
export const within = (): (<T extends string | undefined>(text: T) => T) => {
  const seen: string[] = [];
  return <T extends string | undefined>(text: T): T => {
    if (text === undefined) return text;
    const found = seen.find((one) => one === text);
    if (found === undefined) seen.push(text);
    return (found ?? text) as T;
  };
};
export type Within = ReturnType<typeof within>;
