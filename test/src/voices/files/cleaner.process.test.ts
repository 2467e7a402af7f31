/** Photos are cleaned in a process of their own: what was beside the picture is gone, and what is no photo harms nobody. */

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  canIsolate,
  cleaningProblem,
  createCleaner,
  type CleanerOptions,
} from '../../../../src/voices/files/cleaner.ts';
import { photoWithPlace } from '../../../support/photo-with-place.ts';

const SCRIPT = fileURLToPath(new URL('../../../../dist/src/voices/files/photo.child.js', import.meta.url));

const clean = (photo: Uint8Array, options: CleanerOptions = {}): Promise<Buffer | undefined> =>
  createCleaner({ script: SCRIPT, ...options }).clean(
    (async function* () {
      for (let at = 0; at < photo.length; at += 65_536) yield photo.subarray(at, at + 65_536);
    })(),
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cleaner-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a photo', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'in %s loses place, time, device and whatever else is beside it',
    async (format) => {
      const photo = await photoWithPlace(format);
      const before = await sharp(photo).metadata();
      expect(before.exif?.toString('latin1')).toContain('Sample Camera 9');
      expect(before.xmp?.toString()).toContain('Sample Street');
      expect(before.icc).toBeDefined();
      const made = await clean(photo);
      const after = await sharp(made).metadata();
      expect(after).toMatchObject({ format });
      for (const part of ['exif', 'xmp', 'icc', 'iptc', 'tifftagPhotoshop', 'orientation'] as const) {
        expect(after[part]).toBeUndefined();
      }
      // Three letters in any case stand in any picture of this size now and then.
      expect(made?.toString('latin1')).not.toMatch(/Exif|EXIF|eXIf|XMP |xmpmeta|Sample (?:Camera|Street)|2026:01:14/);
    },
  );

  it('stands upright as before, though what said so is gone', async () => {
    const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await sharp(await clean(photo)).metadata()).toMatchObject({ width: 20, height: 40 });
  });

  it('of twelve million pixels is cleaned within its limits', async () => {
    const photo = await sharp(randomBytes(4000 * 3000 * 3), { raw: { width: 4000, height: 3000, channels: 3 } })
      .jpeg({ progressive: true })
      .toBuffer();
    expect(await clean(photo)).toBeDefined();
  });
});

/** A picture of so many pixels in a few kB. */
const pixelBomb = (side: number): Buffer => {
  const crcTable = Array.from({ length: 256 }, (_one, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const crc = body.reduce((c, byte) => (crcTable[(c ^ byte) & 255] ?? 0) ^ (c >>> 8), 0xffffffff);
    const [length, end] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    end.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return Buffer.concat([length, body, end]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 9 });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

describe('what can’t be cleaned', () => {
  it('is a picture of too many pixels, however few bytes it has', async () => {
    expect(pixelBomb(30_000).length).toBeLessThan(200_000);
    expect(await clean(pixelBomb(30_000))).toBeUndefined();
    expect(await clean(pixelBomb(100))).toBeDefined();
  });

  it('is damaged, cut off, of another kind, or nothing', async () => {
    const photo = await photoWithPlace('jpeg');
    const torn = Buffer.from(photo);
    torn.fill(0xff, photo.length >> 1);
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>',
    );
    for (const bad of [
      photo.subarray(0, photo.length >> 1),
      torn,
      svg,
      Buffer.from('%PDF-1.7'),
      randomBytes(9000),
      Buffer.alloc(0),
    ]) {
      expect(await clean(bad)).toBeUndefined();
    }
  });

  it('is an animation: its other pictures would be lost unseen', async () => {
    const frames = Buffer.concat([Buffer.alloc(300, 10), Buffer.alloc(300, 200)]);
    const moving = await sharp(frames, { raw: { width: 10, height: 20, channels: 3, pageHeight: 10 } })
      .webp({ loop: 0 })
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    expect(await clean(moving)).toBeUndefined();
  });

  it('is what takes too long or gives too much', async () => {
    const photo = await photoWithPlace('jpeg');
    const began = Date.now();
    expect(await clean(photo, { patience: 1 })).toBeUndefined();
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(await clean(photo, { most: 100 })).toBeUndefined();
    expect(await clean(photo, { script: join(folder, 'is not there.js') })).toBeUndefined();
  });
});

describe('the process that cleans', () => {
  const script = (lines: string): string => {
    const file = join(folder, `${randomBytes(4).toString('hex')}.mjs`);
    writeFileSync(file, lines);
    return file;
  };

  it('has no settings of ours, writes no file, and reaches no network where that can be taken away', async () => {
    process.env['SAMPLE_SECRET'] = 'sample';
    const said = await clean(Buffer.from('x'), {
      script: script(`
        import { writeFileSync } from 'node:fs';
        import { networkInterfaces } from 'node:os';
        let wrote = 'yes';
        try { writeFileSync(${JSON.stringify(join(folder, 'made'))}, 'photo'); } catch (error) { wrote = error.code; }
        console.log(JSON.stringify({ env: Object.keys(process.env).sort(), wrote, net: Object.keys(networkInterfaces()) }));
      `),
    });
    delete process.env['SAMPLE_SECRET'];
    const { env, wrote, net } = JSON.parse(String(said)) as { env: string[]; wrote: string; net: string[] };
    expect(env.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual([
      'MALLOC_ARENA_MAX',
      'PATH',
      'VIPS_DISC_THRESHOLD',
    ]);
    expect(wrote).toBe('EFBIG');
    if (canIsolate()) expect(net).toEqual([]);
  });

  it('is gone when it should be, with all that it began', async () => {
    const endless = script(`
      import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); // sample-${process.pid}']);
      setInterval(() => {}, 1000);
    `);
    expect(await clean(Buffer.from('x'), { script: endless, patience: 1500 })).toBeUndefined();
    const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(stdout).not.toContain(`// sample-${process.pid}`);
  });

  it('ends by itself, long before its time is over, when a picture takes too much memory', async () => {
    const side = 7900;
    const photo = await sharp({ create: { width: side, height: side, channels: 3, background: 'red' } })
      .jpeg({ progressive: true, chromaSubsampling: '4:4:4', quality: 50 })
      .toBuffer();
    expect(photo.length).toBeLessThan(3 * 2 ** 20);
    expect(await clean(photo, { patience: 120_000 })).toBeUndefined();
  });

  it('is tried at the start, and an operator is told where it does not run', async () => {
    const missing = createCleaner({ script: join(folder, 'is not there.js') });
    expect(await cleaningProblem(missing)).toContain('Photos can’t be cleaned on this machine');
    const words = await cleaningProblem(createCleaner({ script: SCRIPT }));
    if (canIsolate()) expect(words).toBeUndefined();
    else expect(words).toContain('could reach the network');
  });

  it('takes its turn: many photos at once are all cleaned', async () => {
    const photo = await photoWithPlace('jpeg');
    const cleaner = createCleaner({ script: SCRIPT });
    const all = await Promise.all(
      Array.from({ length: 8 }, () =>
        cleaner.clean(
          (async function* () {
            yield photo;
          })(),
        ),
      ),
    );
    expect(all.every((made) => made !== undefined)).toBe(true);
  });
});
