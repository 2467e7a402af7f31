/** One client: how it is opened, how long its calls may take, and how its errors are reported to callers. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  MongoClient,
  MongoError,
  MongoNetworkError,
  MongoServerError,
  ReadConcern,
  type Collection,
  type Db,
  type Document,
  type MongoClientOptions,
} from 'mongodb';
import { StoreFault } from '../event-store.ts';
import { databaseOf } from './address.ts';
import { limited, LONG_MS } from './limits.ts';
import { isClosed, renewal } from './renewal.ts';

export interface Connection {
  db: Db;
  /** Every call on it has a limit of time inside the server. */
  collection<T extends Document>(name: string): Collection<T>;
  /** Runs a read. Throws StoreFault with the outcome `not done`. */
  reading<T>(read: () => Promise<T>, by?: Deadline): Promise<T>;
  /**
   * Throws StoreFault with its outcome, and MongoServerError 11000 (`isDuplicate`) for the caller to interpret.
   * `repeatable`: a write that went out is sent again where the line broke, so a duplicate may be its own.
   */
  writing<T>(write: () => Promise<T>, by?: Deadline, repeatable?: 'repeatable'): Promise<T>;
  /** A common deadline for several calls that make up one request. */
  deadline(): Deadline;
  /** Continues work after its caller was answered; `close` waits for it. Errors are dropped: the next sweep repeats. */
  background(work: Promise<unknown>): void;
  close(): Promise<void>;
}

/** Milliseconds since the process began (`performance.now()`); undefined for no limit. */
export type Deadline = number | undefined;

export interface ConnectionOptions {
  uri: string;
  /** How long a call may take before it throws StoreFault `timeout`; undefined for no limit. */
  answerMs: number | undefined;
}

/** Two seconds of the 2.5 that a click may take; the driver gives up earlier where there is no server. */
export const ANSWER_MS = 2000;
const SELECT_MS = 1500;
/** A start may wait longer than a click: names are looked up, and servers found, for the first time. */
const START_MS = 5000;
/** Longer than a connection may be silent, so that what follows from a commit is done. A bot that is told to end is gone before. */
const CLOSE_MS = 15_000;

/**
 * One call holds one connection for as long as it takes: fifty clicks a second at a server that needs half a second
 * for each call hold well over a hundred. Connections open when they are needed, and a slow server opens them slowly.
 */
const POOL = { maxPoolSize: 300, maxConnecting: 32, maxIdleTimeMS: 5 * 60_000 } as const;

const DURABLE = { w: 'majority', journal: true } as const;

const defaultsOf = (answerMs: number | undefined): MongoClientOptions => {
  const patience = answerMs === undefined ? START_MS : SELECT_MS;
  return {
    appName: 'clearthread',
    // After each reset connection the driver looks at the server anew and lets nobody through until then. By itself it
    // looks twice a second at most: at 5% of resets, half of all clicks failed.
    minHeartbeatFrequencyMS: 50,
    ...POOL,
    connectTimeoutMS: patience,
    serverSelectionTimeoutMS: patience,
    waitQueueTimeoutMS: patience,
    // A connection silent for this long is dead: callers have long been answered.
    ...(answerMs === undefined ? {} : { minPoolSize: 50, socketTimeoutMS: 10_000 }),
  };
};

/** Options in the address take precedence. */
const clientOptions = ({ uri, answerMs }: ConnectionOptions): MongoClientOptions => {
  const said = uri.slice(uri.indexOf('?') + 1).toLowerCase();
  const unsaid = Object.entries(defaultsOf(answerMs)).filter(([name]) => !said.includes(`${name.toLowerCase()}=`));
  return { ...Object.fromEntries(unsaid), monitorCommands: true };
};

/** Counts how often a write went out: the driver retries by itself after a failover. */
interface CommandSent {
  times: number;
}
/** The call under way. `out` undefined: a read. */
const underWay = new AsyncLocalStorage<{ out: CommandSent | undefined; by: Deadline }>();

