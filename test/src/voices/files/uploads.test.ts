/** Files that come with a report, over real HTTP, on good days and on bad ones. */

import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { filesIn, type SealedFile } from '../../../../flows/voices/files.ts';
import { paddedLength } from '../../../../flows/voices/padding.ts';
import { FILE_LIMITS } from '../../../../src/voices/files/limits.ts';
import { photoKind } from '../../../../src/voices/files/photos.ts';
import { openFile } from '../../../../src/voices/files/sealing.ts';
import { openFileStore } from '../../../../src/voices/files/store.ts';
import { open } from '../../../../src/voices/sealing.ts';
import { openVoicesPage, type Given, type VoicesPage, type VoicesPageOptions } from '../../../support/voices-page.ts';

const MB = 2 ** 20;
const SECRET = 'They followed Amal Example home with our cameras';
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), Buffer.from('GPS 52.5 13.4, not a real picture')]);
const CLEAN_JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0, 0]);
const PDF = Buffer.from('%PDF-1.7 by Bo Witness');

let voices: VoicesPage;
afterEach(() => voices.end());

const start = async (options: VoicesPageOptions = {}): Promise<void> => {
  voices = await openVoicesPage(options);
};

type Sent = [name: string, content: Uint8Array];

const bodyOf = (fields: Given, files: readonly Sent[]): FormData => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  for (const [name, content] of files) body.append('files', new Blob([new Uint8Array(content)]), name);
  return body;
};

const send = (path: string, fields: Given, files: readonly Sent[]): Promise<Response> =>
  fetch(`${voices.url}${path}`, { method: 'POST', body: bodyOf(fields, files) });

const report = async (
  files: readonly Sent[],
  more: Given = {},
): Promise<{ page: string; status: number; receipt: string }> => {
  const hidden = await voices.form();
  const response = await send('/report', { ...hidden, what: SECRET, ...more }, files);
  return { page: await response.text(), status: response.status, receipt: hidden.receipt };
};

const bytesOf = async (file: SealedFile): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of openFile(voices.files.read(file.id), file)) parts.push(part);
  return Buffer.concat(parts);
};

const messages = (): Promise<unknown[]> =>
  Promise.all(
    voices.store
      .messagesOf(voices.store.cases()[0]!.id)
      .map(({ forHandlers }) => open(forHandlers, voices.identities['h-2']!)),
  );

const allFiles = async (): Promise<SealedFile[]> => (await messages()).flatMap(filesIn);

const storedIds = (): string[] =>
  voices.files.db
    .prepare<[], { id: string }>('SELECT DISTINCT id FROM parts')
    .all()
    .map(({ id }) => id);

/** What a browser would not send. */
const raw = (head: readonly string[], body: Buffer | string, cutAfter?: number): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(voices.url);
    const bytes = Buffer.from(body);
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        ['POST /report HTTP/1.1', 'Host: sample', `Content-Length: ${bytes.length}`, ...head, '', ''].join('\r\n'),
      );
      socket.write(cutAfter === undefined ? bytes : bytes.subarray(0, cutAfter));
      if (cutAfter !== undefined) setTimeout(() => socket.destroy(), 100);
    });
    socket.on('data', (part) => {
      answer += part.toString('latin1');
      if (answer.includes('</html>')) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });

