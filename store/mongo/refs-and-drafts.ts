/** Data of a stream outside the record: its messages in chat, and half-filled forms. */

import type { EventStore } from '../event-store.ts';
import { open, seal } from '../seal.ts';
import type { Connection } from './connection.ts';
import type { Collections } from './schema.ts';
import type { StreamKeys } from './stream-keys.ts';

type Methods = Pick<EventStore, 'saveRef' | 'ref' | 'findRef' | 'putDraft' | 'draft' | 'dropDraft'>;

/** Joins both into one name without ambiguity, whatever letters they hold. */
const named = (stream: string, key: string): string => JSON.stringify([stream, key]);

export const refAndDraftMethods = (
  { reading, writing, deadline }: Connection,
  { refs, drafts }: Collections,
  keys: StreamKeys,
): Methods => ({
  saveRef: async (stream, key, { channel, message }) => {
    const set = { $set: { stream, key, channel, message } };
    await writing(() => refs.updateOne({ _id: named(stream, key) }, set, { upsert: true }));
  },
  ref: async (stream, key) => {
    const found = await reading(() => refs.findOne({ _id: named(stream, key) }));
    return found ? { channel: found.channel, message: found.message } : undefined;
  },
  findRef: async ({ channel, message }) => {
    const found = await reading(() => refs.find({ channel, message }).sort({ stream: 1, key: 1 }).limit(1).next());
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
