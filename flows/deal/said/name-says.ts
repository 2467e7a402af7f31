/** What the names of a deal's parties say, where the deal says otherwise: another kind of end-user, another country. House rule. */

import { COUNTRY_CODES, countryAlso, countryName } from '../../countries.ts';
import { lookWords, nameWords } from '../../end-user.ts';
import { numbersAs, withLetters } from '../../name-digits.ts';
import { fitsParts, partsOf, signsOf } from '../../name-patterns.ts';
import { glance } from '../../names-spelled.ts';
import { perObject } from '../../per-object.ts';
import { perText } from '../../per-text.ts';
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
  joined: string;
  /** What tells it within a longer word, too. */
  within?: string | undefined;
}
const phraseOf = (word: string, words: readonly string[]): Phrase => ({ word, words, joined: words.join('') });

/** Shorter ones stand in other words by chance: "polis" in "Metropolis". */
const LEAST_WITHIN = 6;
/** Words of Slavic languages end otherwise in each case. */
const DECLINED = /^\p{Script=Cyrillic}{5,}$/u;

/** The same within a longer word: agencies are called "Bundespolizei". In a script without blanks between words, anywhere. */
const wordOf = (word: string): Phrase => {
  const phrase = phraseOf(word, lookWords(word));
  const { words, joined } = phrase;
  if (words.length !== 1) return phrase;
  if (DECLINED.test(word)) return { ...phrase, within: joined.slice(0, -1) };
  if (!LATIN.test(joined)) return { ...phrase, within: joined };
  return joined.length < LEAST_WITHIN ? phrase : { ...phrase, within: joined };
};

/** Where two words are written as one. */
const CAPITALS = /(?<=\p{Ll})(?=\p{Lu})/gu;

/** A name as it may be read: its words run together, with the places at which one begins or ends. */
interface Reading {
  apart: string;
  joined: string;
  edges: ReadonlySet<number>;
}
const readingOf = (words: readonly string[]): Reading => {
  const edges = new Set([0]);
  let end = 0;
  for (const word of words) edges.add((end += word.length));
  return { apart: words.join(' '), joined: words.join(''), edges };
};

/** A name without numbers that are written in one word with others, and with its words apart where a capital begins another. */
const apart = (name: string): string => numbersAs(name, () => ' ').replaceAll(CAPITALS, ' ');

/** The same with words of phrases for those that fit them by their signs: each of them once. */
const withWords = (policy: Policy, name: string): string[] => {
  if (!signsOf(name).parts) return [];
  const words = phrasesOf(policy).flatMap(([, phrases]) => phrases.flatMap((phrase) => phrase.words));
  const read = name.split(/\s+/u).map((part) => {
    const parts = partsOf(part);
    const fitting = parts ? words.filter((word) => fitsParts(parts, word)) : [];
    return fitting.length > 0 ? fitting : [part];
  });
  const most = Math.max(...read.map(({ length }) => length));
  return Array.from({ length: most }, (_, n) => read.map((all) => all[n] ?? all.at(-1)!).join(' '));
};

/** Readings of a name with letters that look the same as one; also where words end at a number or a capital, or have one for a letter. */
const readName = (policy: Policy, name: string): Reading[] => {
  const read = [name, apart(name), ...withLetters(name), ...withWords(policy, name)];
  const looks = read.map(lookWords);
  const all = [...looks, ...looks.map((words) => words.map(glance))].map(readingOf);
  return all.filter((one, n) => all.findIndex((other) => other.apart === one.apart) === n);
};

/** The same few names are read again with each change of a deal. */
const readingsOf = perObject((policy: Policy) => perText((name): readonly Reading[] => readName(policy, name)));

/** Sentences may be long. */
const MOST_SENTENCES = 200;
/** A sentence as it is written. */
const sentenceRead = perText((sentence) => readingOf(lookWords(sentence)), MOST_SENTENCES);

const PLURAL = 's';

/** Tells whether the words stand in a name, one after the other or run together. */
const standsIn = ({ joined: phrase, within }: Phrase, { apart, joined, edges }: Reading): boolean => {
  if (phrase === '') return false;
  if (within !== undefined && apart.includes(within)) return true;
  for (let at = joined.indexOf(phrase); at >= 0; at = joined.indexOf(phrase, at + 1)) {
    const end = at + phrase.length;
    if (edges.has(at) && (edges.has(end) || (joined.startsWith(PLURAL, end) && edges.has(end + 1)))) return true;
  }
  return false;
};

/** Returns whether a sentence names one of these, word by word, in whatever letters and signs. A name of no word is nobody's. */
export const namesOneOf = (names: readonly string[]): ((sentence: string) => boolean) => {
  const phrases = names.map((name) => phraseOf(name, lookWords(name)));
  return (sentence) => {
    const reading = sentenceRead(sentence);
    return phrases.some((phrase) => standsIn(phrase, reading));
  };
};

