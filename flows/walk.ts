/** Walks over many that stop after each step: whoever takes one decides when others have their turn. */

export type Walk<T> = Generator<undefined, T, undefined>;

/** Walks to the end at once. */
export const walked = <T>(walk: Walk<T>): T => {
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
};

/** So many are sorted or merged in one step: a millisecond or two. */
const A_STEP = 4000;

/** Sorts very many, as `toSorted` does: runs of some thousands first, then two neighbours at a time. */
export function* sortingWalk<T>(all: readonly T[], compare: (a: T, b: T) => number): Walk<T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < all.length; at += A_STEP) {
    runs.push(all.slice(at, at + A_STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const next: T[][] = [];
    for (let n = 0; n < runs.length; n += 2) next.push(yield* merging(runs[n] ?? [], runs[n + 1] ?? [], compare));
    runs = next;
  }
  return runs[0] ?? [];
}

function* merging<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): Walk<T[]> {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    // Of equals that of the earlier run comes first.
    if (j >= b.length || (i < a.length && compare(left as T, right as T) <= 0)) {
      merged.push(left as T);
      i += 1;
    } else {
      merged.push(right as T);
      j += 1;
    }
    if (merged.length % A_STEP === 0) yield;
  }
  return merged;
}
