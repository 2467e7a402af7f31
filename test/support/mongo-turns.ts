/**
 * A MongoDB that answers in turns: requests wait, and are answered together once no more arrive. The number of turns of
 * an act is the number of times that it waits for a slow server.
 */

import type { EventStore } from '../../store/event-store.ts';
import { startMongoDouble, type Fate } from './mongo-double/server.ts';
import { mongoDatabase } from './mongo.ts';

export interface InTurns {
  store: EventStore;
  /** Resolves with the number of turns until `act` was answered; requests that follow from a commit wait meanwhile. */
  turns(act: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** Longer than this process takes from an answer to the next request: number of looks, and the time between them. */
const LOOKS = 8;
const LOOK_MS = 8;
const ASKED = new Set(['find', 'insert', 'update', 'delete']);

/** Snapshots and lanes, and the mark that they are made. */
const follows = (command: string, collection: string): boolean =>
  (command !== 'find' && (collection === 'snapshots' || collection === 'lanes')) ||
  (command === 'update' && collection === 'commits');

export const mongoInTurns = async (): Promise<InTurns> => {
  const double = await startMongoDouble();
  const database = mongoDatabase({ uri: (name) => `${double.address}/${name}` });
  const store = await database.open();
  return {
    store,
    turns: async (act) => {
      let turns = 0;
      let waiting: ((fate: Fate) => void)[] = [];
      const later: ((fate: Fate) => void)[] = [];
      let silence: NodeJS.Timeout | undefined;
      const answer = (): void => {
        turns += 1;
        const all = waiting;
        waiting = [];
        for (const each of all) each(undefined);
      };
      // A busy machine may pause for long; between two looks it reads whatever has arrived.
      const listen = (looks: number): void => {
        clearTimeout(silence);
        silence = setTimeout(() => (looks > 1 ? listen(looks - 1) : answer()), LOOK_MS);
      };
      double.fate = (command, collection) => {
        if (!ASKED.has(command)) return undefined;
        return new Promise((resolve) => {
          if (follows(command, collection)) return void later.push(resolve);
          waiting.push(resolve);
          listen(LOOKS);
        });
      };
      try {
        await act();
        return turns;
      } finally {
        clearTimeout(silence);
        // A busy machine may pause for long; between two looks it reads whatever has arrived.
        const listen = (looks: number): void => {
          clearTimeout(silence);
          silence = setTimeout(() => (looks > 1 ? listen(looks - 1) : answer()), LOOK_MS);
        };
        double.fate = () => undefined;
        for (const each of [...waiting, ...later]) each(undefined);
        await store.ping();
      }
    },
    close: async () => {
      await database.remove();
      await double.close();
    },
  };
};
