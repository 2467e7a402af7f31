/**
 * Replacing the data key, for every engine: each stream's key is wrapped anew, and each row in the clear marked anew. What
 * the streams hold is not touched. A row that somebody changed keeps its mark, which fits the new key no better.
 */

import { type Marked, StoreFault } from './event-store.ts';
import { type Clear, rowMarks, type RowMarks } from './row-marks.ts';
import { unwrapStreamKey, wrapStreamKey } from './seal.ts';
import { checkDataKey, newDataKeyCheck, ROTATING, unwrapped } from './stream-key.ts';

export interface Rotation {
  before: Buffer;
  after: Buffer;
}

export interface Rotated {
  /** Streams whose key was wrapped anew, by this run or by one that was cut off. */
  keys: number;
  /** Rows that somebody had changed, and that are as suspicious as before. */
  changed: number;
}

/** Throws StoreFault where one of them is no key, or both are the same. */
export const checkRotation = ({ before, after }: Rotation): void => {
  newDataKeyCheck(after);
  if (before.equals(after)) throw new StoreFault('same-key', 'not done', 'The new data key is the old one.');
};

/** Returns the wrapped key under the new data key. One that a run before this had done stays. Throws StoreFault. */
export const rewrapped = ({ before, after }: Rotation, stream: string, wrapped: string): string => {
  try {
    unwrapStreamKey(after, stream, wrapped);
    return wrapped;
  } catch {
    return wrapStreamKey(after, stream, unwrapped(before, stream, wrapped));
  }
};

export interface Remark {
  before: RowMarks;
  after: RowMarks;
  /** Returns the row's new mark; the one that it has, where that does not fit. */
  mark(found: string | null | undefined, table: Marked, key: string, columns: Clear): string | null | undefined;
  /** Number of rows that did not fit. */
  changed(): number;
}

export const remarkOf = ({ before: old, after: fresh }: Rotation): Remark => {
  const [before, after] = [rowMarks(old), rowMarks(fresh)];
  let changed = 0;
  return {
    before,
    after,
    mark: (found, ...row) => {
      if (before.fits(found, ...row) || after.fits(found, ...row)) return after.of(...row);
      changed += 1;
      return found;
    },
    changed: () => changed,
  };
};

/** What stands there meanwhile, for the run that finishes it. */
export const underWay = ({ after }: Rotation, found: string): string => `${ROTATING}${found} ${newDataKeyCheck(after)}`;

const needMarked = (found: ReturnType<typeof checkDataKey>): void => {
  if (found === 'marked') return;
  const message = 'An older Clearthread wrote last: start the bot once, so that it brings the database up to date.';
  throw new StoreFault('not-marked', 'not done', message);
};

/**
 * Checks both keys against what the database says of its own. `finished`: it has the new one already. `begun`: a run was
 * cut off. Throws StoreFault `wrong-data-key`.
 */
export const rotationState = ({ before, after }: Rotation, found: string): 'to do' | 'begun' | 'finished' => {
  const [word, old, fresh] = found.split(' ');
  if (`${word} ` === ROTATING && old !== undefined && fresh !== undefined) {
    needMarked(checkDataKey(before, old));
    checkDataKey(after, fresh);
    return 'begun';
  }
  try {
    checkDataKey(after, found);
    return 'finished';
  } catch {
    needMarked(checkDataKey(before, found));
    return 'to do';
  }
};
