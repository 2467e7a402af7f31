/** Texts that are too long for where they stand. Lengths in code points, so that none is cut in two. */

/** Shortens to at most `max` letters on one line; `…` marks a cut. */
export const shorten = (text: string, max: number): string => {
  const letters = [...text.replace(/\s+/gu, ' ').trim()];
  return letters.length <= max
    ? letters.join('')
    : `${letters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
};

const LEFT_OUT = ' […] ';
/** A shorter text is a name or a label. */
const LEAST_ENDS = 150;

/** Its beginning, what is left out of it, and its end. Undefined where it fits, or is a name or a label. */
const endsIn = (text: string, max: number): readonly [string, string, string] | undefined => {
  const letters = [...text.replace(/\s+/gu, ' ').trim()];
  if (letters.length <= max || max < LEAST_ENDS) return undefined;
  const last = Math.floor((max - LEFT_OUT.length) / 2);
  const first = max - LEFT_OUT.length - last;
  return [
    letters.slice(0, first).join('').trimEnd(),
    letters.slice(first, -last).join(''),
    letters.slice(-last).join('').trimStart(),
  ];
};

/** The same of what somebody said: the worst may stand at its end, so that the middle goes. */
export const endsOf = (text: string, max: number): string => {
  const [first, , last] = endsIn(text, max) ?? [];
  return first === undefined ? shorten(text, max) : `${first}${LEFT_OUT}${last}`;
};

const isOpenQuote = (text: string): boolean => text.lastIndexOf('“') > text.lastIndexOf('”');

/** The same of a line with quotations: what is cut within one ends it, and begins it again. */
export const endsWithQuotes = (line: string, max: number): string => {
  const [first, middle, last] = endsIn(line, max) ?? [];
  if (first === undefined) return shorten(line, max);
  const [ends, begins] = [isOpenQuote(first), isOpenQuote(`${first}${middle}`)];
  return `${first}${ends ? '”' : ''}${LEFT_OUT}${begins ? '“' : ''}${last}`;
};
