/** The port: what the bot needs of a store. One contract suite (`test/support/store-contract.ts`) tests all engines. */

import type { Columns, Commit, Json, NewCommit, StoredCommit } from './commit.ts';
import type { CommitLog, LogLedger } from './log/commit-log.ts';
import type { NewOutboxRow, OutboxBacklog, OutboxProblem, OutboxRow, OwedRows, RowName } from './outbox-row.ts';
import type { ChangedRow, GoneMessage, Head, Replays, Verified, VerifiedPolicies, VerifiedStates } from './verdicts.ts';

export { StoreFault } from './store-fault.ts';
export type {
  ChangedRow,
  GoneMessage,
  Head,
  Marked,
  Owing,
  Replays,
  States,
  StreamReplay,
  Verified,
  VerifiedPolicies,
  VerifiedStates,
} from './verdicts.ts';
export type {
  NewOutboxRow,
  OutboxBacklog,
  OutboxProblem,
  OutboxRow,
  OutboxSeen,
  OwedRows,
  RowLead,
  RowName,
} from './outbox-row.ts';
export type { Columns, Commit, Json, NewCommit, OpenedBody, StoredCommit } from './commit.ts';

/** `state` is encrypted with the stream's key like the commits. The commit of its version speaks for all of it. */
export interface Snapshot extends Columns {
  version: number;
  /** The shape of `state`, as its kind of stream counts it, from 1. UNPROVEN where no commit speaks for it. */
  format: number;
  state: Json;
  /** What lists need of the state, sealed by itself: `summaries` reads it without the state. Not given back by `load`. */
  summary?: Json;
  /** Present where `nextDueAt` was changed outside Clearthread: it is to be made anew, and `setDue` mends it. */
  dueChanged?: true;
}

/** The format of a snapshot from before states stood in the chain: its state is to be rebuilt from the commits. */
export const UNPROVEN = 0;

export interface Projection {
  snapshot: Snapshot;
  outbox: NewOutboxRow[];
}

export type Appended =
  | { kind: 'appended'; version: number }
  /** Another writer was first: reload and decide again. */
  | { kind: 'conflict'; version: number }
  /** This cause is already in the stream: answer as before. */
  | { kind: 'repeated'; commit: Commit };

export interface Loaded {
  /** Checked against the commit of its version, except for a due date that `setDue` corrected since. */
  snapshot: Snapshot | undefined;
  /** Commits after the snapshot, oldest first; all where it is UNPROVEN. */
  commits: Commit[];
  /** 0 where there is no such stream. */
  version: number;
  /** The commit of that version; undefined where there is no such stream. */
  last: Commit | undefined;
}

/** How fast messages may follow each other in one conversation. */
export interface Rate {
  /** Average time per message, in milliseconds. */
  everyMs: number;
  /** Messages allowed at once after a silence. */
  burst: number;
}

/** `waitMs` until the turn. Not `taken`: the turn is further off than was asked for, and nothing was reserved. */
export interface Turn {
  taken: boolean;
  waitMs: number;
}

/** The address of a message in chat, as an update needs it. */
export interface MessageRef {
  channel: string;
  /** Slack `ts`; Teams activity id. */
  message: string;
}

export interface StreamSummary extends Columns {
  stream: string;
  version: number;
}

/** A summary that the last commit of its stream speaks for. */
export interface SealedSummary {
  stream: string;
  version: number;
  summary: Json;
}

/** `version` undefined: the stream was erased. */
export interface ChangedStream {
  stream: string;
  version: number | undefined;
}

