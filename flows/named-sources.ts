/** Who named each source of an answer, where somebody else gives it again, beside others or in another order. House rule. */

import { spaced } from './bare.ts';
import type { Instant, PersonId, Source } from './ids.ts';

interface Author {
  by: PersonId;
  at: Instant;
}

export interface Named {
  /** Who named all of them. */
  sourced?: Author | undefined;
  /** Those that somebody else named, where not all are of one person. */
  named?: (Source & Author)[] | undefined;
}

export const sameSource = (one: Source, other: Source): boolean =>
  one.url === other.url && spaced(one.name) === spaced(other.name) && one.year === other.year;

/** Returns who named one of the sources. `author`: of those of which nothing says it. */
export const authorOf = <Of extends Author>({ sourced, named }: Named, source: Source, author: Of): Author | Of => {
  const found = named?.find((one) => sameSource(one, source));
  return found ? { by: found.by, at: found.at } : (sourced ?? author);
};

/**
 * Returns what is to be kept of who named these.
 *
 * @param was - who named one of them before; undefined: nobody did
 * @param actor - who gives them now
 */
export const namedBy = (
  sources: readonly Source[],
  was: (source: Source) => Author | undefined,
  actor: PersonId,
): Named => {
  const given = sources.map((source) => ({ source, of: was(source) }));
  const first = given[0]?.of;
  const isOfOne = given.every(({ of }) => of !== undefined && of.by === first?.by && of.at === first.at);
  if (isOfOne) return first && first.by !== actor ? { sourced: first } : {};
  const named = given.flatMap(({ source, of }) => (of && of.by !== actor ? [{ ...source, ...of }] : []));
  return named.length > 0 ? { named } : {};
};

/** Returns sources with who named them, those of one person at one time together. */
export const byAuthor = (
  sources: readonly Source[],
  of: (source: Source) => Author,
): (Author & { sources: Source[] })[] => {
  const all = sources.map((source) => ({ source, ...of(source) }));
  return [...new Map(all.map(({ by, at }) => [`${by} ${at}`, { by, at }])).values()].map((author) => ({
    ...author,
    sources: all.filter(({ by, at }) => by === author.by && at === author.at).map(({ source }) => source),
  }));
};

/** Returns the sources of before that stay nowhere, by who named them. */
const lost = (
  before: readonly Source[],
  stays: (source: Source) => boolean,
  of: (source: Source) => Author,
): (Author & { sources: Source[] })[] =>
  byAuthor(
    before.filter((source) => !stays(source)),
    of,
  );

type Lost = (
  before: readonly Source[],
  now: readonly Source[],
  of: (source: Source) => Author,
  actor: PersonId,
) => (Author & { sources: Source[] })[];

/** Returns those that others than the actor named and that are not among these any more. */
export const lostOfOthers: Lost = (before, now, of, actor) =>
  lost(before, (source) => now.some((other) => sameSource(source, other)), of).filter(({ by }) => by !== actor);

const withoutYear = (name: string): string => spaced(name).replace(/\d+/gu, '#');

/** The same of those that the actor named. Another year, also in its name, or another link makes theirs no other source. */
export const lostOfActor: Lost = (before, now, of, actor) =>
  lost(before, (source) => now.some(({ name }) => withoutYear(name) === withoutYear(source.name)), of).filter(
    ({ by }) => by === actor,
  );
