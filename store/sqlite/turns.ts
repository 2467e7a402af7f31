/** The turns in each conversation, for all processes on this file. */

import type { EventStore } from '../event-store.ts';
import { hold, NO_TURNS, takeTurn, turnsShape, type Turns } from '../turns.ts';
import type { Connection } from './connection.ts';
import type { Write } from './group.ts';

/** Unsynced: a power cut that forgets a turn also ends the process that counted on it. */
export const turnMethods = (db: Connection, unsynced: Write): Pick<EventStore, 'turn' | 'holdTurns'> => {
  const select = db.prepare<[string], string>('SELECT turns FROM turns WHERE key = ?').pluck();
  const save = db.prepare<[string, string]>(
    'INSERT INTO turns (key, turns) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET turns = excluded.turns',
  );
  const turnsOf = (key: string): Turns => {
    const found = select.get(key);
    return found === undefined ? NO_TURNS : turnsShape.parse(JSON.parse(found));
  };
  return {
    turn: async (key, now, rates, mostMs) =>
      unsynced(() => {
        const before = turnsOf(key);
        const { turns, turn } = takeTurn(before, Date.parse(now), rates, mostMs);
        if (turns !== before) save.run(key, JSON.stringify(turns));
        return turn;
      }),
    holdTurns: async (key, until) =>
      unsynced(() => {
        save.run(key, JSON.stringify(hold(turnsOf(key), Date.parse(until))));
      }),
  };
};