/** Milliseconds that the server may still work on the call under way. */
const limitMs = (): number => {
  const by = underWay.getStore()?.by;
  return by === undefined ? LONG_MS : Math.max(1, Math.ceil(by - performance.now()));
};
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);

const SLOW = 'MongoDB is slow to answer.';
const LOST = 'The connection to MongoDB was lost.';

/** MongoDB's code for a duplicate key, the only code that every server gives. */
export const isDuplicate = (error: unknown): boolean => error instanceof MongoServerError && error.code === 11000;

/** Inserts a document. Resolves false where it exists already. Throws StoreFault. */
export const added = async (
  { writing }: Pick<Connection, 'writing'>,
  insert: () => Promise<unknown>,
  repeatable?: 'repeatable',
): Promise<boolean> => {
  try {
    await writing(insert, undefined, repeatable);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
};

/** Codes of a server that stepped down or was stopped while it worked: it may have written. */
const INTERRUPTED = new Set([6, 7, 50, 64, 89, 91, 189, 262, 9001, 11600, 11602]);

/** Codes of a server that gave up because of its limit of time. */
const OUT_OF_TIME = new Set([50, 262]);

const sentenceOf = (error: MongoError): { code: string; sentence: string } => {
  const { name, code, message } = error;
  if (OUT_OF_TIME.has(Number(code))) return { code: 'timeout', sentence: SLOW };
  if (isPassing(error)) return { code: 'network', sentence: LOST };
  // The driver's own words for a server that speaks an older protocol than it does.
  if (/wire version/u.test(message)) {
    return { code: 'too-old', sentence: 'This MongoDB server is too old: Clearthread needs 4.4.2 or newer.' };
  }
  if (name === 'MongoServerSelectionError' || isClosed(error))
    return { code: 'unreachable', sentence: 'MongoDB can not be reached.' };
  if (name === 'MongoWaitQueueTimeoutError') return { code: 'pool', sentence: 'Too many calls wait for MongoDB.' };
  if (code === 18 || code === 13 || code === 8000) {
    return { code: 'refused', sentence: 'MongoDB refuses the user that MONGODB_URI names.' };
  }
  return {
    code: typeof code === 'number' ? `mongo-${code}` : 'mongo',
    sentence: 'MongoDB did not answer as it should.',
  };
};

const outcomeOf = (error: MongoError, { times }: CommandSent): StoreFault['outcome'] => {
  if (times === 0) return 'not done';
  // The last answer says nothing about the outcome of earlier tries.
  if (times > 1 || !(error instanceof MongoServerError) || error.name === 'MongoWriteConcernError') return 'unknown';
  return INTERRUPTED.has(Number(error.code)) && !error.hasErrorLabel('NoWritesPerformed') ? 'unknown' : 'not done';
};

/** Recognises socket errors (`ECONNRESET`), which the driver passes on unchanged. */
const isOfSocket = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/**
 * One reset connection makes the driver drop all others, and whoever waited for one of them fails with it. What has not
 * gone out, and every read, can be asked again.
 */
const TRIES = 6;
const PAUSE_MS = 10;

const isPassing = (error: unknown): boolean =>
  isOfSocket(error) || (error instanceof MongoNetworkError && error.name !== 'MongoNetworkTimeoutError');

/** Asks again while the line breaks and there is time. */
const persistent = async <T>(
  work: () => Promise<T>,
  by: Deadline,
  { out, repeatable }: { out: CommandSent | undefined; repeatable: boolean },
): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const pauseMs = Math.random() * PAUSE_MS * 2 ** tries;
      const isOver = tries >= TRIES || (by !== undefined && performance.now() + pauseMs >= by);
      const wentOut = out !== undefined && out.times > 0;
      if (isOver || !isPassing(error) || (wentOut && !repeatable)) throw error;
      await sleep(pauseMs);
    }
  }
};

