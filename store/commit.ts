/** A commit, on its way into the record, as it is read and as it is stored. */

/** A JSON value that goes into or comes out of the record. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface CommitBody {
  events: Json[];
  notices: Json[];
}

/** Both absent in commits from before states stood in the chain. */
export interface OpenedBody extends CommitBody {
  /** 32 random bytes in base64, or what was made of some (`saltFor` in `chain.ts`): nothing can be guessed from the commit's `stateHash`, before or after erasure. */
  salt?: string;
  /** Hex SHA-256 over the salt and the stream's snapshot of this version; see `chain.ts`. */
  snapshot?: string;
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

export interface Commit extends Omit<NewCommit, 'expectedVersion' | 'body'> {
  version: number;
  body: OpenedBody;
  prevHash: string;
  /** Hex SHA-256 over the plain body. Absent in commits from before states stood in the chain. */
  stateHash?: string | undefined;
  hash: string;
}

/** A commit as stored and as its hash covers it. Readable without the data key. */
export interface StoredCommit extends Omit<Commit, 'body'> {
  /** Sealed with the stream's key, base64. */
  body: string;
}

/** What lists need, in the clear. */
export interface Columns {
  kind: string;
  status: string;
  tier: string | null;
  owner: string;
  /** The earliest date on which the stream owes something, ISO 8601, or null. */
  nextDueAt: string | null;
}
