/** Several words that together mean one thing: "red flag 4", "Guidance 2, red flag 4", "freedom of expression", "this year". */

/** Longer texts are no search. */
const MOST = 400;
const PHRASE =
  /(?:\bguidance \d{1,2}[, ]{1,3})?\bred flag \d{1,2}\b|\bfree(?:dom of)? (?:speech|expression)\b|\b(?:this|last) year\b/giu;

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

/** Returns the year, in UTC, that "this year" or "last year" is. `now`: an instant. */
export const yearSaid = (text: string, now: string): string | undefined => {
  const [, which] = /^(this|last) year$/iu.exec(text) ?? [];
  return which === undefined ? undefined : String(Number(now.slice(0, 4)) - (which.toLowerCase() === 'last' ? 1 : 0));
};
