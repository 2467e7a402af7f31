/** The names of a deal's parties as a sentence may hold them: what people call a company or an authority. House rule. */

import { shortCompany } from '../../company-name.ts';
import { lookWords, STOP_WORDS } from '../../end-user.ts';
import { isFiller } from '../../filler.ts';
import { isCountry } from '../../name-reading.ts';
import { COMPANY_WORDS, FORM_WORDS, TASK_WORDS } from '../../name-words.ts';
import { perText } from '../../per-text.ts';
import type { SaidElsewhere } from './elsewhere.ts';
import { BEGINNINGS, isName, isShortName, LEAST_LETTERS, lookOf, OF_NAME, readOf, wordsIn } from './name-look.ts';

/** A shorter name stands in other words by chance: it is looked for in capitals. */
const LEAST_NAME = 5;

const GENERIC: ReadonlySet<string> = new Set(lookWords(`${FORM_WORDS} ${TASK_WORDS}`));
/** Tells whether many are called so. */
const isCommonName = (name: string): boolean =>
  lookWords(name).every((word) => STOP_WORDS.has(word) || GENERIC.has(word));

/**
 * A name that a sentence may hold. `common`: authorities of many countries are called so. `as`: how it is to be written there, as a word of
 * small letters may be any.
 */
export interface NameToFind {
  of: 'end-user' | 'other';
  name: string;
  common: boolean;
  as?: 'a capital' | 'capitals' | undefined;
}

type Called = Omit<NameToFind, 'of'>;

const LAST_WORDS: ReadonlySet<string> = new Set(
  lookWords(
    'trading trade international global services solutions systems technologies technology tech industries export exports import ' +
      'imports logistics distribution digital group shipping freight intl traders dealers suppliers supplies supply carriers couriers brokers ' +
      'merchants distributors forwarders importers exporters wholesalers resellers retailers contractors consultants consulting',
  ),
);
/** The same, where two words are left. */
const LAST_OF_SEVERAL: ReadonlySet<string> = new Set(lookWords('telecommunications telecoms partners').map(readOf));
const isLast = (word: string): boolean => LAST_WORDS.has(lookOf(word)) || isCountry(lookOf(word));

const ANDS = ['and', 'und', 'et', 'y'];

/** The same with what may stand for “&”, and without. */
const withAnd = (name: string): string[] => {
  const words = name.split(' ');
  const at = words.findIndex((word, n) => n > 0 && (word === '&' || word === '+' || ANDS.includes(word.toLowerCase())));
  if (at < 0) return [name];
  const [before, after] = [words.slice(0, at), words.slice(at + 1)];
  return [name, ...['', ...ANDS].map((and) => [...before, ...(and === '' ? [] : [and]), ...after].join(' '))];
};

const FORMS: ReadonlySet<string> = new Set(lookWords(FORM_WORDS));
const isForm = (word: string): boolean => FORMS.has(lookOf(word)) || STOP_WORDS.has(lookOf(word));
/** Of fewer words many are called so. */
const LEAST_CALLED = 2;

/** “Okavango Parks” for “Okavango Parks Authority”: without what authorities of all kinds are called, where a name of some words is left. */
const withoutForm = (words: readonly string[]): string[] => {
  const isOwn = (word: string): boolean => !isForm(word);
  const left = words.slice(Math.max(0, words.findIndex(isOwn)), words.findLastIndex(isOwn) + 1);
  return left.length < LEAST_CALLED || left.every((word) => GENERIC.has(lookOf(word))) ? [] : left;
};

const COMPANIES: ReadonlySet<string> = new Set(lookWords(COMPANY_WORDS));

/** “Norte Azul” for “Norte Azul S.A. de C.V.”: also where a form has dots, or two words. */
const withoutLegalForm = (words: readonly string[]): readonly string[] => {
  const last = words.findLastIndex((word) => !COMPANIES.has(lookOf(word)) && !STOP_WORDS.has(lookOf(word)));
  return last < 0 ? words : words.slice(0, last + 1);
};

/** What people call a company of several words: without the last, where those are a country or what many are called by. */
const called = (name: string): Called[] => {
  const words = withoutLegalForm(shortCompany(name).split(/\s+/u));
  const first = words.slice(0, words.findLastIndex((word) => !isLast(word)) + 1);
  const isLong = words.length > LEAST_CALLED && LAST_OF_SEVERAL.has(readOf(lookOf(words.at(-1) ?? '')));
  const fewer = isLong ? words.slice(0, -1) : [];
  const all = [words, first, fewer, withoutForm(words), withoutForm(first)].map((some) => some.join(' '));
  const wholes = [...new Set(all.flatMap(withAnd))].filter((one) => one !== '');
  return wholes.map((one): Called => {
    const read = lookWords(one).filter((word) => !STOP_WORDS.has(word));
    const common = isCommonName(one);
    const { length } = lookOf(one);
    if (length < LEAST_NAME) return { name: one, common, as: 'capitals' };
    return {
      name: one,
      common,
      ...(read.length === 1 && one !== words.join(' ') ? { as: 'a capital' as const } : {}),
    };
  });
};

