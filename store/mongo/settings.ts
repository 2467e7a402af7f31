/** Data of the installation: keys seen once, policies by hash, ways to reach people, small settings, turns. */

import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import type { EventStore, Json } from '../event-store.ts';
import { instant } from '../instant.ts';
import { changedRow, type RowMarks } from '../row-marks.ts';
import { hold, NO_TURNS, takeTurn, turnsShape, type Turns } from '../turns.ts';
import { type Connection, added } from './connection.ts';
import { crowded, loserWaits } from './lanes.ts';
import type { Collections } from './schema.ts';
import type { ServerClock } from './server-clock.ts';

type Methods = Pick<
  EventStore,
  'firstTime' | 'putPolicy' | 'saveConversation' | 'conversation' | 'putMeta' | 'meta' | 'turn' | 'holdTurns'
>;

/** A few at a time, and again at once where there were more: pruning keeps up, and no call pays for a long silence. */
const PRUNED_AT_ONCE = 50;
const PRUNE_EVERY_MS = 1000;

export const settingMethods = (
  connection: Connection,
  all: Collections,
  { marks, clock, now }: { marks: RowMarks; clock: ServerClock; now: () => string },
): Methods => {
  const { reading, writing, deadline, background } = connection;
  const { seen, policies, conversations, meta, turns } = all;

  const text = async (named: Collection<{ _id: string; value: string }>, key: string): Promise<string | undefined> =>
    (await reading(() => named.findOne({ _id: key })))?.value;
  const put = async (named: Collection<{ _id: string; value: string }>, key: string, value: string): Promise<void> => {
    await writing(() => named.updateOne({ _id: key }, { $set: { value } }, { upsert: true }));
  };

  let pruneFrom = 0;
  const prune = async (at: string): Promise<void> => {
    const expired = { expires: { $lte: at } };
    const found = await reading(() => seen.find(expired).limit(PRUNED_AT_ONCE).toArray());
    if (found.length > 0) {
      await writing(() => seen.deleteMany({ ...expired, _id: { $in: found.map(({ _id }) => _id) } }));
    }
    if (found.length === PRUNED_AT_ONCE) pruneFrom = 0;
  };

  /** Changes turns with compare-and-set: the process that loses a race reads again. */
  const changeTurns = async <T>(key: string, act: (before: Turns) => { turns: Turns; answer: T }): Promise<T> => {
    const by = deadline();
    for (let tries = 0; ; tries += 1) {
      const found = await reading(() => turns.findOne({ _id: key }), by);
      const before = found ? turnsShape.parse(found.turns) : NO_TURNS;
      const { turns: next, answer } = act(before);
      if (next === before) return answer;
      const doc = { token: randomUUID(), turns: next };
      const won = found
        ? (await writing(() => turns.updateOne({ _id: key, token: found.token }, { $set: doc }), by)).matchedCount === 1
        : await added(connection, () => turns.insertOne({ _id: key, ...doc }));
      if (won) return answer;
      crowded(by);
      await loserWaits(tries);
    }
  };

  return {
    firstTime: async (key, expires) => {
      const at = now();
      const ms = Date.parse(at);
      if (ms >= pruneFrom) {
        pruneFrom = ms + PRUNE_EVERY_MS;
        background(prune(at));
      }
      const doc = { _id: key, expires: instant(expires), by: randomUUID() };
      if (await added(connection, () => seen.insertOne(doc), 'repeatable')) return true;
      // It may be there because the line broke before the answer came, and not with a majority yet.
      const by = deadline();
      for (let tries = 0; ; tries += 1) {
        const there = await reading(() => seen.findOne({ _id: key }), by);
        if (there?.by === doc.by) return true;
        if (there) break;
        crowded(by);
        await loserWaits(tries);
      }
      const expired = { _id: key, expires: { $lte: at } };
      return (await writing(() => seen.updateOne(expired, { $set: { expires: doc.expires } }))).matchedCount === 1;
    },

    putPolicy: async (hash, value) => {
      await added(connection, () => policies.insertOne({ _id: hash, policy: JSON.stringify(value) }));
    },
    saveConversation: async (key, value) => {
      const said = JSON.stringify(value);
      const mark = marks.of('conversations', key, { value: said });
      const found = await reading(() => conversations.findOne({ _id: key }));
      // Every incoming message repeats it: a value that is known costs no write.
      if (found?.value === said && found.mark === mark) return;
      const told = { $set: { value: said, mark } };
      await writing(() => conversations.updateOne({ _id: key }, told, { upsert: true }));
    },
    conversation: async (key) => {
      const found = await reading(() => conversations.findOne({ _id: key }));
      if (!found) return undefined;
      const { value, mark } = found;
      if (!marks.fits(mark, 'conversations', key, { value })) throw changedRow('conversations', key);
      return JSON.parse(value) as Json;
    },
    putMeta: (key, value) => put(meta, key, value),
    meta: (key) => text(meta, key),

    turn: (key, at, rates, mostMs) =>
      changeTurns(key, (before) => {
        const { turns: next, turn } = takeTurn(before, Date.parse(clock.toServer(at)), rates, mostMs);
        return { turns: next, answer: turn };
      }),
    holdTurns: (key, until) =>
      changeTurns(key, (before) => ({ turns: hold(before, Date.parse(clock.toServer(until))), answer: undefined })),
  };
};
