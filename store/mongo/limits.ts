/**
 * How long the server may work on a call: whoever asked for it has long been answered otherwise, and a slow server would
 * be kept slow by work that nobody waits for. A cursor's limit counts the server's work on all of its pages.
 */

import type { Collection, Document } from 'mongodb';

/** Place of the options among the arguments. A method that is not named is refused: it would have no limit. */
const OPTIONS_AT: Readonly<Record<string, number>> = {
  find: 1,
  findOne: 1,
  countDocuments: 1,
  estimatedDocumentCount: 0,
  insertOne: 1,
  insertMany: 1,
  deleteOne: 1,
  deleteMany: 1,
  updateOne: 2,
  updateMany: 2,
};
/** An index of a large collection takes as long as it takes; bots start once it is there. */
const UNLIMITED = new Set(['createIndexes', 'dropIndex']);

/** Sweeps, audits and copies, which nobody in a chat waits for. */
export const LONG_MS = 3_600_000;

/** `limitMs`: the time that is left for the call under way. */
export const limited = <T extends Document>(collection: Collection<T>, limitMs: () => number): Collection<T> =>
  new Proxy(collection, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      const at = OPTIONS_AT[String(name)];
      if (at === undefined) {
        if (!UNLIMITED.has(String(name))) throw new Error(`${String(name)} has no limit of time`);
        return method.bind(target) as unknown;
      }
      return (...given: unknown[]): unknown => {
        const args = Array.from({ length: Math.max(given.length, at + 1) }, (_, n) => given[n]);
        args[at] = { maxTimeMS: limitMs(), ...(args[at] as object | undefined) };
        return Reflect.apply(method, target, args) as unknown;
      };
    },
  });
