/**
 * Deals whose end-user may be somebody whom another deal names, though the names are not the same: what stops one, how it ended,
 * and what somebody held against it is heard of all the same. House rule.
 */

import { isNeverHere, mayBeSameAnywhere, mayBeSameHere, type InCommon } from '../../names-alike.ts';
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
]);

/** Tells whether a deal is heard of where its end-user may be the same as another's. */
export const isHeardByName = (one: Pick<SaidElsewhere, 'worries' | 'ended'>): boolean =>
  one.ended !== undefined || one.worries.some(({ of }) => BY_NAME.has(of));

/** Tells whether a deal is heard of where its company in between may be the same as another's: all that is, through the very same one. */
export const isHeardThrough = (one: Pick<SaidElsewhere, 'worries' | 'ended'>): boolean =>
  one.ended !== undefined || one.worries.length > 0;

/**
 * Tells whether a deal may have something to say of another whose end-user is called nearly the same, as under the same name: a graver
 * kind, a name that says one, an answer against its end-user, of the same sale its scope and its tier, and that compliance put it out of scope.
 */
export const speaksByName = ({
  settled,
  kind,
  says,
  otherwise,
}: Pick<SaidElsewhere, 'settled' | 'kind' | 'says' | 'otherwise'>): boolean =>
  says !== undefined ||
  settled === undefined ||
  settled === 'confirmed' ||
  kind.gravest !== 'private' ||
  otherwise.some(({ topic }) => topic === 'end-user');

/** Tells whether a deal hears that: nobody approved it yet. */
export const hearsMore = ({ settled }: Pick<SaidElsewhere, 'settled'>): boolean => settled !== 'approved';

/**
 * Of a name that more deals have, the earliest and the latest are heard of: a company may have thousands with one customer. Stops
 * are counted apart, so that nobody hides one among deals that end otherwise.
 */
const MOST_OF_A_NAME = 50;

const someOf = <Of>(all: readonly Of[]): readonly Of[] =>
  all.length <= MOST_OF_A_NAME ? all : [...all.slice(0, MOST_OF_A_NAME / 2), ...all.slice(-MOST_OF_A_NAME / 2)];

const inCommon = (one: SaidElsewhere, other: SaidElsewhere): InCommon => ({
  countries: one.destinations.filter((country) => other.destinations.includes(country)),
  either: [...one.destinations, ...other.destinations],
  sale: isTwin(one, other) || other.parties.some((key) => one.parties.includes(key)),
});

/** Whom a deal may be heard by: everybody whom it names; or whose it is: its end-user. `between`: everybody but that. */
export type NamedAs = 'listener' | 'heard' | 'between';

const namesOf = ({ called: { endUsers, besides } }: SaidElsewhere, as: NamedAs): readonly string[] =>
  ({ heard: endUsers, between: besides, listener: [...endUsers, ...besides] })[as];

/** Where two common words of a name count: in the countries to which the deal goes, and for a stop everywhere. */
const scopesOf = (one: SaidElsewhere, as: NamedAs): string[] =>
  as === 'listener' || isStopping(one) ? [...one.destinations, ANYWHERE] : [...one.destinations];

/** Another name in the index: whether it may be the same whatever the deals share, and the deals that have it. */
interface Found {
  at: number;
  anywhere: boolean;
}

/** Deals by the names of their end-users, for those who name somebody; or the other way round. */
export interface DealsByName {
  add(one: SaidElsewhere): void;
  /** Returns each of those deals that has a name which may be the same as one of this deal's, or as one of these, by that name. */
  find(one: SaidElsewhere, named?: readonly string[]): Map<SaidElsewhere, string>;
}

const NONE: readonly Found[] = [];

/** @param as - what those are that are added; those that are looked for are the others */
export const dealsByName = (as: NamedAs): DealsByName => {
  const index: NamesIndex = namesIndex();
  const asked: NamedAs = as === 'listener' ? 'heard' : 'listener';
  const names: string[] = [];
  const deals: { stops: SaidElsewhere[]; others: SaidElsewhere[] }[] = [];
  /** Most names come again, and most are like no other. */
  let known = new Map<string, readonly Found[]>();

  const foundFor = (name: string): readonly Found[] => {
    const before = known.get(name);
    if (before) return before;
    const found = [...index.like(name)].flatMap((at): Found[] => {
      const other = names[at]!;
      const anywhere = mayBeSameAnywhere(name, other);
      return anywhere || !isNeverHere(name, other) ? [{ at, anywhere }] : [];
    });
    known.set(name, found.length === 0 ? NONE : found);
    return found;
  };

  return {
    add: (one) => {
      if (known.size > 0) known = new Map();
      for (const name of new Set(namesOf(one, as))) {
        const at = index.add(name, scopesOf(one, as));
        names[at] = name;
        const called = (deals[at] ??= { stops: [], others: [] });
        (isStopping(one) ? called.stops : called.others).push(one);
      }
    },
    find: (one, named = namesOf(one, asked)) => {
      const found = new Map<SaidElsewhere, string>();
      for (const name of named) {
        const free = foundFor(name);
        const seen = new Set(free.map(({ at }) => at));
        const scoped = [...index.likeIn(name, scopesOf(one, asked))].filter((at) => !seen.has(at));
        for (const { at, anywhere } of [...free, ...scoped.map((at) => ({ at, anywhere: false }))])
          for (const other of [...someOf(deals[at]!.stops), ...someOf(deals[at]!.others)])
            if (
              other !== one &&
              !found.has(other) &&
              (anywhere || mayBeSameHere(name, names[at]!, inCommon(one, other)))
            )
              found.set(other, as === 'listener' ? name : names[at]!);
      }
      return found;
    },
  };
};

/** The same of those that go to one country, where there are many of whom no other is asked. */
export const dealsByNameThere = (as: NamedAs): DealsByName => {
  const byCountry = new Map<string, DealsByName>();
  return {
    add: (one) => {
      for (const country of one.destinations) {
        const there = byCountry.get(country) ?? dealsByName(as);
        byCountry.set(country, there);
        there.add(one);
      }
    },
    find: (one, named) =>
      new Map(one.destinations.flatMap((country) => [...(byCountry.get(country)?.find(one, named) ?? [])])),
  };
};
