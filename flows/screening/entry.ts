/**
 * Screening: what a list says of somebody, whom it is compared with, and what is found. A hit is a question for a person,
 * never an answer. House rule; Guidance X1 names the lists of the U.S. government among its sources.
 */

import type { Day } from '../ids.ts';

export const ENTRY_TYPES = ['person', 'organisation', 'vessel', 'aircraft', 'unknown'] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

/** One row of a list. */
export interface ListEntry {
  /** The list's own id of it. */
  id: string;
  name: string;
  aliases: readonly string[];
  type: EntryType;
  /** ISO 3166-1 alpha-2; empty where the list names none. */
  countries: readonly string[];
  addresses: readonly string[];
  programmes: readonly string[];
  /** The list that a consolidated list has it from. */
  source?: string | undefined;
  /** Where the list's publisher explains it: an https address. */
  url?: string | undefined;
  /** Last day on which it counts, where the list gives one. */
  until?: Day | undefined;
}

/** Whom a list is asked about. What is not known is left out, and counts neither for nor against a hit. */
export interface Party {
  name: string;
  type?: 'person' | 'organisation' | undefined;
  /** ISO 3166-1 alpha-2. */
  countries?: readonly string[] | undefined;
  address?: string | undefined;
}

/** What speaks for a hit and against it. `name`: 0 to 1; the others are added to it, and may be negative. */
export interface HitParts {
  name: number;
  country: number;
  type: number;
  address: number;
}

export interface Hit {
  entry: ListEntry;
  /** The name of the entry that fits best, and whether it is one of its aliases. */
  matched: string;
  isAlias: boolean;
  /** 0 to 1. */
  score: number;
  parts: HitParts;
  /** In words, the name first. */
  why: readonly string[];
}

/** From here on names are the same party's until a person says otherwise. */
export const HIT_FROM = 0.8;
