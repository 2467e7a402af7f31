/** What is a photo that can be cleaned, and the limits within which that is tried. */

/** 8,000 by 8,000. */
export const MOST_PIXELS = 64_000_000;

/** Bytes that cleaning one may take. */
export const MOST_MEMORY = 768 * 2 ** 20;

export type PhotoKind = 'jpg' | 'png' | 'webp';

/** As many bytes tell which kind it is. */
export const HEAD = 16;

const STARTS: readonly [PhotoKind, RegExp][] = [
  ['jpg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['webp', /^RIFF[^]{4}WEBP/],
];

/** Undefined: it is something else, whatever its name says. */
export const photoKind = (head: Uint8Array): PhotoKind | undefined => {
  const start = Buffer.from(head.subarray(0, HEAD)).toString('latin1');
  return STARTS.find(([, pattern]) => pattern.test(start))?.[0];
};
