/** Reading a file that somebody handed in, once for all chats. */

import type { Chat } from '../../flows/chats.ts';
import type { UnreadBecause } from '../../flows/evidence-file.ts';

export type FileRead =
  | { kind: 'read'; sha256: string; size: number }
  /** `size` in bytes: more than is taken. */
  | { kind: 'too large'; size: number }
  | { kind: 'not read'; why: UnreadBecause };

/** Reads the file behind a link of that chat's own; never throws. */
export type ReadFile = (chat: Chat, link: string) => Promise<FileRead>;

export const NOT_READ_HERE: FileRead = { kind: 'not read', why: 'chat' };
