/** What an act reads of streams first to show them, and then to decide on them. */

import type { EventStore } from '../../store/event-store.ts';
import { currentAct, type Act } from '../trace.ts';

/** One for all the streams of a store: what is written to one may be what is decided by on another. */
export interface ReadAhead {
  /** Reads a stream once in an act, and each time where there is none. Nothing is kept from one act to the next. */
  once<T>(stream: string, read: () => Promise<T>): Promise<T>;
  /** The store to write by: after each append the act that asked for it reads again, whatever became of it. */
  endedBy<Store extends Pick<EventStore, 'append'>>(store: Store): Store;
  /** What the act has read is known to be from before something that was written elsewhere. */
  forget(): void;
}

/** An act takes no longer: what goes on in its name reads for itself. */
const KEEP_MS = 2500;
/** Whoever goes through many streams comes back to none. */
const MOST = 4;

interface Kept {
  at: number;
  reading: Promise<unknown>;
}

/** It need not be the newest: what an act writes holds only where nobody has written since. */
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
      // Names of streams are unique, and each has one kind of reader.
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
        // Who looks while it is written may find it either way.
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

/** Each reads for itself, as on the command line, which does one thing and ends. */
export const noReadAhead: ReadAhead = {
  once: (_stream, read) => read(),
  endedBy: (store) => store,
  forget: () => {},
};
