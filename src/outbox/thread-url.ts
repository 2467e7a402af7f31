/** The link to a deal's thread, in the reader's chat if it has one there, else in its own. */

import type { Chat } from '../../flows/chats.ts';
import type { Home } from '../../flows/deal/deal.ts';
import { mirrorOf, type Organisation } from '../../flows/organisation.ts';
import { placedKey } from '../streams/places.ts';
import type { Outlet } from './delivery.ts';

/** Resolves with undefined where there is no thread (yet). */
export type ThreadUrl = (stream: string, home: Home, chat: Chat | undefined) => Promise<string | undefined>;

export const createThreadUrl = (
  outlets: readonly Pick<Outlet, 'chat' | 'threadUrl'>[],
  organisation: () => Organisation,
): ThreadUrl => {
  const outletOf = (chat: Chat) => outlets.find((outlet) => outlet.chat === chat);
  return async (stream, home, chat) => {
    const mirror = chat === undefined || chat === home.platform ? undefined : mirrorOf(organisation(), home.channel);
    const there = mirror !== undefined && chat !== undefined ? outletOf(chat) : undefined;
    const here = mirror !== undefined && (await there?.threadUrl(stream, placedKey('root', chat), mirror));
    return here || outletOf(home.platform)?.threadUrl(stream, 'root', home.channel);
  };
};
