/** An attacker with the whole database and the data key, and a checkpoint that was kept elsewhere. */

import type { Database } from 'better-sqlite3';
import { owedBy } from '../../src/cli/owed.ts';
import { bodyHash, commitHash, genesisHash } from '../../store/chain.ts';
import type { EventStore, Head, Replays, StoredCommit, StreamSummary } from '../../store/event-store.ts';
import { laneMarks, type ClearRow } from '../../store/outbox-marks.ts';
import { clearOf, refKey, rowMarks } from '../../store/row-marks.ts';
import { open, seal, unwrapStreamKey } from '../../store/seal.ts';
import { DATA_KEY, sqliteFolder } from '../support/sqlite.ts';
import { fact, later, sampleReplays, write } from '../support/store-samples.ts';
import { chance, must, type Script } from './support/script.ts';

const STREAMS = 4;
const COMMITS = 6;
const TIMES = { short: 5000, long: 100_000 };
/** A busy machine gets through fewer: the figure says how many. */
const MOST_MS = { short: 15_000, long: 900_000 };
const COLUMNS = ['at', 'actor', 'cause', 'context_versions', 'body', 'prev_hash', 'state_hash', 'hash'] as const;

interface Hand {
  raw: Database;
  /** The commits before any change. */
  commits: ReadonlyMap<string, readonly StoredCommit[]>;
  random: () => number;
}

interface Place {
  stream: string;
  version: number;
}

/** Undefined if there is nothing to change. 'hidden': nobody can find that. */
type Tampering = (hand: Hand, place: Place) => unknown;

const WHERE = 'WHERE stream = ? AND version = ?';

const edit: Tampering = ({ raw, random }, { stream, version }) => {
  const column = COLUMNS[Math.floor(random() * COLUMNS.length)] ?? 'body';
  const text = raw
    .prepare<[string, number], string>(`SELECT ${column} FROM commits ${WHERE}`)
    .pluck()
    .get(stream, version);
  if (text === undefined || text === '') return undefined;
  const at = Math.floor(random() * text.length);
  const letter = text[at] === 'x' ? 'y' : 'x';
  const how = random();
  const edited =
    how < 0.6
      ? text.slice(0, at) + letter + text.slice(at + 1)
      : how < 0.8
        ? text.slice(0, at) + text.slice(at + 1)
        : text.slice(0, at) + letter + text.slice(at);
  return raw.prepare(`UPDATE commits SET ${column} = ? ${WHERE}`).run(edited, stream, version);
};

const remove: Tampering = ({ raw, random }, { stream, version }) => {
  raw.prepare(`DELETE FROM commits ${WHERE}`).run(stream, version);
  if (random() < 0.5) {
    raw.prepare('UPDATE commits SET version = version - 1 WHERE stream = ? AND version > ?').run(stream, version);
  }
  if (random() < 0.5) raw.prepare('UPDATE snapshots SET version = version - 1 WHERE stream = ?').run(stream);
  return true;
};

const truncate: Tampering = ({ raw, random }, { stream, version }) => {
  raw.prepare('DELETE FROM commits WHERE stream = ? AND version >= ?').run(stream, version);
  if (random() < 0.7) raw.prepare('UPDATE snapshots SET version = ? WHERE stream = ?').run(version - 1, stream);
  if (version === 1 && random() < 0.5) raw.prepare('DELETE FROM snapshots WHERE stream = ?').run(stream);
  return true;
};

const setHash = (
  raw: Database,
  { stream, version, prevHash, hash }: Pick<StoredCommit, 'stream' | 'version' | 'prevHash' | 'hash'>,
) => raw.prepare(`UPDATE commits SET prev_hash = ?, hash = ? ${WHERE}`).run(prevHash, hash, stream, version);

