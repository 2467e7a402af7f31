/**
 * A process of its own for one photo: reads it from stdin, draws it anew, and writes that to stdout. What stood beside the
 * picture (place, time, device, thumbnail, profile) is not drawn. Exit code: 0 done, 3 it can't be cleaned, 4 too much
 * memory.
 */

import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { MOST_MEMORY, MOST_PIXELS } from './photos.ts';

/** A picture that is larger than it says takes memory in the libraries, which no limit of the runtime sees. */
const WATCH_MS = 20;

/** Frames of an animation would be lost. */
const isAnimated = (photo: Buffer, pages = 1): boolean => pages > 1 || photo.subarray(0, 4096).includes('acTL');

const drawnAnew = async (photo: Buffer): Promise<Buffer | undefined> => {
  const picture = sharp(photo, { limitInputPixels: MOST_PIXELS, sequentialRead: true, failOn: 'error' });
  const { format, pages } = await picture.metadata();
  if (isAnimated(photo, pages)) return undefined;
  const upright = picture.autoOrient();
  switch (format) {
    case 'jpeg':
      return upright.jpeg({ quality: 90 }).toBuffer();
    case 'png':
      return upright.png().toBuffer();
    case 'webp':
      return upright.webp({ quality: 90 }).toBuffer();
    default:
      return undefined;
  }
};

setInterval(() => {
  if (process.memoryUsage.rss() > MOST_MEMORY) process.exit(4);
}, WATCH_MS).unref();

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

try {
  const clean = await drawnAnew(await buffer(process.stdin));
  if (clean) process.stdout.end(clean);
  else process.exitCode = 3;
} catch {
  process.exitCode = 3;
}
