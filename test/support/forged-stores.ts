/** A store on each engine, and somebody who edits its database. */

import type { EventStore } from '../../store/event-store.ts';
import { mongoForger, sqliteForger, type Forger } from './forger.ts';
import { mongoDatabase, type MongoServer } from './mongo.ts';
import { sqliteFolder } from './sqlite.ts';

export interface ForgedStore {
  store: EventStore;
  forger: Forger;
  close: () => Promise<void>;
}

export const forgedStores = (server: MongoServer): Readonly<Record<string, () => Promise<ForgedStore>>> => ({
  SQLite: async () => {
    const folder = sqliteFolder();
    const store = folder.open();
    return { store, forger: sqliteForger(folder.raw()), close: folder.remove };
  },
  [`MongoDB (${server.which})`]: async () => {
    const database = mongoDatabase(server);
    const store = await database.open();
    return { store, forger: mongoForger(await database.raw()), close: database.remove };
  },
});
