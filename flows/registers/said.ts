/** What a file says, by path, and how two of them differ: every member is compared, so none is forgotten. House rule. */

import type { Instant } from '../ids.ts';
import { own } from '../own.ts';

export type FileOf = 'organisation' | 'policy';

/** By path, such as `people rep-1 manager`: its value, or a list whose order says nothing. */
export type Said = Readonly<Record<string, string | readonly string[]>>;

/** One value that differs. */
export interface Change {
  path: string;
  /** One item of a list, which came (`is`) or went (`was`). */
  item?: true | undefined;
  was?: string | undefined;
  is?: string | undefined;
  /** Since when it was as it was; absent: since before that was recorded. */
  since?: Instant | undefined;
}

/** By change, when it came about. */
export type Since = Readonly<Record<string, Instant>>;

/** Conditions of rules: one value each, however deep. */
const WHOLE = new Set(['when', 'notApplicableWhen']);
const ORDER = 'order';

type Plain = string | number | boolean;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const nameOf = (item: object, n: number): string => {
  const { id, channel, value } = item as Readonly<Record<string, unknown>>;
  const name = id ?? channel ?? value;
  return typeof name === 'string' ? name : String(n);
};

type Entry = [path: string, value: string | readonly string[]];

const walk = (path: readonly string[], value: unknown, ordered: boolean): Entry[] => {
  const at = path.join(' ');
  if (value === undefined || value === null) return [];
  if (isPlain(value)) return [[at, String(value)]];
  if (WHOLE.has(path.at(-1) ?? '')) return [[at, JSON.stringify(value)]];
  if (!Array.isArray(value))
    return Object.entries(value as object).flatMap(([key, each]) => walk([...path, key], each, ordered));
  const items: readonly unknown[] = value;
  if (items.every(isPlain)) {
    const all = items.map(String);
    return all.length === 0 ? [] : [[at, ordered ? all.join(', ') : all]];
  }
  const named = items.map((item, n) => [nameOf(item as object, n), item as object] as const);
  return [
    ...named.flatMap(([name, item]): Entry[] => [
      [`${at} ${name} id`, name],
      ...walk([...path, name], { ...item, id: undefined }, ordered),
    ]),
    ...(ordered ? [[`${at} ${ORDER}`, named.map(([name]) => name).join(', ')] satisfies Entry] : []),
  ];
};

/** Returns what a document says. `ordered`: the order of its lists says something. */
export const saidIn = (document: object, { ordered }: { ordered: boolean }): Said =>
  Object.fromEntries(walk([], document, ordered));

export const oneOf = (said: Said, path: string): string | undefined => {
  const value = own(said, path);
  return typeof value === 'string' ? value : undefined;
};

export const listOf = (said: Said, path: string): readonly string[] => {
  const value = own(said, path) ?? [];
  return typeof value === 'string' ? [value] : value;
};

const without = (values: readonly string[], gone: ReadonlySet<string>): string[] =>
  values.filter((value) => !gone.has(value));

/** Returns every difference, in the order of the paths now, then of those that are gone. */
export const changesBetween = (before: Said, now: Said): Change[] =>
  [...new Set([...Object.keys(now), ...Object.keys(before)])].flatMap((path): Change[] => {
    if (Array.isArray(own(before, path)) || Array.isArray(own(now, path))) {
      const [had, has] = [listOf(before, path), listOf(now, path)];
      return [
        ...without(had, new Set(has)).map((was): Change => ({ path, item: true, was })),
        ...without(has, new Set(had)).map((is): Change => ({ path, item: true, is })),
      ];
    }
    const [was, is] = [oneOf(before, path), oneOf(now, path)];
    if (was === is) return [];
    return [{ path, ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) }];
  });

/** Returns what is said after these changes. */
export const saidAfter = (before: Said, changes: readonly Change[]): Said => {
  const said = new Map(Object.entries(before));
  for (const { path, item, was, is } of changes) {
    const items = [said.get(path) ?? []].flat().filter((one) => one !== was);
    const value = item ? [...items, ...(is === undefined ? [] : [is])] : is;
    if (value === undefined || value.length === 0) said.delete(path);
    else said.set(path, value);
  }
  return Object.fromEntries(said);
};

/** Tells whether it says something: a place in an order does so only where what was there before stands otherwise. */
export const isNews = ({ path, was, is }: Change): boolean => {
  if (!path.endsWith(` ${ORDER}`)) return true;
  if (was === undefined || is === undefined) return false;
  const [had, has] = [was.split(', '), is.split(', ')];
  return had.filter((id) => has.includes(id)).join() !== has.filter((id) => had.includes(id)).join();
};

/** Each item of a list has a time of its own. */
const sinceKey = ({ path, item, was, is }: Change): string => (item ? `${path} = ${is ?? was ?? ''}` : path);

/** Adds since when each was as it was. */
export const withSince = (changes: readonly Change[], since: Since = {}): Change[] =>
  changes.map((change) => {
    const at = own(since, sinceKey(change));
    return at === undefined ? change : { ...change, since: at };
  });

/** The oldest are forgotten first. */
const MOST_SINCE = 5000;

export const sinceAfter = (since: Since = {}, changes: readonly Change[], at: Instant): Since => {
  const kept = new Map(Object.entries(since));
  for (const key of changes.map(sinceKey)) {
    kept.delete(key);
    kept.set(key, at);
  }
  return Object.fromEntries([...kept].slice(-MOST_SINCE));
};
