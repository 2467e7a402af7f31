/** Red flags by what people call them: the code, the place in the Guidance, or words of the title. */

import { fold } from '../fold.ts';
import type { FlagId } from '../policy/policy.ts';
import { isOrdinary } from './fillers.ts';
import { isNamed } from './search.ts';

export interface FlagName {
  id: FlagId;
  title: string;
  citation: string;
  /** The question that raises it. */
  asks?: string | undefined;
}

const PLACE = /^(?:guidance (\d{1,2})[, ]{1,3})?red flag (\d{1,2})$/iu;
/** Titles say "speech". */
const EXPRESSION = /\bfree(?:dom of)? (?:speech|expression)\b/giu;
/** "of", "to": they begin a word of nearly every title. */
const LEAST = 4;

const byPlace = (said: string, flags: readonly FlagName[]): FlagName[] | undefined => {
  const [, section, nth] = PLACE.exec(said) ?? [];
  if (nth === undefined) return undefined;
  const end = `red flag ${nth}`;
  const whole = section === undefined ? end : `guidance ${section}, ${end}`;
  return flags.filter(({ citation }) => {
    const at = citation.toLowerCase();
    return section === undefined ? at.endsWith(` ${whole}`) : at === whole;
  });
};

/** Tells whether it may name a flag: what is said of anything names none. */
const tells = (word: string): boolean => [...word].length >= LEAST && !isOrdinary(word);

/** Returns the flags that are meant: of a title that has all the words, else of a question that has them. */
export const flagsNamed = (text: string, flags: readonly FlagName[]): FlagName[] => {
  const said = text.trim();
  const byId = flags.filter(({ id }) => id.toUpperCase() === said.toUpperCase());
  if (byId.length > 0) return byId;
  const placed = byPlace(said, flags);
  if (placed) return placed;
  const words = said.replace(EXPRESSION, 'speech');
  if (!words.split(/\s+/u).some(tells)) return flags.filter(({ title }) => fold(title) === fold(words));
  const titled = flags.filter(({ title }) => isNamed(title, words));
  return titled.length > 0 ? titled : flags.filter(({ title, asks = '' }) => isNamed(`${title} ${asks}`, words));
};
