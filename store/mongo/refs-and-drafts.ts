/** Data of a stream outside the record: its messages in chat, and half-filled forms. */

import type { EventStore } from '../event-store.ts';
import { refKey as named, type RowMarks } from '../row-marks.ts';
import { open, seal } from '../seal.ts';
import type { Connection } from './connection.ts';
import type { Collections } from './schema.ts';
import type { StreamKeys } from './stream-keys.ts';

type Methods = Pick<EventStore, 'saveRef' | 'ref' | 'findRef' | 'putDraft' | 'draft' | 'dropDraft'>;

export const refAndDraftMethods = (
  { reading, writing, deadline }: Connection,
  { refs, drafts }: Collections,
  { keys, marks }: { keys: StreamKeys; marks: RowMarks },
): Methods => ({
  saveRef: async (stream, key, { channel, message }) => {
    const mark = marks.of('refs', named(stream, key), { channel, message });
    const set = { $set: { stream, key, channel, message, mark } };
    await writing(() => refs.updateOne({ _id: named(stream, key) }, set, { upsert: true }));
  },
  ref: async (stream, key) => {
    const found = await reading(() => refs.findOne({ _id: named(stream, key) }));
    if (!found) return undefined;
    const { channel, message, mark } = found;
    return marks.fits(mark, 'refs', found._id, { channel, message }) ? { channel, message } : undefined;
  },
  findRef: async ({ channel, message }) => {
    const all = await reading(() => refs.find({ channel, message }).sort({ stream: 1, key: 1 }).toArray());
    const found = all.find(({ _id, stream, key, mark }) => {
      return _id === named(stream, key) && marks.fits(mark, 'refs', _id, { channel, message });
    });
    return found ? { stream: found.stream, key: found.key } : undefined;
  },

  putDraft: async (stream, key, value) => {
    const by = deadline();
    const sealed = seal(await keys.findOrMake(stream, by), value, { what: 'draft', stream, key });
    const set = { $set: { stream, key, value: sealed } };
    await writing(() => drafts.updateOne({ _id: named(stream, key) }, set, { upsert: true }), by);
  },
  draft: async (stream, key) => {
    const by = deadline();
    const [found, wrapped] = await Promise.all([
      reading(() => drafts.findOne({ _id: named(stream, key) }), by),
      keys.wrapped(stream, by),
    ]);
    if (!found) return undefined;
    return open(await keys.open(stream, wrapped, by), found.value, { what: 'draft', stream, key });
  },
  dropDraft: async (stream, key) => {
    await writing(() => drafts.deleteOne({ _id: named(stream, key) }));
  },
});
