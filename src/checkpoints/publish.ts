/** Writes signed checkpoints to where the operator says: outside the database they show what is done to it. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SignedHead } from '../../store/log/commit-log.ts';

export type CheckpointsTo =
  /** Absolute path. */
  | { to: 'folder'; folder: string }
  /** It may carry a password or a token: never show or log it. */
  | { to: 'address'; address: string };

/** Throws PublishFault. */
export type Publish = (head: SignedHead) => Promise<void>;

/** The code stands in the log: `EACCES`, `other-there` (a file of that size says something else), `status-503`. */
export class PublishFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The checkpoint could not be written outside (${code}).`);
    this.code = code;
  }
}

const ANSWER_MS = 10_000;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';

/** A file per size, never overwritten: an older checkpoint is evidence. */
const intoFolder = async (folder: string, { size, note }: SignedHead): Promise<void> => {
  const file = join(folder, `checkpoint-${size}.txt`);
  try {
    await writeFile(file, note, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw new PublishFault(codeOf(error));
    const there = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new PublishFault(codeOf(cause));
    });
    if (there !== note) throw new PublishFault('other-there');
  }
};

const toAddress = async (address: string, note: string, ask: typeof fetch): Promise<void> => {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: note,
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
  } as const;
  // The cause may quote the address: it is left out.
  const answer = await ask(address, request).catch(() => {
    throw new PublishFault('unreachable');
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new PublishFault(`status-${answer.status}`);
};

export const publishTo =
  (where: CheckpointsTo, ask: typeof fetch = fetch): Publish =>
  (head) =>
    where.to === 'folder' ? intoFolder(where.folder, head) : toAddress(where.address, head.note, ask);
