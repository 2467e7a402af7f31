/** Choice of the storage engine and its key: the same for the bot and the command line. */

import { existsSync } from 'node:fs';
import { type EventStore, type Ledger, StoreFault } from '../../store/event-store.ts';
import { databaseFile, findDataKey, loadDataKey } from '../../store/keys.ts';
import type { LogKeeper } from '../../store/log/commit-log.ts';
import type { SqliteOptions } from '../../store/sqlite/sqlite.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface StoreLocation {
  /** Absolute path of the folder that holds the embedded store and generated keys. */
  dataDir: string;
  /** URI of a MongoDB database; undefined: the embedded store. It may carry a password: never show or log it. */
  mongodb: string | undefined;
}

/** Reads MONGODB_URI, which stays in the environment until a store is opened; `src/config/config.ts` validates it. */
export const mongodbOf = (env: Environment): string | undefined => env['MONGODB_URI']?.trim() || undefined;

/** Finds the data key, which several bots must share: one that a bot made for itself would be lost with its folder. */
const sharedKey = (env: Environment, dataDir: string): Buffer => {
  const key = findDataKey(env['CLEARTHREAD_DATA_KEY'], dataDir);
  if (key) return key;
  const message =
    'Set CLEARTHREAD_DATA_KEY beside MONGODB_URI: every bot on one database needs the same key (openssl rand -base64 32).';
  throw new StoreFault('missing-data-key', 'not done', message);
};

/** Opens the store; an engine is loaded only when needed. Throws StoreFault with a sentence for the operator. */
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

/** Opens the ledger, which needs no data key. */
export const openLedgerAt = async ({ dataDir, mongodb }: StoreLocation): Promise<Ledger> =>
  mongodb === undefined
    ? (await import('../../store/sqlite/ledger.ts')).openSqliteLedger({ file: databaseFile(dataDir) })
    : (await import('../../store/mongo/ledger.ts')).openMongoLedger(mongodb);

/** A sentence if there is nothing to open yet: a command that only reads creates no database. */
export const nothingAt = ({ dataDir, mongodb }: StoreLocation): string | undefined => {
  const file = databaseFile(dataDir);
  if (mongodb !== undefined || existsSync(file)) return undefined;
  return `There is no database at ${file}. Name the data folder with --data DIR.`;
};

/** Opens the parts of the log that write, which need no data key. Throws StoreFault. */
export const openLogAt = async ({ dataDir, mongodb }: StoreLocation): Promise<LogKeeper> =>
  mongodb === undefined
    ? (await import('../../store/sqlite/sqlite.ts')).openSqliteLog(databaseFile(dataDir))
    : (await import('../../store/mongo/mongo.ts')).openMongoLog(mongodb);
