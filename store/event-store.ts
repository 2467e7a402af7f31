/** The port: what the bot needs of a store. One contract suite (`test/support/store-contract.ts`) holds every engine to it. */

/** A JSON value that goes into or comes out of the record. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface CommitBody {
  events: Json[];
  notices: Json[];
}

export interface NewCommit {
  stream: string;
  /** The version that the decision was made on: 0 for a new stream. The commit gets `expectedVersion + 1`. */
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

/** A commit as it lies in the database, and what its hash covers. Readable without the data key. */
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
  /** The earliest thing that the stream owes, ISO 8601, or null. */
  nextDueAt: string | null;
  state: Json;
}

/** An outbox row to be made by an append. */
export interface NewOutboxRow {
  /** The notice's stable id. For a live card: the coalescing key (`live:D-…:root`), upserted to the newest version. */
  id: string;
  kind: 'live' | 'fact';
  /** Rows of one lane are sent in order, one at a time: `thread:D-…`, `person:counsel-1`. */
  lane: string;
  /** Ids of what to render, without names or answers: stored in the clear. */
  notice: Json;
  /** It can wait for what is urgent in other lanes. Something urgent behind it in its lane makes it urgent as well. */
  bulk?: boolean | undefined;
  /** Correlation id of the act that asked for it; names nobody. A live card keeps the newest. */
  trace?: string | undefined;
}

export interface Projection {
  snapshot: Snapshot;
  outbox: NewOutboxRow[];
}

export type Appended =
  | { kind: 'appended'; version: number }
  /** Somebody else wrote first: reload and decide again. */
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
  /** Attempts so far, this one not counted. Names the claim as well: whoever answers for it says it. */
  attempts: number;
  /** Only where it is. */
  bulk?: boolean | undefined;
  trace?: string | undefined;
}

/** What is on its way, at one instant. */
export interface OutboxBacklog {
  /** Neither delivered nor given up: being sent, ready, or waiting for another try. */
  owed: number;
  failed: number;
  /** When the oldest row that is owed was asked for, whatever keeps it; null where nothing is owed. */
  owedSince: string | null;
  /** Since when the row that could be claimed longest could be: asked for, or ready again. Null where there is none. */
  readySince: string | null;
}

/** How fast messages may follow each other in one conversation. */
export interface Rate {
  /** On average a message in this time, in milliseconds. */
  everyMs: number;
  /** So many at once after a silence. */
  burst: number;
}

/** `waitMs` until the turn. Not `taken`: it would be further off than was asked for, and nothing was reserved. */
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

/** Where a message stands in chat: what an update needs. */
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

/** What an auditor needs of a store. Works without the data key, because hashes cover the ciphertext. */
export interface Ledger {
  heads(): Promise<Head[]>;
  /** Walks every stream, and against `saved` heads where given. Names the first bad commit. */
  verify(saved?: Head[]): Promise<Verified>;
  /** Every stored policy against its hash, and every policy that commits name against what is stored. Names the first bad one. */
  verifyPolicies(): Promise<VerifiedPolicies>;
  /** Commits as they are stored, by stream and then version; of one stream where given. */
  stored(stream?: string): AsyncIterable<StoredCommit>;
  close(): Promise<void>;
}

export interface EventStore extends Ledger {
  /** Durable when it resolves. Throws StoreFault when the outcome is not known. */
  append(commit: NewCommit, projection: Projection): Promise<Appended>;
  /**
   * Makes the snapshots and outbox rows of commits that a crash cut off from theirs, at most `limit`, so that nothing
   * they owe waits for somebody to open that stream again. Resolves with how many were made since the last time, with
   * those that took longer than their append was waited for: there may be something to send.
   */
  catchUp(limit: number): Promise<number>;
  load(stream: string): Promise<Loaded>;
  /** Of the streams, those that have gone on from the version that somebody remembers of them. One look for all. */
  moved(remembered: Readonly<Record<string, number>>): Promise<string[]>;
  /** Every commit up to `upTo` (inclusive), oldest first, without the snapshot: for fact notices, exports and "what was it then". */
  read(stream: string, upTo?: number): Promise<Commit[]>;
  /** The commit that a cause made in that stream. */
  byCause(stream: string, cause: string): Promise<Commit | undefined>;
  /** Newest first. */
  list(query: {
    kind: string;
    status?: string;
    owner?: string;
    limit: number;
    after?: string;
  }): Promise<StreamSummary[]>;
  due(kind: string, now: string, limit: number): Promise<StreamSummary[]>;
  /** Corrects when a stream is due, where nothing happened to it but its calendar did. Not where it has moved on from `version`. */
  setDue(stream: string, version: number, nextDueAt: string | null): Promise<void>;

