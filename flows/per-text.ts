/** Most texts whose result is kept: a deal is evaluated often with the same words. */
const MOST_KEPT = 1000;

/** Remembers what a pure function said of a text, for the last `most` or fewer of them. */
export const perText = <Said>(say: (text: string) => Said, most = MOST_KEPT): ((text: string) => Said) => {
  const kept = new Map<string, { said: Said }>();
  return (text) => {
    const found = kept.get(text);
    if (found) return found.said;
    if (kept.size >= most) kept.clear();
    const said = say(text);
    kept.set(text, { said });
    return said;
  };
};
