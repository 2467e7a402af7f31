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

/** Parts that say all of a value, in one order: where each is the same, so is the value. */
export type Parts = readonly (string | number | boolean | undefined)[];

const sameParts = (one: Parts, other: Parts): boolean => {
  if (one.length !== other.length) return false;
  for (let n = 0; n < one.length; n += 1) if (one[n] !== other[n]) return false;
  return true;
};

/**
 * Makes each result once for the same parts: JSON of a hundred thousand values takes seconds. Two whose parts only read alike
 * share none.
 */
export const sharingBy = <V, T>(partsOf: (value: V) => Parts, make: (value: V) => T): ((value: V) => T) => {
  const known = new Map<string, { parts: Parts; made: T }>();
  return (value) => {
    const parts = partsOf(value);
    const key = parts.join('\n');
    const found = known.get(key);
    if (found && sameParts(found.parts, parts)) return found.made;
    const made = make(value);
    if (!found) known.set(key, { parts, made });
    return made;
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

/** What many deals have in common, once for all of them. `n`: its number among all that is shared; -1: it is not shared. */
export interface Common<T> {
  readonly n: number;
  readonly value: T;
}

/** Returns what no other deal has. */
export const alone = <T>(value: T): Common<T> => ({ n: -1, value });

/** A test of what is shared. */
export interface AskedOnce<T> {
  (common: Common<T>): boolean;
  /** The answer for that number. Undefined: it was not asked yet. */
  known(n: number): boolean | undefined;
}

const [NO, YES] = [1, 2];

/** Tests each once, and finds the answer by its number: a walk over a hundred thousand deals asks of the same few. */
export const askedOnce = <T>(test: (value: T) => boolean): AskedOnce<T> => {
  let answers = new Uint8Array(1024);
  const known = (n: number): boolean | undefined => {
    const found = answers[n];
    return found === YES ? true : found === NO ? false : undefined;
  };
  const asked = ({ n, value }: Common<T>): boolean => {
    if (n < 0) return test(value);
    const found = known(n);
    if (found !== undefined) return found;
    if (n >= answers.length) {
      const longer = new Uint8Array(n * 2);
      longer.set(answers);
      answers = longer;
    }
    const is = test(value);
    answers[n] = is ? YES : NO;
    return is;
  };
  return Object.assign(asked, { known });
};

export const counting = (): (() => number) => {
  let n = -1;
  return () => (n += 1);
};
