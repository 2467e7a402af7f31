/** A way to break Clearthread, bounded in time. The short form runs with the tests, the long one by `npm run torture`. */
export interface Script {
  name: string;
  /** What it proves, in a sentence. */
  proves: string;
  /** Resolves with its figures, one a line. Throws where something was lost, doubled or let through. */
  run(form: Form): Promise<string[]>;
}

export type Form = 'short' | 'long';

export class Broken extends Error {}

/** Throws Broken with what was found. */
export const must: (holds: boolean, what: string) => asserts holds = (holds, what) => {
  if (!holds) throw new Broken(what);
};

/** Repeatable chance (mulberry32): what broke once breaks again. */
export const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
