/** The correlation id of what this process does at the moment, from a click through its commit to the rows that it owes. */

import { AsyncLocalStorage } from 'node:async_hooks';

interface Traced {
  trace: string;
  /** What it has read of streams so far, by their names. */
  readings: Map<string, { at: number; reading: Promise<unknown> }>;
}

const acts = new AsyncLocalStorage<Traced>();

/** Whatever `work` calls, at once or later, is its doing. Within the same act it goes on with what was read. */
export const traced = <T>(trace: string, work: () => T): T =>
  acts.getStore()?.trace === trace ? work() : acts.run({ trace, readings: new Map() }, work);

/** Undefined where nobody's act is being handled. */
export const currentTrace = (): string | undefined => acts.getStore()?.trace;

/** An act takes no longer: what goes on in its name reads for itself. */
const KEEP_MS = 2500;
/** Whoever goes through many streams comes back to none. */
const MOST = 4;

/**
 * What this act reads of a stream first to show it, and then to decide on it, is read once: what it writes holds only
 * where nobody has written since. Nothing is kept from one act to the next.
 */
export const readings = {
  once: <T>(stream: string, read: () => Promise<T>): Promise<T> => {
    const kept = acts.getStore()?.readings;
    const found = kept?.get(stream);
    // Names of streams are unique, and each has one kind of reader.
    if (found && performance.now() - found.at < KEEP_MS) return found.reading as Promise<T>;
    const reading = read();
    if (!kept) return reading;
    if (kept.size >= MOST) kept.clear();
    const mine = { at: performance.now(), reading };
    kept.set(stream, mine);
    reading.catch(() => kept.get(stream) === mine && kept.delete(stream));
    return reading;
  },
  /** Something was written, here or in a register that decisions look at. */
  forget: (): void => acts.getStore()?.readings.clear(),
};
