/** The hand of somebody who holds the database and the data key: reads and writes rows as stored, in every engine. */

import type { Database } from 'better-sqlite3';
import type { MongoClient } from 'mongodb';
import type { Json } from '../../store/event-store.ts';
import { open, seal, unwrapStreamKey } from '../../store/seal.ts';
import type { CommitRecord, SnapshotRecord } from '../../store/sealed.ts';
import { DATA_KEY } from './sqlite.ts';

export interface Forger {
  wrapped(stream: string): Promise<string>;
  snapshot(stream: string): Promise<SnapshotRecord>;
  putSnapshot(stream: string, changes: Partial<SnapshotRecord>): Promise<void>;
  dropSnapshot(stream: string): Promise<void>;
  commit(stream: string, version: number): Promise<CommitRecord>;
  putCommit(stream: string, version: number, changes: Partial<CommitRecord>): Promise<void>;
  dropCommit(stream: string, version: number): Promise<void>;
  addCommit(record: CommitRecord): Promise<void>;
}

const COLUMNS: Readonly<Record<string, string>> = {
  nextDueAt: 'next_due_at',
  contextVersions: 'context_versions',
  prevHash: 'prev_hash',
  stateHash: 'state_hash',
};
const columnOf = (member: string): string => COLUMNS[member] ?? member;

const membersOf = (row: object | undefined): object => {
  if (!row) throw new Error('there is no such row');
  const back = new Map(Object.entries(COLUMNS).map(([member, column]) => [column, member]));
  return Object.fromEntries(
    Object.entries(row)
      .filter(
        ([column, value]) => column !== 'place' && column !== 'opened' && (column !== 'state_hash' || value !== null),
      )
      .map(([column, value]) => [back.get(column) ?? column, value as unknown]),
  );
};

export const sqliteForger = (raw: Database): Forger => {
  // Constraints hold nobody back.
  for (const { name } of raw
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    .all()) {
    raw.exec(`DROP TRIGGER ${name}`);
  }
  const set = (table: string, where: string, keys: unknown[], changes: object): void => {
    const names = Object.keys(changes).map((member) => `${columnOf(member)} = ?`);
    if (names.length === 0) return;
    const values = Object.values(changes).map((value: unknown) => value ?? null);
    raw.prepare(`UPDATE ${table} SET ${names.join(', ')} WHERE ${where}`).run(...values, ...keys);
  };
  const one = (sql: string, ...keys: unknown[]): object =>
    membersOf(raw.prepare(sql).get(...keys) as object | undefined);
  const AT = 'stream = ? AND version = ?';
  return {
    wrapped: async (stream) =>
      (one('SELECT wrapped FROM stream_keys WHERE stream = ?', stream) as { wrapped: string }).wrapped,
    snapshot: async (stream) => {
      const { stream: _stream, ...fields } = one(
        'SELECT snapshots.*, summary FROM snapshots LEFT JOIN summaries USING (stream) WHERE stream = ?',
        stream,
      ) as SnapshotRecord & {
        stream: string;
      };
      return fields;
    },
    putSnapshot: async (stream, { summary, ...changes }) => {
      if (summary === null) raw.prepare('DELETE FROM summaries WHERE stream = ?').run(stream);
      else if (summary !== undefined) set('summaries', 'stream = ?', [stream], { summary });
      const version = changes.version === undefined ? {} : { version: changes.version };
      if (summary) set('summaries', 'stream = ?', [stream], version);
      set('snapshots', 'stream = ?', [stream], changes);
    },
    dropSnapshot: async (stream) => void raw.prepare('DELETE FROM snapshots WHERE stream = ?').run(stream),
    commit: async (stream, version) => one(`SELECT * FROM commits WHERE ${AT}`, stream, version) as CommitRecord,
    putCommit: async (stream, version, changes) => set('commits', AT, [stream, version], changes),
    dropCommit: async (stream, version) => void raw.prepare(`DELETE FROM commits WHERE ${AT}`).run(stream, version),
    addCommit: async (record) => {
      const members = Object.entries(record);
      raw
        .prepare(
          `INSERT INTO commits (${members.map(([member]) => columnOf(member)).join(', ')})
           VALUES (${members.map(() => '?').join(', ')})`,
        )
        .run(...members.map(([, value]) => (value as string | number | undefined) ?? null));
    },
  };
};

