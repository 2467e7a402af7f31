/** Padding before something is sealed, the same in the server and in a browser: its length is not seen from outside. */

/** So much does a text grow, in steps. */
const STEP = 4096;

/** Bytes that say how long the text is, before it; the highest first. */
const PREFIX = 4;

/** Four bytes of length, the text in UTF-8, zeros. */
export const padded = (text: string): Uint8Array => {
  const bytes = new TextEncoder().encode(text);
  const all = new Uint8Array(Math.ceil((bytes.length + PREFIX) / STEP) * STEP);
  new DataView(all.buffer).setUint32(0, bytes.length);
  all.set(bytes, PREFIX);
  return all;
};

/** Takes the text out again. Throws RangeError where it is longer than what is there. */
export const unpadded = (all: Uint8Array): string => {
  const length = new DataView(all.buffer, all.byteOffset, all.byteLength).getUint32(0);
  if (PREFIX + length > all.length) throw new RangeError('This was not padded here.');
  return new TextDecoder().decode(all.subarray(PREFIX, PREFIX + length));
};

/** No file is shorter once it is padded. */
const LEAST_OF_FILE = 64 * 1024;

/** Returns to how many bytes a file grows: four lengths for each doubling, a quarter more than it had at most. */
export const paddedLength = (bytes: number): number => {
  if (bytes <= LEAST_OF_FILE) return LEAST_OF_FILE;
  const step = 2 ** (Math.floor(Math.log2(bytes - 1)) - 2);
  return Math.ceil(bytes / step) * step;
};
