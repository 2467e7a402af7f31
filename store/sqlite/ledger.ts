/** The auditor's view: reads the stored record on a connection of its own, without the data key. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { walkChain, type Walked } from '../chain.ts';
import type { Head, Ledger, OutboxSeen, StoredCommit, Verified } from '../event-store.ts';
import { checkPolicies, openPolicy } from '../policies.ts';
import { checkAllRows, FIRST_MARKED, MARKED_TABLES, rowMarks } from '../row-marks.ts';
import { damaged, storedCommit, type SnapshotRecord } from '../sealed.ts';
import { walkStates, type StateSource } from '../states.ts';
import { checkDataKey, DATA_KEY_CHECK } from '../stream-key.ts';
import { type CommitRow, COMMIT_COLUMNS, recordOf, SNAPSHOT_COLUMNS } from './commits.ts';
import { type Connection, hasTable, openToRead, reading } from './connection.ts';
import { logLedger } from './log.ts';
import { markMethods } from './marking.ts';
import { POLICY } from './settings.ts';

/** How many rows are walked before other work of the process gets its turn. */
const ROWS_PER_TURN = 200;

/** A file that no bot of today has opened yet is read as it is. */
const columnsOf = (db: Connection): string => {
  const known = db.prepare<[], string>("SELECT name FROM pragma_table_info('commits')").pluck().all();
  return known.includes('state_hash') ? COMMIT_COLUMNS : COMMIT_COLUMNS.replace('state_hash', 'NULL AS state_hash');
};

async function* walk(db: Connection, stream?: string): AsyncGenerator<Walked> {
  const sql = `SELECT ${reading(db, () => columnsOf(db))} FROM commits`;
  const order = 'ORDER BY stream, version';
  const rows = reading(db, () =>
    stream === undefined
      ? db.prepare<[], CommitRow>(`${sql} ${order}`).iterate()
      : db.prepare<[string], CommitRow>(`${sql} WHERE stream = ? ${order}`).iterate(stream),
  );
  try {
    for (let turn = 1; ; turn += 1) {
      // Every step reads from the file, so every step can fail.
      const { done, value: row } = reading(db, () => rows.next());
      if (done === true) return;
      const commit = storedCommit(recordOf(row));
      yield commit ? { kind: 'commit', commit } : { kind: 'unreadable', stream: row.stream, version: row.version };
      if (turn % ROWS_PER_TURN === 0) await nextTurn();
    }
  } finally {
    // A connection with unread rows refuses to close.
    rows.return?.();
  }
}

/** Finds a snapshot that knows more commits than there are: somebody cut the end off and left it standing. */
const cutBehindSnapshot = (db: Connection): Verified | undefined => {
  const row = db
    .prepare<[], { stream: string; version: number; known: number }>(
      `SELECT stream, known, coalesce((SELECT max(version) FROM commits AS c WHERE c.stream = s.stream), 0) AS version
       FROM (SELECT stream, version AS known FROM snapshots) AS s WHERE known > version ORDER BY stream LIMIT 1`,
    )
    .get();
  if (!row) return undefined;
  const detail = `The snapshot knows ${row.known} commits, the database ends at ${row.version}.`;
  return { kind: 'broken', stream: row.stream, version: row.version + 1, what: 'truncated', detail };
};

const nothing = async function* (): AsyncGenerator<never> {};

/** The states as of one moment: nothing is added during the walk, and a commit and its snapshot are one write. */
const stateSource = (db: Connection): StateSource => {
  // A file that no bot of today has opened yet has no such table.
  const summary = hasTable(db, 'summaries')
    ? '(SELECT summary FROM summaries AS s WHERE s.stream = snapshots.stream AND s.version = snapshots.version)'
    : 'NULL';
  const snapshot = db.prepare<[string], SnapshotRecord>(
    `SELECT ${SNAPSHOT_COLUMNS}, ${summary} AS summary FROM snapshots WHERE stream = ?`,
  );
  const key = db.prepare<[string], { wrapped: string | null }>('SELECT wrapped FROM stream_keys WHERE stream = ?');
  const outbox = db.prepare<[], OutboxSeen>('SELECT id, kind, lane, stream, version FROM outbox');
  const refs = db.prepare<[string], string>('SELECT key FROM refs WHERE stream = ?').pluck();
  return {
    commits: walk(db),
    beside: (stream) => reading(db, () => ({ wrapped: key.get(stream)?.wrapped, snapshot: snapshot.get(stream) })),
    later: nothing,
    coming: async () => false,
    outbox: () => reading(db, () => outbox.all()),
    refs: (stream) => reading(db, () => refs.all(stream)),
    stillGone: async (messages) => messages,
  };
};

