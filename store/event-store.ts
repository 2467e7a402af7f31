/** The port: what the bot needs of a store. One contract suite (`test/support/store-contract.ts`) tests all engines. */

/** A JSON value that goes into or comes out of the record. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface CommitBody {
  events: Json[];
  notices: Json[];
}

export interface NewCommit {
  stream: string;
  /** The version that the decision was based on: 0 for a new stream. The commit gets `expectedVersion + 1`. */
  expectedVersion: number;
  /** ISO 8601 instant, UTC. */
  at: string;
  /** PersonId, or `system`. */
  actor: string;
  /** The human or platform act behind the commit; unique in its stream, so that a redelivery changes nothing. */
  cause: string;
  /** Versions of the facts from outside the stream (`{ policy, organisation }`). */
  contextVersions: Record<string, string>;
  body: CommitBody;
}

export interface Commit extends Omit<NewCommit, 'expectedVersion'> {
  version: number;
  prevHash: string;
  hash: string;
}

/** A commit as stored and as its hash covers it. Readable without the data key. */
export interface StoredCommit extends Omit<Commit, 'body'> {
  /** Sealed with the stream's key, base64. */
  body: string;
}

/** What lists need, in the clear. `state` is encrypted with the stream's key like the commits. */
export interface Snapshot {
  version: number;
  kind: string;
  status: string;
  tier: string | null;
  owner: string;
  /** The earliest date on which the stream owes something, ISO 8601, or null. */
  nextDueAt: string | null;
  state: Json;
}

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
  snapshot: Snapshot | undefined;
  /** Commits after the snapshot, oldest first. */
  commits: Commit[];
  /** 0 where there is no such stream. */
  version: number;
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
}

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

export interface OutboxProblem {
  id: string;
  lane: string;
  stream: string;
  state: 'waiting' | 'failed';
  attempts: number;
  error: string;
  at: string;
}

/** The address of a message in chat, as an update needs it. */
export interface MessageRef {
  channel: string;
  /** Slack `ts`; Teams activity id. */
  message: string;
}

export interface StreamSummary {
  stream: string;
  kind: string;
  status: string;
  tier: string | null;
  owner: string;
  version: number;
  nextDueAt: string | null;
}

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

export type VerifiedPolicies =
  | { kind: 'whole'; policies: number }
  | { kind: 'broken'; hash: string; what: 'edited' | 'missing'; detail: string };

/** The part of a store that an auditor needs. Works without the data key, because hashes cover the ciphertext. */
export interface Ledger {
  heads(): Promise<Head[]>;
  /** Walks every stream and compares with `saved` heads where given. Names the first bad commit. */
  verify(saved?: Head[]): Promise<Verified>;
  /**
   * Checks policies against their hashes, and that every policy that commits name is stored. Names the first bad one.
   */
  verifyPolicies(): Promise<VerifiedPolicies>;
  /** Yields commits as stored, by stream and then version; only those of `stream` where given. */
  stored(stream?: string): AsyncIterable<StoredCommit>;
  close(): Promise<void>;
}

export interface EventStore extends Ledger {
  /** Appends a commit; durable when it resolves. Throws StoreFault when the outcome is not known. */
  append(commit: NewCommit, projection: Projection): Promise<Appended>;
  /**
   * Makes the snapshots and outbox rows of commits that a crash separated from theirs, at most `limit`, so that
   * nothing they owe waits until somebody opens that stream again. Resolves with how many were made since the last
   * call, including those that took longer than their append waited for: there may be something to send.
   */
  catchUp(limit: number): Promise<number>;
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
  due(kind: string, now: string, limit: number): Promise<StreamSummary[]>;
  /** Corrects a stream's due date where only its calendar changed. Not where it has moved on from `version`. */
  setDue(stream: string, version: number, nextDueAt: string | null): Promise<void>;

  /**
   * Leases the oldest ready row of each free lane until `now + leaseMs`, urgent ones first. A lane with a leased row
   * gives none. An answer that passes the claim's `attempts` changes nothing once the row has been claimed again.
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
  ref(stream: string, key: string): Promise<MessageRef | undefined>;
  /** Finds the stream and key of a message, for mentions and shortcuts in a thread. */
  findRef(ref: MessageRef): Promise<{ stream: string; key: string } | undefined>;

  /** Saves how to reach a person or a channel (`teams:person:rep-1`): in the clear, overwritten as it changes. */
  saveConversation(key: string, value: Json): Promise<void>;
  conversation(key: string): Promise<Json | undefined>;

  /** Stores a half-filled form, encrypted with the stream's key. Not part of the record. */
  putDraft(stream: string, key: string, value: Json): Promise<void>;
  draft(stream: string, key: string): Promise<Json | undefined>;
  dropDraft(stream: string, key: string): Promise<void>;

  /** Resolves true the first time a key is seen and false from then on (until `expires`). Survives a restart. */
  firstTime(key: string, expires: string): Promise<boolean>;

  putPolicy(hash: string, policy: Json): Promise<void>;
  policy(hash: string): Promise<Json | undefined>;
  /** Stores a small setting of the data folder itself (`deployment`: playground or real). */
  putMeta(key: string, value: string): Promise<void>;
  meta(key: string): Promise<string | undefined>;

  /**
   * Destroys a stream's key: its content is gone, its chain still verifies. Afterwards the stream is in no list, and
   * load, read, byCause, append and drafts throw StoreFault `erased`.
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

/** A call to the store failed. `outcome: 'unknown'` means that the write may have happened all the same. */
export class StoreFault extends Error {
  readonly code: string;
  readonly outcome: 'not done' | 'unknown';
  constructor(code: string, outcome: 'not done' | 'unknown', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreFault';
    this.code = code;
    this.outcome = outcome;
  }
}
