/** What counts as a source under an answer that speaks for a deal: others can look it up. House rule. */

import { lookWords } from '../../end-user.ts';
import type { Instant, Source } from '../../ids.ts';
import type { Organisation } from '../../organisation.ts';
import { perText } from '../../per-text.ts';
import { isPlaceholder } from '../../policy/sentence.ts';
import { parsedUrl } from '../../url.ts';
import type { GivenAnswer } from '../answer-shapes.ts';

/** Older reports say little about how somebody acts today. */
const FIRST_YEAR = 1990;
/** It is a new year in Kiritimati 14 hours before it is one in UTC. */
const EARLIEST_ZONE_MS = 14 * 60 * 60 * 1000;

/** Names under which only a company's own network, or nobody, answers: RFC 2606, 6761, 6762 (appendix G), 8375. */
const NOT_PUBLIC =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|private|corp|home|lan|arpa|test|invalid)$/u;
/** Numbers as the last label, and brackets, are an address. */
const TOP_LEVEL = /\.(?:[a-z]{2,}|xn--[a-z0-9-]+)$/u;
/** Under a country's code these belong to nobody: `example.co.uk`. */
const SECOND_LEVEL =
  /^(?:co|com|org|or|net|ne|edu|ac|gov|gob|gouv|govt|go|gv|gub|mil|nom|info|press|ltd|plc|sch|school)$/u;

/** Returns the host of a link that others can open, or undefined. */
const hostOf = (link: string): string | undefined => {
  const url = parsedUrl(link);
  if (!url) return undefined;
  const { protocol, username, password, hostname } = url;
  if (protocol !== 'https:' || username !== '' || password !== '') return undefined;
  const host = hostname.replace(/\.$/u, '');
  return TOP_LEVEL.test(host) && !NOT_PUBLIC.test(host) ? host : undefined;
};

const publisherAt = perText((link): string | undefined => {
  const labels = hostOf(link)?.split('.');
  if (!labels) return undefined;
  const [second = '', top = ''] = labels.slice(-2);
  return labels.slice(top.length === 2 && SECOND_LEVEL.test(second) ? -3 : -2).join('.');
});

/**
 * Names the publisher of a source by the domain that somebody registered; undefined where it has no link that others can
 * open. That is the last two labels of the host, or three under `co`, `com`, `gov` and the like of a country. There is no
 * list of public suffixes behind it: what shares a longer one (`a.github.io`, `b.police.uk`) is taken for one publisher,
 * and asks for another source.
 */
export const publisherOf = ({ url }: Source): string | undefined => (url === undefined ? undefined : publisherAt(url));

/** Two letters can be a name ("AP"), one alone or repeated is none. */
const isNamed = perText((name) => !isPlaceholder(name) && new Set(name.toLowerCase().match(/\p{L}/gu)).size >= 2);

/** No publisher has so long a name: somebody wrote what they know where a source is asked for. */
const SENTENCE_WORDS = 7;
const isSentence = (name: string): boolean => name.trim().split(/\s+/u).length >= SENTENCE_WORDS;

/**
 * Returns what to do for a source to count, or undefined where it counts. `at`: when the answer was given, absent where it
 * was not saved yet; a year to come is none.
 */
export const sourceProblem = (source: Source, at?: Instant): string | undefined => {
  const { name, year, url } = source;
  if (!isNamed(name)) return 'add the name of the source, such as who published it';
  if (year === undefined && url === undefined && isSentence(name))
    return 'a source has a name, a year and a link; what you know yourself goes into the note under its question';
  if (year === undefined) return 'add the year, between commas after the name';
  if (year < FIRST_YEAR) return `name a source from ${FIRST_YEAR} or later; a note can tell what is older`;
  if (at !== undefined && year > new Date(Date.parse(at) + EARLIEST_ZONE_MS).getUTCFullYear()) {
    return `${year} is a year to come; give the year in which it was published`;
  }
  if (url === undefined) return 'add the link, a whole address that starts with https://';
  return publisherOf(source) === undefined
    ? 'give a link that others can open, to a public site that starts with https://'
    : undefined;
};

/** A deal of this company by its number, as it is written, and in whatever letters: who reads that cannot tell what its answers stood on. */
const DEAL = /(?<![\p{L}\p{N}-])D-[0-9A-Z]{6,20}(?![\p{L}\p{N}])/u;
const DEAL_TYPED = /(?<![\p{L}\p{N}-])d[\p{Pd}\s]?(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{6}(?![\p{L}\p{N}])/iu;
const isDeal = ({ name }: Source): boolean => DEAL.test(name) || DEAL_TYPED.test(name);

const namedIn = ({ sources, basis }: Pick<GivenAnswer, 'sources' | 'basis'>): readonly Source[] => [
  ...sources,
  ...(basis?.sources ?? []),
];

type Given = Readonly<Record<string, Readonly<Record<string, Pick<GivenAnswer, 'sources' | 'basis'>>>>>;
const isIn = (given: Given, { name, url }: Source): boolean =>
  Object.values(given).some((section) =>
    Object.values(section).some((answer) => namedIn(answer).some((one) => one.name === name && one.url === url)),
  );

/** The same of a source that somebody names now. What stands in these answers already stays what it was. */
export const newSourceProblem = (source: Source, at?: Instant, given: Given = {}): string | undefined =>
  isDeal(source) && !isIn(given, source)
    ? 'a deal is no source; name what its answers stood on'
    : sourceProblem(source, at);

/** Returns a source of the answer that names a deal. */
export const dealIn = (answer: GivenAnswer): string | undefined => namedIn(answer).find(isDeal)?.name;

const wordsOf = perText((name: string): readonly string[] => lookWords(name));

/**
 * Returns the name of a person of the organisation with which a source of the answer begins: the word of a colleague, who
 * would hear nothing of it. One word may be anybody's, or a publisher's.
 */
export const colleagueIn = (
  { people }: Pick<Organisation, 'people'>,
  { sources, basis }: GivenAnswer,
): string | undefined => {
  const named = [...sources, ...(basis?.sources ?? [])].map(({ name }) => wordsOf(name));
  return people.find(({ name }) => {
    const words = wordsOf(name);
    return words.length > 1 && named.some((said) => words.every((word, n) => said[n] === word));
  })?.name;
};
