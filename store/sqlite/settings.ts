/** Data of the installation: keys seen once, policies by hash, ways to reach people, small settings. */

import type { EventStore, Json } from '../event-store.ts';
import { instant } from '../instant.ts';
import { openPolicy } from '../policies.ts';
import { changedRow, type RowMarks } from '../row-marks.ts';
import { type Connection, reading, writing } from './connection.ts';
import type { Write } from './group.ts';

type Methods = Pick<
  EventStore,
  'firstTime' | 'putPolicy' | 'policy' | 'saveConversation' | 'conversation' | 'putMeta' | 'meta'
>;

/** A few at a time, and again at once where there were more: pruning keeps up, and no call pays for a long silence. */
const PRUNED_AT_ONCE = 50;
const PRUNE_EVERY_MS = 1000;

export const POLICY = 'SELECT policy FROM policies WHERE hash = ?';

export const settingMethods = (
  db: Connection,
  { synced, unsynced }: { synced: Write; unsynced: Write },
  marks: RowMarks,
  now: () => string,
): Methods => {
  const prune = db.prepare<[string]>(
    `DELETE FROM seen_keys WHERE key IN (SELECT key FROM seen_keys WHERE expires <= ? LIMIT ${PRUNED_AT_ONCE})`,
  );
  let pruneFrom = 0;
  const pruneAt = (at: string): void => {
    const ms = Date.parse(at);
    if (ms >= pruneFrom && prune.run(at).changes < PRUNED_AT_ONCE) pruneFrom = ms + PRUNE_EVERY_MS;
  };
  const see = db.prepare<[{ key: string; expires: string; now: string }]>(
    `INSERT INTO seen_keys (key, expires) VALUES (:key, :expires)
     ON CONFLICT (key) DO UPDATE SET expires = excluded.expires WHERE expires <= :now`,
  );
  const putPolicy = db.prepare<[string, string]>(
    'INSERT INTO policies (hash, policy) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING',
  );
  const policy = db.prepare<[string], string>(POLICY).pluck();
  const saveConversation = db.prepare<[string, string, string]>(
    `INSERT INTO conversations (key, value, mark) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, mark = excluded.mark`,
  );
  const conversation = db.prepare<[string], { value: string; mark: string | null }>(
    'SELECT value, mark FROM conversations WHERE key = ?',
  );
  const putMeta = db.prepare<[string, string]>(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const meta = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();

  return {
    // Unsynced: a power cut that loses the key also loses everything the request wrote after it, so a repeat has
    // nothing to double; and a signature that is older than five minutes is refused anyway.
    firstTime: async (key, expires) =>
      unsynced(() => {
        const at = now();
        pruneAt(at);
        return see.run({ key, expires: instant(expires), now: at }).changes === 1;
      }),
    putPolicy: async (hash, value) =>
      writing(db, () => {
        putPolicy.run(hash, JSON.stringify(value));
      }),
    policy: async (hash) => reading(db, () => openPolicy(hash, policy.get(hash))),
    saveConversation: async (key, value) => {
      const text = JSON.stringify(value);
      const mark = marks.of('conversations', key, { value: text });
      const found = reading(db, () => conversation.get(key));
      // Every incoming message repeats it: a value that is known costs no write.
      if (found?.value === text && found.mark === mark) return;
      await synced(() => {
        saveConversation.run(key, text, mark);
      });
    },
    conversation: async (key) =>
      reading(db, () => {
        const found = conversation.get(key);
        if (!found) return undefined;
        const { value, mark } = found;
        if (!marks.fits(mark, 'conversations', key, { value })) throw changedRow('conversations', key);
        return JSON.parse(value) as Json;
      }),
    putMeta: async (key, value) =>
      writing(db, () => {
        putMeta.run(key, value);
      }),
    meta: async (key) => reading(db, () => meta.get(key)),
  };
};
