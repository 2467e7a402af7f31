/** The two places of a deal that has a mirror, and the keys of the messages in each. */

import { ALL_CHATS, type Chat } from '../../flows/chats.ts';
import type { Home } from '../../flows/deal/deal.ts';

/** One place of a deal's thread. */
export interface ThreadPlace {
  home: Home;
  /** Set for the mirror: its chat. */
  mirror?: Chat | undefined;
}

/** The key of a live card or notice in the deal's own place, or in its mirror. */
export const placedKey = (key: string, mirror: Chat | undefined): string =>
  mirror === undefined ? key : `${key}@${mirror}`;

const PLACE = new RegExp(`@(?:${ALL_CHATS.join('|')})$`);

/** The key without its place. */
export const plainKey = (key: string): string => key.replace(PLACE, '');

/** Key of the root card of the thread that holds such a message. */
export const rootKeyOf = (key: string): string => `root${key.slice(plainKey(key).length)}`;
