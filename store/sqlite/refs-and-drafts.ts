/** Data of a stream outside the record: its messages in chat, and half-filled forms. */

import type { EventStore, MessageRef } from '../event-store.ts';
import { refKey, type RowMarks } from '../row-marks.ts';
import { open, seal } from '../seal.ts';
import { type Connection, reading } from './connection.ts';
import type { Write } from './group.ts';
import type { StreamKeys } from './stream-keys.ts';

type Methods = Pick<EventStore, 'saveRef' | 'ref' | 'findRef' | 'putDraft' | 'draft' | 'dropDraft'>;

export const refAndDraftMethods = (
  db: Connection,
  write: Write,
  { keys, marks }: { keys: StreamKeys; marks: RowMarks },
): Methods => {
  const saveRef = db.prepare<[string, string, string, string, string]>(
    `INSERT INTO refs (stream, key, channel, message, mark) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (stream, key) DO UPDATE SET
       channel = excluded.channel, message = excluded.message, mark = excluded.mark`,
  );
  const ref = db.prepare<[string, string], MessageRef & { mark: string | null }>(
    'SELECT channel, message, mark FROM refs WHERE stream = ? AND key = ?',
  );
  const findRefs = db.prepare<[string, string], { stream: string; key: string; mark: string | null }>(
    'SELECT stream, key, mark FROM refs WHERE channel = ? AND message = ? ORDER BY stream, key',
  );
  const fits = (stream: string, key: string, { channel, message }: MessageRef, mark: string | null): boolean =>
    marks.fits(mark, 'refs', refKey(stream, key), { channel, message });
  const saveDraft = db.prepare<[string, string, string]>(
    `INSERT INTO drafts (stream, key, value) VALUES (?, ?, ?)
     ON CONFLICT (stream, key) DO UPDATE SET value = excluded.value`,
  );
  const draft = db.prepare<[string, string], string>('SELECT value FROM drafts WHERE stream = ? AND key = ?').pluck();
  const dropDraft = db.prepare<[string, string]>('DELETE FROM drafts WHERE stream = ? AND key = ?');

  return {
    saveRef: async (stream, key, { channel, message }) =>
      write(() => {
        saveRef.run(stream, key, channel, message, marks.of('refs', refKey(stream, key), { channel, message }));
      }),
    ref: async (stream, key) =>
      reading(db, () => {
        const found = ref.get(stream, key);
        if (!found || !fits(stream, key, found, found.mark)) return undefined;
        return { channel: found.channel, message: found.message };
      }),
    findRef: async (message) =>
      reading(db, () => {
        const all = findRefs.all(message.channel, message.message);
        const found = all.find(({ stream, key, mark }) => fits(stream, key, message, mark));
        return found && { stream: found.stream, key: found.key };
      }),

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
