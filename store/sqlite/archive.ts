/** The archive of a SQLite file: its rows as stored. */

import { COPYING, type Archive, type Part, type Rows } from '../archive.ts';
import { type Connection, openToWrite, reading, writing } from './connection.ts';
import { openSqliteLedger } from './ledger.ts';

const PAGE = 500;

interface Table {
  table: string;
  /** Members that identify a row, as columns in the order of an index. */
  key: string[];
  /** Members, each with its column. */
  columns: Record<string, string>;
  /** Members that another table has, each with how it is read from there. */
  beside?: Record<string, string>;
}

const same = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, name]));

const TABLES: Record<Part, Table> = {
  policies: { table: 'policies', key: ['hash'], columns: same('hash', 'policy') },
  commits: {
    table: 'commits',
    key: ['stream', 'version'],
    columns: {
      ...same('stream', 'version', 'at', 'actor', 'cause', 'body', 'hash', 'place'),
      contextVersions: 'context_versions',
      prevHash: 'prev_hash',
      stateHash: 'state_hash',
    },
  },
  streamKeys: { table: 'stream_keys', key: ['stream'], columns: same('stream', 'wrapped') },
  snapshots: {
    table: 'snapshots',
    key: ['stream'],
    columns: {
      ...same('stream', 'version', 'kind', 'status', 'tier', 'owner', 'state', 'mark'),
      nextDueAt: 'next_due_at',
    },
    beside: {
      summary:
        '(SELECT summary FROM summaries AS s WHERE s.stream = snapshots.stream AND s.version = snapshots.version)',
    },
  },
  outbox: {
    table: 'outbox',
    key: ['place'],
    columns: {
      ...same('id', 'kind', 'lane', 'stream', 'version', 'notice', 'bulk', 'trace', 'place', 'state', 'attempts'),
      askedAt: 'asked_at',
      readyAt: 'ready_at',
      ...same('error', 'mark'),
      errorAt: 'error_at',
    },
  },
  refs: { table: 'refs', key: ['stream', 'key'], columns: same('stream', 'key', 'channel', 'message', 'mark') },
  drafts: { table: 'drafts', key: ['stream', 'key'], columns: same('stream', 'key', 'value') },
  conversations: { table: 'conversations', key: ['key'], columns: same('key', 'value', 'mark') },
  turns: { table: 'turns', key: ['key'], columns: same('key', 'turns') },
  seen: { table: 'seen_keys', key: ['key'], columns: same('key', 'expires') },
  log: { table: 'log', key: ['place'], columns: same('place', 'stream', 'version', 'hash') },
  signedHeads: { table: 'signed_heads', key: ['size'], columns: same('size', 'note') },
  meta: { table: 'meta', key: ['key'], columns: same('key', 'value') },
};

type Value = string | number | null;
type Row = Record<string, Value>;

/** The sort key of a list "newest first": the place of the stream's first commit. */
const OPENED = '(SELECT place FROM commits WHERE stream = :stream ORDER BY version LIMIT 1)';

const stored = (value: unknown): Value => {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Value);
};

const pageOf = (db: Connection, part: Part, after: string | undefined): { rows: Row[]; next: string | undefined } => {
  const { table, key, columns, beside = {} } = TABLES[part];
  const names = Object.entries({ ...columns, ...beside }).map(([member, column]) => `${column} AS "${member}"`);
  const from = after === undefined ? [] : (JSON.parse(after) as Value[]);
  const where = after === undefined ? '' : `WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})`;
  const sql = `SELECT ${names.join(', ')} FROM ${table} ${where} ORDER BY ${key.join(', ')} LIMIT ${PAGE}`;
  const rows = db.prepare<Value[], Row>(sql).all(...from);
  const last = rows.length === PAGE ? rows.at(-1) : undefined;
  return { rows, next: last && JSON.stringify(key.map((name) => last[name] ?? null)) };
};

/** Two bots may have given the same place; here each row gets its own. */
const freePlace = (db: Connection, table: string): ((place: number) => number) => {
  const taken = db.prepare<[number]>(`SELECT 1 FROM ${table} WHERE place = ?`);
  return (place) => {
    let free = place;
    while (taken.get(free) !== undefined) free += 1;
    return free;
  };
};

const addTo = (db: Connection, part: Part, rows: readonly object[]): void => {
  const { table, columns } = TABLES[part];
  const members = Object.keys(columns);
  const names = [...Object.values(columns), ...(part === 'snapshots' ? ['opened'] : [])];
  const values = [...members.map((member) => `:${member}`), ...(part === 'snapshots' ? [OPENED] : [])];
  const insert = db.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')}) ON CONFLICT DO NOTHING`,
  );
  const place = 'place' in columns && part !== 'log' ? freePlace(db, table) : undefined;
  const addSummary = db.prepare(
    'INSERT INTO summaries (stream, version, summary) VALUES (:stream, :version, :summary) ON CONFLICT DO NOTHING',
  );
  for (const row of rows) {
    const given = row as Record<string, unknown>;
    if (typeof given['summary'] === 'string') {
      addSummary.run({ stream: given['stream'], version: given['version'], summary: given['summary'] });
    }
    const made: Row = Object.fromEntries(members.map((member) => [member, stored(given[member])]));
    insert.run(place ? { ...made, place: place(Number(made['place'])) } : made);
  }
};

/** Opens the archive and creates the file where it does not exist. Throws StoreFault. */
export const openSqliteArchive = (file: string): Archive => {
  const db = openToWrite(file, 2000);
  const { heads, verify, verifyPolicies, logHead, placed, unplaced } = openSqliteLedger({ file });
  const readMeta = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  const writeMeta = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const deleteMeta = db.prepare<[string]>('DELETE FROM meta WHERE key = ?');
  return {
    heads,
    verify,
    verifyPolicies,
    logHead,
    placed,
    unplaced,
    count: async (part) =>
      reading(db, () => {
        const sql = `SELECT count(*) FROM ${TABLES[part].table}`;
        return db.prepare<[], number>(sql).pluck().get() ?? 0;
      }),
    page: async (part, after) =>
      reading(db, () => {
        const { rows, next } = pageOf(db, part, after);
        if (part !== 'turns') return { rows, next };
        return { rows: rows.map((row) => ({ ...row, turns: JSON.parse(String(row['turns'])) as unknown })), next };
      }),
    add: async <P extends Part>(part: P, rows: Rows[P][]) => writing(db, () => addTo(db, part, rows)),
    clear: async (part) =>
      writing(db, () => {
        db.prepare(`DELETE FROM ${TABLES[part].table}`).run();
        if (part === 'snapshots') db.prepare('DELETE FROM summaries').run();
      }),
    meta: async (key) => reading(db, () => readMeta.get(key)),
    putMeta: async (key, value) =>
      writing(db, () => {
        writeMeta.run(key, value);
      }),
    dropMeta: async (key) =>
      writing(db, () => {
        deleteMeta.run(key);
      }),
    close: async () => {
      db.close();
    },
  };
};

/** Returns the mark of an unfinished copy, or undefined. */
export const copyingOf = (db: Connection): string | undefined =>
  reading(db, () => db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(COPYING));
