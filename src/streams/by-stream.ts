/** Differences between streams, as a readable table. */

/** Keyed by a stream's name (`register:holds`), by its first part (`register`), or by its kind (`deal`). */
export type ByStream<T> = Readonly<Record<string, T>>;

/** The closest entry: for the full name, its first part, or its kind. Undefined if there is none. */
export const closest = <T>(table: ByStream<T>, stream: string, kind?: string): T | undefined => {
  const parts = stream.split(':');
  const names = parts.map((_, n) => parts.slice(0, parts.length - n).join(':'));
  const found = [...names, kind].find((name) => name !== undefined && Object.hasOwn(table, name));
  return found === undefined ? undefined : table[found];
};
