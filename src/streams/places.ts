/** The two places of a deal that has a mirror, and the keys of what stands in each. */

import { ALL_CHATS, type Chat } from '../../flows/chats.ts';
import type { Home } from '../../flows/deal/deal.ts';

/** Where a deal's thread stands. */
export interface ThreadPlace {
  home: Home;
  /** Set where it is the mirror: the chat that it is in. */
  mirror?: Chat | undefined;
}

/** The key of a live card or notice in the deal's own place, or in its mirror. */
export const placedKey = (key: string, mirror: Chat | undefined): string =>
  mirror === undefined ? key : `${key}@${mirror}`;

const PLACE = new RegExp(`@(?:${ALL_CHATS.join('|')})$`);

/** The key without its place. */
export const plainKey = (key: string): string => key.replace(PLACE, '');

/** Key of the root card of the thread in which such a message stands. */
export const rootKeyOf = (key: string): string => `root${key.slice(plainKey(key).length)}`;