const IN_BRACKETS = /[(（[]([^)）\]]+)[)）\]]/gu;
/** Before whom somebody acts for, or what they are called besides. */
const BESIDE =
  /(?:\bc\/o\b|\bon behalf of\b|\bacting for\b|\brepresent(?:ing|s)\b|\bd\/?b\/?a\b|\ba\/?k\/?a\b|\bf\/?k\/?a\b|\bt\/a\b|\balso known as\b|\bformerly(?: known as)?\b|\bpreviously\b|\bonce\b|\btrading as\b|\bex\b-?|\b(?:owned|run|controlled|led) by\b|\b(?:part|unit|arm|branch|division|affiliate|subsidiary|agents?|member) of\b|\b\p{L}+ for\b|\bvia\b)/iu;
/** Between two that somebody named in one. */
const BETWEEN = /[;|/]/u;
/** The same, or before where somebody is, and after whose branch it is: one word there may be a town. */
const MAYBE_BETWEEN = /\s+[-–—]\s+|,|[’'`]s?\s/u;

const firstOf = (words: readonly string[]): string => words.map(([letter = '']) => letter).join('');

/** Tells whether it has the first letters of these words, but for such as “of”: “(UK)” and “(LLC)” say something else. */
const isAbbreviation = (inside: string, words: readonly string[]): boolean => {
  const looks = words.map(lookOf).filter((look) => look !== '');
  return [looks, looks.filter((look) => !STOP_WORDS.has(look))].some((some) => firstOf(some) === lookOf(inside));
};

/** Where it begins as names do, and has a word that few others have. */
const isNameBeside = (part: string): boolean => OF_NAME.test(part.charAt(0)) && ownOf(part).length > 0;

/** What a name has beside it: its abbreviation, another in brackets or behind a stroke, and whoever stands behind “c/o”, “agent for” or “formerly”. */
const namesBeside = (name: string): string[] => {
  const rest = name.replaceAll(IN_BRACKETS, ' ').trim();
  const inside = [...name.matchAll(IN_BRACKETS)].map(([, text = '']) => text.trim());
  const trimmed = (parts: readonly string[]): string[] => parts.map((part) => part.trim());
  const split = [rest, ...inside].flatMap((text) =>
    trimmed(text.split(BESIDE)).flatMap((part) => trimmed(part.split(BETWEEN))),
  );
  const told = split.filter((part) => !inside.includes(part));
  const several = split
    .flatMap((part) => trimmed(part.split(MAYBE_BETWEEN)))
    .filter((part) => wordsIn(part).length > 1);
  return [
    ...inside.filter((one) => isAbbreviation(one, wordsIn(rest))),
    ...[...new Set([...told, ...several])].filter((part) => part !== name && isNameBeside(part)),
  ];
};

/** Fewer letters are of many names. */
const LEAST_INITIALS = 3;
/** What a sentence has in capitals of anybody. */
const SAID_IN_CAPITALS: ReadonlySet<string> = new Set(
  lookWords(`${COMPANY_WORDS} ceo cto cfo ngo usa uae gps api pdf faq asap fyi vip nda kyc sms url usb ocr`),
);

/** “VBS” for “Varna Bridge Systems”, with and without such words as “of”. */
const initialsOf = (name: string): Called[] => {
  const words = withoutLegalForm(wordsIn(shortCompany(name)));
  const own = words.filter((word) => !STOP_WORDS.has(lookOf(word)));
  const all = own.length < LEAST_INITIALS ? [] : [words, own].map((some) => firstOf(some).toUpperCase());
  return all
    .filter((one) => !SAID_IN_CAPITALS.has(lookOf(one)) && !BEGINNINGS.has(lookOf(one)) && !isCountry(one))
    .map((one) => ({ name: one, common: isCommonName(name), as: 'capitals' }));
};

/** The same few names come again with each look at a deal. */
const calledBy = perText((name): readonly Called[] =>
  [name, ...namesBeside(name)]
    .flatMap((one) => (isFiller(one) ? [] : [...called(one), ...initialsOf(one)]))
    .filter((one) => lookOf(one.name).length >= LEAST_LETTERS || isShortName(one.name.trim())),
);

/** Names of a deal's parties that a sentence may hold. */
export const namesToFind = ({ endUsers, besides }: SaidElsewhere['called']): NameToFind[] => {
  const found = [
    ...besides.map((name) => ({ name, of: 'other' as const })),
    ...endUsers.map((name) => ({ name, of: 'end-user' as const })),
  ].flatMap(({ name, of }) => calledBy(name).map((one): NameToFind => ({ ...one, of })));
  return [...new Map(found.map((one) => [one.name, one])).values()];
};

/** Words of a name that few others have. */
export const ownOf = perText((name): readonly string[] =>
  lookWords(name).filter((word) =>
    [word, readOf(word)].every((one) => isName(one) && !GENERIC.has(one) && !COMPANIES.has(one) && !isLast(one)),
  ),
);
