/** Texts that are too long for where they stand. Lengths in letters: a letter of several parts stays whole. */

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

/** The same of what somebody said: the worst may stand at its end, so that the middle goes. */
export const endsOf = (text: string, max: number): string => {
  const letters = [...text.replace(/\s+/gu, ' ').trim()];
  if (letters.length <= max || max < LEAST_ENDS) return shorten(text, max);
  const last = Math.floor((max - LEFT_OUT.length) / 2);
  const first = max - LEFT_OUT.length - last;
  return `${letters.slice(0, first).join('').trimEnd()}${LEFT_OUT}${letters.slice(-last).join('').trimStart()}`;
};
