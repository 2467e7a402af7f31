/** Lists over snapshots, from their members in the clear; when each stream is due; and the erasure of a stream. */

import type { Filter } from 'mongodb';
import type { EventStore, StreamSummary } from '../event-store.ts';
import { instant } from '../instant.ts';
import { clearOf, refKey, type RowMarks } from '../row-marks.ts';
import type { Connection } from './connection.ts';
import { LAST_VERSION, unlessErased, type Collections, type SnapshotDoc } from './schema.ts';

const summaryOf = ({ _id: stream, kind, status, tier, owner, version, nextDueAt }: SnapshotDoc): StreamSummary => ({
  stream,
  kind: kind ?? '',
  status,
  tier,
  owner,
  version,
  nextDueAt,
});

export const streamMethods = (
  { reading, writing, deadline }: Connection,
  { snapshots, keys, drafts, refs }: Collections,
  { forget, marks, now }: { forget: (stream: string) => void; marks: RowMarks; now: () => string },
): Pick<EventStore, 'list' | 'due' | 'setDue' | 'erase'> => ({
  list: async ({ kind, status, owner, limit, after }) => {
    const by = deadline();
    const from = after === undefined ? undefined : await reading(() => snapshots.findOne({ _id: after }), by);
    if (from === null) return [];
    const filter: Filter<SnapshotDoc> = {
      kind,
      ...(status === undefined ? {} : { status }),
      ...(owner === undefined ? {} : { owner }),
      ...(from === undefined ? {} : { opened: { $lt: from.opened } }),
    };
    const found = await reading(() => snapshots.find(filter).sort({ opened: -1 }).limit(limit).toArray(), by);
    return found.map(summaryOf);
  },

  due: async (kind, now, limit) => {
    const filter = { kind, nextDueAt: { $lte: instant(now) } };
    return (await reading(() => snapshots.find(filter).sort({ nextDueAt: 1 }).limit(limit).toArray())).map(summaryOf);
  },

  setDue: async (stream, version, nextDueAt) => {
    const due = nextDueAt === null ? null : instant(nextDueAt);
    const by = deadline();
    const at = { _id: stream, version };
    const saved = unlessErased(await reading(() => snapshots.findOne(at), by));
    if (!saved) return;
    const mark = marks.of('snapshots', stream, clearOf({ ...saved, nextDueAt: due }));
    await writing(() => snapshots.updateOne(at, { $set: { nextDueAt: due, mark } }), by);
  },

  erase: async (stream) => {
    const by = deadline();
    forget(stream);
    const { matchedCount } = await writing(() => keys.updateOne({ _id: stream }, { $set: { wrapped: null } }), by);
    if (matchedCount === 0) return;
    // No later version exists: a projection that was under way brings no list entry back.
    const nothing = { status: '', tier: null, owner: '', nextDueAt: null, state: '', summary: null };
    const gone = {
      $set: { version: LAST_VERSION, kind: null, ...nothing, changed: now() },
      $setOnInsert: { opened: '' },
    };
    await writing(() => snapshots.updateOne({ _id: stream }, gone, { upsert: true }), by);
    await writing(() => drafts.deleteMany({ stream }), by);
    // Their ids begin with the stream: no index of its own is needed.
    const from = refKey(stream, '').slice(0, -2);
    await writing(() => refs.deleteMany({ _id: { $gte: from, $lt: `${from}\uFFFF` }, stream }), by);
  },
});