const reorder: Tampering = ({ raw, commits, random }, { stream, version }) => {
  const other = 1 + Math.floor(random() * COMMITS);
  if (other === version) return undefined;
  const move = raw.prepare('UPDATE commits SET version = ? WHERE stream = ? AND version = ?');
  move.run(1000, stream, version);
  move.run(version, stream, other);
  move.run(other, stream, 1000);
  if (random() < 0.5) {
    // Each is made to fit its new number.
    for (const commit of commits.get(stream) ?? []) {
      const now = commit.version === version ? other : commit.version === other ? version : commit.version;
      setHash(raw, { ...commit, version: now, hash: commitHash({ ...commit, version: now }) });
    }
  }
  return true;
};

/** Everything from there on is made to fit again: without a signed checkpoint nobody notices. */
const rewrite: Tampering = ({ raw, commits, random }, { stream, version }) => {
  let prevHash = genesisHash(stream);
  for (const commit of commits.get(stream) ?? []) {
    if (commit.version < version) {
      prevHash = commit.hash;
      continue;
    }
    const changed = { ...commit, prevHash };
    if (commit.version === version) {
      if (random() < 0.5) changed.actor = 'somebody-else';
      else changed.at = '2026-03-02T08:59:59.999Z';
    }
    const hash = commitHash(changed);
    raw.prepare(`UPDATE commits SET actor = ?, at = ? ${WHERE}`).run(changed.actor, changed.at, stream, commit.version);
    setHash(raw, { ...changed, hash });
    prevHash = hash;
  }
  return true;
};

const slipIn: Tampering = ({ raw, random }, { stream, version }) => {
  const all = 'at, actor, cause, context_versions, body, prev_hash, state_hash, hash';
  const from = random() < 0.5 ? stream : `D-${Math.floor(random() * STREAMS)}`;
  const target = random() < 0.5 ? version : COMMITS + 1;
  return raw
    .prepare(`INSERT INTO commits (stream, version, ${all}) SELECT ?, ?, ${all} FROM commits ${WHERE}`)
    .run(stream, target, from, version);
};

interface KeptState {
  version: number;
  state: string;
}

const keptOf = (raw: Database, stream: string): KeptState | undefined =>
  raw.prepare<[string], KeptState>('SELECT version, state FROM snapshots WHERE stream = ?').get(stream);

const keyOf = (raw: Database, stream: string): Buffer => {
  const wrapped = raw.prepare<[string], string>('SELECT wrapped FROM stream_keys WHERE stream = ?').pluck().get(stream);
  return unwrapStreamKey(DATA_KEY, stream, wrapped ?? '');
};

const openKept = (raw: Database, stream: string, { version, state }: KeptState): object =>
  open(keyOf(raw, stream), state, { what: 'snapshot', stream, version }) as object;

/** A state is opened and sealed again: changed, as another stream's, or for another version. */
const reseal: Tampering = ({ raw, random }, { stream, version }) => {
  const kept = keptOf(raw, stream);
  if (!kept) return undefined;
  const other = `D-${Math.floor(random() * STREAMS)}`;
  const theirs = keptOf(raw, other);
  const how = random();
  const plain: object = how < 0.3 && theirs ? openKept(raw, other, theirs) : openKept(raw, stream, kept);
  const changed =
    how < 0.3
      ? plain
      : how < 0.6
        ? { ...plain, state: { number: Math.floor(random() * 1000) + COMMITS + 1 } }
        : how < 0.8
          ? { ...plain, format: 2 }
          : plain;
  const to = how < 0.8 ? kept.version : version;
  if (how < 0.3 ? other === stream : how >= 0.8 && to === kept.version) return undefined;
  const state = seal(keyOf(raw, stream), changed, { what: 'snapshot', stream, version: to });
  return raw.prepare('UPDATE snapshots SET version = ?, state = ? WHERE stream = ?').run(to, state, stream);
};

const CLEAR = ['kind', 'status', 'tier', 'owner'] as const;

const editColumn: Tampering = ({ raw, random }, { stream }) => {
  const column = CLEAR[Math.floor(random() * CLEAR.length)] ?? 'status';
  return raw.prepare(`UPDATE snapshots SET ${column} = ? WHERE stream = ?`).run(`x${random()}`, stream);
};

