/**
 * Compares a party with a list. What is found is a question; nothing found says only that nothing on the list of that day
 * is written like it.
 */

import { countryName } from '../countries.ts';
import { walked, type Walk } from '../walk.ts';
import { HIT_FROM, type Hit, type HitParts, type ListEntry, type Party } from './entry.ts';
import { askedOf, candidates, finderOn, type Finder } from './finding.ts';
import { indexing, wordsOfName, type NameIndex } from './name-index.ts';
import { alsoRead } from './readings.ts';
import { nameScore } from './scoring.ts';
import { classOf } from './words.ts';

export interface Screen {
  index: NameIndex;
  /**
   * Returns all hits, the surest first; undefined where the name has nothing that can be compared
   * ("N/A").
   */
  check(party: Party): Hit[] | undefined;
}

/** Of one name, those that are shown and kept. */
export const MOST_HITS = 20;

/** What people write where they have no name. */
const NO_NAMES = new Set(
  'na;n a;none;tbd;tbc;tba;unknown;not applicable;not known;to be defined;to be confirmed;nil;no;same;various;xx;xxx;test'.split(
    ';',
  ),
);

/** Tells whether there is something to compare. */
export const isName = (name: string): boolean => {
  const words = wordsOfName(name);
  return words.join('').length > 1 && !NO_NAMES.has(words.join(' '));
};

const SAME_COUNTRY = 0.05;
const OTHER_COUNTRY = -0.08;
const OTHER_TYPE = -0.1;
const NEAR = 0.04;

const isShared = <T>(one: readonly T[], other: readonly T[]): boolean => one.some((each) => other.includes(each));

const countryPart = ({ countries = [] }: Party, entry: ListEntry): number => {
  if (countries.length === 0 || entry.countries.length === 0) return 0;
  return isShared(countries, entry.countries) ? SAME_COUNTRY : OTHER_COUNTRY;
};

const typePart = ({ type }: Party, entry: ListEntry): number =>
  type === undefined || entry.type === 'unknown' || entry.type === type ? 0 : OTHER_TYPE;

/** Words of an address that tell one from another: no numbers, and nothing as short as "St". */
const addressWords = (address: string): string[] =>
  wordsOfName(address).filter((word) => word.length > 3 && ['word', 'task'].includes(classOf(word)));

/** Two words in common are no chance; to live somewhere else is nothing against a hit. */
const addressPart = ({ address }: Party, entry: ListEntry): number => {
  if (address === undefined || entry.addresses.length === 0) return 0;
  const asked = new Set(addressWords(address));
  const shared = entry.addresses.map((one) => new Set(addressWords(one).filter((word) => asked.has(word))).size);
  return Math.max(0, ...shared) > 1 ? NEAR : 0;
};

const called = (codes: readonly string[]): string => codes.map((code) => countryName(code) ?? code).join(', ');
export const percent = (share: number): string => `${Math.round(share * 100)}%`;

const TYPES = {
  person: 'a person',
  organisation: 'an organisation',
  vessel: 'a vessel',
  aircraft: 'an aircraft',
} as const;

type OtherParts = Omit<HitParts, 'name'>;

const otherParts = (party: Party, entry: ListEntry): OtherParts => ({
  country: countryPart(party, entry),
  type: typePart(party, entry),
  address: addressPart(party, entry),
});

/** Returns what speaks for an entry and against it beside its name, and what could not be compared. */
export const whyBesideName = (
  party: Party,
  entry: ListEntry,
  parts: OtherParts = otherParts(party, entry),
): string[] => {
  const { countries = [] } = party;
  return [
    parts.country > 0
      ? `Same country: ${called(countries.filter((code) => entry.countries.includes(code)))}.`
      : parts.country < 0
        ? `Another country: ${called(countries)}; on the list ${called(entry.countries)}.`
        : countries.length === 0
          ? 'Country not compared: it was not given.'
          : 'Country not compared: the list names none.',
    ...(parts.type < 0 && entry.type !== 'unknown' ? [`On the list it is ${TYPES[entry.type]}.`] : []),
    ...(party.type === undefined
      ? ['Type not compared: it was not given.']
      : entry.type === 'unknown'
        ? ['Type not compared: the list gives none.']
        : []),
    ...(parts.address > 0 ? ['Words of the address stand in an address on the list.'] : []),
    ...(entry.until === undefined ? [] : [`The list gives ${entry.until} as its last day.`]),
  ];
};

/** `“NICO”, another name of “ROJAS, Nicolas”` */
export const matchedWords = (entry: ListEntry, { matched, isAlias }: Pick<Hit, 'matched' | 'isAlias'>): string =>
  `“${matched}”${isAlias ? `, another name of “${entry.name}”` : ''}`;

const checkOn = (finder: Finder, party: Party): Hit[] | undefined => {
  if (!isName(party.name)) return undefined;
  const best = new Map<number, Hit>();
  for (const name of [party.name, ...alsoRead(party.name)]) noteHits(finder, { ...party, name }, best);
  return [...best.values()].toSorted((a, b) => b.score - a.score);
};

/** `best`: the best hit of each entry so far, by its place. */
const noteHits = (finder: Finder, party: Party, best: Map<number, Hit>): void => {
  const { index } = finder;
  const asked = askedOf(finder, party.name);
  for (const name of candidates(finder, asked)) {
    const at = index.entryOf[name]!;
    const entry = index.entries[at]!;
    const byName = nameScore(index, asked, name, { party: party.countries ?? [], entry: entry.countries });
    const parts: HitParts = { name: byName, ...otherParts(party, entry) };
    const score = Math.min(1, parts.name + parts.country + parts.type + parts.address);
    if (score < HIT_FROM || parts.name <= (best.get(at)?.parts.name ?? 0)) continue;
    const alias = index.aliasOf[name]!;
    const matched = alias === 0 ? entry.name : entry.aliases[alias - 1]!;
    const found = { matched, isAlias: alias > 0 };
    const why = [
      `The name fits ${matchedWords(entry, found)}, by ${percent(parts.name)}.`,
      ...whyBesideName(party, entry, parts),
    ];
    best.set(at, { entry, ...found, parts, score, why });
  }
};

/** Makes a list ready to be asked, in turns. */
export function* screening(entries: readonly ListEntry[]): Walk<Screen> {
  const index = yield* indexing(entries);
  const finder = finderOn(index);
  return { index, check: (party) => checkOn(finder, party) };
}

export const screenOf = (entries: readonly ListEntry[]): Screen => walked(screening(entries));