const checkKey = (db: Connection, dataKey: Buffer): ReturnType<typeof checkDataKey> => {
  const found = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(DATA_KEY_CHECK);
  return found === undefined ? 'marked' : checkDataKey(dataKey, found);
};

/** Opens the database for reading only; the bot may be running on it. Throws StoreFault where there is none. */
export const openSqliteLedger = ({ file, busyTimeoutMs = 2000 }: { file: string; busyTimeoutMs?: number }): Ledger => {
  const connect = (): Connection => openToRead(file, busyTimeoutMs);
  connect().close();

  // A connection per walk: SQLite allows nothing else on one whose rows are still being read.
  const onItsOwn = async <T>(work: (db: Connection) => T | Promise<T>): Promise<T> => {
    const db = connect();
    try {
      return await work(db);
    } finally {
      db.close();
    }
  };

  return {
    ...logLedger(onItsOwn),
    heads: (stream) =>
      onItsOwn((db) =>
        reading(db, () => {
          // SQLite takes the other columns of a max() query from the row that has the maximum.
          const [last, each] = ['SELECT stream, max(version) AS version, hash FROM commits', 'GROUP BY stream'];
          return stream === undefined
            ? db.prepare<[], Head>(`${last} ${each}`).all()
            : db.prepare<[string], Head>(`${last} WHERE stream = ? ${each}`).all(stream);
        }),
      ),

    verify: (saved) =>
      onItsOwn(async (db) => {
        // One transaction: snapshots and commits as of one moment.
        reading(db, () => db.exec('BEGIN'));
        const verified = await walkChain(walk(db), saved);
        return verified.kind === 'broken' ? verified : (reading(db, () => cutBehindSnapshot(db)) ?? verified);
      }),

    verifyStates: (dataKey, replays, gone) =>
      onItsOwn(async (db) => {
        const source = reading(db, () => {
          db.exec('BEGIN');
          checkKey(db, dataKey);
          return stateSource(db);
        });
        return walkStates(source, dataKey, replays, gone);
      }),

    verifyRows: (dataKey) =>
      onItsOwn(async (db) => {
        const marked = reading(db, () => checkKey(db, dataKey));
        if (marked === 'not yet') return { kind: 'not yet' };
        const tables = marked === 'marked' ? MARKED_TABLES : FIRST_MARKED;
        const { checkRows } = reading(db, () => markMethods(db, rowMarks(dataKey), tables));
        return { kind: 'checked', changed: await checkAllRows(checkRows) };
      }),

    verifyPolicies: () =>
      onItsOwn((db) =>
        reading(db, () => {
          db.exec('BEGIN');
          const stored = db.prepare<[], { hash: string; policy: string }>(
            'SELECT hash, policy FROM policies ORDER BY hash',
          );
          const named = db
            .prepare<[], string>(
              `SELECT DISTINCT CASE WHEN json_valid(context_versions)
                 THEN json_extract(context_versions, '$.policy') END AS named
               FROM commits ORDER BY named`,
            )
            .pluck();
          return checkPolicies(
            stored.iterate(),
            named.all().filter((hash) => typeof hash === 'string'),
          );
        }),
      ),

    policy: (hash) =>
      onItsOwn((db) => reading(db, () => openPolicy(hash, db.prepare<[string], string>(POLICY).pluck().get(hash)))),

    async *stored(stream?: string): AsyncGenerator<StoredCommit> {
      const db = connect();
      try {
        for await (const walked of walk(db, stream)) {
          if (walked.kind === 'unreadable') throw damaged(walked.stream, walked.version);
          yield walked.commit;
        }
      } finally {
        db.close();
      }
    },

    close: async () => {},
  };
};