type Policy = Pick<CompiledPolicy, 'kindNames'>;

/** Versions of a policy have nearly the same words: as many as a few of them have. */
const phraseOfKind = perText(wordOf, 5000);

const phrasesOf = perObject(({ kindNames = {} }: Policy) =>
  (Object.entries(kindNames) as [EndUserKind, readonly string[]][]).map(
    ([kind, words]) => [kind, words.map(phraseOfKind)] as const,
  ),
);

let known: readonly Phrase[] | undefined;
/** Every card asks. “Mall” is not “Mali”. */
const countries = (): readonly Phrase[] =>
  (known ??= COUNTRY_CODES.flatMap((code) => countryName(code) ?? []).map((word) => phraseOf(word, nameWords(word))));

/** Returns whether a sentence names one of these countries, in English. */
export const namesCountry = (codes: readonly string[]): ((sentence: string) => boolean) => {
  const phrases = codes.flatMap((code) =>
    [countryName(code) ?? '', ...countryAlso(code)].map((word) => phraseOf(word, nameWords(word))),
  );
  return (sentence) => {
    const reading = readingOf(nameWords(sentence));
    return phrases.some((phrase) => standsIn(phrase, reading));
  };
};

type Of = Pick<DealDetails, 'endUser' | 'destination'> & Partial<Pick<DealDetails, 'customer' | 'intermediaries'>>;

/** The gravest kind that a name gives away, as it may be read, where the deal says a milder one. */
const kindIn = (
  policy: Policy,
  name: string,
  said: EndUserKind,
  readings: readonly Reading[] = readingsOf(policy)(name),
): NamesKind[] => {
  const found = phrasesOf(policy).flatMap(([kind, phrases]) => {
    const phrase = isGraver(kind, said)
      ? phrases.find((one) => readings.some((reading) => standsIn(one, reading)))
      : undefined;
    return phrase ? [{ of: 'kind' as const, word: phrase.word, kind }] : [];
  });
  const gravest = gravestOf(found.map(({ kind }) => kind));
  return found.filter(({ kind }) => kind === gravest);
};

/** Returns the gravest kind that a name gives away, where it is graver than that. */
export const kindSaidBy = (policy: Policy, name: string, than: EndUserKind): EndUserKind | undefined =>
  kindIn(policy, name, than)[0]?.kind;

/** The gravest kind that a sentence names. Whoever warns of one hides no letter of it: it is read as it is written. */
const kindNamed = (policy: Policy, sentence: string, than: EndUserKind): EndUserKind | undefined =>
  kindIn(policy, sentence, than, [sentenceRead(sentence)])[0]?.kind;

/** Tells whether a sentence names a graver kind. */
export const namesKind = (policy: Policy, sentence: string, than: EndUserKind): boolean =>
  kindNamed(policy, sentence, than) !== undefined;

/** Tells whether it names one that is no milder: another of the same kind is somebody else. */
export const namesNoMilder = (policy: Policy, sentence: string, than: EndUserKind): boolean => {
  const kind = kindNamed(policy, sentence, 'private');
  return kind !== undefined && !isGraver(than, kind);
};

/**
 * Returns what the end-user's name says that the deal denies: the gravest kind that one of the policy's words belongs to, and a
 * country that is not the destination. Then such a kind in the name of whoever else has a part: they may be who it is for. It is
 * a hint, and counts for nothing by itself.
 */
export const nameSays = (
  policy: Policy,
  { endUser, destination, customer = '', intermediaries = [] }: Of,
): NameSays[] => {
  const name = readingOf(nameWords(endUser.name));
  const there = ` ${nameWords(countryName(destination) ?? '').join(' ')} `;
  // “Papua New Guinea” names Guinea, too: the longest is meant.
  const [country] = countries()
    .filter((phrase) => standsIn(phrase, name) && !there.includes(` ${phrase.words.join(' ')} `))
    .toSorted((a, b) => b.word.length - a.word.length);
  const isSaid = (party: string): boolean => kindIn(policy, party, endUser.kind).length > 0;
  const besides = [
    ...new Set([
      customer,
      // What stands behind a comma is read as somebody's part, and may say who they are.
      ...intermediaries.map(({ name: one, role }) => (role === '' || isSaid(one) ? one : `${one}, ${role}`)),
    ]),
  ].filter((one) => one !== endUser.name);
  return [
    ...kindIn(policy, endUser.name, endUser.kind),
    ...(country ? [{ of: 'country' as const, word: country.word }] : []),
    ...besides.flatMap((party) => kindIn(policy, party, endUser.kind).map((said): NameSays => ({ ...said, party }))),
  ];
};
