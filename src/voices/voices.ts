/**
 * The voices: a process of its own, with a store and addresses of its own, through which people report misuse and handlers
 * answer them (items C9 to C12 of the Guidance). It shares nothing with a bot but the organisation file.
 */

import { statfsSync } from 'node:fs';
import { generateHybridIdentity } from 'age-encryption';
import type { Organisation } from '../../flows/organisation.ts';
import { USUAL_CLOCKS } from '../../flows/voices/clocks.ts';
import { USUAL_RETENTION_DAYS } from '../../flows/voices/retention.ts';
import { HANDLERS_NEEDED, isActive } from '../../flows/voices/vouching.ts';
import type { ListenAddress } from '../config/addresses.ts';
import type { Logger } from '../log.ts';
import { siteOf } from '../signing/signing.ts';
import { makeHttpServer, MOST_CONNECTIONS, type HttpServer } from '../web/http-server.ts';
import { listenOn } from '../web/listen.ts';
import type { PublicOptions } from './desk.ts';
import { startErasing } from './erasing.ts';
import { createCleaner } from './files/cleaner.ts';
import { openFileStore, type FileStore } from './files/store.ts';
import { createFileTaking } from './files/taking.ts';
import { createHandlers, type Handler } from './handlers.ts';
import { mountPublic } from './public.ts';
import { createReceiptKeys } from './receipt-keys.ts';
import { mountRoom } from './room/mount.ts';
import { recipientOf } from './sealing.ts';
import { openVoicesStore, type VoicesStore } from './store.ts';
import type { Texts } from './texts.ts';
import { altered } from './vouched.ts';

export interface VoicesOptions {
  /** Absolute path of the folder of its store. */
  folder: string;
  organisation: Organisation;
  /** Where people report. */
  page: ListenAddress;
  /** Where handlers work, and the address at which they open it. */
  room: ListenAddress;
  roomOrigin: string;
  /** Practice: while there are no handlers, what is sent is sealed to keys that nobody has. */
  practice: boolean;
  /** The first is that of its address; the others are linked there. */
  languages: readonly Texts[];
  clock?: (() => Date) | undefined;
  logger: Logger;
}

export interface Voices {
  pageUrl: string;
  roomUrl: string;
  stop(): Promise<void>;
}

/** A port that is taken, or an address that is not this machine's. The message is for the person who starts it. */
export class VoicesStartProblem extends Error {
  override name = 'VoicesStartProblem';
}

/** Below this, reports are refused with kind words, while what is there can still be read and answered. */
const ROOM = 200 * 2 ** 20;

/** Milliseconds for a form with files to arrive: 100 MB over a slow network. How fast at least: see LEAST_PACE. */
const PATIENCE = 60 * 60_000;

/** Bytes that are free on the disk. */
const freeIn = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

const listening = async (what: string, { server }: HttpServer, address: ListenAddress): Promise<string> => {
  const { host } = address;
  const taken = await listenOn(
    server,
    address,
    (code, why) =>
      new VoicesStartProblem(`The ${what} can’t listen on port ${address.port} of ${host} (${code}).`, why),
  );
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
};

const openFiles = (folder: string, store: VoicesStore): FileStore => {
  try {
    return openFileStore(folder, () => store.linkedFiles());
  } catch (cause) {
    store.close();
    if (cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY') {
      throw new VoicesStartProblem(`Another process has opened the voices in ${folder}. End that one first.`, {
        cause,
      });
    }
    throw cause;
  }
};

type Reader = ReturnType<PublicOptions['readers']>[number];

/** Two names for practice. Their private keys are made, and forgotten at once. */
const practiceReaders = (): Promise<Reader[]> =>
  Promise.all(
    ['Practice reader one', 'Practice reader two'].map(async (name, i) => ({
      id: `practice-${i + 1}`,
      name,
      role: 'made up',
      recipient: await recipientOf(await generateHybridIdentity()),
    })),
  );

/** Throws VoicesStartProblem, VoicesStoreProblem, and SQLite’s errors. */
export const startVoices = async (options: VoicesOptions): Promise<Voices> => {
  const { folder, organisation, practice, roomOrigin, languages, logger, clock = () => new Date() } = options;
  const { voices } = organisation;
  const store = openVoicesStore(folder);
  const handlers = createHandlers(store);
  const madeUp = practice ? await practiceReaders() : [];
  const site = siteOf(roomOrigin);
  let active: Handler[] = [];
  let looked = '';
  /** Looks who can read, where that may be others than at the last look: whoever was altered from outside can't. */
  const look = async (): Promise<void> => {
    const all = handlers.all();
    const now = JSON.stringify(all);
    if (now === looked) return;
    const wrong = await altered(all, site);
    active = all.filter((one) => isActive(one) && !wrong.has(one.id));
    looked = now;
  };
  const readers = (): (Reader | Handler)[] => (practice && active.length < HANDLERS_NEEDED ? madeUp : active);
  const files = openFiles(folder, store);
  const [page, room] = [makeHttpServer(MOST_CONNECTIONS, PATIENCE), makeHttpServer()];
  const clocks = {
    acknowledgeDays: voices?.acknowledgeDays ?? USUAL_CLOCKS.acknowledgeDays,
    feedbackMonths: voices?.feedbackMonths ?? USUAL_CLOCKS.feedbackMonths,
  };
  mountPublic(page.app, {
    store,
    keysOf: createReceiptKeys(store.salt),
    look,
    readers,
    outside: voices?.outside && { name: voices.outside.name, recipient: voices.outside.key },
    languages,
    company: organisation.name,
    products: organisation.products.map(({ name }) => name),
    authorities: voices?.authorities ?? [],
    leave: voices?.leave ?? 'https://www.wikipedia.org/',
    practice,
    clocks,
    files: createFileTaking({ store: files, cleaner: createCleaner(), free: () => freeIn(folder), logger }),
    hasRoom: () => freeIn(folder) > ROOM,
    clock,
    logger,
  });
  const retentionDays = voices?.retentionDays ?? USUAL_RETENTION_DAYS;
  const people = organisation.people.map(({ id, name }) => ({ id, name }));
  mountRoom(room.app, { store, files, handlers, site, clock, clocks, people, retentionDays, logger });
  const endErasing = startErasing({ store, files, retentionDays, clock, logger });
  const end = async (): Promise<void> => {
    endErasing();
    for (const one of [page, room]) one.endConnections();
    await Promise.all([page.refuse(), room.refuse()]);
    files.close();
    store.close();
  };
  try {
    const pageUrl = await listening('page', page, options.page);
    const roomUrl = await listening('case room', room, options.room);
    return { pageUrl, roomUrl, stop: end };
  } catch (error) {
    await end();
    throw error;
  }
};
