/**
 * Keys of streams. Not kept beyond the append that follows a load: another process may erase a stream at any time,
 * and anything written in that moment is sealed with a key that is gone.
 */

import { newStreamKey, wrapStreamKey } from '../seal.ts';
import { checkDataKey, DATA_KEY_CHECK, newDataKeyCheck, unwrapped } from '../stream-key.ts';
import { type Connection, type Deadline, isDuplicate } from './connection.ts';
import type { Collections } from './schema.ts';

export interface StreamKeys {
  /** Reads the wrapped key; undefined where the stream has none, null once it was erased. */
  wrapped(stream: string, by?: Deadline): Promise<string | null | undefined>;
  /**
   * Unwraps the key of a stream that has commits. Throws StoreFault `erased` where it was destroyed or is missing. A
   * key is made before the first commit: one that was not seen with that commit is looked for once more.
   */
  open(stream: string, wrapped: string | null | undefined, by?: Deadline): Promise<Buffer>;
  /** Makes the key of a stream that had neither key nor commits a moment ago. */
  make(stream: string, by?: Deadline): Promise<Buffer>;
  /** Finds a stream's key, or makes one. Throws StoreFault `erased`. */
  findOrMake(stream: string, by?: Deadline): Promise<Buffer>;
}

/** Throws StoreFault where the database was begun with another key. */
export const checkDataKeyOf = async (
  { reading, writing }: Connection,
  { meta }: Collections,
  dataKey: Buffer,
): Promise<ReturnType<typeof checkDataKey>> => {
  const made = newDataKeyCheck(dataKey);
  try {
    await writing(() => meta.insertOne({ _id: DATA_KEY_CHECK, value: made }), undefined);
    return 'marked';
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const found = await reading(() => meta.findOne({ _id: DATA_KEY_CHECK }), undefined);
    return checkDataKey(dataKey, found?.value ?? '');
  }
};

export const streamKeysOf = (
  { reading, writing, deadline }: Connection,
  { keys, commits }: Collections,
  dataKey: Buffer,
): StreamKeys => {
  const wrapped: StreamKeys['wrapped'] = async (stream, by) =>
    (await reading(() => keys.findOne({ _id: stream }), by))?.wrapped;
  const open: StreamKeys['open'] = async (stream, found, by) =>
    unwrapped(dataKey, stream, (found === undefined ? await wrapped(stream, by) : found) ?? null);
  const make: StreamKeys['make'] = async (stream, by) => {
    const key = newStreamKey();
    try {
      const insert = () => keys.insertOne({ _id: stream, wrapped: wrapStreamKey(dataKey, stream, key) });
      await writing(insert, by, 'repeatable');
      return key;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return open(stream, undefined, by);
    }
  };
  return {
    wrapped,
    open,
    make,
    findOrMake: async (stream, by = deadline()) => {
      const found = await wrapped(stream, by);
      if (found !== undefined) return open(stream, found, by);
      // The existing commits were written with a key that is gone: a new one would hide that.
      const begun = await reading(() => commits.findOne({ stream }, { projection: { _id: 1 } }), by);
      return begun ? open(stream, undefined, by) : make(stream, by);
    },
  };
};
