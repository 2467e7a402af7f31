/** Readings of streams within one act, shared between showing and deciding. */

import type { EventStore } from '../../store/event-store.ts';
import { currentAct, type Act } from '../trace.ts';

/** One for all streams of a store: a decision on one stream may depend on what was written to another. */
export interface ReadAhead {
  /** Reads a stream once in an act, and every time outside of one. Nothing is kept from one act to the next. */
  once<T>(stream: string, read: () => Promise<T>): Promise<T>;
  /** Wraps the store to write to: after each append, successful or not, its act reads again. */
  endedBy<Store extends Pick<EventStore, 'append'>>(store: Store): Store;
  /** Drops the act's readings: something is known to have been written elsewhere since. */
  forget(): void;
}

/** Longer than any act: later work in its name reads for itself. */
const KEEP_MS = 2500;
/** An act over many streams returns to none of them. */
const MOST = 4;

interface Kept {
  at: number;
  reading: Promise<unknown>;
}

/** Creates it. A reading need not be the newest: an act's append succeeds only if nobody has written since. */
export const createReadAhead = (): ReadAhead => {
  const byAct = new WeakMap<Act, Map<string, Kept>>();
  const keptBy = (act: Act): Map<string, Kept> => {
    const kept = byAct.get(act) ?? new Map<string, Kept>();
    byAct.set(act, kept);
    return kept;
  };
  const forget = (): void => {
    const act = currentAct();
    if (act) byAct.delete(act);
  };
  return {
    once: <T>(stream: string, read: () => Promise<T>): Promise<T> => {
      const act = currentAct();
      if (!act) return read();
      const kept = keptBy(act);
      const found = kept.get(stream);
      // Stream names are unique, and each has one kind of reader.
      if (found && performance.now() - found.at < KEEP_MS) return found.reading as Promise<T>;
      const reading = read();
      if (kept.size >= MOST) kept.clear();
      const mine = { at: performance.now(), reading };
      kept.set(stream, mine);
      reading.catch(() => kept.get(stream) === mine && kept.delete(stream));
      return reading;
    },
    endedBy: (store) => ({
      ...store,
      append: async (...asked) => {
        // A read during the append may find either state.
        forget();
        try {
          return await store.append(...asked);
        } finally {
          forget();
        }
      },
    }),
    forget,
  };
};

/** Keeps nothing, as for the command line, which does one thing and ends. */
export const noReadAhead: ReadAhead = {
  once: (_stream, read) => read(),
  endedBy: (store) => store,
  forget: () => {},
};
