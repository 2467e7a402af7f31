/** Most texts whose result is kept: a deal is evaluated often with the same words. */
const MOST_KEPT = 1000;

/** Remembers what a pure function said of a text, for the last `most` texts at least, and twice as many at most. */
export const perText = <Said>(say: (text: string) => Said, most = MOST_KEPT): ((text: string) => Said) => {
  type Kept = Map<string, { said: Said }>;
  let [kept, before]: [Kept, Kept] = [new Map(), new Map()];
  return (text) => {
    const found = kept.get(text);
    if (found) return found.said;
    if (kept.size >= most) [kept, before] = [new Map(), kept];
    const made = before.get(text) ?? { said: say(text) };
    kept.set(text, made);
    return made.said;
  };
};