/** The part of a store that an auditor needs. Hashes cover the ciphertext: only `verifyStates` needs the data key. */
export interface Ledger extends LogLedger {
  /** The last commit of each stream; only of `stream`, with one read, where given. */
  heads(stream?: string): Promise<Head[]>;
  /** Walks every stream and compares with `saved` heads where given. Names the first bad commit. */
  verify(saved?: Head[]): Promise<Verified>;
  /**
   * Checks policies against their hashes, and that every policy that commits name is stored. Names the first bad one.
   */
  verifyPolicies(): Promise<VerifiedPolicies>;
  /**
   * Opens and replays every stream, and compares what comes out with its snapshot. For a chain that is whole: `verify`
   * comes first. So are the messages that commits owe: `gone` is told of those that can't be accounted for. Throws
   * StoreFault `wrong-data-key`.
   */
  verifyStates(dataKey: Buffer, replays: Replays, gone?: (message: GoneMessage) => void): Promise<VerifiedStates>;
  /**
   * Checks every marked row. `not yet`: an older version wrote last, and the next start of a bot gives them marks. Throws
   * StoreFault `wrong-data-key`.
   */
  verifyRows(dataKey: Buffer): Promise<{ kind: 'checked'; changed: ChangedRow[] } | { kind: 'not yet' }>;
  /** Returns the policy of that hash. Throws StoreFault `damaged` where it is not the one that was stored. */
  policy(hash: string): Promise<Json | undefined>;
  /** Yields commits as stored, by stream and then version; only those of `stream` where given. */
  stored(stream?: string): AsyncIterable<StoredCommit>;
  close(): Promise<void>;
}

/** One page of the pass over all marked rows. */
export interface RowsChecked {
  checked: number;
  changed: ChangedRow[];
  /** Where the next page begins, opaque; undefined after the last. */
  next: string | undefined;
}

export interface EventStore extends Ledger, CommitLog {
  /** Appends a commit; durable when it resolves. Throws StoreFault when the outcome is not known. */
  append(commit: NewCommit, projection: Projection): Promise<Appended>;
  /**
   * Makes the snapshots and outbox rows of commits that a crash separated from theirs, at most `limit`, so that
   * nothing they owe waits until somebody opens that stream again. Resolves with how many were made since the last
   * call, including those that took longer than their append waited for: there may be something to send.
   */
  catchUp(limit: number): Promise<number>;
  /**
   * Throws StoreFault `damaged` where the snapshot is not what its commit says, or a commit that it reads was changed.
   * Several callers may get the same objects: nobody changes them.
   */
  load(stream: string): Promise<Loaded>;
  /** Returns those of the streams that have gone beyond the remembered version, with one query for all. */
  moved(remembered: Readonly<Record<string, number>>): Promise<string[]>;
  /** Reads commits up to `upTo` (inclusive), oldest first, without snapshot: for fact notices, exports, past states. */
  read(stream: string, upTo?: number): Promise<Commit[]>;
  byCause(stream: string, cause: string): Promise<Commit | undefined>;
  /** Lists snapshots, newest first. */
  list(query: {
    kind: string;
    status?: string;
    owner?: string;
    limit: number;
    after?: string;
  }): Promise<StreamSummary[]>;
  /**
   * Reads summaries of those streams, in any order. Without those that have none, that were changed outside Clearthread or
   * taken from elsewhere, or whose stream has gone on since: there the state is to be used. Throws StoreFault.
   */
  summaries(streams: readonly string[]): Promise<SealedSummary[]>;
  /**
   * Returns streams that were written to or erased since `after`, at most some hundreds, and where to go on: again at
   * once where `more`. Some may come once more. Without `after`: none, and from where to follow what is written from now on.
   */
  changed(after?: string): Promise<{ streams: ChangedStream[]; next: string; more: boolean }>;
  due(kind: string, now: string, limit: number): Promise<StreamSummary[]>;
  /** Corrects a stream's due date where only its calendar changed. Not where it has moved on from `version`. */
  setDue(stream: string, version: number, nextDueAt: string | null): Promise<void>;

  /**
   * Leases the oldest ready row of each free lane until `now + leaseMs`, urgent ones first. A lane with a leased row
   * gives none. An answer that passes the claim's `attempts` changes nothing once the row has been claimed again. A row
   * that was changed outside Clearthread comes with `changed` and without its notice, and counts no attempt.
   */
  claim(now: string, leaseMs: number, limit: number): Promise<OutboxRow[]>;
  /** Marks a row delivered. A live row for which a newer version was asked meanwhile becomes ready again. */
  settle(row: RowName, version: number, attempts?: number): Promise<void>;
  /** Marks a row undelivered: ready again at `at`. Other lanes don't wait. `error` has no answers, names or tokens. */
  retry(row: RowName, at: string, error: string, attempts?: number): Promise<void>;
  /** Gives a row up: shown by `outboxProblems` until retried or dropped. Frees its lane. */
  fail(row: RowName, error: string, attempts?: number): Promise<void>;
  /** Gives the lease back without counting the attempt. Ready again at `at`. */
  release(row: RowName, at: string, attempts: number): Promise<void>;
  /** Makes a row ready at once for an operator, with all its attempts if it was given up. Leaves a leased row alone. */
  again(row: RowName, now: string): Promise<'ready' | 'being sent' | 'none'>;
  /**
   * Puts what commits owe in the place of a row that was changed outside Clearthread. Those of them that are there stay as
   * they are; the new ones count as tried once, because they may have been sent. Resolves false, and does nothing, where
   * the row was made anew meanwhile. Nothing owed: the row goes.
   */
  renew(row: Pick<OutboxRow, 'id' | 'lane'>, owed: readonly OwedRows[]): Promise<boolean>;
  outboxBacklog(now: string): Promise<OutboxBacklog>;
  outboxProblems(): Promise<OutboxProblem[]>;
  /** Returns the earliest instant at which a row becomes ready, or null: an idle outbox sleeps until then. */
  nextReady(): Promise<string | null>;

