/** Carries a register's message to many deals, a page at a time; resumes after a restart. */

import type { CommandMeta, Instant, DealId, PersonId } from '../ids.ts';
import { SYSTEM, person, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import { earliest, refuseRegister, type RegisterDecided } from './register.ts';

/** One owner's deals: how many were reached, and the first of them. */
export interface Reached {
  deals: number;
  first: DealId[];
}

/** Deals are reached in the order of their ids. */
export interface FanOut<What> {
  id: string;
  what: What;
  /** The last deal done. */
  after?: DealId | undefined;
  /** Deals done, and all deals concerned. */
  reached: number;
  of: number;
  /** When the last page was done. */
  at: Instant;
  owners: Record<PersonId, Reached>;
}

export interface FanOutPage {
  type: 'SpreadOn';
  spread: string;
  /** The position at which this page was taken: if two processes take the same page, one counts. */
  from?: DealId | undefined;
  after?: DealId | undefined;
  /** Deals of this page, and all deals concerned as far as is known. */
  passed: number;
  of: number;
  /** The deals of this page that it changed. */
  owners: Record<PersonId, DealId[]>;
  done: boolean;
}

export type SpreadWent = { at: Instant; by: PersonId } & Omit<FanOutPage, 'type'> & { type: 'SpreadWent' };

export type FanOutsOf<What> = Readonly<Record<string, FanOut<What>>>;

/** Deals named one by one in a message; the others are counted. */
export const MOST_NAMED = 10;
/** Pause between two pages, in milliseconds. */
export const FAN_OUT_EVERY_MS = 250;

export const newFanOut = <What>(id: string, what: What, at: Instant): FanOut<What> => ({
  id,
  what,
  reached: 0,
  of: 0,
  at,
  owners: {},
});

export const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));

const reachedNow = (before: Reached | undefined, ids: readonly DealId[]): Reached => ({
  deals: (before?.deals ?? 0) + ids.length,
  first: [...(before?.first ?? []), ...ids].slice(0, MOST_NAMED),
});

/** Returns the owners with all deals done, this page included. */
const ownersAfter = (spread: FanOut<unknown>, { owners }: Pick<FanOutPage, 'owners'>): Record<PersonId, Reached> => ({
  ...spread.owners,
  ...Object.fromEntries(Object.entries(owners).map(([id, ids]) => [id, reachedNow(own(spread.owners, id), ids)])),
});

/** Returns one message for each owner who still works here, once all deals were reached. Nobody until then. */
export const ownersToTell = <What>(
  event: SpreadWent,
  spreads: FanOutsOf<What>,
  organisation: Organisation,
): { owner: PersonId; what: What; reached: Reached }[] => {
  const spread = own(spreads, event.spread);
  if (!spread || !event.done) return [];
  return Object.entries(ownersAfter(spread, event)).flatMap(([owner, reached]) =>
    person(organisation, owner) ? [{ owner, what: spread.what, reached }] : [],
  );
};

export const evolveSpreads = <What>(spreads: FanOutsOf<What>, event: SpreadWent): Record<string, FanOut<What>> => {
  const spread = own(spreads, event.spread);
  if (!spread || event.done) return without(spreads, event.spread);
  const next: FanOut<What> = {
    ...spread,
    after: event.after,
    reached: spread.reached + event.passed,
    of: event.of,
    at: event.at,
    owners: ownersAfter(spread, event),
  };
  return { ...spreads, [event.spread]: next };
};

export const decideSpread = (
  { type: _type, ...page }: FanOutPage,
  spreads: FanOutsOf<unknown>,
  { actor, at }: CommandMeta,
): RegisterDecided<SpreadWent> => {
  if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only the bot itself does this.');
  const spread = own(spreads, page.spread);
  if (!spread || spread.after !== page.from) return refuseRegister('not now', 'This page is behind it already.');
  return { kind: 'accepted', events: [{ ...page, type: 'SpreadWent', at, by: actor }] };
};

const later = (at: Instant): Instant => new Date(Date.parse(at) + FAN_OUT_EVERY_MS).toISOString();

/** Returns when the next page is due, or null. The first is due at once. */
export const spreadDueAt = (spreads: FanOutsOf<unknown>): Instant | null =>
  earliest(Object.values(spreads).map(({ at, after }) => (after === undefined ? at : later(at))));
