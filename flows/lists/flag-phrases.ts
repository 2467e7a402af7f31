/**
 * Several words that together mean one thing: "red flag 4", "Guidance 2, red flag 4", "freedom of expression", "this year", "last
 * month", "March 2026".
 */

/** Longer texts are no search. */
const MOST = 400;
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
/** A month is none without its year: people and companies are called May and March. */
const MONTH = `(?:${MONTHS.join('|')}) \\d{4}`;
const PHRASE = new RegExp(
  `(?:\\bguidance \\d{1,2}[, ]{1,3})?\\bred flag \\d{1,2}\\b|\\bfree(?:dom of)? (?:speech|expression)\\b|\\b(?:this|last) (?:year|month)\\b|\\b${MONTH}\\b`,
  'giu',
);

/** `hrf4`, `H RF4`, `h-rf-4`: a flag's code, however it is typed. */
const CODE = /(?<![\p{L}\p{N}-])([a-z])[ -]?rf[ -]?(\d{1,2})(?![\p{L}\p{N}])/giu;
/** As policies write it. */
const WRITTEN = /^[a-z]-rf\d+$/iu;

/** Writes the codes of flags as policies do: `H-RF4`. */
export const withCodes = (text: string): string =>
  text.replace(CODE, (said, letter: string, number: string) =>
    WRITTEN.test(said) ? said : `${letter.toUpperCase()}-RF${number}`,
  );

/** Tells whether it is a word: signs alone, such as `+` and `-`, are none. */
export const hasLetters = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Returns those that a text has, and the text without them; "red flag" alone is a flag. */
export const phrasesIn = (text: string): { phrases: string[]; rest: string } => {
  const said = withCodes(text.slice(0, MOST));
  return {
    phrases: [...said.matchAll(PHRASE)].map(([phrase]) => phrase),
    rest: `${said.replace(PHRASE, ' ').replace(/\bred (flags?)\b/giu, '$1')}${text.slice(MOST)}`,
  };
};

/** Tells whether all of it is such a phrase. */
export const isPhrase = (text: string): boolean => text.replace(PHRASE, '') === '' && text !== '';

const monthOf = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`;

/** Returns the year or the month, in UTC, that is meant: `2026`, `2026-03`. `now`: an instant. */
export const dateSaid = (text: string, now: string): string | undefined => {
  const [, which = '', span] = /^(this|last) (year|month)$/iu.exec(text) ?? [];
  const isLast = which.toLowerCase() === 'last';
  const [year, month] = [Number(now.slice(0, 4)), Number(now.slice(5, 7))];
  if (span?.toLowerCase() === 'year') return String(isLast ? year - 1 : year);
  if (span !== undefined)
    return isLast && month === 1 ? monthOf(year - 1, 12) : monthOf(year, isLast ? month - 1 : month);
  const [, named = '', ofYear] = /^(\p{L}+) (\d{4})$/u.exec(text) ?? [];
  const at = MONTHS.indexOf(named.toLowerCase());
  return ofYear === undefined || at < 0 ? undefined : monthOf(Number(ofYear), at + 1);
};