describe('a file', () => {
  it('is sealed while it arrives, and can be opened by whoever can open the report', async () => {
    await start();
    const content = randomBytes(3 * MB + 17);
    const { page } = await report([['Bo’s sample plan.pdf', content]], { asItIs: 'yes' });
    expect(page).toContain(voices.texts.receiptTitle);
    expect(page).toContain('Files that arrived with it: 1.');
    const [file] = await allFiles();
    expect(file).toMatchObject({ name: 'Bo’s sample plan.pdf', bytes: content.length, cleaned: false });
    expect((await bytesOf(file!)).equals(content)).toBe(true);
    const disk = voices.everyByte();
    expect(disk).not.toContain(content.subarray(1000, 1040).toString('latin1'));
    expect(disk).not.toContain('sample plan');
    expect(voices.logged).toEqual([]);
  });

  it('has a length that many others have', async () => {
    await start();
    await report([['a.txt', Buffer.from('a')]], { asItIs: 'yes' });
    await report([['b.txt', randomBytes(60_000)]], { asItIs: 'yes' });
    const [one, other] = voices.store.cases().map(({ id }) => voices.store.filesOf(id)[0]!.bytes);
    expect(one).toBe(other);
  });

  it('has a name without a path, in one line', async () => {
    await start();
    await report([['../../etc/pass\u202Ewd.pdf', PDF]], { asItIs: 'yes' });
    expect((await allFiles()).map(({ name }) => name)).toEqual(['passwd.pdf']);
  });

  it('that is not chosen is none: a form sends an empty one', async () => {
    await start();
    const { page } = await report([['', Buffer.alloc(0)]]);
    expect(page).toContain(voices.texts.receiptTitle);
    expect(page).not.toContain('Files that arrived');
    expect(await messages()).toEqual([expect.not.objectContaining({ files: expect.anything() })]);
    expect(storedIds()).toEqual([]);
  });

  it('that is sent twice with its report is kept once', async () => {
    await start();
    const hidden = await voices.form();
    const again = (): Promise<Response> =>
      send('/report', { ...hidden, what: SECRET, asItIs: 'yes' }, [['plan.pdf', PDF]]);
    for (const response of await Promise.all([again(), again()])) expect(response.status).toBe(200);
    expect(await messages()).toHaveLength(1);
    expect(storedIds()).toEqual((await allFiles()).map(({ id }) => id));
  });

  it('can be added later, without a word', async () => {
    await start();
    const { receipt } = await report([]);
    const response = await send('/add', { receipt, words: '', asItIs: 'yes' }, [['plan.pdf', PDF]]);
    expect(await response.text()).toContain(voices.texts.addedNow);
    const [file] = await allFiles();
    expect((await bytesOf(file!)).equals(PDF)).toBe(true);
  });

  it('is erased, every sealed byte of it, when the report is taken back', async () => {
    await start();
    const { receipt } = await report([['plan.pdf', randomBytes(2 * MB)]], { asItIs: 'yes' });
    const [id = ''] = storedIds();
    const row = voices.files.db
      .prepare<[string], { sealed: Buffer }>('SELECT sealed FROM parts WHERE id = ? AND number = 1')
      .get(id);
    const sealed = row!.sealed.subarray(5000, 5040).toString('latin1');
    expect(voices.everyByte()).toContain(sealed);
    await voices.post('/take-back', { receipt, sure: 'yes' });
    expect(storedIds()).toEqual([]);
    expect(voices.everyByte()).not.toContain(sealed);
  });

  it.each(['missing words', 'a new reader'])(
    'has to be chosen once more after %s, and the page says so',
    async (why) => {
      await start();
      const hidden = await voices.form();
      if (why === 'a new reader') await voices.reader('h-3', 'Sample Newcomer');
      const what = why === 'a new reader' ? SECRET : ' ';
      const page = await (await send('/report', { ...hidden, what }, [['plan.pdf', PDF]])).text();
      expect(page).toContain(voices.texts.filesAgain);
      expect(storedIds()).toEqual([]);
    },
  );
});

