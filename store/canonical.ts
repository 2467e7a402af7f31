/** Canonical JSON, one text per value: members sorted by code unit, no white space. Hashes and signatures cover it. */

/** The names of members recur: each is quoted once. Bounded, because ids can be names too. */
const MOST_NAMES = 5000;
const names = new Map<string, string>();
const quoted = (name: string): string => {
  const known = names.get(name);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(name)}:`;
  if (names.size < MOST_NAMES) names.set(name, text);
  return text;
};

const sortedNames = (value: object): string[] => {
  const found = Object.keys(value);
  for (let i = 1; i < found.length; i += 1) {
    // What was read from canonical text is in order already.
    if ((found[i - 1] ?? '') > (found[i] ?? '')) return found.sort();
  }
  return found;
};

/** `lenient`: as JSON.stringify does, a member without a value is left out, and such an item is null. */
const textOf = (value: unknown, lenient: boolean): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('Only finite numbers have a canonical form.');
    return JSON.stringify(value);
  }
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) {
      text += `${text === '' ? '' : ','}${lenient && item === undefined ? 'null' : textOf(item, lenient)}`;
    }
    return `[${text}]`;
  }
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && !(lenient && prototype === null)) {
    throw new TypeError(`A ${typeof value} has no canonical form.`);
  }
  const members = value as Record<string, unknown>;
  for (const name of sortedNames(members)) {
    const member = members[name];
    if (lenient && member === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(name)}${textOf(member, lenient)}`;
  }
  return `{${text}}`;
};

/** Throws TypeError on anything that JSON would drop or change (undefined, NaN, functions, dates). */
export const canonical = (value: unknown): string => textOf(value, false);

/** The canonical text of what JSON makes of a value: members that are undefined are left out. */
export const canonicalJson = (value: unknown): string => textOf(value, true);
