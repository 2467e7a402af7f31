/** A clock that can be moved, for processes that import `moved-clock.mjs`. */

import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface MovedClock {
  /** Value of CLOCK_AHEAD. */
  file: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Forward, in milliseconds. */
  move(ms: number): void;
  close(): void;
}

export const createMovedClock = (folder: string): MovedClock => {
  const file = join(folder, 'ahead');
  const open = openSync(file, 'w');
  let ahead = 0;
  const move = (ms: number): void => {
    ahead += ms;
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(ahead));
    writeSync(open, bytes, 0, 8, 0);
  };
  move(0);
  return { file, now: () => Date.now() + ahead, move, close: () => closeSync(open) };
};
