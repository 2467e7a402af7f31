/**
 * PNG with a palette: a chart has few colours, so this takes a fifth of three bytes a pixel, and fits a Teams card.
 * https://www.w3.org/TR/png-3/
 */

import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const INDEXED = 3;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
};

type Colour = number;
const red = (colour: Colour): number => colour & 255;
const green = (colour: Colour): number => (colour >>> 8) & 255;
const blue = (colour: Colour): number => (colour >>> 16) & 255;

const distance = (a: Colour, b: Colour): number =>
  (red(a) - red(b)) ** 2 + (green(a) - green(b)) ** 2 + (blue(a) - blue(b)) ** 2;

/** Returns the most frequent colours; the smoothing colours at the edges of letters map to the nearest. */
const paletteOf = (pixels: Uint32Array, most: number): { palette: Colour[]; indexOf: Map<Colour, number> } => {
  const counts = new Map<Colour, number>();
  // A chart is mostly runs of one colour: the map is looked up at their ends only.
  let start = 0;
  for (let i = 1; i <= pixels.length; i += 1) {
    if (i < pixels.length && pixels[i] === pixels[start]) continue;
    const colour = pixels[start] ?? 0;
    counts.set(colour, (counts.get(colour) ?? 0) + i - start);
    start = i;
  }
  const sorted = [...counts].toSorted(([a, n], [b, m]) => m - n || a - b).map(([colour]) => colour);
  const palette = sorted.slice(0, most);
  const indexOf = new Map(palette.map((colour, i) => [colour, i]));
  for (const colour of sorted.slice(most)) {
    const nearest = palette.reduce(
      (best, one, i) => (distance(one, colour) < distance(palette[best] ?? one, colour) ? i : best),
      0,
    );
    indexOf.set(colour, nearest);
  }
  return { palette, indexOf };
};

/** Encodes a picture. `rgba`: four bytes a pixel, opaque, row by row. `most`: number of colours, at most 256. */
export const indexedPng = (rgba: Buffer, width: number, height: number, most: number): Buffer => {
  const pixels = new Uint32Array(rgba.buffer.slice(rgba.byteOffset, rgba.byteOffset + width * height * 4));
  const { palette, indexOf } = paletteOf(pixels, most);
  // Each row begins with its filter: none.
  const rows = Buffer.alloc((width + 1) * height);
  let known: Colour | undefined;
  let index = 0;
  for (let y = 0; y < height; y += 1) {
    const row = y * (width + 1) + 1;
    for (let x = 0; x < width; x += 1) {
      const colour = pixels[y * width + x] ?? 0;
      if (colour !== known) [known, index] = [colour, indexOf.get(colour) ?? 0];
      rows[row + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, INDEXED, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [red(colour), green(colour), blue(colour)]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