  /**
   * Oldest ready row of each free lane, the urgent ones first, leased until `now + leaseMs`. A lane with a leased row
   * gives none. Whoever says `attempts` as the claim did changes nothing once somebody else has claimed the row.
   */
  claim(now: string, leaseMs: number, limit: number): Promise<OutboxRow[]>;
  /** Delivered. A live row that was asked for a newer version meanwhile becomes ready again. */
  settle(id: string, version: number, attempts?: number): Promise<void>;
  /** Not delivered: ready again at `at`. Other lanes don't wait. `error` carries no answers, names or tokens. */
  retry(id: string, at: string, error: string, attempts?: number): Promise<void>;
  /** Given up: shown by `outboxProblems` until retried or dropped. Frees its lane. */
  fail(id: string, error: string, attempts?: number): Promise<void>;
  /** Not tried after all: the lease is given back and the attempt does not count. Ready again at `at`. */
  release(id: string, at: string, attempts: number): Promise<void>;
  /** An operator wants it sent: ready at once, with all its attempts if it was given up. What is under lease is left alone. */
  again(id: string, now: string): Promise<'ready' | 'being sent' | 'none'>;
  outboxBacklog(now: string): Promise<OutboxBacklog>;
  outboxProblems(): Promise<OutboxProblem[]>;
  /** The earliest instant at which a row becomes ready, or null: so that an idle outbox sleeps. */
  nextReady(): Promise<string | null>;

  /**
   * The next turn in a conversation (`slack:C0123`) that keeps within all `rates`, whichever process asks; taken if it
   * is at most `mostMs` away. Whoever takes it uses it. Without rates nothing is taken: only whether it is held is said.
   */
  turn(key: string, now: string, rates: readonly Rate[], mostMs: number): Promise<Turn>;
  /** Nobody's turn in that conversation before `until`: the chat said so. */
  holdTurns(key: string, until: string): Promise<void>;

  /** `key` names a message of a stream: `root`, `section:product`, a notice id, `person:counsel-1`. */
  saveRef(stream: string, key: string, ref: MessageRef): Promise<void>;
  ref(stream: string, key: string): Promise<MessageRef | undefined>;
  /** The stream and key behind a message, for mentions and shortcuts in a thread. */
  findRef(ref: MessageRef): Promise<{ stream: string; key: string } | undefined>;

  /** What it takes to reach a person or a channel (`teams:person:rep-1`): kept in the clear, overwritten as it changes. */
  saveConversation(key: string, value: Json): Promise<void>;
  conversation(key: string): Promise<Json | undefined>;

  /** Half-filled forms, encrypted with the stream's key. Not part of the record. */
  putDraft(stream: string, key: string, value: Json): Promise<void>;
  draft(stream: string, key: string): Promise<Json | undefined>;
  dropDraft(stream: string, key: string): Promise<void>;

  /** True the first time a key is seen, false for ever after (until `expires`). Survives a restart. */
  firstTime(key: string, expires: string): Promise<boolean>;

  putPolicy(hash: string, policy: Json): Promise<void>;
  policy(hash: string): Promise<Json | undefined>;
  /** Small settings of the data folder itself (`deployment`: playground or real). */
  putMeta(key: string, value: string): Promise<void>;
  meta(key: string): Promise<string | undefined>;

  /**
   * Destroys a stream's key: its content is gone, its chain still verifies. Afterwards the stream is in no list, and
   * load, read, byCause, append and drafts throw StoreFault `erased`.
   */
  erase(stream: string): Promise<void>;

  /** Resolves when the store answers; throws StoreFault otherwise. */
  ping(): Promise<void>;
}

/** The store did not do what was asked. `outcome: 'unknown'` means that it may have. */
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
