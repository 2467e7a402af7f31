/** What people write into a yearly report, and whom they would name in it. House rule, for R2: nobody can be recovered. */

import { COUNTRY_CODES, countryAlso, countryName } from '../countries.ts';
import { lookWords, STOP_WORDS } from '../end-user.ts';
import { classOf } from '../screening/words.ts';

/** Parts that people write, in the order of the report. */
export const WORD_PARTS = ['foreword', 'learned', 'change'] as const;
export type WordPart = (typeof WORD_PARTS)[number];

export type YearlyWords = Partial<Record<WordPart, string | undefined>>;

/** Somebody whom the public must not find in a report. */
export interface Secret {
  name: string;
  as: 'customer' | 'end-user' | 'person' | 'country with few deals' | 'deal';
}

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
const writtenAs = ({ name }: Secret): string[][] =>
  [...new Set([name, trimmed(name)])].map(lookWords).filter((words) => words.join('').length >= LEAST_LETTERS);

/** Countries that a text must not name: all but those of which enough deals were decided. Each by its name and others for it. */
export const countriesExcept = (safe: ReadonlySet<string>): Secret[] =>
  COUNTRY_CODES.filter((code) => !safe.has(code)).flatMap((code) =>
    [...(countryName(code) ?? '').split(/ [-–] |[()]/u), ...countryAlso(code)]
      .filter((name) => name.trim() !== '')
      .map((name) => ({ name: name.trim(), as: 'country with few deals' as const })),
  );

const DEAL = /\bD-[A-Z0-9]{6,}\b/giu;

/**
 * Finds names in what people wrote, in any spelling that reads alike: all words of a name, one after the other. `mayName`: what
 * somebody decided may stand there.
 */
export const namedIn = (
  words: YearlyWords,
  secrets: Iterable<Secret>,
  mayName: readonly string[] = [],
): NamedInWords[] => {
  const allowed = new Set(mayName.map((name) => lookWords(name).join(' ')));
  const byFirst = new Map<string, { words: readonly string[]; secret: Secret }[]>();
  for (const secret of secrets) {
    if (allowed.has(lookWords(secret.name).join(' '))) continue;
    for (const written of writtenAs(secret)) {
      const [first = ''] = written;
      const known = byFirst.get(first);
      if (known) known.push({ words: written, secret });
      else byFirst.set(first, [{ words: written, secret }]);
    }
  }
  return WORD_PARTS.flatMap((part) => {
    const text = words[part] ?? '';
    const said = lookWords(text);
    const found = new Map<string, NamedInWords>();
    for (const [at, word] of said.entries())
      for (const { words: written, secret } of byFirst.get(word) ?? [])
        if (written.every((each, n) => said[at + n] === each))
          found.set(`${secret.as} ${secret.name}`, { ...secret, part });
    for (const [name] of text.matchAll(DEAL)) found.set(name, { name, as: 'deal', part });
    return [...found.values()];
  });
};
