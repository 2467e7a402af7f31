/** Several words that together mean one thing: "red flag 4", "Guidance 2, red flag 4", "freedom of expression", "this year". */

/** Longer texts are no search. */
const MOST = 400;
const PHRASE =
  /(?:\bguidance \d{1,2}[, ]{1,3})?\bred flag \d{1,2}\b|\bfree(?:dom of)? (?:speech|expression)\b|\b(?:this|last) year\b/giu;

/** Returns those that a text has, and the text without them; "red flag" alone is a flag. */
export const phrasesIn = (text: string): { phrases: string[]; rest: string } => {
  const said = text.slice(0, MOST);
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
