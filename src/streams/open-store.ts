/** Which engine holds the record, and with which key it is opened: the same for the bot and the command line. */

import { existsSync } from 'node:fs';
import { type EventStore, type Ledger, StoreFault } from '../../store/event-store.ts';
import { databaseFile, findDataKey, loadDataKey } from '../../store/keys.ts';
import type { SqliteOptions } from '../../store/sqlite/sqlite.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface StoreLocation {
  /** Absolute path of the folder that holds the embedded store and generated keys. */
  dataDir: string;
  /** Of a MongoDB database; undefined: the embedded store. It may carry a password: it is never shown or logged. */
  mongodb: string | undefined;
}

/** MONGODB_URI stays in the environment until a store is opened; `src/config/config.ts` says whether it could be. */
export const mongodbOf = (env: Environment): string | undefined => env['MONGODB_URI']?.trim() || undefined;

/** Several bots need the same key, and what one of them made for itself would go with its folder. */
const sharedKey = (env: Environment, dataDir: string): Buffer => {
  const key = findDataKey(env['CLEARTHREAD_DATA_KEY'], dataDir);
  if (key) return key;
  const message =
    'Set CLEARTHREAD_DATA_KEY beside MONGODB_URI: every bot on one database needs the same key (openssl rand -base64 32).';
  throw new StoreFault('missing-data-key', 'not done', message);
};

/** Engines are loaded when they are needed. Throws StoreFault with a sentence for whoever asked. */
export const openStoreAt = async (
  { dataDir, mongodb }: StoreLocation,
  env: Environment,
  sqlite: Pick<SqliteOptions, 'busyTimeoutMs'> = {},
): Promise<EventStore> => {
  if (mongodb !== undefined) {
    const dataKey = sharedKey(env, dataDir);
    return (await import('../../store/mongo/mongo.ts')).openMongoStore({ uri: mongodb, dataKey });
  }
  const dataKey = loadDataKey(env['CLEARTHREAD_DATA_KEY'], dataDir);
  return (await import('../../store/sqlite/sqlite.ts')).openSqliteStore({
    file: databaseFile(dataDir),
    dataKey,
    ...sqlite,
  });
};

/** Needs no data key. */
export const openLedgerAt = async ({ dataDir, mongodb }: StoreLocation): Promise<Ledger> =>
  mongodb === undefined
    ? (await import('../../store/sqlite/ledger.ts')).openSqliteLedger({ file: databaseFile(dataDir) })
    : (await import('../../store/mongo/ledger.ts')).openMongoLedger(mongodb);

/** A sentence where there is nothing to open yet: a command that reads makes no database. */
export const nothingAt = ({ dataDir, mongodb }: StoreLocation): string | undefined => {
  const file = databaseFile(dataDir);
  if (mongodb !== undefined || existsSync(file)) return undefined;
  return `There is no database at ${file}. Name the data folder with --data DIR.`;
};