/** The body says something else, and all hashes from there on are made to fit. */
const resealBody: Tampering = ({ raw, commits }, { stream, version }) => {
  const key = keyOf(raw, stream);
  let prevHash = genesisHash(stream);
  for (const commit of commits.get(stream) ?? []) {
    const at = { what: 'commit', stream, version: commit.version } as const;
    const plain = open(key, commit.body, at) as { events: { number: number }[] };
    const events = commit.version === version ? [{ type: 'Sampled', number: 1000 }] : plain.events;
    const text = { ...plain, events };
    const changed = {
      ...commit,
      prevHash,
      ...(commit.version < version ? {} : { body: seal(key, text, at), stateHash: bodyHash(JSON.stringify(text)) }),
    };
    const hash = commit.version < version ? commit.hash : commitHash(changed);
    raw
      .prepare(`UPDATE commits SET body = ?, state_hash = ? ${WHERE}`)
      .run(changed.body, changed.stateHash, stream, commit.version);
    setHash(raw, { ...changed, hash });
    prevHash = hash;
  }
  return true;
};

const marks = rowMarks(DATA_KEY);

interface StoredRow extends ClearRow {
  lane: string;
}

const ROW = `id, kind, lane, stream, version, notice, trace, asked_at AS askedAt, state, attempts, ready_at AS readyAt,
  error, error_at AS errorAt`;

/** The rows of that stream get marks that fit what they say now. */
const remark = (raw: Database, stream: string): void => {
  const put = raw.prepare<[string, string]>('UPDATE outbox SET mark = ? WHERE id = ?');
  for (const row of raw.prepare<[string], StoredRow>(`SELECT ${ROW} FROM outbox WHERE stream = ?`).all(stream)) {
    put.run(laneMarks(marks, row.lane).marked(row).mark, row.id);
  }
};

const OWED = ["lane = 'person:rep-9'", "kind = 'live'", 'version = version + 1', "id = id || 'x'"] as const;
/** What no commit says: with the data key it can be made to look right. */
const HOW = ["ready_at = '2999-01-01T00:00:00.000Z'", "state = 'failed'", 'attempts = 11', "trace = 'X'"] as const;

/** A message that is owed is made into another one, with the data key or without. */
const editOwed: Tampering = ({ raw, random }, { stream, version }) => {
  const all = [...OWED, ...HOW];
  const change = all[Math.floor(random() * all.length)] ?? OWED[0];
  const where = 'WHERE stream = ? AND version = ?';
  if (raw.prepare(`UPDATE outbox SET ${change} ${where}`).run(stream, version).changes === 0) return undefined;
  if (random() < 0.5) return true;
  remark(raw, stream);
  return (HOW as readonly string[]).includes(change) ? 'hidden' : true;
};

const removeOwed: Tampering = ({ raw }, { stream, version }) =>
  raw.prepare('DELETE FROM outbox WHERE stream = ? AND version = ?').run(stream, version).changes > 0 || undefined;

/** A message that no commit owes, or one that was sent already. */
const addOwed: Tampering = ({ raw, random }, { stream, version }) => {
  const id = random() < 0.5 ? `${stream}-${version}-again` : `${stream}-${version}-1`;
  if (raw.prepare('SELECT 1 FROM outbox WHERE id = ?').get(id) !== undefined) return undefined;
  raw
    .prepare(
      `INSERT INTO outbox (id, kind, lane, stream, version, notice, asked_at, state, attempts, ready_at)
       VALUES (?, 'fact', 'person:rep-1', ?, ?, '{}', '2026-03-02T09:00:00.000Z', 'waiting', 0, '1970-01-01T00:00:00.000Z')`,
    )
    .run(id, stream, version);
  if (random() < 0.5) return true;
  remark(raw, stream);
  // It is owed by that commit: its message is updated in its place.
  return id.endsWith('-1') ? 'hidden' : true;
};

