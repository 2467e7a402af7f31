/** The hand of somebody who holds the database and edits the log in it, in every engine. */

import type { Database } from 'better-sqlite3';
import type { MongoClient } from 'mongodb';
import type { Placed } from '../../store/log/commit-log.ts';

export interface LogIntruder {
  /** Replaces what stands in the log from place 0 on. */
  rewrite(change: (log: Placed[]) => Placed[]): Promise<void>;
  /** Takes one place out and leaves a hole. */
  takeOut(place: number): Promise<void>;
  /** Changes the text of the head. */
  editHead(change: (text: string) => string): Promise<void>;
}

const HEAD = 'log:head';

export const sqliteLogIntruder = (raw: Database): LogIntruder => ({
  rewrite: async (change) => {
    const before = raw.prepare<[], Placed>('SELECT stream, version, hash FROM log ORDER BY place').all();
    raw.exec('DROP INDEX IF EXISTS log_by_commit; DELETE FROM log');
    const insert = raw.prepare('INSERT INTO log (place, stream, version, hash) VALUES (?, ?, ?, ?)');
    for (const [place, { stream, version, hash }] of change(before).entries()) insert.run(place, stream, version, hash);
  },
  takeOut: async (place) => void raw.prepare('DELETE FROM log WHERE place = ?').run(place),
  editHead: async (change) => {
    const text = raw.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(HEAD) ?? '';
    raw.prepare('UPDATE meta SET value = ? WHERE key = ?').run(change(text), HEAD);
  },
});

interface Batch {
  _id: number;
  entries: Placed[];
}

const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;

export const mongoLogIntruder = (client: MongoClient): LogIntruder => {
  const log = client.db().collection<Batch>('log');
  const meta = client.db().collection<{ _id: string; value: string }>('meta');
  const batches = () => log.find().sort({ _id: 1 }).toArray();
  return {
    rewrite: async (change) => {
      const before = await batches();
      let rest = change(before.flatMap(({ entries }) => entries));
      await log.deleteMany({}, DURABLE);
      // In the same portions, as far as they go.
      for (const [n, { _id, entries }] of before.entries()) {
        const mine = n === before.length - 1 ? rest : rest.slice(0, entries.length);
        rest = rest.slice(mine.length);
        if (mine.length > 0) await log.insertOne({ _id, entries: mine }, DURABLE);
      }
    },
    takeOut: async (place) => {
      const found = (await batches()).findLast(({ _id }) => _id <= place);
      if (!found) throw new Error('there is no such place');
      const entries = found.entries.filter((_, n) => found._id + n !== place);
      await log.updateOne({ _id: found._id }, { $set: { entries } }, DURABLE);
    },
    editHead: async (change) => {
      const found = await meta.findOne({ _id: HEAD });
      await meta.updateOne({ _id: HEAD }, { $set: { value: change(found?.value ?? '') } }, DURABLE);
    },
  };
};
