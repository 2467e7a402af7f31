/** What differs from stream to stream, as a table that anybody can read. */

/** By what streams are called (`register:holds`), by what such names begin with (`register`), or by kind (`deal`). */
export type ByStream<T> = Readonly<Record<string, T>>;

/** The entry that fits closest: of the name itself, of what it begins with, of its kind. Undefined: nobody knows it. */
export const closest = <T>(table: ByStream<T>, stream: string, kind?: string): T | undefined => {
  const parts = stream.split(':');
  const names = parts.map((_, n) => parts.slice(0, parts.length - n).join(':'));
  const found = [...names, kind].find((name) => name !== undefined && Object.hasOwn(table, name));
  return found === undefined ? undefined : table[found];
};
