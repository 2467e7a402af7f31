/** Data of a stream outside the record: its messages in chat, and half-filled forms. */

import type { EventStore, MessageRef } from '../event-store.ts';
import { open, seal } from '../seal.ts';
import { type Connection, reading } from './connection.ts';
import type { Write } from './group.ts';
import type { StreamKeys } from './stream-keys.ts';

type Methods = Pick<EventStore, 'saveRef' | 'ref' | 'findRef' | 'putDraft' | 'draft' | 'dropDraft'>;

export const refAndDraftMethods = (db: Connection, write: Write, keys: StreamKeys): Methods => {
  const saveRef = db.prepare<[string, string, string, string]>(
    `INSERT INTO refs (stream, key, channel, message) VALUES (?, ?, ?, ?)
     ON CONFLICT (stream, key) DO UPDATE SET channel = excluded.channel, message = excluded.message`,
  );
  const ref = db.prepare<[string, string], MessageRef>(
    'SELECT channel, message FROM refs WHERE stream = ? AND key = ?',
  );
  const findRef = db.prepare<[string, string], { stream: string; key: string }>(
    'SELECT stream, key FROM refs WHERE channel = ? AND message = ? ORDER BY stream, key LIMIT 1',
  );
  const saveDraft = db.prepare<[string, string, string]>(
    `INSERT INTO drafts (stream, key, value) VALUES (?, ?, ?)
     ON CONFLICT (stream, key) DO UPDATE SET value = excluded.value`,
  );
  const draft = db.prepare<[string, string], string>('SELECT value FROM drafts WHERE stream = ? AND key = ?').pluck();
  const dropDraft = db.prepare<[string, string]>('DELETE FROM drafts WHERE stream = ? AND key = ?');

  return {
    saveRef: async (stream, key, { channel, message }) =>
      write(() => {
        saveRef.run(stream, key, channel, message);
      }),
    ref: async (stream, key) => reading(db, () => ref.get(stream, key)),
    findRef: async ({ channel, message }) => reading(db, () => findRef.get(channel, message)),

    putDraft: async (stream, key, value) =>
      write(() => {
        saveDraft.run(stream, key, seal(keys.findOrMake(stream), value, { what: 'draft', stream, key }));
      }),
    draft: async (stream, key) =>
      reading(db, () => {
        const sealed = draft.get(stream, key);
        return sealed === undefined ? undefined : open(keys.find(stream), sealed, { what: 'draft', stream, key });
      }),
    dropDraft: async (stream, key) =>
      write(() => {
        dropDraft.run(stream, key);
      }),
  };
};