const putOff: Tampering = ({ raw, random }, { stream }) => {
  const row = raw
    .prepare<[string], StreamSummary>(
      'SELECT version, kind, status, tier, owner, next_due_at AS nextDueAt FROM snapshots WHERE stream = ?',
    )
    .get(stream);
  if (!row) return undefined;
  const nextDueAt = random() < 0.5 ? null : '2999-01-01T00:00:00.000Z';
  raw.prepare('UPDATE snapshots SET next_due_at = ? WHERE stream = ?').run(nextDueAt, stream);
  if (random() < 0.5) return true;
  const mark = marks.of('snapshots', stream, clearOf({ ...row, nextDueAt }));
  return raw.prepare('UPDATE snapshots SET mark = ? WHERE stream = ?').run(mark, stream);
};

const redirect: Tampering = ({ raw, random }, { stream }) => {
  const key = `teams:person:${stream}`;
  const value = '{"to":"a:9"}';
  raw.prepare('UPDATE conversations SET value = ? WHERE key = ?').run(value, key);
  if (random() < 0.5) return true;
  raw.prepare('UPDATE conversations SET mark = ? WHERE key = ?').run(marks.of('conversations', key, { value }), key);
  return 'hidden';
};

const misplace: Tampering = ({ raw, random }, { stream, version }) => {
  const key = `${stream}-${version}-1`;
  const moved = raw.prepare("UPDATE refs SET channel = 'C9' WHERE stream = ? AND key = ?").run(stream, key);
  if (moved.changes === 0) return undefined;
  if (random() < 0.5) return true;
  const columns = { channel: 'C9', message: key };
  raw
    .prepare('UPDATE refs SET mark = ? WHERE stream = ? AND key = ?')
    .run(marks.of('refs', refKey(stream, key), columns), stream, key);
  return 'hidden';
};

const WAYS: Readonly<Record<string, Tampering>> = {
  editOwed,
  removeOwed,
  addOwed,
  putOff,
  redirect,
  misplace,
  edit,
  remove,
  reorder,
  truncate,
  rewrite,
  slipIn,
  reseal,
  editColumn,
  resealBody,
};

/** Each commit owes two messages, of which one is sent, and a due time. */
const writeOwing = async (store: EventStore, stream: string, version: number): Promise<void> => {
  const ids = [0, 1].map((n) => `${stream}-${version}-${n}`);
  const rows = ids.map((id) => fact(id, 'person:rep-1', {}));
  const notices = ids.map((id) => ({ id, kind: 'fact', target: { to: 'person', person: 'rep-1' } }));
  const body = { events: [{ type: 'Sampled', number: version }], notices };
  await write(store, stream, rows, { commit: { body }, snapshot: { owner: stream, nextDueAt: dueOf(version) } });
  const [, sent = ''] = ids;
  await store.saveRef(stream, sent, { channel: 'C1', message: sent });
  await store.settle(sent, version);
};

const dueOf = (version: number): string => later(version * 60);

/** The sample's replays, with what `audit verify` compares besides: messages that are owed, and due times. */
const replaysNoting =
  (putOff: string[]): Replays =>
  (stream) => {
    const replay = sampleReplays(stream);
    const owed = owedBy(stream);
    let version = 0;
    return (
      replay && {
        ...replay,
        add: (commit) => {
          replay.add(commit);
          owed.add(commit);
          ({ version } = commit);
        },
        moved: (nextDueAt) => {
          if (nextDueAt === null || nextDueAt > dueOf(version)) putOff.push(stream);
        },
        owed: owed.compare,
      }
    );
  };

/** Where something was found, in whichever way. */
const whereFound = async (store: EventStore, saved: Head[]): Promise<string[]> => {
  const walked = await store.verify(saved);
  if (walked.kind === 'broken') return [walked.stream];
  const found: string[] = [];
  const states = await store.verifyStates(DATA_KEY, replaysNoting(found), ({ stream }) => void found.push(stream));
  if (states.kind === 'broken') return [states.stream];
  const rows = await store.verifyRows(DATA_KEY);
  const changed = rows.kind === 'checked' ? rows.changed : [];
  return [...found, ...changed.map(({ key, lead }) => lead?.stream ?? /D-\d/.exec(key)?.[0] ?? key)];
};

const TABLES = ['commits', 'snapshots', 'outbox', 'refs', 'conversations'];

