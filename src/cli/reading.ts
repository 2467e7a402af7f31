/** Reading and writing files that somebody names on the command line. */

import { Unusable } from './command.ts';

/** Says that a file can't be read, and why. */
export const unreadable = (file: string, error: unknown): Unusable => {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return new Unusable(`${file} can't be read${code}.`);
};

/** Runs what writes there. Throws Unusable where it can't. */
export const written = <T>(where: string, write: () => T): T => {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Unusable(`${where} can't be written (${String(error.code)}).`);
  }
};

/** Passes on what a stream of the file gives. Throws Unusable where it can't be read: that shows with its first piece. */
export async function* piecesOf<Piece>(file: string, stream: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(file, error);
  }
}
