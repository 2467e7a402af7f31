/**
 * The voices: a process of its own, with a store and addresses of its own, through which people report misuse and handlers
 * answer them (items C9 to C12 of the Guidance). It shares nothing with a bot but the organisation file.
 */

import { statfsSync } from 'node:fs';
import { generateHybridIdentity } from 'age-encryption';
import type { Organisation } from '../../flows/organisation.ts';
import { USUAL_CLOCKS } from '../../flows/voices/clocks.ts';
import { HANDLERS_NEEDED, isActive } from '../../flows/voices/vouching.ts';
import type { ListenAddress } from '../config/addresses.ts';
import type { Logger } from '../log.ts';
import { siteOf } from '../signing/signing.ts';
import { makeHttpServer, type HttpServer } from '../web/http-server.ts';
import { listenOn } from '../web/listen.ts';
import { createHandlers, type Handler } from './handlers.ts';
import { mountPublic, type PublicOptions } from './public.ts';
import { createReceiptKeys } from './receipt-keys.ts';
import { mountRoom } from './room/mount.ts';
import { recipientOf } from './sealing.ts';
import { openVoicesStore } from './store.ts';
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
  texts: Texts;
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

const hasRoomIn = (folder: string) => (): boolean => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > ROOM;
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
  const { folder, organisation, practice, roomOrigin, texts, logger, clock = () => new Date() } = options;
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
  const [page, room] = [makeHttpServer(), makeHttpServer()];
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
    texts,
    company: organisation.name,
    products: organisation.products.map(({ name }) => name),
    authorities: voices?.authorities ?? [],
    leave: voices?.leave ?? 'https://www.wikipedia.org/',
    practice,
    clocks,
    hasRoom: hasRoomIn(folder),
    clock,
    logger,
  });
  mountRoom(room.app, { store, handlers, site, clock, clocks, logger });
  const end = async (): Promise<void> => {
    for (const one of [page, room]) one.endConnections();
    await Promise.all([page.refuse(), room.refuse()]);
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
