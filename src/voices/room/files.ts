/** Files in the case room: sealed bytes for those who can open the case, and nothing that says what they are. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { mayRead } from '../../../flows/voices/case.ts';
import type { FileStore } from '../files/store.ts';
import type { Handler } from '../handlers.ts';
import type { VoicesStore } from '../store.ts';

/** Whatever it is, a browser saves it and never shows it. */
const HEADERS = {
  'content-type': 'application/octet-stream',
  'content-disposition': 'attachment; filename="sealed.age"',
  'content-security-policy': "default-src 'none'; sandbox",
};

export type SendFile = (me: Handler, asked: { id: string; file: string }, response: Response) => Promise<boolean>;

/** What it returns sends a file, or says false where that case has none or is not sealed to them: nobody can tell which. */
export const createSendFile =
  (store: VoicesStore, files: FileStore): SendFile =>
  async (me, { id, file }, response) => {
    const found = store.caseOf(id);
    const stored = found && mayRead(found, me.id) ? store.filesOf(id).find((one) => one.id === file) : undefined;
    if (!stored) return false;
    response.set({ ...HEADERS, 'content-length': String(stored.bytes) });
    // Whoever leaves in the middle ends it.
    await pipeline(Readable.from(files.read(stored.id)), response).catch(() => response.destroy());
    return true;
  };
