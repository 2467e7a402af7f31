/** What an auditor looks for in a record, and what was found. */

import type { Columns, Commit } from './commit.ts';
import type { OutboxSeen, RowLead } from './outbox-row.ts';

export interface Head {
  stream: string;
  version: number;
  hash: string;
}

export type Verified =
  | { kind: 'whole'; streams: number; commits: number }
  | {
      kind: 'broken';
      stream: string;
      version: number;
      what: 'edited' | 'missing' | 'reordered' | 'truncated';
      detail: string;
    };

/** Tables whose rows stand in the clear outside the chain, each with a mark of its own; see `row-marks.ts`. */
export type Marked = 'conversations' | 'refs' | 'snapshots' | 'outbox';

/** A row that was changed outside Clearthread. */
export interface ChangedRow {
  table: Marked;
  key: string;
  /** Of the outbox. Its `id` is empty where not a row was changed but what the engine keeps about its lane. */
  lead?: RowLead;
}

/** A stream that an auditor replays, commit by commit. */
export interface StreamReplay {
  add(commit: Commit): void;
  /** What its snapshot must hold now; undefined where a newer version wrote to it. */
  now(): { format: number; state: unknown; columns: Partial<Columns> } | undefined;
  /** Told of a due time in the list that is not the one of the commit. Comes after the commit of the snapshot. */
  moved?(nextDueAt: string | null): void;
  /** Compares the messages that its commits owe with their rows, and with the keys of the messages in chats. */
  owed?(rows: readonly OutboxSeen[], refs: ReadonlySet<string>): Owing;
}

/** Rows that their commits don't owe, and messages that have no row and stand in no chat. */
export interface Owing {
  wrong: { version: number; detail: string }[];
  gone: Pick<GoneMessage, 'version' | 'id' | 'key'>[];
}

/** A message of a commit that is neither owed nor in a chat: nothing was left to say, or its row was removed. */
export interface GoneMessage {
  stream: string;
  version: number;
  /** The notice's, and that of its ref. */
  id: string;
  key: string;
}

/** Begins a replay. Undefined where this version does not know such streams. */
export type Replays = (stream: string) => StreamReplay | undefined;

/** Numbers of streams, each in one of the first five. */
export interface States {
  /** Replayed, and the same as their snapshots. */
  compared: number;
  /** Without a hash of their state yet: the next commit brings one. */
  unproven: number;
  /** With a state of another format, which is rebuilt when it is needed. */
  otherFormat: number;
  /** Not known to this version, or written to by a newer one. */
  newer: number;
  erased: number;
  /** Due dates that are not those of their commits: the calendar moved them, or somebody. */
  moved: number;
}

export type VerifiedStates = ({ kind: 'whole' } & States) | Extract<Verified, { kind: 'broken' }>;

export type VerifiedPolicies =
  | { kind: 'whole'; policies: number }
  | { kind: 'broken'; hash: string; what: 'edited' | 'missing'; detail: string };
