/** Rows of the outbox, on their way into it and out of it. */

import type { Json } from './commit.ts';

/** An outbox row that an append adds. */
export interface NewOutboxRow {
  /** The notice's stable id. For a live card: the coalescing key (`live:D-…:root`), upserted to the newest version. */
  id: string;
  kind: 'live' | 'fact';
  /** Rows of one lane are sent in order, one at a time: `thread:D-…`, `person:counsel-1`. */
  lane: string;
  /** Ids of the facts to render, without names or answers: stored in the clear. */
  notice: Json;
  /** A bulk row waits for urgent rows in other lanes. An urgent row behind it in its lane makes it urgent as well. */
  bulk?: boolean | undefined;
  /** Correlation id of the act that asked for the row; names nobody. A live card keeps the newest. */
  trace?: string | undefined;
}

export interface OutboxRow {
  id: string;
  kind: 'live' | 'fact';
  lane: string;
  stream: string;
  /** Fact: render as of this version. Live: the newest version asked for at the time of the claim. */
  version: number;
  notice: Json;
  /** Earlier attempts, without this one. Also identifies the claim: answers to it pass the number back. */
  attempts: number;
  /** Present only where true. */
  bulk?: boolean | undefined;
  trace?: string | undefined;
  /** Present where a backup was put back: it may have been sent since then (ISO 8601), and is to be looked for first. */
  uncertain?: string;
  /** Present where the row was changed outside Clearthread: it is not to be sent, but to be made anew (`renew`). */
  changed?: true;
}

/** What a changed row says of itself: where to begin to look for what was owed. */
export type RowLead = Pick<OutboxRow, 'id' | 'lane' | 'stream' | 'version'>;

/** Rows that a commit owes. `at`: the commit's time. */
export interface OwedRows {
  stream: string;
  version: number;
  at: string;
  rows: NewOutboxRow[];
}

/** A row as an auditor sees it. */
export type OutboxSeen = Pick<OutboxRow, 'id' | 'kind' | 'lane' | 'stream' | 'version'>;

/** A row with its lane, which is where it is looked for; an id alone is looked for in every lane. */
export type RowName = string | Pick<OutboxRow, 'id' | 'lane'>;

/** The outbox's undelivered rows at one instant. */
export interface OutboxBacklog {
  /** Rows neither delivered nor given up: being sent, ready, or waiting for another try. */
  owed: number;
  failed: number;
  /** When the oldest owed row was asked for, whatever delays it; null where nothing is owed. */
  owedSince: string | null;
  /** Since when the longest-claimable row has been claimable: asked for, or ready again. Null where there is none. */
  readySince: string | null;
}

export interface OutboxProblem {
  id: string;
  lane: string;
  stream: string;
  state: 'waiting' | 'failed';
  attempts: number;
  error: string;
  at: string;
}