const withRecord = async <T>(
  work: (record: { raw: Database; store: EventStore; saved: Head[] }) => Promise<T>,
): Promise<T> => {
  const folder = sqliteFolder();
  try {
    const store = folder.open();
    for (let n = 0; n < STREAMS * COMMITS; n += 1) {
      const own = n % STREAMS;
      await writeOwing(store, `D-${own}`, Math.floor(n / STREAMS) + 1);
      if (n < STREAMS) await store.saveConversation(`teams:person:D-${own}`, { to: `a:${own}` });
    }
    const raw = folder.raw();
    // Constraints hold nobody back, and nothing here has to outlive a power cut.
    raw.exec(`DROP INDEX commits_by_version; DROP INDEX commits_by_cause; DROP TRIGGER commits_keep_state; CREATE INDEX by_version ON commits (stream, version);
              PRAGMA synchronous = OFF;
              ${TABLES.map((table) => `CREATE TABLE clean_${table} AS SELECT * FROM ${table};`).join(' ')}`);
    return await work({ raw, store, saved: await store.heads() });
  } finally {
    await folder.remove();
  }
};

const run: Script['run'] = (form) =>
  withRecord(async ({ raw, store, saved }) => {
    const random = chance(20261125);
    const commits = new Map<string, StoredCommit[]>();
    for await (const commit of store.stored()) {
      commits.set(commit.stream, [...(commits.get(commit.stream) ?? []), commit]);
    }
    must((await store.verify(saved)).kind === 'whole', 'the record was broken before anybody touched it');
    const restore = (stream: string): void => {
      for (const table of ['outbox', 'conversations'])
        raw.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM clean_${table}`);
      for (const table of ['commits', 'snapshots', 'refs']) {
        raw.prepare(`DELETE FROM ${table} WHERE stream = ?`).run(stream);
        raw.prepare(`INSERT INTO ${table} SELECT * FROM clean_${table} WHERE stream = ?`).run(stream);
      }
    };
    const ways = Object.entries(WAYS);
    const done: Record<string, number> = {};
    const hidden: Record<string, number> = {};
    const started = performance.now();
    let times = 0;
    while (times < TIMES[form] && performance.now() - started < MOST_MS[form]) {
      const [way, tamper] = ways[times % ways.length] ?? ['edit', edit];
      const place = {
        stream: `D-${Math.floor(random() * STREAMS)}`,
        version: 1 + Math.floor(random() * COMMITS),
      };
      const tampered = raw.transaction(() => tamper({ raw, commits, random }, place))();
      if (!tampered) continue;
      // What the chain does not show, the replay does; what that does not show, the marks do.
      const found = await whereFound(store, saved);
      const what = `${way} at ${place.version} of ${place.stream}, after ${times} others`;
      if (tampered === 'hidden') {
        must(found.length === 0, `found all the same: ${what}`);
        hidden[way] = (hidden[way] ?? 0) + 1;
      } else {
        must(found.length > 0, `not found: ${what}`);
        must(
          found.every((stream) => stream === place.stream),
          `found in ${found.join(', ')}: ${what}`,
        );
        done[way] = (done[way] ?? 0) + 1;
      }
      raw.transaction(() => restore(place.stream))();
      times += 1;
    }
    const after = await store.verify(saved);
    must(after.kind === 'whole', `the record was not put right again: ${JSON.stringify(after)}`);
    const states = await store.verifyStates(DATA_KEY, sampleReplays);
    must(states.kind === 'whole' && states.compared === STREAMS, `the states were not put right again`);
    const counted = (ways: Record<string, number>): string =>
      Object.entries(ways)
        .map(([way, n]) => `${n} ${way}`)
        .join(', ');
    return [
      `${times} tamperings after a checkpoint (${counted(done)}): all found, each in its stream`,
      `not to be found, with the data key alone (${counted(hidden)}): when and how often a message is tried, an address, a place in a chat, a message that is sent again in its place`,
    ];
  });

export const tampering: Script = {
  name: 'tampering',
  proves:
    'Whatever is changed in the record after a checkpoint is found: edits, deletions, new orders, cut ends, rewritten pasts, other states, due times and owed messages. What is not to be found is named.',
  run,
};
