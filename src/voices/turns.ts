/** Bounded work: so much at once, and so much that waits. */

/** Too many at once: nothing was done, and a try in a minute succeeds. */
export class Crowded extends Error {
  override name = 'Crowded';
}

export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

/** What it returns rejects with Crowded where too many wait. */
export const createTurns = (atOnce: number, mostWaiting: number): InTurn => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (waiting.length >= mostWaiting) throw new Crowded('Too many people ask at once.');
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
