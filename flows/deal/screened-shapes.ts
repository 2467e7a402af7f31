/**
 * Parties of a deal that were compared with the lists in use, and the entries that may be meant by them. House rule; Guidance X1
 * names the lists of the U.S. government among its sources. A hit is a question to compliance; no hit says only that nobody
 * written like it was on the lists of that day.
 */

import type { Instant } from '../ids.ts';
import type { FlagId } from '../policy/policy.ts';
import type { HitParts, ListEntry } from '../screening/entry.ts';

/** A name that is compared. */
export interface PartyName {
  name: string;
  /** ISO 3166-1 alpha-2, where the deal says it: of the end-user alone. */
  country?: string | undefined;
  /** Set where it is two short names of the deal in one, or a name with its part: who is split between them is found, too. */
  together?: true | undefined;
}

/** What somebody is on a deal, beside its end-user. */
export type PartyRole = 'customer' | 'between';

/** What a name is on a deal. */
export interface PartyPart {
  role: PartyRole;
  /** What a company in between does, in the deal's words; of a customer empty. Absent: in older events, where it may be anything. */
  part?: string | undefined;
}

/** Of what compliance was asked who it is: a name in a part, on a deal for a country. */
export interface AskedAs extends PartyPart {
  /** ISO 3166-1 alpha-2: the deal's destination then. */
  destination: string;
}

/** The version of a list that a name was compared with. */
export interface ComparedList {
  name: string;
  /** Of the file: hex SHA-256. */
  sha256: string;
  asOf: Instant;
}

/** Names one entry as it was, met by one name: what was settled of it counts until either is another. */
export type HitId = string;

export interface PartyHit {
  id: HitId;
  /** Name of the list. */
  list: string;
  /** What the list says of it, and the hash of all of that. */
  entry: Omit<ListEntry, 'aliases' | 'until'> & { hash: string };
  matched: string;
  isAlias: boolean;
  /** 0 to 1. */
  score: number;
  parts: HitParts;
  /** In words: what speaks for it, what against it, and what could not be compared. */
  why: readonly string[];
}

/**
 * Why a hit is over: its entry left the list or is another one now, or the list is in use no more; or the deal did not name the
 * party any more when it was settled, so that it is asked again if it does.
 */
type WhyGone = 'removed' | 'changed' | 'list' | 'not named';
export interface GoneHit {
  hit: HitId;
  why: Exclude<WhyGone, 'not named'>;
}

export interface DealHit extends PartyHit {
  party: PartyName;
  /** The flag that waits for it. */
  flag: FlagId;
  at: Instant;
  /** As what it waited or was settled: in another part, or for another country, it is asked again. Absent: never again. */
  asked?: readonly AskedAs[] | undefined;
  /** The flag by which it was settled in another part or country. Absent: none. */
  before?: FlagId | undefined;
  gone?: { why: WhyGone; at: Instant } | undefined;
}

export interface ComparedParty extends PartyName {
  lists: readonly ComparedList[];
  /** Set where the name has nothing that could be compared: `N/A`. */
  nothing?: true | undefined;
  /** Hits beyond those that are kept. Absent: none. */
  more?: number | undefined;
}

export interface Screened {
  /** Those that the deal names now. */
  parties: readonly ComparedParty[];
  /** All that were ever found, oldest first. */
  hits: readonly DealHit[];
}

/** What the search found of one name: all hits of now, and those of before that are over. */
export interface PartyFound {
  party: PartyName;
  lists: readonly ComparedList[];
  hits: readonly PartyHit[];
  gone: readonly GoneHit[];
  nothing?: true | undefined;
  more?: number | undefined;
}
