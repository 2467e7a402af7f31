/** What people write into a yearly report, and whom they would name in it. House rule, for R2: nobody can be recovered. */

import { COUNTRY_CODES, countryAlso, countryName } from '../countries.ts';
import { lookWords, STOP_WORDS } from '../end-user.ts';
import { classOf } from '../screening/words.ts';
import { walked, type Walk } from '../walk.ts';

/** Parts that people write, in the order of the report. */
export const WORD_PARTS = ['foreword', 'learned', 'change'] as const;
export type WordPart = (typeof WORD_PARTS)[number];

export type YearlyWords = Partial<Record<WordPart, string | undefined>>;

/** Somebody whom the public must not find in a report. */
export interface Secret {
  name: string;
  as: 'customer' | 'end-user' | 'person' | 'country with few deals' | 'deal';
}

const WHAT_IT_IS = {
  customer: 'is a customer',
  'end-user': 'is an end-user',
  person: 'works here',
  'country with few deals': 'is a country with too few deals to be named',
  deal: 'is the number of a deal',
} as const satisfies Record<Secret['as'], string>;

/** `“Acme”, which is a customer`: for whoever reads all deals. */
export const secretWords = ({ name, as }: Secret): string => `“${name}”, which ${WHAT_IT_IS[as]}`;

export const namedWords = (secret: Secret): string =>
  `This names ${secretWords(secret)}. Leave it out, or add it to the names that may stand there if it may be public.`;

export interface NamedInWords extends Secret {
  part: WordPart;
}

/** Legal forms and particles around a name are left out when people write. */
const EDGES: ReadonlySet<string> = new Set(['form', 'particle']);
const isEdge = (word: string): boolean => STOP_WORDS.has(word) || EDGES.has(classOf(word));
const trimmed = (name: string): string => {
  const words = name.split(/[^\p{L}\p{N}]+/u);
  const tells = words.map((word) => word !== '' && !isEdge(word.toLowerCase()));
  return tells.includes(true) ? words.slice(tells.indexOf(true), tells.lastIndexOf(true) + 1).join(' ') : name;
};

/** A shorter name alone is any word: "us". */
const LEAST_LETTERS = 3;

/** As it is recorded, and without what stands around it. */
const writtenAs = (name: string): string[][] =>
  [...new Set([name, trimmed(name)])].map(lookWords).filter((words) => words.join('').length >= LEAST_LETTERS);

/** Countries that a text must not name: all but those of which enough deals were decided. Each by its name and others for it. */
export const countriesExcept = (safe: ReadonlySet<string>): Secret[] =>
  COUNTRY_CODES.filter((code) => !safe.has(code)).flatMap((code) =>
    [...(countryName(code) ?? '').split(/ [-–] |[()]/u), ...countryAlso(code)]
      .filter((name) => name.trim() !== '')
      .map((name) => ({ name: name.trim(), as: 'country with few deals' as const })),
  );

const DEAL = /\bD[-\u2010-\u2015\u2212][A-Z0-9]{6,}\b/giu;
/** What nobody sees within a number. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** How a name can be written, as the words that people read alike. */
export type Spellings = readonly (readonly string[])[];
export const spellingsOf = (name: string): Spellings => writtenAs(name);

/** Tells whether a text, in words that people read alike, holds one of the spellings: all of it, one word after the other. */
const holds = (said: readonly string[], at: ReadonlyMap<string, readonly number[]>, spellings: Spellings): boolean =>
  spellings.some((written) =>
    (at.get(written[0] ?? '') ?? []).some((from) => written.every((word, n) => said[from + n] === word)),
  );

/**
 * Walks through the secrets, one at a step, and returns which of them the words name, in any spelling that reads alike.
 * `mayName`: what somebody decided may stand there. `spell`: spellings of a name, where they are known already.
 */
export function* namingWalk(
  words: YearlyWords,
  secrets: Iterable<Secret>,
  mayName: readonly string[] = [],
  spell: (name: string) => Spellings = spellingsOf,
): Walk<NamedInWords[]> {
  const allowed = new Set(mayName.map((name) => lookWords(name).join(' ')));
  const texts = WORD_PARTS.map((part) => {
    const text = words[part] ?? '';
    const said = lookWords(text);
    const at = new Map<string, number[]>();
    for (const [n, word] of said.entries()) at.set(word, [...(at.get(word) ?? []), n]);
    return { part, text, said, at, found: new Map<string, NamedInWords>() };
  });
  for (const secret of secrets) {
    const spellings = spell(secret.name);
    for (const { part, said, at, found } of texts)
      if (holds(said, at, spellings) && !allowed.has(lookWords(secret.name).join(' ')))
        found.set(`${secret.as} ${secret.name}`, { ...secret, part });
    yield undefined;
  }
  return texts.flatMap(({ part, text, found }) => {
    for (const [name] of text.normalize('NFKC').replace(UNSEEN, '').matchAll(DEAL))
      found.set(name, { name, as: 'deal', part });
    return [...found.values()];
  });
}

/** Finds names in what people wrote. */
export const namedIn = (
  words: YearlyWords,
  secrets: Iterable<Secret>,
  mayName: readonly string[] = [],
): NamedInWords[] => walked(namingWalk(words, secrets, mayName));
