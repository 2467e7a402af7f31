/** Walks over many that stop after each step: whoever takes one decides when others have their turn. */

export type Walk<T> = Generator<undefined, T, undefined>;

/** Walks to the end at once. */
export const walked = <T>(walk: Walk<T>): T => {
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
};
