/**
 * The store for several bots: MongoDB, a single server, a replica set or a sharded cluster. One append is one
 * inserted document; its projection (snapshot, outbox rows) is made at once, or by the next sweep. Collections, their
 * indexes and shard keys are in `schema.ts`.
 */

import { checkFilled } from '../archive.ts';
import type { EventStore } from '../event-store.ts';
import type { LogKeeper } from '../log/commit-log.ts';
import { openedSnapshots } from '../opened.ts';
import { laneMarks, type LaneMarks } from '../outbox-marks.ts';
import { readRestored, RESTORED, type RestoredAt } from '../restored.ts';
import { rowMarks } from '../row-marks.ts';
import { copyingOf } from './archive.ts';
import { commitMethods, type LoadedHead } from './commits.ts';
import { ANSWER_MS, connect } from './connection.ts';
import { lanesOf } from './lanes.ts';
import { ledgerMethods } from './ledger.ts';
import { logLedger, logMethods, type PlacingStep } from './log.ts';
import { markMethods, markRows } from './marking.ts';
import { outboxMethods } from './outbox.ts';
import { createPlaces } from './places.ts';
import { projectingOf, type Cut } from './projecting.ts';
import { createRecent } from './recent.ts';
import { refAndDraftMethods } from './refs-and-drafts.ts';
import { bringUpToDate, collectionsOf } from './schema.ts';
import { serverClockOf } from './server-clock.ts';
import { settingMethods } from './settings.ts';
import { streamKeysOf } from './stream-keys.ts';
import { streamMethods } from './streams.ts';
import { summaryMethods } from './summaries.ts';

export interface MongoOptions {
  /** Includes the database's name: `mongodb://host/clearthread`. */
  uri: string;
  /** 32 bytes. */
  dataKey: Buffer;
  /** How long a call may take, in milliseconds, before it throws StoreFault `timeout`. */
  answerMs?: number | undefined;
  /** This process's clock, ISO 8601: for expiries and the time of a failure. What bots share goes by the server's. */
  now?: () => string;
  /** False believes the server's clock to be equal to `now`, for tests that move it. */
  measure?: boolean | undefined;
  /** Time between two looks at the server's clock, in milliseconds. */
  measureEveryMs?: number | undefined;
  /** Rows that a lane's own document keeps. */
  laneRows?: number | undefined;
  /** Called between the steps of an append: an error thrown here ends the append as the end of the process would. */
  cut?: Cut;
  /** The same between the steps that give commits their places in the log. */
  placing?: PlacingStep;
}

/** Creates missing collections and indexes. Throws StoreFault where the server can't be reached or used. */
export const openMongoStore = async (options: MongoOptions): Promise<EventStore> => {
  const { uri, dataKey, answerMs = ANSWER_MS, now = () => new Date().toISOString(), cut = () => {} } = options;
  const marks = rowMarks(dataKey);
  const { measure = true, measureEveryMs: everyMs } = options;
  // An index may take longer to make than a click may take to answer.
  const preparing = await connect({ uri, answerMs: undefined });
  let restored: RestoredAt | undefined;
  try {
    const all = collectionsOf(preparing);
    await bringUpToDate(preparing, all);
    checkFilled(await copyingOf(preparing, all));
    await markRows(preparing, all, dataKey, marks);
    restored = readRestored((await preparing.reading(() => all.meta.findOne({ _id: RESTORED }), undefined))?.value);
  } finally {
    await preparing.close();
  }
  const connection = await connect({ uri, answerMs });
  const all = collectionsOf(connection);
  const keys = streamKeysOf(connection, all, dataKey);
  const marksOf = (lane: string): LaneMarks => laneMarks(marks, lane);
  const lanes = lanesOf(connection, all, marksOf, options.laneRows);
  const clock = await serverClockOf(connection, { own: now, trusted: !measure, everyMs }).catch(
    async (error: unknown) => {
      await connection.close();
      throw error;
    },
  );
  const places = createPlaces(() => Date.parse(clock.now()));
  const loaded = createRecent<LoadedHead>();
  const opened = openedSnapshots(marks);
  const forget = (stream: string): void => {
    loaded.take(stream);
    opened.forget(stream);
  };
  const projecting = projectingOf(connection, all, lanes, clock.now, cut);
  return {
    ...commitMethods({ connection, all, keys, marks, opened, projecting, places, loaded, now: clock.now, cut }),
    ...streamMethods(connection, all, { forget, marks, now: clock.now }),
    ...summaryMethods({ connection, all, dataKey, now: clock.now }),
    ...outboxMethods({ connection, all, lanes, marksOf, projecting, places, clock, restored, now }),
    ...refAndDraftMethods(connection, all, { keys, marks }),
    ...settingMethods(connection, all, { marks, clock, now }),
    ...markMethods(connection, all, marks),
    ...ledgerMethods(connection, all),
    ...logLedger(connection, all),
    ...logMethods(connection, all, options.placing ?? (async () => {})),
    catchUp: projecting.catchUp,
    ping: async () => {
      await connection.reading(() => connection.db.command({ ping: 1 }));
    },
    clockAheadMs: clock.aheadMs,
    close: () => {
      clock.close();
      return connection.close();
    },
  };
};

/** Opens the parts of the log that write, without the data key. Throws StoreFault. */
export const openMongoLog = async (uri: string): Promise<LogKeeper> => {
  const connection = await connect({ uri, answerMs: undefined });
  try {
    const all = collectionsOf(connection);
    await bringUpToDate(connection, all);
    checkFilled(await copyingOf(connection, all));
    return { ...logMethods(connection, all, async () => {}), close: connection.close };
  } catch (error) {
    await connection.close();
    throw error;
  }
};