  /**
   * Reserves the next turn in a conversation (`slack:C0123`) that keeps within all `rates` across all processes, if
   * it is at most `mostMs` away. A turn taken must be used. Without rates nothing is taken, and the answer only says
   * whether the conversation is held.
   */
  turn(key: string, now: string, rates: readonly Rate[], mostMs: number): Promise<Turn>;
  /** Blocks all turns in that conversation before `until`, as the chat demanded. */
  holdTurns(key: string, until: string): Promise<void>;

  /** `key` names a message of a stream: `root`, `section:product`, a notice id, `person:counsel-1`. */
  saveRef(stream: string, key: string, ref: MessageRef): Promise<void>;
  /** Undefined also where the row was changed outside Clearthread: the message is posted anew in its place. */
  ref(stream: string, key: string): Promise<MessageRef | undefined>;
  /** Finds the stream and key of a message, for mentions and shortcuts in a thread. Never by a changed row. */
  findRef(ref: MessageRef): Promise<{ stream: string; key: string } | undefined>;

  /**
   * Saves how to reach a person or a channel (`teams:person:rep-1`), and which deals ask them in which message
   * (`calls:person:rep-1`): in the clear, overwritten as it changes.
   */
  saveConversation(key: string, value: Json): Promise<void>;
  /** Throws StoreFault `changed-row` where the row was changed outside Clearthread: saving it anew mends that. */
  conversation(key: string): Promise<Json | undefined>;
  /** Checks the next `limit` marked rows: one whose content keeps it from being read would not be noticed otherwise. */
  checkRows(after: string | undefined, limit: number): Promise<RowsChecked>;

  /**
   * Stores what belongs to a stream and is no part of the record, encrypted with its key: a half-filled form, a part of a
   * list that parties are screened against. At most some hundred kilobytes each.
   */
  putDraft(stream: string, key: string, value: Json): Promise<void>;
  draft(stream: string, key: string): Promise<Json | undefined>;
  dropDraft(stream: string, key: string): Promise<void>;

  /** Resolves true the first time a key is seen and false from then on (until `expires`). Survives a restart. */
  firstTime(key: string, expires: string): Promise<boolean>;

  putPolicy(hash: string, policy: Json): Promise<void>;
  /** Stores a small setting of the data folder itself (`deployment`: playground or real). */
  putMeta(key: string, value: string): Promise<void>;
  meta(key: string): Promise<string | undefined>;

  /**
   * Destroys a stream's key: its content is gone, its chain still verifies. Afterwards the stream is in no list, has no
   * messages, and load, read, byCause, append and drafts throw StoreFault `erased`.
   */
  erase(stream: string): Promise<void>;

  /**
   * Milliseconds that the store's clock is ahead of this process's, as last seen. Leases and turns go by the store's,
   * and take and give instants by this process's. An embedded store has no clock of its own: 0.
   */
  clockAheadMs(): number;
  /** Resolves when the store answers; throws StoreFault otherwise. */
  ping(): Promise<void>;
}

/** The part of a store that hands out what waits to be sent. */
export type OutboxMethods = Pick<
  EventStore,
  | 'claim'
  | 'settle'
  | 'retry'
  | 'fail'
  | 'release'
  | 'again'
  | 'renew'
  | 'outboxProblems'
  | 'outboxBacklog'
  | 'nextReady'
>;
