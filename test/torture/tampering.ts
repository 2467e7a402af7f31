/** An attacker with the whole database and the data key, and a checkpoint that was kept elsewhere. */

import type { Database } from 'better-sqlite3';
import { bodyHash, commitHash, genesisHash } from '../../store/chain.ts';
import type { EventStore, Head, StoredCommit } from '../../store/event-store.ts';
import { open, seal, unwrapStreamKey } from '../../store/seal.ts';
import { DATA_KEY, sqliteFolder } from '../support/sqlite.ts';
import { sampleReplays, write } from '../support/store-samples.ts';
import { chance, must, type Script } from './support/script.ts';

const STREAMS = 4;
const COMMITS = 6;
const TIMES = { short: 10_000, long: 100_000 };
/** A busy machine gets through fewer: the figure says how many. */
const MOST_MS = { short: 50_000, long: 900_000 };
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

/** Undefined if there is nothing to change. */
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

const WAYS: Readonly<Record<string, Tampering>> = {
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

const withRecord = async <T>(
  work: (record: { raw: Database; store: EventStore; saved: Head[] }) => Promise<T>,
): Promise<T> => {
  const folder = sqliteFolder();
  try {
    const store = folder.open();
    for (let n = 0; n < STREAMS * COMMITS; n += 1) {
      const own = n % STREAMS;
      await write(store, `D-${own}`, [], { snapshot: { owner: `rep-${own}` } });
    }
    const raw = folder.raw();
    // Constraints hold nobody back, and nothing here has to outlive a power cut.
    raw.exec(`DROP INDEX commits_by_version; DROP INDEX commits_by_cause; DROP TRIGGER commits_keep_state; CREATE INDEX by_version ON commits (stream, version);
              PRAGMA synchronous = OFF; CREATE TABLE clean_commits AS SELECT * FROM commits;
              CREATE TABLE clean_snapshots AS SELECT * FROM snapshots`);
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
      for (const table of ['commits', 'snapshots']) {
        raw.prepare(`DELETE FROM ${table} WHERE stream = ?`).run(stream);
        raw.prepare(`INSERT INTO ${table} SELECT * FROM clean_${table} WHERE stream = ?`).run(stream);
      }
    };
    const ways = Object.entries(WAYS);
    const done: Record<string, number> = {};
    const started = performance.now();
    let times = 0;
    while (times < TIMES[form] && performance.now() - started < MOST_MS[form]) {
      const [way, tamper] = ways[times % ways.length] ?? ['edit', edit];
      const place = {
        stream: `D-${Math.floor(random() * STREAMS)}`,
        version: 1 + Math.floor(random() * COMMITS),
      };
      if (!raw.transaction(() => tamper({ raw, commits, random }, place))()) continue;
      const walked = await store.verify(saved);
      // What the chain does not show, the replay does.
      const found = walked.kind === 'broken' ? walked : await store.verifyStates(DATA_KEY, sampleReplays);
      const what = `${way} at ${place.version} of ${place.stream}, after ${times} others`;
      must(found.kind === 'broken', `not found: ${what}`);
      must(found.stream === place.stream, `found in ${found.stream}: ${what}`);
      raw.transaction(() => restore(place.stream))();
      done[way] = (done[way] ?? 0) + 1;
      times += 1;
    }
    const after = await store.verify(saved);
    must(after.kind === 'whole', `the record was not put right again: ${JSON.stringify(after)}`);
    const states = await store.verifyStates(DATA_KEY, sampleReplays);
    must(states.kind === 'whole' && states.compared === STREAMS, `the states were not put right again`);
    return [
      `${times} tamperings after a checkpoint (${Object.entries(done)
        .map(([way, n]) => `${n} ${way}`)
        .join(', ')}): all found, each in its stream`,
    ];
  });

export const tampering: Script = {
  name: 'tampering',
  proves:
    'Whatever is changed in the record after a checkpoint is found: edits, deletions, new orders, cut ends, rewritten pasts, other states.',
  run,
};
