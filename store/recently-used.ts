/** A bounded memory: what was not used for longest goes first. */

export interface RecentlyUsed<T> {
  get(name: string): T | undefined;
  put(name: string, value: T): void;
  drop(name: string): void;
}

export const createRecentlyUsed = <T>(most: number): RecentlyUsed<T> => {
  const kept = new Map<string, T>();
  const put = (name: string, value: T): void => {
    kept.delete(name);
    kept.set(name, value);
    if (kept.size <= most) return;
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  };
  return {
    get: (name) => {
      const found = kept.get(name);
      if (found !== undefined) put(name, found);
      return found;
    },
    put,
    drop: (name) => void kept.delete(name),
  };
};
