/** Erases what is no longer needed: when the process starts, and on each day. */

import { dayOf } from '../../flows/voices/days.ts';
import { erasedOn } from '../../flows/voices/retention.ts';
import type { Logger } from '../log.ts';
import type { FileStore } from './files/store.ts';
import type { VoicesStore } from './store.ts';

export interface ErasingOptions {
  store: VoicesStore;
  files: Pick<FileStore, 'sweep'>;
  retentionDays: number;
  clock: () => Date;
}

/** Returns how many cases were erased. Throws SQLite's errors. */
export const eraseWhatIsOver = ({ store, files, retentionDays, clock }: ErasingOptions): number => {
  const today = dayOf(clock());
  let erased = 0;
  for (const found of store.cases()) {
    const on = erasedOn(found, retentionDays);
    if (on !== undefined && on <= today && store.erase(found.id, found.events.length, today)) erased += 1;
  }
  if (erased > 0) files.sweep();
  return erased;
};

const HOUR = 60 * 60_000;

/** Returns what ends it. A fault is logged without a word of which case; the next hour tries again. */
export const startErasing = (options: ErasingOptions & { logger: Logger }): (() => void) => {
  const run = (): void => {
    try {
      eraseWhatIsOver(options);
    } catch (error) {
      options.logger.error('voices.erasing-failed', { error });
    }
  };
  run();
  const timer = setInterval(run, HOUR);
  timer.unref();
  return () => clearInterval(timer);
};
