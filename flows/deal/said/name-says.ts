/** What the end-user's name says of itself, where the deal says otherwise: another kind, another country. House rule. */

import { COUNTRY_CODES, countryName } from '../../countries.ts';
import { nameWords } from '../../end-user.ts';
import { perObject } from '../../per-object.ts';
import { gravestOf, isGraver } from '../../policy/kinds.ts';
import type { CompiledPolicy, EndUserKind } from '../../policy/policy.ts';
import type { DealDetails } from '../deal.ts';

/** `kind`: a graver one than the deal says. `word`: as the policy writes it, or a country's name. */
export type NameSays = { of: 'kind'; word: string; kind: EndUserKind } | { of: 'country'; word: string };

const LATIN = /^[a-z0-9]+$/;

/** Words to look for in a name, as it is compared. */
interface Phrase {
  word: string;
  words: readonly string[];
}
const phraseOf = (word: string): Phrase => ({ word, words: nameWords(word) });

/** Tells whether the words stand in a name, one after the other; in a script without blanks between words, anywhere. */
const standsIn = ({ words }: Phrase, name: readonly string[]): boolean => {
  const [first] = words;
  if (first === undefined) return false;
  if (words.length === 1 && !LATIN.test(first)) return name.join(' ').includes(first);
  return name.some((_, at) => words.every((word, n) => name[at + n] === word));
};

type Policy = Pick<CompiledPolicy, 'kindNames'>;

const phrasesOf = perObject(({ kindNames = {} }: Policy) =>
  (Object.entries(kindNames) as [EndUserKind, readonly string[]][]).map(
    ([kind, words]) => [kind, words.map(phraseOf)] as const,
  ),
);

let known: readonly Phrase[] | undefined;
/** Every card asks. */
const countries = (): readonly Phrase[] =>
  (known ??= COUNTRY_CODES.flatMap((code) => countryName(code) ?? []).map(phraseOf));

/**
 * Returns what the name says that the deal denies: the gravest kind that one of the policy's words belongs to, and a country that
 * is not the destination. It is a hint, and counts for nothing by itself.
 */
export const nameSays = (
  policy: Policy,
  { endUser, destination }: Pick<DealDetails, 'endUser' | 'destination'>,
): NameSays[] => {
  const name = nameWords(endUser.name);
  const found = phrasesOf(policy).flatMap(([kind, phrases]) => {
    const said = isGraver(kind, endUser.kind) ? phrases.find((phrase) => standsIn(phrase, name)) : undefined;
    return said ? [{ of: 'kind' as const, word: said.word, kind }] : [];
  });
  const gravest = gravestOf(found.map(({ kind }) => kind));
  const there = ` ${nameWords(countryName(destination) ?? '').join(' ')} `;
  // “Papua New Guinea” names Guinea, too: the longest is meant.
  const [country] = countries()
    .filter((phrase) => standsIn(phrase, name) && !there.includes(` ${phrase.words.join(' ')} `))
    .toSorted((a, b) => b.word.length - a.word.length);
  return [
    ...found.filter(({ kind }) => kind === gravest),
    ...(country ? [{ of: 'country' as const, word: country.word }] : []),
  ];
};
