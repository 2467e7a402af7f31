/** Tables of the embedded store. Instants are ISO 8601 in UTC with milliseconds, so that text order is time order. */

import type { Database } from 'better-sqlite3';
import { StoreFault } from '../event-store.ts';

/** The first format. Existing files were made with these statements: each later change is a step of its own below. */
const TABLES = `
CREATE TABLE commits (
  place INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  cause TEXT NOT NULL,
  context_versions TEXT NOT NULL,
  body TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX commits_by_version ON commits (stream, version);
CREATE UNIQUE INDEX commits_by_cause ON commits (stream, cause);

-- wrapped is null once the stream was erased.
CREATE TABLE stream_keys (
  stream TEXT PRIMARY KEY,
  wrapped TEXT
) STRICT, WITHOUT ROWID;

-- opened is the place of the stream's first commit: what "newest first" goes by.
CREATE TABLE snapshots (
  stream TEXT PRIMARY KEY,
  opened INTEGER NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  tier TEXT,
  owner TEXT NOT NULL,
  next_due_at TEXT,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX snapshots_by_kind ON snapshots (kind, opened);
CREATE INDEX snapshots_by_status ON snapshots (kind, status, opened);
CREATE INDEX snapshots_by_owner ON snapshots (kind, owner, opened);
CREATE INDEX snapshots_due ON snapshots (kind, next_due_at) WHERE next_due_at IS NOT NULL;

-- place is the row's place in line. ready_at: waiting, when it may be claimed; leased, when the lease ends.
CREATE TABLE outbox (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  notice TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'failed')),
  attempts INTEGER NOT NULL,
  ready_at TEXT NOT NULL,
  error TEXT,
  error_at TEXT
) STRICT;
CREATE INDEX outbox_lanes ON outbox (lane, place) WHERE state <> 'failed';
CREATE INDEX outbox_leases ON outbox (lane, ready_at) WHERE state = 'leased';
CREATE INDEX outbox_problems ON outbox (error_at) WHERE error IS NOT NULL;

CREATE TABLE refs (
  stream TEXT NOT NULL,
  key TEXT NOT NULL,
  channel TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (stream, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX refs_by_message ON refs (channel, message);

CREATE TABLE drafts (
  stream TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (stream, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen_keys (
  key TEXT PRIMARY KEY,
  expires TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_keys_by_expiry ON seen_keys (expires);

CREATE TABLE policies (
  hash TEXT PRIMARY KEY,
  policy TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

const CONVERSATIONS = `
CREATE TABLE conversations (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

const DELIVERY = `
ALTER TABLE outbox ADD COLUMN bulk INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN trace TEXT;
ALTER TABLE outbox ADD COLUMN asked_at TEXT NOT NULL DEFAULT '1970-01-01T00:00:00.000Z';
-- Of older rows nobody knows any more.
UPDATE outbox SET asked_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
CREATE INDEX outbox_in_line ON outbox (bulk, place) WHERE state <> 'failed';

CREATE TABLE turns (
  key TEXT PRIMARY KEY,
  turns TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

const LOG = `
-- place counts from 0 without a gap.
CREATE TABLE log (
  place INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX log_by_commit ON log (stream, version);

CREATE TABLE signed_heads (
  size INTEGER PRIMARY KEY,
  note TEXT NOT NULL
) STRICT;
`;

const STATES = `
-- Null in commits from before states stood in the chain.
ALTER TABLE commits ADD COLUMN state_hash TEXT;
-- An older Clearthread that has the file open does not know of it: rather no commit of it than a chain that looks forged.
CREATE TRIGGER commits_keep_state BEFORE INSERT ON commits WHEN NEW.state_hash IS NULL
  AND EXISTS (SELECT 1 FROM commits WHERE stream = NEW.stream AND state_hash IS NOT NULL)
BEGIN
  SELECT RAISE(ABORT, 'a newer Clearthread has this file: stop the older one');
END;
`;

const MARKS = `
-- Of the row, by a key derived from the data key. Null only until a bot that has that key starts.
ALTER TABLE conversations ADD COLUMN mark TEXT;
ALTER TABLE snapshots ADD COLUMN mark TEXT;
ALTER TABLE refs ADD COLUMN mark TEXT;
`;

const OUTBOX_MARKS = `
ALTER TABLE outbox ADD COLUMN mark TEXT;
`;

const SUMMARIES = `
-- Sealed. A table of its own: beside a state of twenty kilobytes each would take as many pages to read.
CREATE TABLE summaries (
  stream TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  summary TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Steps from each format to the next, from an empty file on. A file's `user_version` counts those behind it. */
const STEPS = [TABLES, CONVERSATIONS, DELIVERY, STATES, MARKS, LOG, OUTBOX_MARKS, SUMMARIES];

/**
 * Creates the tables, or brings those of an older Clearthread up to date, inside a write transaction. Throws
 * StoreFault when a newer Clearthread made the file.
 */
export const bringUpToDate = (db: Database): void => {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found === STEPS.length) return;
  if (found > STEPS.length) {
    const message = `The database has format ${found}, this Clearthread knows ${STEPS.length}: start a newer one.`;
    throw new StoreFault('newer-format', 'not done', message);
  }
  for (const step of STEPS.slice(found)) db.exec(step);
  db.pragma(`user_version = ${STEPS.length}`);
};