/** The cause is left out: a driver's message may quote the address, and an address may carry a password. */
const faultOf = (error: unknown, out: CommandSent | undefined): unknown => {
  if (isOfSocket(error)) {
    const outcome = out === undefined || out.times === 0 ? 'not done' : 'unknown';
    return new StoreFault('network', outcome, LOST);
  }
  if (!(error instanceof MongoError) || isDuplicate(error)) return error;
  const { code, sentence } = sentenceOf(error);
  return new StoreFault(code, out === undefined ? 'not done' : outcomeOf(error, out), sentence);
};

/** A write that waits for a connection goes out when it gets one, even after its caller gave up. */
const late = (out: CommandSent | undefined): StoreFault =>
  new StoreFault('timeout', out === undefined ? 'not done' : 'unknown', SLOW);

const makeClient = (options: ConnectionOptions): MongoClient => {
  try {
    return new MongoClient(options.uri, clientOptions(options));
  } catch {
    throw new StoreFault('bad-uri', 'not done', 'MONGODB_URI is not an address that MongoDB understands.');
  }
};

const isSeveral = async (client: MongoClient): Promise<boolean> => {
  const hello: unknown = await client.db().command({ hello: 1 });
  return typeof hello === 'object' && hello !== null && ('setName' in hello || 'msg' in hello);
};

/**
 * Opens a connection. Throws StoreFault. Reads see only what a majority has, so that no decision rests on data that a
 * failover takes back; a single server has no majority to ask for.
 */
export const connect = async (options: ConnectionOptions): Promise<Connection> => {
  const { answerMs } = options;
  const client = makeClient(options);
  client.on('commandStarted', ({ commandName }) => {
    const out = underWay.getStore()?.out;
    if (out && WRITES.has(commandName)) out.times += 1;
  });
  const several = await isSeveral(client).catch(async (error: unknown) => {
    await client.close();
    throw faultOf(error, undefined);
  });
  const db = client.db(databaseOf(options.uri), {
    readPreference: 'primary',
    readConcern: new ReadConcern(several ? 'majority' : 'local'),
    writeConcern: DURABLE,
  });

  let closed = false;
  const inHand = new Set<Promise<unknown>>();
  const renew = renewal(client, () => closed);
  const deadline = (): Deadline => (answerMs === undefined ? undefined : performance.now() + answerMs);

  const call = async <T>(
    work: () => Promise<T>,
    by: Deadline,
    out: CommandSent | undefined,
    repeatable = false,
  ): Promise<T> => {
    if (closed) throw new StoreFault('closed', 'not done', 'The store is closed.');
    const done = new AbortController();
    const answer = underWay.run({ out, by }, () => persistent(work, by, { out, repeatable }));
    inHand.add(answer);
    // Also where its caller is answered before.
    void answer.catch(renew);
    try {
      if (by === undefined) return await answer;
      const tooLate = sleep(Math.max(0, by - performance.now()), undefined, { signal: done.signal }).then(
        () => Promise.reject(late(out)),
        () => new Promise<never>(() => {}),
      );
      return await Promise.race([answer, tooLate]);
    } catch (error) {
      throw faultOf(error, out);
    } finally {
      done.abort();
      void answer.catch(() => {}).finally(() => inHand.delete(answer));
    }
  };

  return {
    db,
    collection: <T extends Document>(name: string) => limited(db.collection<T>(name), limitMs),
    deadline,
    reading: (read, by = deadline()) => call(read, by, undefined),
    writing: (write, by = deadline(), repeatable) => call(write, by, { times: 0 }, repeatable !== undefined),
    background: (work) => {
      const quiet = work.catch(() => {});
      inHand.add(quiet);
      void quiet.finally(() => inHand.delete(quiet));
    },
    close: async () => {
      // A command that was written while its connection broke never ends.
      const most = answerMs === undefined ? LONG_MS : CLOSE_MS;
      const done = new AbortController();
      const last = sleep(most, undefined, { signal: done.signal }).then(
        () => inHand.clear(),
        () => {},
      );
      while (inHand.size > 0) await Promise.race([Promise.allSettled(inHand), last]);
      done.abort();
      closed = true;
      await client.close();
    },
  };
};
