/** Finds and opens the record that a command works on. */

import { resolve } from 'node:path';
import type { Organisation } from '../../flows/organisation.ts';
import type { EventStore, Ledger } from '../../store/event-store.ts';
import { databaseOf } from '../../store/mongo/address.ts';
import { dataDirOf } from '../config/config.ts';
import { loadOrganisation, sampleOrganisationFile } from '../config/organisation-file.ts';
import { watchmanIn } from '../config/watchman.ts';
import { createWatchman, type Watchman } from '../screening/watchman.ts';
import { mongodbOf, nothingAt, openLedgerAt, openStoreAt, type StoreLocation } from '../streams/open-store.ts';
import { Unusable } from './command.ts';
import type { CliIo } from './io.ts';

/** `data` is the value of `--data`: that folder, whatever the environment says. Throws Unusable. */
export const whereOf = (data: string | undefined, env: CliIo['env']): StoreLocation => {
  if (data !== undefined) return { dataDir: resolve(data), mongodb: undefined };
  const mongodb = mongodbOf(env);
  if (mongodb !== undefined && databaseOf(mongodb) === undefined) {
    throw new Unusable(
      'MONGODB_URI does not name a database, as mongodb://db1,db2,db3/clearthread?replicaSet=rs0 does.',
    );
  }
  return { dataDir: dataDirOf(env), mongodb };
};

const check = (where: StoreLocation): void => {
  const nothing = nothingAt(where);
  if (nothing !== undefined) throw new Unusable(nothing);
};

/** Opens the store for the work. Throws Unusable where there is none, and StoreFault. */
export const withStore = async (
  where: StoreLocation,
  io: CliIo,
  work: (store: EventStore) => Promise<number>,
): Promise<number> => {
  check(where);
  const store = await openStoreAt(where, io.env);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

/** Like `withStore`, without the data key. */
export const withLedger = async (where: StoreLocation, work: (ledger: Ledger) => Promise<number>): Promise<number> => {
  check(where);
  const ledger = await openLedgerAt(where);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
};

/** The Watchman server that the environment names; undefined: none. Throws Unusable. */
export const watchmanOf = (env: CliIo['env']): Watchman | undefined => {
  const set = watchmanIn(env);
  if (set !== undefined && 'problem' in set) throw new Unusable(set.problem);
  return set && createWatchman(set);
};

/** The organisation file that the environment names, else the sample. */
export const organisationOf = (env: CliIo['env']): Organisation =>
  loadOrganisation(env['CLEARTHREAD_ORGANISATION']?.trim() || sampleOrganisationFile);

/**
 * Keeps the sample's people out of a real record: what is written there goes by the organisation's calendar and groups.
 * Throws Unusable.
 */
export const refuseSample = async (store: Pick<EventStore, 'meta'>, env: CliIo['env']): Promise<void> => {
  if (env['CLEARTHREAD_ORGANISATION']?.trim() || (await store.meta('deployment')) !== 'real') return;
  throw new Unusable('This is no playground. Set CLEARTHREAD_ORGANISATION to your organisation file, as for the bot.');
};
