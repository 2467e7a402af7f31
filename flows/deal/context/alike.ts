/**
 * Deals whose end-user may be somebody whom another deal names, though the names are not the same: what stops one, how it ended,
 * and what somebody held against it is heard of all the same. House rule.
 */

import { mayBeSameHere, whereSame, type InCommon } from '../../names-alike.ts';
import { ANYWHERE, namesIndex, type NamesIndex } from '../../names-index.ts';
import type { HeardWorry } from '../heard-shapes.ts';
import { isTwin, type SaidElsewhere } from './elsewhere.ts';

/** A stop, or a "yes" to what stops a deal. */
const STOPS: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['stop', 'answer']);

const isStopping = ({ worries }: Pick<SaidElsewhere, 'worries'>): boolean => worries.some(({ of }) => STOPS.has(of));

/** What is heard of across names that may be the same: a stop, and what somebody holds or held against an end-user. */
export const BY_NAME: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>([
  ...STOPS,
  'flag',
  'listed',
  'hold',
  'report',
  'suspended',
  'dismissed',
  'lifted',
  'refused',
  'gaps',
]);

/** Tells whether a deal is heard of where its end-user may be the same as another's. */
export const isHeardByName = (one: Pick<SaidElsewhere, 'worries' | 'ended'>): boolean =>
  one.ended !== undefined || one.worries.some(({ of }) => BY_NAME.has(of));

/** Tells whether a deal is heard of where its company in between may be the same as another's: all that is, through the very same one. */
export const isHeardThrough = (one: Pick<SaidElsewhere, 'worries' | 'ended'>): boolean =>
  one.ended !== undefined || one.worries.length > 0;

/** Tells whether a deal hears all that is said of somebody who may be the same, and not only what stands against them: nobody approved it yet. */
export const hearsMore = ({ settled }: Pick<SaidElsewhere, 'settled'>): boolean => settled !== 'approved';

/**
 * Of a name that more deals have, the earliest and the latest are heard of: a company may have thousands with one customer. Stops
 * are counted apart, and all against which something stands, so that nobody hides one among deals that end otherwise, or say nothing.
 */
const MOST_OF_A_NAME = 50;

const someOf = <Of>(all: readonly Of[]): readonly Of[] =>
  all.length <= MOST_OF_A_NAME ? all : [...all.slice(0, MOST_OF_A_NAME / 2), ...all.slice(-MOST_OF_A_NAME / 2)];

export const inCommon = (one: SaidElsewhere, other: SaidElsewhere): InCommon => ({
  countries: one.destinations.filter((country) => other.destinations.includes(country)),
  either: [...one.destinations, ...other.destinations],
  sale: isTwin(one, other) || other.parties.some((key) => one.parties.includes(key)),
});

/** Those that are looked at hear of others, or are heard of: whoever hears of a stop looks for two common words in any country. */
export type Looks = 'heard' | 'listener';

const scopesOf = (one: SaidElsewhere, as: Looks): string[] =>
  as === 'listener' || isStopping(one) ? [...one.destinations, ANYWHERE] : [...one.destinations];

/** In which part a name stands: as the end-user, or as anybody else. */
export type Part = keyof SaidElsewhere['called'];
export const PARTS: readonly Part[] = ['endUsers', 'besides'];

/** Another name in the index: whether it may be the same whatever the deals share. */
interface Found {
  at: number;
  anywhere: boolean;
}

type Group = 'stops' | 'doubted' | 'others' | 'between';
/** Each deal is in one of the first three; where somebody wrote what may be of a company in between, it is in the last, too. */
const GROUPS = { all: ['stops', 'doubted', 'others'], doubted: ['stops', 'doubted'], between: ['between'] } as const;
type Grouped = Partial<Record<Group, SaidElsewhere[]>>;
export type Which = keyof typeof GROUPS;
const WHICH = Object.keys(GROUPS) as Which[];

const groupsOf = (one: SaidElsewhere): Group[] => [
  isStopping(one) ? 'stops' : isHeardThrough(one) ? 'doubted' : 'others',
  ...((one.spoke ?? []).some(({ between }) => between) ? (['between'] as const) : []),
];

/** Deals by whom they name. */
export interface DealsByName {
  add(one: SaidElsewhere): void;
  /**
   * Returns each of the deals in which somebody of that part may be one of these, who are named in `one`, by the name in the deal that
   * is heard of. `doubted`: of those against which something stands alone; `between`: of those in which somebody wrote what may be of a
   * company in between.
   */
  find(one: SaidElsewhere, named: readonly string[], part: Part, which?: Which): Map<SaidElsewhere, string>;
}
const NONE: readonly Found[] = [];

/** @param as - what those are that are added; those that are looked for are the others */
export const dealsByName = (as: Looks): DealsByName => {
  const index: NamesIndex = namesIndex();
  const asked: Looks = as === 'listener' ? 'heard' : 'listener';
  const names: string[] = [];
  const deals: Record<Part, (Grouped | undefined)[]> = { endUsers: [], besides: [] };
  /** By number: names of deals of each group. Of most some are empty, and names are compared with nothing where only those are wanted. */
  const numbers: Record<Which, Set<number>> = { all: new Set(), doubted: new Set(), between: new Set() };
  /** Most names come again, and most are like no other. */
  const unknown = (): Record<Which, Map<string, readonly Found[]>> => ({
    all: new Map(),
    doubted: new Map(),
    between: new Map(),
  });
  let known = unknown();

  const foundFor = (name: string, which: Which): readonly Found[] => {
    const before = known[which].get(name) ?? known.all.get(name);
    if (before) return before;
    if (numbers[which].size === 0) return NONE;
    const found = [...index.like(name)].flatMap((at): Found[] => {
      if (!numbers[which].has(at)) return [];
      const where = whereSame(name, names[at]!);
      return where === 'never' ? [] : [{ at, anywhere: where === 'anywhere' }];
    });
    known[which].set(name, found.length === 0 ? NONE : found);
    return found;
  };

  return {
    add: (one) => {
      if (Object.values(known).some(({ size }) => size > 0)) known = unknown();
      const groups = groupsOf(one);
      for (const part of PARTS)
        for (const name of new Set(one.called[part])) {
          const at = index.add(name, scopesOf(one, as));
          names[at] = name;
          const called = (deals[part][at] ??= {});
          for (const group of groups) (called[group] ??= []).push(one);
          for (const which of WHICH) if (GROUPS[which].some((group) => groups.includes(group))) numbers[which].add(at);
        }
    },
    find: (one, named, part, which = 'all') => {
      const found = new Map<SaidElsewhere, string>();
      for (const name of named) {
        const free = foundFor(name, which);
        const seen = new Set(free.map(({ at }) => at));
        const scoped = [...index.likeIn(name, scopesOf(one, asked))].filter((at) => !seen.has(at));
        for (const { at, anywhere } of [...free, ...scoped.map((at) => ({ at, anywhere: false }))]) {
          const called = deals[part][at];
          if (!called) continue;
          for (const other of GROUPS[which].flatMap((group) => someOf(called[group] ?? [])))
            if (
              other !== one &&
              !found.has(other) &&
              (anywhere || mayBeSameHere(name, names[at]!, inCommon(one, other)))
            )
              found.set(other, as === 'listener' ? name : names[at]!);
        }
      }
      return found;
    },
  };
};
