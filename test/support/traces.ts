/** Looks for words wherever they may have been left: in the clear, in other letters of a machine, in pieces. */

const alignments = (word: string): string[] =>
  [0, 1, 2].map((skip) => {
    const bytes = Buffer.concat([Buffer.alloc(skip), Buffer.from(word)]);
    const text = bytes.toString('base64').replace(/=+$/, '');
    // Only what the word alone decides: its first and last characters share bits with what stands beside it.
    return text.slice(skip === 0 ? 0 : skip + 1, bytes.length % 3 === 0 ? undefined : -1);
  });

const formsOf = (word: string): string[] => [
  word,
  Buffer.from(word).toString('latin1'),
  Buffer.from(word, 'utf16le').toString('latin1'),
  Buffer.from(word).toString('hex'),
  encodeURIComponent(word),
  word.replaceAll(' ', '+'),
  JSON.stringify(word).slice(1, -1),
  ...alignments(word),
];

/** Returns those of the words that are in the text: read as UTF-8 or byte by byte, whatever their capitals. */
export const tracesIn = (haystack: string, words: readonly string[]): string[] => {
  const low = haystack.toLowerCase();
  return words.filter((word) => formsOf(word).some((form) => low.includes(form.toLowerCase())));
};
