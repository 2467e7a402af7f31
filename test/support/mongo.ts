/**
 * A MongoDB for tests: the one that MONGODB_URI names, else a real server that can be downloaded within 20 s, else the
 * double. One line says which; tests that need a real server are skipped on the double.
 */

import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { MongoClient } from 'mongodb';
import type { EventStore } from '../../store/event-store.ts';
import { openMongoStore, type MongoOptions } from '../../store/mongo/mongo.ts';
import { startMongoDouble } from './mongo-double/server.ts';
import { DATA_KEY } from './sqlite.ts';

export interface MongoServer {
  /** Either `a real server` or `the wire-protocol double`. */
  which: string;
  real: boolean;
  /** Address of a database of that name. */
  uri(name: string): string;
  close(): Promise<void>;
}

const DOWNLOAD_MS = 20_000;
const DOWNLOADS = 'fastdl.mongodb.org';

/** The server's own address, with another database in it. */
export const withDatabase = (uri: string, name: string): string =>
  uri.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`);

const downloaded = async (): Promise<MongoServer | undefined> => {
  // If its name cannot be resolved, no attempt to download will ever succeed.
  if (!(await lookup(DOWNLOADS).catch(() => undefined))) return undefined;
  const { MongoMemoryReplSet } = await import('mongodb-memory-server-core');
  const starting = MongoMemoryReplSet.create({ replSet: { count: 1 } });
  const late = new Promise<undefined>((resolve) => {
    setTimeout(resolve, DOWNLOAD_MS, undefined).unref();
  });
  const server = await Promise.race([starting.catch(() => undefined), late]);
  if (!server) return undefined;
  return {
    which: 'a real server (downloaded)',
    real: true,
    uri: (name) => withDatabase(server.getUri(), name),
    close: async () => void (await server.stop()),
  };
};

const NO_REAL = 'CLEARTHREAD_NO_REAL_MONGODB';

export const mongoServer = async (): Promise<MongoServer> => {
  const given = process.env['MONGODB_URI']?.trim();
  if (given) {
    return {
      which: 'a real server (MONGODB_URI)',
      real: true,
      uri: (name) => withDatabase(given, name),
      close: async () => {},
    };
  }
  const real = process.env[NO_REAL] === 'yes' ? undefined : await downloaded();
  if (real) return real;
  // The other test files of this process need not try again.
  process.env[NO_REAL] = 'yes';
  const double = await startMongoDouble();
  return {
    which: 'the wire-protocol double',
    real: false,
    uri: (name) => `${double.address}/${name}`,
    close: double.close,
  };
};

export interface MongoDatabase {
  uri: string;
  open: (options?: Partial<MongoOptions>) => Promise<EventStore>;
  /** A separate client, for acts of an intruder or an operator. */
  raw: () => Promise<MongoClient>;
  remove: () => Promise<void>;
}

/** A test that moves a bot's clock means everybody's, unless it says otherwise. */
const moved = ({ now }: Partial<MongoOptions> = {}): Partial<MongoOptions> => (now ? { measure: false } : {});

/** A separate database on that server. */
export const mongoDatabase = (server: Pick<MongoServer, 'uri'>): MongoDatabase => {
  const uri = server.uri(`clearthread-test-${randomUUID().slice(0, 18)}`);
  const stores: EventStore[] = [];
  const clients: MongoClient[] = [];
  const raw = async (): Promise<MongoClient> => {
    const client = await new MongoClient(uri).connect();
    clients.push(client);
    return client;
  };
  return {
    uri,
    raw,
    open: async (options) => {
      // An overloaded test machine answers late; the consequences of late answers have tests of their own.
      const store = await openMongoStore({ uri, dataKey: DATA_KEY, answerMs: 20_000, ...moved(options), ...options });
      stores.push(store);
      return store;
    },
    remove: async () => {
      for (const store of stores) await store.close();
      await (await raw()).db().dropDatabase();
      for (const client of clients) await client.close();
    },
  };
};
