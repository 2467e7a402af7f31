/** A way to break Clearthread in limited time. The short form runs with the tests, the long by `npm run torture`. */
export interface Script {
  name: string;
  /** The property that it proves, in a sentence. */
  proves: string;
  /** Resolves with its figures, one a line. Throws if something was lost, doubled or let through. */
  run(form: Form): Promise<string[]>;
}

export type Form = 'short' | 'long';

export class Broken extends Error {}

/** Throws Broken with the finding. */
export const must: (holds: boolean, what: string) => asserts holds = (holds, what) => {
  if (!holds) throw new Broken(what);
};

/** Repeatable random numbers (mulberry32): a failure can be repeated. */
export const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
