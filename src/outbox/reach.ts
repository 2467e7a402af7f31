/** Finds ways to people and threads in the connected chats. */

import { ALL_CHATS, chatWith, type Chat } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import { person, type Organisation } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Logger } from '../log.ts';
import { DeliveryFault, UNREACHABLE, type Leased, type Links, type Message, type Outlet } from './delivery.ts';
import { createThreadUrl } from './thread-url.ts';

export interface ReachOptions {
  /** Outlets of the connected chats. */
  outlets: readonly Outlet[];
  organisation: () => Organisation;
  store: Pick<EventStore, 'ref' | 'saveRef'>;
  logger: Logger;
}

export interface ReachEveryone {
  outletOf(chat: Chat): Outlet | undefined;
  /** Sends it to a person, in the first of their chats where they can be reached. Throws UNREACHABLE where in none. */
  reach(row: Leased, message: Message, id: PersonId): Promise<void>;
}

/** A second chat is tried only while the row's lease covers all that this may need; otherwise the row comes again. */
export const MOST_BEFORE_ANOTHER_MS = 10_000;

export const isPermanent = (error: unknown): error is DeliveryFault =>
  error instanceof DeliveryFault && error.retryAfterMs === undefined;

const isUnreachable = (error: unknown): error is DeliveryFault =>
  error instanceof DeliveryFault && error.code === UNREACHABLE;

export const createReach = ({ outlets, organisation, store, logger }: ReachOptions): ReachEveryone => {
  const outletOf = (chat: Chat): Outlet | undefined => outlets.find((outlet) => outlet.chat === chat);
  const threadUrl = createThreadUrl(outlets, organisation);

  /** Orders the chats: the person's wish, then the deal's chat, then the other; a sent message stays where it is. */
  const chatsFor = async (row: Leased, { home, key }: Message, id: PersonId): Promise<Outlet[]> => {
    const who = person(organisation(), id);
    const sent = await store.ref(row.stream, key);
    const wished = [sent && chatWith(sent.channel), who?.chat, home.platform, ...ALL_CHATS];
    return [...new Set(wished)]
      .filter((chat) => chat !== undefined && who?.[chat] !== undefined)
      .flatMap((chat) => outlets.filter((outlet) => outlet.chat === chat));
  };

  const linksIn = async ({ chat }: Outlet, { stream, home, standalone }: Message): Promise<Links> =>
    standalone ? {} : { threadUrl: await threadUrl(stream, home, chat) };

  return {
    outletOf,
    reach: async (row, message, id) => {
      const started = performance.now();
      for (const outlet of await chatsFor(row, message, id)) {
        row.via?.(outlet.chat);
        try {
          await outlet.send(row, message, message.card(await linksIn(outlet, message)), 'root');
          return;
        } catch (error) {
          if (!isUnreachable(error)) throw error;
          logger.warn('deliver.not-reached', { platform: outlet.chat, stream: row.stream, notice: row.id });
          if (performance.now() - started > MOST_BEFORE_ANOTHER_MS) throw new DeliveryFault('too_slow', 0);
        }
      }
      throw new DeliveryFault(UNREACHABLE, undefined);
    },
  };
};
