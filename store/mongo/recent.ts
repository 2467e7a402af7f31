/** A short-lived cache of values read a moment ago, by name. Each is given out once. */

/** Longer than a decision takes. */
const KEEP_MS = 2000;
const MOST = 1000;

export interface Recent<T> {
  put(name: string, value: T): void;
  /** Returns undefined where there is none, or it is out of date. */
  take(name: string): T | undefined;
}

export const createRecent = <T>(clock: () => number = () => performance.now()): Recent<T> => {
  const kept = new Map<string, { value: T; at: number }>();
  return {
    put: (name, value) => {
      if (kept.size >= MOST) kept.clear();
      kept.set(name, { value, at: clock() });
    },
    take: (name) => {
      const found = kept.get(name);
      kept.delete(name);
      return found && clock() - found.at < KEEP_MS ? found.value : undefined;
    },
  };
};
