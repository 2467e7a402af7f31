-- A database of format 1, as the release before Microsoft Teams left it. Its data key is 32 bytes of 7.
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
CREATE TABLE stream_keys (
  stream TEXT PRIMARY KEY,
  wrapped TEXT
) STRICT, WITHOUT ROWID;
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
INSERT INTO commits (place, stream, version, at, actor, cause, context_versions, body, prev_hash, hash) VALUES (1, 'D-1', 1, '2026-03-02T09:00:00.000Z', 'rep-1', 'click-1', '{"organisation":"o-1"}', 'ATPWdTjas9Pbwa1fcEqkD3VpzB5wSS5j4KIod9cZDHug0NDmnCfIrq1mp/ULY5I7bbGU9r8u0kDy0UsTCPFyRMSy2JEUvUUX58gAtcJyMn1t8mhk', '65996a162c2d5b064a1e0ee05b4e11bfb92d18a2f5b3e8fd6b26e54f8bfdd486', '4ae184d8975cd62df2170bbb8f2c33fb3474613108d6e4667f4192b86a1af084');
INSERT INTO stream_keys (stream, wrapped) VALUES ('D-1', 'AZjulZXIYKBGSw7l+gajdZjq4559CCk0jJ8gcQs7WUgwVVVoMp5u/iV4YX/Phjx7uUUWS7MFfXjfCILBxg==');
INSERT INTO snapshots (stream, opened, version, kind, status, tier, owner, next_due_at, state) VALUES ('D-1', 1, 1, 'deal', 'answering', NULL, 'rep-1', NULL, 'AYZJuqFdN/J3AG1wwzXG6Vql5YZRuYQp6qw93GotyElXafbM+N4fe7k=');
INSERT INTO outbox (place, id, kind, lane, stream, version, notice, state, attempts, ready_at, error, error_at) VALUES (1, 'n-1', 'fact', 'thread:D-1', 'D-1', 1, '{"notice":"n-1"}', 'waiting', 0, '1970-01-01T00:00:00.000Z', NULL, NULL);
INSERT INTO refs (stream, key, channel, message) VALUES ('D-1', 'root', 'C1', '1.1');
INSERT INTO drafts (stream, key, value) VALUES ('D-1', 'product', 'AVC9PhISa5AbDFXsRDVkxJUtjmmx6tQYGU94Oi2OO/+D+dt5MfXpUUY=');
INSERT INTO policies (hash, policy) VALUES ('p-1', '{"name":"Sample policy"}');
INSERT INTO meta (key, value) VALUES ('deployment', 'real');
INSERT INTO meta (key, value) VALUES ('store:data-key-check', 'AX8wfvdieCAhBskHb7KpK3erhiq+9HWCLdUQppybU04BfE1pXYAQVw3N');
PRAGMA user_version = 1;
