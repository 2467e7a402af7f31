/**
 * A commit's projection: the snapshot and the rows it owes. Each step can be repeated, so the process that finds a
 * commit that was cut off repeats them all; the commit is marked last.
 */

import type { StoreFault } from '../event-store.ts';
import { type Connection, type Deadline, isDuplicate } from './connection.ts';
import { ask, type NewRow } from './lane.ts';
import type { Lanes } from './lanes.ts';
import type { Arrival } from './overflow.ts';
import type { Collections, CommitDoc, SnapshotFields } from './schema.ts';

/** Longer than a projection takes: the commit's writer makes it undisturbed, and a dead process's is soon made. */
const OWN_MS = 5000;

export const sweepFrom = (now: string): string => new Date(Date.parse(now) + OWN_MS).toISOString();

/** The points at which a test lets a process die. */
export type Cut = (at: 'inserted' | 'snapshot' | 'outbox') => void;

export interface Projecting {
  /** `repeated`: another process may have begun it. */
  project(commit: CommitDoc, by: Deadline, repeated?: boolean): Promise<void>;
  /** Confirms the projection before a row is forgotten: nobody will ask for the row again. */
  sureOf(stream: string, version: number): Promise<void>;
  catchUp(limit: number): Promise<number>;
  /** Reports that a projection was made after its append had been answered: the next sweep counts it. */
  late(): void;
}

export const asArrival = (asked: NewRow): Arrival => ({
  id: asked.row.id,
  into: (rows, marks) => ask(rows, asked, marks),
});

export const projectingOf = (
  { reading, writing, deadline }: Connection,
  { commits, snapshots }: Collections,
  lanes: Lanes,
  now: () => string,
  cut: Cut,
): Projecting => {
  /**
   * Moves the snapshot forward only. An upsert that finds its place taken met a newer one, or an older one that another
   * projection inserted at that moment.
   */
  const putSnapshot = async (stream: string, opened: string, fields: SnapshotFields, by: Deadline): Promise<void> => {
    const older = { _id: stream, version: { $lt: fields.version } };
    const set = { ...fields, changed: now() };
    const next = { $set: set, $setOnInsert: { opened } };
    try {
      await writing(() => snapshots.updateOne(older, next, { upsert: true }), by);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await writing(() => snapshots.updateOne(older, { $set: set }), by);
    }
    cut('snapshot');
  };

  const project = async (commit: CommitDoc, by: Deadline, repeated = false): Promise<void> => {
    const { _id, stream, version, at, place, opened, pending } = commit;
    if (!pending) return;
    const asked = pending.rows.map((row, index) => ({ row, stream, version, at, place: place + index }));
    const named = new Set(asked.map(({ row }) => row.lane));
    await Promise.all([
      putSnapshot(stream, opened, pending.snapshot, by),
      ...[...named].map((lane) => {
        const each = asked.filter(({ row }) => row.lane === lane);
        return lanes.add(lane, each.map(asArrival), repeated, by);
      }),
    ]);
    cut('outbox');
    const marked = { $set: { projected: true }, $unset: { pending: '', sweepFrom: '' } } as const;
    await writing(() => commits.updateOne({ _id, stream }, marked), by);
  };

  let lately = 0;
  return {
    project,
    late: () => {
      lately += 1;
    },
    sureOf: async (stream, version) => {
      const found = await reading(() => commits.findOne({ stream, version, projected: false }));
      if (found) await project(found, deadline(), true);
    },
    catchUp: async (limit) => {
      let made = lately;
      lately = 0;
      let failure: StoreFault | undefined;
      const from = now();
      const found = await reading(() =>
        commits
          .find({ projected: false, sweepFrom: { $lte: from } })
          .sort({ sweepFrom: 1 })
          .limit(limit)
          .toArray(),
      );
      for (const commit of found) {
        const { _id, stream, sweepFrom: seen = '' } = commit;
        try {
          const mine = { $set: { sweepFrom: sweepFrom(now()) } };
          const taken = await writing(() => commits.updateOne({ _id, stream, sweepFrom: seen }, mine));
          if (taken.matchedCount === 0) continue;
          await project(commit, deadline(), true);
          made += 1;
        } catch (error) {
          // The other projections don't wait for it.
          failure = error as StoreFault;
        }
      }
      if (made === 0 && failure) throw failure;
      return made;
    },
  };
};
