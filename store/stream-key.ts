/** The keys' rules for every engine: a stream's own key, and the data key that wraps it. */

import { StoreFault } from './event-store.ts';
import { open, seal, unwrapStreamKey } from './seal.ts';

/** The setting by which a database knows its data key. */
export const DATA_KEY_CHECK = 'store:data-key-check';
/** What is sealed there, so that nobody without the data key takes it back to a time without marks (`row-marks.ts`). */
const MARKED = 'clearthread, rows and messages marked';
/** From before outbox rows had marks. */
const MARKED_FIRST = 'clearthread, rows marked';

/** Begins that setting while the data key is being replaced (`rotating.ts`): nobody opens the database then. */
export const ROTATING = 'rotating ';

export const erased = (stream: string): StoreFault =>
  new StoreFault('erased', 'not done', `The content of ${stream} was erased.`);

/** Unwraps a stream's key. `wrapped` is null once the stream was erased. Throws StoreFault `erased` or `damaged`. */
export const unwrapped = (dataKey: Buffer, stream: string, wrapped: string | null): Buffer => {
  if (wrapped === null) throw erased(stream);
  try {
    return unwrapStreamKey(dataKey, stream, wrapped);
  } catch (error) {
    throw new StoreFault('damaged', 'not done', `The key of ${stream} does not open.`, { cause: error });
  }
};

/** Returns the value of DATA_KEY_CHECK for a new database. Throws StoreFault where the key has another length. */
export const newDataKeyCheck = (dataKey: Buffer): string => {
  if (dataKey.length !== 32) throw new StoreFault('bad-data-key', 'not done', 'The data key must have 32 bytes.');
  return seal(dataKey, MARKED, { what: 'data key check' });
};

/**
 * Refuses to start with another key than the one the database was begun with: two keys would split the record. Tells
 * whether its rows have marks: those of an older version get theirs once. `without outbox`: all but the outbox's.
 */
export const checkDataKey = (dataKey: Buffer, found: string): 'marked' | 'without outbox' | 'not yet' => {
  if (found.startsWith(ROTATING)) {
    const message = 'The data key is being replaced. Run "clearthread keys rotate" once more: it finishes that.';
    throw new StoreFault('rotating', 'not done', message);
  }
  try {
    const said = open(dataKey, found, { what: 'data key check' });
    return said === MARKED ? 'marked' : said === MARKED_FIRST ? 'without outbox' : 'not yet';
  } catch (cause) {
    const message = 'The data key is not the one this database was written with. Set CLEARTHREAD_DATA_KEY to that one.';
    throw new StoreFault('wrong-data-key', 'not done', message, { cause });
  }
};
