/** The log in the embedded file: a table of places, filled in one transaction. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  LOG_HEAD,
  logHeadText,
  newLogHead,
  readLogHead,
  restoredLog,
  withPlaced,
  type CommitLog,
  type LogHead,
  type LogLedger,
  type Placed,
  type SignedHead,
} from '../log/commit-log.ts';
import { type Connection, hasTable, reading } from './connection.ts';
import type { Write } from './group.ts';

/** Up to where commits have been looked through: those before have a place. */
const LOOKED_TO = 'log:looked-to';
const PAGE = 500;

const META = 'SELECT value FROM meta WHERE key = ?';
export const headIn = (db: Connection): LogHead | undefined => {
  const text = db.prepare<[string], string>(META).pluck().get(LOG_HEAD);
  return text === undefined ? undefined : readLogHead(text);
};

const UNPLACED = 'NOT EXISTS (SELECT 1 FROM log AS l WHERE l.stream = c.stream AND l.version = c.version)';
const LOOKED = `coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = '${LOOKED_TO}'), 0)`;

/** False in a file that no bot of today has opened yet: it is read as it is. */
const hasLog = (db: Connection): boolean => hasTable(db, 'log');

/** Gives the log in a file that is put back the name that it goes on under; undefined where it keeps its own. */
export const renewLog = (db: Connection, replaced: LogHead | undefined): string | undefined => {
  const log = headIn(db);
  const renewed = log && restoredLog(log, replaced);
  if (!renewed || renewed === log) return undefined;
  db.prepare('UPDATE meta SET value = ? WHERE key = ?').run(logHeadText(renewed), LOG_HEAD);
  return renewed.origin;
};

/** `onItsOwn` opens a connection for the work. */
export const logLedger = (onItsOwn: <T>(work: (db: Connection) => T | Promise<T>) => Promise<T>): LogLedger => ({
  logHead: () => onItsOwn((db) => reading(db, () => headIn(db))),
  async *placed() {
    let from = 0;
    for (;;) {
      const start = from;
      const rows = await onItsOwn((db) =>
        reading(db, () =>
          hasLog(db)
            ? db
                .prepare<[number], Placed & { place: number; stored: string | null }>(
                  `SELECT l.place, l.stream, l.version, l.hash, c.hash AS stored
                   FROM log AS l LEFT JOIN commits AS c ON c.stream = l.stream AND c.version = l.version
                   WHERE l.place >= ? ORDER BY l.place LIMIT ${PAGE}`,
                )
                .all(start)
            : [],
        ),
      );
      for (const { place, stored, ...placed } of rows) {
        // Somebody took a place out: the tree that comes of the rest has another root.
        if (place !== from) return;
        from += 1;
        yield { ...placed, stored: stored ?? undefined };
      }
      if (rows.length < PAGE) return;
      await nextTurn();
    }
  },
  unplaced: () =>
    onItsOwn((db) =>
      reading(db, () => {
        const rest = hasLog(db) ? `WHERE c.place > ${LOOKED} AND ${UNPLACED}` : '';
        return db.prepare<[], number>(`SELECT count(*) FROM commits AS c ${rest}`).pluck().get() ?? 0;
      }),
    ),
  signedHeads: () =>
    onItsOwn((db) =>
      reading(db, () =>
        hasLog(db) ? db.prepare<[], SignedHead>('SELECT size, note FROM signed_heads ORDER BY size').all() : [],
      ),
    ),
});

/** The parts that write. */
export const logMethods = (db: Connection, write: Write): Pick<CommitLog, 'placeCommits' | 'keepSignedHead'> => {
  const meta = db.prepare<[string], string>(META).pluck();
  const putMeta = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const next = db.prepare<[number, number], Placed & { at: number }>(
    `SELECT c.place AS at, c.stream, c.version, c.hash FROM commits AS c
     WHERE c.place > ? AND ${UNPLACED} ORDER BY c.place LIMIT ?`,
  );
  const last = db.prepare<[], number>('SELECT coalesce(max(place), 0) FROM commits').pluck();
  const insert = db.prepare<[number, string, number, string]>(
    'INSERT INTO log (place, stream, version, hash) VALUES (?, ?, ?, ?)',
  );
  const kept = db.prepare<[number], string>('SELECT note FROM signed_heads WHERE size = ?').pluck();
  const keep = db.prepare<[SignedHead]>('INSERT INTO signed_heads (size, note) VALUES (:size, :note)');
  return {
    placeCommits: async (limit) => {
      const looked = (): number => Number(meta.get(LOOKED_TO) ?? 0);
      // Nothing new costs no write.
      if (reading(db, () => last.get()) === reading(db, looked)) return 0;
      return write(() => {
        const commits = next.all(looked(), limit);
        const head = headIn(db) ?? newLogHead();
        for (const [n, { stream, version, hash }] of commits.entries()) {
          insert.run(head.tree.size + n, stream, version, hash);
        }
        if (commits.length > 0) putMeta.run(LOG_HEAD, logHeadText(withPlaced(head, commits)));
        const to = commits.length < limit ? (last.get() ?? 0) : (commits.at(-1)?.at ?? 0);
        putMeta.run(LOOKED_TO, String(to));
        return commits.length;
      });
    },
    keepSignedHead: async (head) =>
      write(() => {
        const found = kept.get(head.size);
        if (found === undefined) keep.run(head);
        return found ?? head.note;
      }),
  };
};
