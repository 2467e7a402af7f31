/** Sealing of files while they arrive: each to a key of its own, which stands in the sealed message that they came with. */

import { Decrypter, Encrypter, generateHybridIdentity } from 'age-encryption';
import { paddedLength } from '../../../flows/voices/padding.ts';
import { recipientOf, type Identity } from '../sealing.ts';

const ZEROS = new Uint8Array(64 * 1024);

const streamOf = (bytes: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> => {
  const iterator = bytes[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await iterator.return?.()),
  });
};

async function* grown(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of content) {
    bytes += part.length;
    yield part;
  }
  for (let left = paddedLength(bytes) - bytes; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left);
}

/** Returns the key, and the sealed bytes as they are made. */
export const sealFile = async (
  content: AsyncIterable<Uint8Array>,
): Promise<{ key: Identity; sealed: AsyncIterable<Uint8Array> }> => {
  const key = await generateHybridIdentity();
  const encrypter = new Encrypter();
  encrypter.addRecipient(await recipientOf(key));
  return { key, sealed: await encrypter.encrypt(streamOf(grown(content))) };
};

/** Opens one again, in memory alone. Throws where a byte of it is another. */
export async function* openFile(
  sealed: AsyncIterable<Uint8Array>,
  { key, bytes }: { key: Identity; bytes: number },
): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  let left = bytes;
  const opened: AsyncIterable<Uint8Array> = await decrypter.decrypt(streamOf(sealed));
  for await (const part of opened) {
    if (left > 0) yield part.subarray(0, left);
    left -= part.length;
  }
}
