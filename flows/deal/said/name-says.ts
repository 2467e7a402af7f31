/** What the names of a deal's parties say, where the deal says otherwise: another kind of end-user, another country. House rule. */

import { COUNTRY_CODES, countryName } from '../../countries.ts';
import { nameWords } from '../../end-user.ts';
import { perObject } from '../../per-object.ts';
import { gravestOf, isGraver } from '../../policy/kinds.ts';
import type { CompiledPolicy, EndUserKind } from '../../policy/policy.ts';
import type { DealDetails } from '../deal.ts';

/** `kind`: a graver one than the deal says. `word`: as the policy writes it. */
interface NamesKind {
  of: 'kind';
  word: string;
  kind: EndUserKind;
  /** Whose name it is, where that is not the end-user. */
  party?: string;
}
export type NameSays = NamesKind | { of: 'country'; word: string };

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

type Of = Pick<DealDetails, 'endUser' | 'destination'> & Partial<Pick<DealDetails, 'customer' | 'intermediaries'>>;

/** The gravest kind that a name gives away, where the deal says a milder one. */
const kindIn = (policy: Policy, name: readonly string[], said: EndUserKind): NamesKind[] => {
  const found = phrasesOf(policy).flatMap(([kind, phrases]) => {
    const phrase = isGraver(kind, said) ? phrases.find((one) => standsIn(one, name)) : undefined;
    return phrase ? [{ of: 'kind' as const, word: phrase.word, kind }] : [];
  });
  const gravest = gravestOf(found.map(({ kind }) => kind));
  return found.filter(({ kind }) => kind === gravest);
};

/** Returns the gravest kind that a name gives away, where it is graver than that. */
export const kindSaidBy = (policy: Policy, name: string, than: EndUserKind): EndUserKind | undefined =>
  kindIn(policy, nameWords(name), than)[0]?.kind;

/**
 * Returns what the end-user's name says that the deal denies: the gravest kind that one of the policy's words belongs to, and a
 * country that is not the destination. Then such a kind in the name of whoever else has a part: they may be who it is for. It is
 * a hint, and counts for nothing by itself.
 */
export const nameSays = (
  policy: Policy,
  { endUser, destination, customer = '', intermediaries = [] }: Of,
): NameSays[] => {
  const name = nameWords(endUser.name);
  const there = ` ${nameWords(countryName(destination) ?? '').join(' ')} `;
  // “Papua New Guinea” names Guinea, too: the longest is meant.
  const [country] = countries()
    .filter((phrase) => standsIn(phrase, name) && !there.includes(` ${phrase.words.join(' ')} `))
    .toSorted((a, b) => b.word.length - a.word.length);
  const besides = [...new Set([customer, ...intermediaries.map((one) => one.name)])].filter(
    (one) => one !== endUser.name,
  );
  return [
    ...kindIn(policy, name, endUser.kind),
    ...(country ? [{ of: 'country' as const, word: country.word }] : []),
    ...besides.flatMap((party) =>
      kindIn(policy, nameWords(party), endUser.kind).map((said): NameSays => ({ ...said, party })),
    ),
  ];
};