export const mongoForger = (client: MongoClient): Forger => {
  const of = (name: string) => client.db().collection<{ _id: string; [member: string]: unknown }>(name);
  const [commits, snapshots, keys] = [of('commits'), of('snapshots'), of('stream_keys')];
  const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;
  const set = async (collection: ReturnType<typeof of>, _id: string, changes: object): Promise<void> => {
    const gone = Object.entries(changes).filter(([, value]) => value === undefined);
    const kept = Object.entries(changes).filter(([, value]) => value !== undefined);
    await collection.updateOne(
      { _id },
      {
        ...(kept.length === 0 ? {} : { $set: Object.fromEntries(kept) }),
        ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map(([member]) => [member, ''])) }),
      },
      DURABLE,
    );
  };
  const RECORD = [
    'stream',
    'version',
    'at',
    'actor',
    'cause',
    'contextVersions',
    'body',
    'prevHash',
    'stateHash',
    'hash',
  ];
  const one = async (collection: ReturnType<typeof of>, _id: string, members: string[]): Promise<unknown> => {
    const found = await collection.findOne({ _id });
    if (!found) throw new Error('there is no such document');
    return Object.fromEntries(members.filter((member) => member in found).map((member) => [member, found[member]]));
  };
  const SNAPSHOT = ['version', 'kind', 'status', 'tier', 'owner', 'nextDueAt', 'state', 'summary'];
  return {
    wrapped: async (stream) => ((await one(keys, stream, ['wrapped'])) as { wrapped: string }).wrapped,
    snapshot: async (stream) => (await one(snapshots, stream, SNAPSHOT)) as SnapshotRecord,
    putSnapshot: (stream, changes) => set(snapshots, stream, changes),
    dropSnapshot: async (stream) => void (await snapshots.deleteOne({ _id: stream }, DURABLE)),
    commit: async (stream, version) => (await one(commits, `${stream}/${version}`, RECORD)) as CommitRecord,
    putCommit: (stream, version, changes) => set(commits, `${stream}/${version}`, changes),
    dropCommit: async (stream, version) => void (await commits.deleteOne({ _id: `${stream}/${version}` }, DURABLE)),
    addCommit: async (record) => {
      const { stream, version } = record;
      const before = await commits.findOne({ stream });
      const doc = { place: Date.now() * 1000, opened: before?.['opened'] ?? '', projected: true };
      await commits.insertOne({ _id: `${stream}/${version}`, ...record, ...doc }, DURABLE);
    },
  };
};

const keyOf = async (forger: Forger, stream: string): Promise<Buffer> =>
  unwrapStreamKey(DATA_KEY, stream, await forger.wrapped(stream));

type Sealed = 'snapshot' | 'summary' | 'commit';

interface Place {
  stream: string;
  version: number;
}

/** Opens a snapshot or a commit's body. */
export const opened = async (forger: Forger, what: Sealed, { stream, version }: Place, sealed: string): Promise<Json> =>
  open(await keyOf(forger, stream), sealed, { what, stream, version });

/** Opens a snapshot or a commit's body, changes it and seals it again, in its place or for another version. */
export const resealed = async (
  forger: Forger,
  what: Sealed,
  place: Place,
  sealed: string,
  change: (plain: Json) => Json,
  version = place.version,
): Promise<string> => {
  const plain = change(await opened(forger, what, place, sealed));
  return seal(await keyOf(forger, place.stream), plain, { what, stream: place.stream, version });
};
