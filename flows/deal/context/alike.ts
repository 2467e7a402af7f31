/** Deals with a stop whose end-user may be somebody whom another deal names, though the names are not the same. House rule. */

import { mayBeSame } from '../../names-alike.ts';
import type { HeardWorry } from '../said-shapes.ts';
import { isTwin, type SaidElsewhere } from './elsewhere.ts';

/** What is heard of across names that may be the same: a stop, or a "yes" to what stops a deal. */
export const STOPS: ReadonlySet<HeardWorry['of']> = new Set<HeardWorry['of']>(['stop', 'answer']);

export const isStopping = ({ worries }: Pick<SaidElsewhere, 'worries'>): boolean =>
  worries.some(({ of }) => STOPS.has(of));

/** Returns what the end-user of the other is called, where that may be somebody whom this deal names. */
export const alikeName = (one: SaidElsewhere, other: SaidElsewhere): string | undefined => {
  const { endUsers, besides } = one.called;
  const countries = one.destinations.filter((country) => other.destinations.includes(country));
  const common = { countries, sale: isTwin(one, other) || other.parties.some((key) => one.parties.includes(key)) };
  return other.called.endUsers.find((name) => [...endUsers, ...besides].some((mine) => mayBeSame(mine, name, common)));
};
