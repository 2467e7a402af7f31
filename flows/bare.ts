/** Words as they are compared: without case, spaces and punctuation. */
export const bare = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The same with its punctuation. */
export const spaced = (words: string): string => words.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
