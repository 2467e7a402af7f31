/** Several words that together mean a red flag: "red flag 4", "Guidance 2, red flag 4", "freedom of expression". */

/** Longer texts are no search. */
const MOST = 400;
const PHRASE = /(?:\bguidance \d{1,2}[, ]{1,3})?\bred flag \d{1,2}\b|\bfree(?:dom of)? (?:speech|expression)\b/giu;

/** Returns those that a text has, and the text without them; "red flag" alone is a flag. */
export const phrasesIn = (text: string): { phrases: string[]; rest: string } => {
  const said = text.slice(0, MOST);
  return {
    phrases: [...said.matchAll(PHRASE)].map(([phrase]) => phrase),
    rest: `${said.replace(PHRASE, ' ').replace(/\bred (flags?)\b/giu, '$1')}${text.slice(MOST)}`,
  };
};
