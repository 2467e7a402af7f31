/**
 * What a yearly report publishes: one value, from which HTML, JSON, text and draft sentences are made. It names no deal, no
 * customer and no person, and is public once it was published. JSON; blocks/yearly/report.schema.json is its schema.
 */

import type { Instant } from '../ids.ts';
import type { PublishedComplaints } from './complaints.ts';

/** Of who was asked outside the company. Reports from before it was counted have no such table. */
export const ASKED_TABLE = 'asked';

/** A row: the sum of one cell, or of several that are published together. */
export interface PublishedRow {
  /** Ids of its cells. */
  cells: string[];
  label: string;
  count: number;
}

export interface PublishedTable {
  id: string;
  title: string;
  /** What a count counts: deals, conditions, holds, people. */
  unit: string;
  /** What counts, and which day decides the year. */
  definition: string;
  /** Items of the Guidance that it reports on. */
  guidance: string[];
  /** All of it. Null: too few to publish. */
  total: number | null;
  /** Each cell is in one row. Empty: nothing of the table is published. */
  rows: PublishedRow[];
}

/** Kinds of which a deal may have several. Rows don't add up. */
export interface PublishedKinds extends Omit<PublishedTable, 'rows'> {
  /** `count`: null: too few with it, or without it. */
  rows: { id: string; label: string; count: number | null }[];
}

export interface PublishedNumber {
  title: string;
  definition: string;
  /** Null: too few to publish. */
  value: number | null;
}

export interface YearlyFigures {
  year: number;
  /** When they were counted. Figures that were published are never counted anew. */
  countedAt: Instant;
  organisation: string;
  /** Without the deals of any one customer, a published number has this many left. */
  least: number;
  tables: PublishedTable[];
  kinds: PublishedKinds[];
  daysToDecision: PublishedNumber;
  /** Of reports of misuse. Absent: the case room handed none over. */
  complaints?: PublishedComplaints | undefined;
  policyChanges: { title: string; definition: string; value: number };
}
