/** What the end-user's name says of itself, where the deal says otherwise: another kind, another country. House rule. */

import { COUNTRY_CODES, countryName } from '../../countries.ts';
import { nameWords } from '../../end-user.ts';
import { gravestOf, isGraver } from '../../policy/kinds.ts';
import type { CompiledPolicy, EndUserKind } from '../../policy/policy.ts';
import type { DealDetails } from '../deal.ts';

/** `kind`: a graver one than the deal says. `word`: as the policy writes it, or a country's name. */
export type NameSays = { of: 'kind'; word: string; kind: EndUserKind } | { of: 'country'; word: string };

const LATIN = /^[a-z0-9]+$/;

/** Tells whether the words stand in a name, one after the other; in a script without blanks between words, anywhere. */
const standsIn = (phrase: string, name: readonly string[]): boolean => {
  const words = nameWords(phrase);
  if (words.length === 0) return false;
  if (words.length === 1 && !LATIN.test(words[0] ?? '')) return name.join(' ').includes(words[0] ?? '');
  return name.some((_, at) => words.every((word, n) => name[at + n] === word));
};

/**
 * Returns what the name says that the deal denies: the gravest kind that one of the policy's words belongs to, and a country that
 * is not the destination. It is a hint, and counts for nothing by itself.
 */
export const nameSays = (
  { kindNames = {} }: Pick<CompiledPolicy, 'kindNames'>,
  { endUser, destination }: Pick<DealDetails, 'endUser' | 'destination'>,
): NameSays[] => {
  const name = nameWords(endUser.name);
  const found = (Object.entries(kindNames) as [EndUserKind, readonly string[]][]).flatMap(([kind, phrases]) => {
    const word = phrases.find((phrase) => standsIn(phrase, name));
    return word !== undefined && isGraver(kind, endUser.kind) ? [{ of: 'kind' as const, word, kind }] : [];
  });
  const gravest = gravestOf(found.map(({ kind }) => kind));
  const there = nameWords(countryName(destination) ?? '').join(' ');
  const elsewhere = COUNTRY_CODES.flatMap((code) => {
    const word = countryName(code);
    const isThere = word === undefined || ` ${there} `.includes(` ${nameWords(word).join(' ')} `);
    return !isThere && standsIn(word, name) ? [{ of: 'country' as const, word }] : [];
  });
  // “Papua New Guinea” names Guinea, too: the longest is meant.
  const [country] = elsewhere.toSorted((a, b) => b.word.length - a.word.length);
  return [...found.filter(({ kind }) => kind === gravest), ...(country ? [country] : [])];
};
