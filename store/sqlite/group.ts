/**
 * Writes that arrive together share one transaction, and so one wait for the disk. None is answered before that
 * transaction is committed, and nothing of it can be read earlier: it runs from BEGIN to COMMIT without a pause.
 */

import type { Connection } from './connection.ts';

/** Resolves when what `work` wrote is committed. `work` may run twice, so it changes nothing but the database. */
export type Write = <T>(work: () => T) => Promise<T>;

/** One transaction, as `writing` and `writingUnsynced` make it. */
type Transaction = <T>(db: Connection, work: () => T) => T;

interface Job {
  work: () => unknown;
  done: (result: unknown) => void;
  failed: (error: unknown) => void;
}

export interface WriteGroup {
  write: Write;
  /** Writes all waiting jobs at once: before closing. */
  flush(): void;
}

export const groupWrites = (db: Connection, transaction: Transaction): WriteGroup => {
  let waiting: Job[] = [];

  /** Returns true when one of several jobs failed and the transaction was undone, so that each can be tried alone. */
  const together = (jobs: readonly Job[]): boolean => {
    let working = false;
    let results: unknown[];
    try {
      results = transaction(db, () => {
        working = true;
        const made = jobs.map((job) => job.work());
        working = false;
        return made;
      });
    } catch (error) {
      if (working && jobs.length > 1) return true;
      for (const job of jobs) job.failed(error);
      return false;
    }
    for (const [place, job] of jobs.entries()) job.done(results[place]);
    return false;
  };

  const flush = (): void => {
    const jobs = waiting;
    waiting = [];
    if (jobs.length > 0 && together(jobs)) for (const job of jobs) together([job]);
  };

  return {
    write: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        // After every request that has already arrived had its turn.
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ work, done: (result) => resolve(result as T), failed: reject });
      }),
    flush,
  };
};
