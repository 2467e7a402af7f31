/**
 * Deals with a stop whose end-user may be somebody whom another deal names, though the names are not the same; and those that
 * were declined or have something held against them, too, where a letter or two differ. House rule.
 */

import { areStrangers, mayBeSame, spelledAlike, spelledIn, type InCommon, type Spelled } from '../../names-alike.ts';
import type { HeardWorry } from '../said-shapes.ts';
import { isTwin, type SaidElsewhere } from './elsewhere.ts';

/** What is heard of across names that may be the same: a stop, or a "yes" to what stops a deal. */
export const STOPS: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['stop', 'answer']);

export const isStopping = ({ worries }: Pick<SaidElsewhere, 'worries'>): boolean =>
  worries.some(({ of }) => STOPS.has(of));

/** Returns what the end-user of the other is called, where that may be somebody whom this deal names. */
export const alikeName = (one: SaidElsewhere, other: SaidElsewhere): string | undefined => {
  const { endUsers, besides } = one.called;
  let common: InCommon | undefined;
  const inCommon = (): InCommon => {
    const countries = one.destinations.filter((country) => other.destinations.includes(country));
    common ??= { countries, sale: isTwin(one, other) || other.parties.some((key) => one.parties.includes(key)) };
    return common;
  };
  // Each deal is compared with each stop, and most names have nothing in common.
  const isAlike = (mine: string, name: string): boolean =>
    !areStrangers(mine, name) && mayBeSame(mine, name, inCommon());
  return other.called.endUsers.find(
    (name) => endUsers.some((mine) => isAlike(mine, name)) || besides.some((mine) => isAlike(mine, name)),
  );
};

/** What else is heard of across names that differ in a letter or two: what somebody holds against an end-user. */
export const SPELLED: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>([
  'flag',
  'hold',
  'report',
  'suspended',
]);

/** Tells whether a deal is heard of by a name that differs in a letter or two. */
export const isHeardSpelled = (one: Pick<SaidElsewhere, 'worries' | 'ended'>): boolean =>
  one.ended?.how === 'declined' || isStopping(one) || one.worries.some(({ of }) => SPELLED.has(of));

/** Names by the words of them that stay, each once, with those who have it. */
export type BySpelling<Of> = Map<string, Map<string, { spelled: Spelled[]; of: Of[] }>>;

export const addSpelled = <Of>(to: BySpelling<Of>, names: readonly string[], of: Of): void => {
  for (const name of names) {
    const all = spelledIn(name);
    for (const others of new Set(all.map((one) => one.others))) {
      const group = to.get(others) ?? new Map<string, { spelled: Spelled[]; of: Of[] }>();
      to.set(others, group);
      const known = group.get(name) ?? { spelled: all.filter((one) => one.others === others), of: [] };
      group.set(name, known);
      if (known.of.at(-1) !== of) known.of.push(of);
    }
  }
};

/** Of a name that more deals have, the earliest and the latest are heard of: a company may have thousands with one customer. */
const MOST_OF_A_NAME = 50;

const someOf = <Of>(all: readonly Of[]): readonly Of[] =>
  all.length <= MOST_OF_A_NAME ? all : [...all.slice(0, MOST_OF_A_NAME / 2), ...all.slice(-MOST_OF_A_NAME / 2)];

/** Returns those among which one of these names differs in a letter or two. */
export const nearSpelled = <Of>(among: BySpelling<Of>, names: readonly string[]): { name: string; of: Of }[] =>
  names.flatMap((name) =>
    spelledIn(name).flatMap((spelled) =>
      [...(among.get(spelled.others) ?? [])].flatMap(([other, found]) =>
        found.spelled.some((one) => spelledAlike(spelled, one))
          ? someOf(found.of).map((of) => ({ name: other, of }))
          : [],
      ),
    ),
  );

export const allCalled = ({ called: { endUsers, besides } }: SaidElsewhere): string[] => [...endUsers, ...besides];
