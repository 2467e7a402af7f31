/** The bytes of a file as text that is checked and hashed while it comes. */

import { createHash } from 'node:crypto';

export interface HashedText {
  texts: AsyncGenerator<string>;
  /** Of all bytes, once the text was read to its end: hex SHA-256. */
  sha256(): string;
}

/** `problem` makes the error that the reader throws, of a sentence. Also thrown: what `bytes` throws. */
export const hashedText = (
  bytes: AsyncIterable<Uint8Array>,
  {
    mostBytes,
    tooLong,
    problem,
  }: { mostBytes: number; tooLong: string; problem: (text: string, cause?: unknown) => Error },
): HashedText => {
  const hash = createHash('sha256');
  /** Names in another encoding would arrive in pieces. */
  const text = (decode: () => string): string => {
    try {
      return decode();
    } catch (error) {
      throw problem('It is not written in UTF-8. Save it so, and import it again.', error);
    }
  };
  const texts = async function* (): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let length = 0;
    for await (const piece of bytes) {
      length += piece.length;
      if (length > mostBytes) throw problem(tooLong);
      hash.update(piece);
      yield text(() => decoder.decode(piece, { stream: true }));
    }
    yield text(() => decoder.decode());
  };
  return { texts: texts(), sha256: () => hash.digest('hex') };
};