describe('a photo', () => {
  /** Draws nothing: what it is given has to be the photo. */
  const cleaner = {
    clean: async (photo: AsyncIterable<Uint8Array>) => {
      const parts: Uint8Array[] = [];
      for await (const part of photo) parts.push(part);
      return Buffer.concat(parts).equals(JPEG) ? CLEAN_JPEG : undefined;
    },
  };

  it('is cleaned and loses its name, which says when it was taken', async () => {
    await start({ cleaner });
    await report([['IMG_20261127_081502.jpg', JPEG]], { clean: 'yes' });
    const [file] = await allFiles();
    expect(file).toMatchObject({ name: 'photo-1.jpg', cleaned: true, bytes: CLEAN_JPEG.length });
    expect((await bytesOf(file!)).equals(CLEAN_JPEG)).toBe(true);
    // The one that says more is gone.
    expect(storedIds()).toEqual([file!.id]);
  });

  it('stays as it is where its author took the tick away', async () => {
    await start({ cleaner });
    await report([['IMG_20261127_081502.jpg', JPEG]]);
    const [file] = await allFiles();
    expect(file).toMatchObject({ name: 'IMG_20261127_081502.jpg', cleaned: false });
    expect((await bytesOf(file!)).equals(JPEG)).toBe(true);
  });

  it('that can’t be cleaned is left out, by name, and goes in when its author wants it to', async () => {
    await start({ cleaner });
    const broken = Buffer.concat([JPEG, Buffer.from('more')]);
    const { page, receipt } = await report([['street.jpg', broken]], { clean: 'yes' });
    expect(page).toContain(voices.texts.receiptTitle);
    expect(page).toContain(`<strong class="name">street.jpg</strong>: ${voices.texts.filePhoto}`);
    expect(await allFiles()).toEqual([]);
    expect(storedIds()).toEqual([]);
    const added = await send('/add', { receipt, clean: 'yes', asItIs: 'yes' }, [['street.jpg', broken]]);
    expect(await added.text()).toContain(voices.texts.filesAsTheyAre);
    expect(await allFiles()).toMatchObject([{ name: 'street.jpg', cleaned: false }]);
  });

  it('is asked for again with its report where a reader came while it was cleaned: they could not be ticked', async () => {
    await start({
      cleaner: {
        clean: async () => {
          await voices.reader('h-3', 'Sample Newcomer');
          return CLEAN_JPEG;
        },
      },
    });
    const { page, status } = await report([['street.jpg', JPEG]], { clean: 'yes' });
    expect(status).toBe(409);
    expect(page).toContain('Sample Newcomer');
    expect(page).toContain(voices.texts.filesAgain);
    expect(voices.store.cases()).toEqual([]);
    expect(storedIds()).toEqual([]);
  });

  it('is one by what is in it, not by its name', async () => {
    await start();
    expect(photoKind(JPEG)).toBe('jpg');
    expect(photoKind(PDF)).toBeUndefined();
    expect(photoKind(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeUndefined();
    expect(photoKind(Buffer.alloc(0))).toBeUndefined();
  });
});

describe('what can’t be cleaned', () => {
  const odd: Sent[] = [
    ['bomb.zip', zipSync({ 'zeros.bin': new Uint8Array(8 * MB) }, { level: 9 })],
    ['picture.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['page.html', Buffer.from('<script>alert(1)</script>')],
    ['macro.docm', zipSync({ 'word/vbaProject.bin': randomBytes(100) })],
  ];

  it('is left out and said, text and all, without the second tick', async () => {
    await start();
    const { page } = await report([...odd, ['plan.pdf', PDF]], { clean: 'yes' });
    for (const [name] of odd)
      expect(page).toContain(`<strong class="name">${name}</strong>: ${voices.texts.fileNoPhoto}`);
    expect(page).toContain(voices.texts.receiptTitle);
    expect(await messages()).toMatchObject([{ what: SECRET }]);
    expect(storedIds()).toEqual([]);
  });

  it('is kept byte for byte with it, and never unpacked or looked into', async () => {
    await start();
    await report(odd, { clean: 'yes', asItIs: 'yes' });
    const files = await allFiles();
    for (const [i, [name, content]] of odd.entries()) {
      expect(files[i]).toMatchObject({ name, cleaned: false });
      expect((await bytesOf(files[i]!)).equals(Buffer.from(content))).toBe(true);
    }
  });
});

describe('room', () => {
  // With files as large as they may really be in voices-files.process.test.ts.
  it('is there for a large file and 30 files, and what is more is named while the text goes in', async () => {
    // The words name the real limit.
    expect(FILE_LIMITS.file).toBe(50 * MB);
    await start({ limits: { file: 5 * MB } });
    const large = randomBytes(5 * MB);
    const small = Array.from({ length: 30 }, (_one, i): Sent => [`note-${i + 1}.txt`, Buffer.from(`${i}`)]);
    const { page } = await report([['film.mp4', large], ['too large.mp4', Buffer.concat([large, PDF])], ...small], {
      asItIs: 'yes',
    });
    expect(page).toContain('Files that arrived with it: 30.');
    expect(page).toContain('<strong class="name">too large.mp4</strong>: it has more than 50 MB.');
    expect(page).toContain('<strong class="name">note-30.txt</strong>: these are more than 30 files');
    expect(await messages()).toMatchObject([{ what: SECRET }]);
    const files = await allFiles();
    expect(files).toHaveLength(30);
    expect((await bytesOf(files[0]!)).equals(large)).toBe(true);
    expect(voices.store.filesOf(voices.store.cases()[0]!.id)[0]?.bytes).toBeLessThan(paddedLength(5 * MB) + 20_000);
  });

  it.each([
    ['at once', { sending: 150_000 }, 'fileSendingFull'],
    ['in one case', { case: 200_000 }, 'fileCaseFull'],
    ['in the store', { total: 100_000 }, 'fileStoreFull'],
  ] as const)('may end %s: the text goes in, and what had room', async (_where, limits, why) => {
    await start({ limits });
    const { page, receipt } = await report([['one.txt', randomBytes(90_000)]], { asItIs: 'yes' });
    expect(page).toContain(voices.texts.receiptTitle);
    const added = await send('/add', { receipt, words: 'More.', asItIs: 'yes' }, [
      ['two.txt', randomBytes(90_000)],
      ['three.txt', randomBytes(90_000)],
    ]);
    const text = await added.text();
    expect(text).toContain(voices.texts.addedNow);
    expect(text).toContain(
      `<strong class="name">three.txt</strong>: ${voices.texts[why].replace('{together}', '100')}`,
    );
    expect(await messages()).toMatchObject([{ what: SECRET }, { text: 'More.' }]);
    expect(storedIds().toSorted()).toEqual((await allFiles()).map(({ id }) => id).toSorted());
  });

  it('that ends on the disk leaves the text where it is: files make room for it', async () => {
    await start();
    const pages = voices.files.db.pragma('page_count', { simple: true }) as number;
    voices.files.db.pragma(`max_page_count = ${pages + 300}`);
    const { page, status } = await report([['film.mp4', randomBytes(5 * MB)]], { asItIs: 'yes' });
    expect(status).toBe(200);
    expect(page).toContain(`<strong class="name">film.mp4</strong>: ${voices.texts.fileStoreFull}`);
    expect(await messages()).toMatchObject([{ what: SECRET }]);
    expect(storedIds()).toEqual([]);
    expect(voices.logged).toEqual([]);
    voices.files.db.pragma('max_page_count = 1000000');
    voices.is.free = 2 ** 30;
    expect((await report([['film.mp4', PDF]], { asItIs: 'yes' })).page).toContain(voices.texts.fileStoreFull);
    expect(voices.store.cases()).toHaveLength(2);
  });

  it('is not needed for the text where the store of files is broken, which is logged without a word', async () => {
    await start();
    voices.files.db.exec('DROP TABLE whole');
    voices.files.db.exec('CREATE TABLE whole (id TEXT PRIMARY KEY, bytes INTEGER NOT NULL CHECK (0), parts INTEGER)');
    const { page } = await report([['secret name.pdf', PDF]], { asItIs: 'yes' });
    expect(page).toContain(voices.texts.receiptTitle);
    expect(await messages()).toMatchObject([{ what: SECRET }]);
    expect(voices.logged.join('')).toContain('voices.files-failed');
    expect(voices.logged.join('')).not.toMatch(/secret name|Amal|T\d\d:/);
  });

  it('is bounded for many at once: the files of one too many are named, and their text goes in', async () => {
    await start({ limits: { senders: 2 } });
    const all = await Promise.all(
      Array.from({ length: 6 }, (_one, i) => report([[`film-${i}.mp4`, randomBytes(8 * MB)]], { asItIs: 'yes' })),
    );
    expect(all.every(({ page }) => page.includes(voices.texts.receiptTitle))).toBe(true);
    expect(voices.store.cases()).toHaveLength(6);
    const crowded = all.filter(({ page }) => page.includes(voices.texts.fileCrowded)).length;
    expect(storedIds()).toHaveLength(6 - crowded);
    expect((await report([['later.mp4', PDF]], { asItIs: 'yes' })).page).toContain('Files that arrived with it: 1.');
  });
});

describe('a form that is none', () => {
  const type = (boundary: string): string => `Content-Type: multipart/form-data; boundary=${boundary}`;
  const part = (head: string, body: string): string => `--x\r\n${head}\r\n\r\n${body}\r\n`;
  const file = 'Content-Disposition: form-data; name="files"; filename="a.bin"';

  it.each([
    ['has no boundary', ['Content-Type: multipart/form-data'], 'hello'],
    ['has another boundary', [type('y')], `${part('Content-Disposition: form-data; name="what"', SECRET)}--x--\r\n`],
    ['ends in the middle of a file', [type('x')], part(file, 'abc').slice(0, -2)],
    ['ends in the middle of a head', [type('x')], '--x\r\nContent-Disposition: form-da'],
    ['is empty', [type('x')], ''],
    ['is of another kind', ['Content-Type: multipart/mixed; boundary=x'], part(file, 'abc')],
  ])('%s: it gets a page, and nothing is kept', async (_what, head, body) => {
    await start();
    const answer = await raw(head, body);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('</html>');
    expect(voices.store.cases()).toEqual([]);
    expect(storedIds()).toEqual([]);
    expect(voices.logged).toEqual([]);
  });

  it.each([
    ['a head of a megabyte', part(`X-Sample: ${'y'.repeat(MB)}\r\n${file}`, 'abc')],
    ['ten thousand heads', part(`${'X-Sample: y\r\n'.repeat(10_000)}${file}`, 'abc')],
    ['a name of a megabyte', part(`Content-Disposition: form-data; name="files"; filename="${'n'.repeat(MB)}"`, 'a')],
    ['a thousand fields', part('Content-Disposition: form-data; name="__proto__"', 'x').repeat(1000)],
    ['a thousand files', part(file, 'abc').repeat(1000)],
  ])('with %s is answered, and keeps nothing', async (_what, parts) => {
    await start();
    expect(await raw([type('x')], `${parts}--x--\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(voices.store.cases()).toEqual([]);
    expect(storedIds()).toEqual([]);
    expect(voices.logged).toEqual([]);
  });

  it('with more text than a form can hold is refused', async () => {
    await start();
    const field = part('Content-Disposition: form-data; name="what"', 'x'.repeat(300_000));
    expect(await raw([type('x')], `${field}--x--\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    const many = part('Content-Disposition: form-data; name="others"', 'x'.repeat(190_000)).repeat(20);
    expect(await raw([type('x')], `${many}--x--\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(voices.store.cases()).toEqual([]);
  });

  it('whose sender goes away in the middle leaves nothing behind', async () => {
    await start();
    const body = `${part(file, 'z'.repeat(6 * MB))}--x--\r\n`;
    await raw([type('x')], body, 4 * MB);
    await expect.poll(storedIds).toEqual([]);
    expect(voices.store.cases()).toEqual([]);
    expect(voices.logged).toEqual([]);
  });

  it('that drips is ended, with and without files', async () => {
    await start({ pace: { grace: 400, bytesPerSecond: 1024 } });
    const drip = (contentType: string, begin: string): Promise<number> =>
      new Promise((resolve) => {
        const { hostname, port } = new URL(voices.url);
        const began = Date.now();
        const socket = connect(Number(port), hostname, () => {
          socket.write(
            `POST /report HTTP/1.1\r\nHost: sample\r\nContent-Length: 99999\r\n${contentType}\r\n\r\n${begin}`,
          );
        });
        const timer = setInterval(() => socket.write('z'), 50);
        socket.on('error', () => {});
        socket.on('close', () => {
          clearInterval(timer);
          resolve(Date.now() - began);
        });
      });
    const [form, files] = await Promise.all([
      drip('Content-Type: application/x-www-form-urlencoded', 'what='),
      drip(type('x'), `--x\r\n${file}\r\n\r\n`),
    ]);
    expect(Math.min(form, files)).toBeGreaterThan(350);
    expect(Math.max(form, files)).toBeLessThan(5000);
    await expect.poll(storedIds).toEqual([]);
    expect((await report([['a.pdf', PDF]], { asItIs: 'yes' })).status).toBe(200);
  });
});

describe('a process that died in the middle of an upload', () => {
  it('leaves sealed bytes that belong to no case: the next one erases them, and keeps those that do', async () => {
    await start();
    await report([['plan.pdf', PDF]], { asItIs: 'yes' });
    const [kept] = storedIds();
    const lost = voices.files.begin();
    lost.write(randomBytes(2 * MB));
    const whole = voices.files.begin();
    whole.write(randomBytes(1000));
    whole.end();
    expect(storedIds()).toHaveLength(3);
    voices.files.close();
    const next = openFileStore(voices.folder, () => voices.store.linkedFiles());
    const left = next.db.prepare<[], { id: string }>('SELECT DISTINCT id FROM parts').all();
    next.close();
    expect(left).toEqual([{ id: kept }]);
  });

  it('is not one that still runs: a second one on the same folder is refused, and erases nothing', async () => {
    await start();
    const sent = voices.files.begin();
    sent.write(randomBytes(2 * MB));
    expect(() => openFileStore(voices.folder, () => new Set())).toThrow('locked');
    expect(storedIds()).toEqual([sent.id]);
  });
});
