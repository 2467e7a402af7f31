/** Everything that a bot's database holds: each row as it lies there, and beside it whatever its own key opens. */

import Database from 'better-sqlite3';
import { databaseFile, loadDataKey } from '../../store/keys.ts';
import { openText, unwrapStreamKey, type SealedFor } from '../../store/seal.ts';

type Row = Record<string, unknown>;

export interface Unsealed {
  /** All rows of all tables, as they are. */
  rows: string;
  /** What the key opens of them: commits with their events and notices, states, summaries, half-filled forms. */
  opened: string;
  /** How many of each were opened. */
  counts: Record<string, number>;
}

const SEALED: readonly { table: string; column: string; place: (row: Row) => SealedFor }[] = [
  {
    table: 'commits',
    column: 'body',
    place: ({ stream, version }) => ({ what: 'commit', stream: String(stream), version: Number(version) }),
  },
  {
    table: 'snapshots',
    column: 'state',
    place: ({ stream, version }) => ({ what: 'snapshot', stream: String(stream), version: Number(version) }),
  },
  {
    table: 'summaries',
    column: 'summary',
    place: ({ stream, version }) => ({ what: 'summary', stream: String(stream), version: Number(version) }),
  },
  {
    table: 'drafts',
    column: 'value',
    place: ({ stream, key }) => ({ what: 'draft', stream: String(stream), key: String(key) }),
  },
];

/** While no bot writes to it. Throws where something of it does not open with the key of its folder. */
export const unsealed = (dataDir: string): Unsealed => {
  const db = new Database(databaseFile(dataDir), { readonly: true });
  try {
    const dataKey = loadDataKey(undefined, dataDir);
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
    const all = (table: string): Row[] => db.prepare<[], Row>(`SELECT * FROM ${table}`).all();
    const keys = new Map(
      all('stream_keys').map(({ stream, wrapped }) => [
        String(stream),
        unwrapStreamKey(dataKey, String(stream), String(wrapped)),
      ]),
    );
    const opened: string[] = [];
    const counts: Record<string, number> = {};
    for (const { table, column, place } of SEALED) {
      for (const row of all(table)) {
        const key = keys.get(String(row['stream']));
        if (!key) throw new Error(`no key of ${String(row['stream'])}`);
        opened.push(openText(key, String(row[column]), place(row)));
        counts[table] = (counts[table] ?? 0) + 1;
      }
    }
    return {
      rows: tables.flatMap((table) => all(table).map((row) => JSON.stringify(row))).join('\n'),
      opened: opened.join('\n'),
      counts,
    };
  } finally {
    db.close();
  }
};
