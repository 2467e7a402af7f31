/** The page on which people report, over real HTTP on a port of its own, with two readers whose keys the test has. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHybridIdentity } from 'age-encryption';
import { createLogger } from '../../src/log.ts';
import type { Cleaner } from '../../src/voices/files/cleaner.ts';
import type { Pace } from '../../src/voices/files/form.ts';
import { FILE_LIMITS, type FileLimits } from '../../src/voices/files/limits.ts';
import { openFileStore, type FileStore } from '../../src/voices/files/store.ts';
import { createFileTaking } from '../../src/voices/files/taking.ts';
import { mountPublic } from '../../src/voices/public.ts';
import { createReceiptKeys } from '../../src/voices/receipt-keys.ts';
import { recipientOf } from '../../src/voices/sealing.ts';
import { openVoicesStore, type VoicesStore } from '../../src/voices/store.ts';
import { ownTexts, type Texts } from '../../src/voices/texts.ts';
import { makeHttpServer } from '../../src/web/http-server.ts';

export type Given = Record<string, string | string[]>;

export interface VoicesPage {
  url: string;
  folder: string;
  store: VoicesStore;
  files: FileStore;
  texts: Texts;
  /** Private keys by the id of who has them; `outside` too. */
  identities: Record<string, string>;
  readers: { id: string; name: string; role: string; recipient: string }[];
  logged: string[];
  /** What the page is told; a test may change it. */
  is: { outside: boolean; room: boolean; now: Date; free: number };
  reader(id: string, name: string): Promise<void>;
  post(path: string, fields: Given): Promise<Response>;
  /** The hidden fields of a new form. */
  form(): Promise<{ receipt: string; readers: string }>;
  /** Everything on the disk. */
  everyByte(): string;
  end(): Promise<void>;
}

export const hiddenIn = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

/** Stands in for the process that cleans: says what it was given. */
export const noCleaner: Cleaner = { clean: () => Promise.resolve(undefined) };

export interface VoicesPageOptions {
  cleaner?: Cleaner;
  limits?: Partial<FileLimits>;
  pace?: Pace;
  texts?: Texts;
  /** In which the page speaks, too. */
  others?: readonly Texts[];
}

const pairs: Promise<{ identity: string; recipient: string }>[] = [];
/** Each page begins anew with the first: making one takes as long as many a test. */
const nthPair = (n: number): Promise<{ identity: string; recipient: string }> => {
  pairs[n] ??= (async () => {
    const identity = await generateHybridIdentity();
    return { identity, recipient: await recipientOf(identity) };
  })();
  return pairs[n];
};

export const openVoicesPage = async ({
  cleaner = noCleaner,
  limits,
  pace,
  texts = ownTexts().find(({ language }) => language === 'en'),
  others = [],
}: VoicesPageOptions = {}): Promise<VoicesPage> => {
  const folder = mkdtempSync(join(tmpdir(), 'voices-'));
  const store = openVoicesStore(folder);
  const files = openFileStore(folder, () => store.linkedFiles());
  if (!texts) throw new Error('There are no English texts.');
  let used = 0;
  const nextPair = () => nthPair(used++);
  const { identity: outside, recipient: outsideKey } = await nextPair();
  const identities: VoicesPage['identities'] = { outside };
  const readers: VoicesPage['readers'] = [];
  const logged: string[] = [];
  const is = { outside: true, room: true, now: new Date('2026-11-27T15:04:05.678Z'), free: 2 ** 40 };
  const logger = createLogger('info', { write: (line) => void logged.push(line) }, { time: 'day' });
  const server = makeHttpServer();
  mountPublic(server.app, {
    store,
    keysOf: createReceiptKeys(store.salt),
    files: createFileTaking({
      store: files,
      cleaner,
      free: () => is.free,
      limits: { ...FILE_LIMITS, ...limits },
      logger,
    }),
    pace,
    readers: () => page.readers,
    get outside() {
      return is.outside ? { name: 'Sample Ombudsperson', recipient: outsideKey } : undefined;
    },
    languages: [texts, ...others],
    company: 'Sample Company',
    products: ['Sample camera recorder'],
    authorities: ['Sample authority, by letter'],
    leave: 'https://example.org/',
    practice: false,
    clocks: { acknowledgeDays: 7, feedbackMonths: 3 },
    hasRoom: () => is.room,
    clock: () => is.now,
    logger,
  });
  await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const page: VoicesPage = {
    url,
    folder,
    store,
    files,
    texts,
    identities,
    readers,
    logged,
    is,
    reader: async (id, name) => {
      const { identity, recipient } = await nextPair();
      identities[id] = identity;
      page.readers.push({ id, name, role: 'Sample role', recipient });
    },
    post: (path, fields) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        body: new URLSearchParams(
          Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
        ),
      }),
    form: async () => {
      const text = await (await fetch(`${url}/`)).text();
      return { receipt: hiddenIn(text, 'receipt'), readers: hiddenIn(text, 'readers') };
    },
    everyByte: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'latin1'))
        .join(''),
    end: async () => {
      server.server.closeAllConnections();
      await new Promise((resolve) => server.server.close(resolve));
      files.close();
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
  await page.reader('h-1', 'Sample Handler');
  await page.reader('h-2', 'Sample Handler <Two>');
  return page;
};
