/** Words that are near to what somebody typed: their letters differ little. */

/** Counts the letters to add, drop, replace or swap with their neighbour. Both are short. */
const distance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const above = rows[i - 1] ?? [];
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
};

/** 0 for a word that begins with the other, 1 for two that share no letter. Both in small letters. */
export const farness = (said: string, known: string): number =>
  known.startsWith(said) || said.startsWith(known) ? 0 : distance(said, known) / Math.max(said.length, known.length);

/** Tells whether one letter was added, dropped, replaced or swapped with its neighbour. Both in small letters. */
export const isSlip = (said: string, known: string): boolean =>
  said !== known && Math.abs(said.length - known.length) <= 1 && distance(said, known) === 1;

const NEAR = 0.5;
const MOST_LETTERS = 40;

/** Returns the word that is nearest, where one is near at all. */
export const nearest = (said: string, known: Iterable<string>): string | undefined => {
  const asked = said.toLowerCase().slice(0, MOST_LETTERS);
  if (asked === '') return undefined;
  let found: { word: string; far: number } | undefined;
  for (const word of known) {
    const far = farness(asked, word.toLowerCase().slice(0, MOST_LETTERS));
    if (far <= NEAR && far < (found?.far ?? 1)) found = { word, far };
  }
  return found?.word;
};
