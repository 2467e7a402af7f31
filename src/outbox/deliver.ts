/** Sends a row through the right chat: a thread's notices to its place, a person's to where they can be reached. */

import { chatOf } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import { mirrorOf, person } from '../../flows/organisation.ts';
import type { Account } from '../../flows/registers/register.ts';
import { rootKeyOf } from '../streams/places.ts';
import {
  DeliveryFault,
  NOWHERE,
  PLACE_GONE,
  SHARED_PLACE,
  UNREACHABLE,
  type Deliver,
  type Leased,
  type Message,
  type Render,
} from './delivery.ts';
import { createPrivately, isSettling, type PrivatelyOptions } from './privately.ts';
import { createReach, isPermanent, type ReachOptions } from './reach.ts';
import { createUndelivered } from './undelivered.ts';

export interface DeliverOptions
  extends Omit<ReachOptions, 'store'>, Pick<PrivatelyOptions, 'deals' | 'store' | 'clock'> {
  render: Render;
}

const isPlaceGone = (error: unknown): error is DeliveryFault => isPermanent(error) && PLACE_GONE.has(error.code);
const isUnreachable = (error: unknown): boolean => isPermanent(error) && error.code === UNREACHABLE;

export interface Delivering {
  deliver: Deliver;
  /** Tells somebody who can act, before the row is given up. Throws while that may still succeed. */
  giveUp: (row: Leased, why: DeliveryFault) => Promise<void>;
}

export const createDeliver = (options: DeliverOptions): Delivering => {
  const { render, organisation, store, logger } = options;
  const { outletOf, reach } = createReach(options);
  const otherwise = createUndelivered({ outletOf, reach }, options);
  const privately = createPrivately(options);

  /** Returns the mirror that the organisation file has now, whatever it said when the row was made; undefined: none. */
  const placedNow = (message: Message): Message | undefined => {
    const { own, home } = message;
    if (!own) return message;
    const channel = mirrorOf(organisation(), own.channel);
    return channel !== undefined && chatOf(channel) === home.platform
      ? { ...message, home: { ...home, channel } }
      : undefined;
  };

  const sendToPlace = async (row: Leased, owed: Message): Promise<void> => {
    const message = placedNow(owed);
    if (!message) return logger.warn('deliver.no-mirror', { stream: row.stream, notice: row.id });
    const outlet = outletOf(message.home.platform);
    if (!outlet) throw new DeliveryFault('chat_not_on', undefined);
    row.via?.(outlet.chat);
    const rootKey = rootKeyOf(message.key);
    const links = message.standalone
      ? {}
      : { threadUrl: await outlet.threadUrl(row.stream, rootKey, message.home.channel) };
    try {
      await outlet.send(row, message, message.card(links), rootKey);
    } catch (error) {
      if (isPlaceGone(error)) await otherwise.placeGone(row, message, { shared: error.code === SHARED_PLACE });
      throw error;
    }
  };

  const sendToPerson = async (row: Leased, message: Message, id: PersonId): Promise<void> => {
    const { privately: notice } = message;
    const send = (list: Message): Promise<void> => reach(row, list, id);
    const shown = notice ? await privately.shown(row, message, notice) : message;
    if (!shown) return store.saveRef(row.stream, row.id, NOWHERE.nothingToSay);
    try {
      if (notice && (await privately.inList(row, message, notice, send))) return;
      await reach(row, shown, id);
    } catch (error) {
      if (isUnreachable(error)) await otherwise.notReached(row, message, id);
      throw error;
    }
    if (notice) await privately.sent(row, shown, notice);
  };

  /** Nobody misses a message to an account that was somebody's: it may be closed, and theirs of now gets its own. */
  const sendToAccount = async (
    row: Leased,
    message: Message,
    id: PersonId,
    { chat, account }: Account,
  ): Promise<void> => {
    const outlet = outletOf(chat);
    const isTheirs = person(organisation(), id)?.[chat] === account;
    try {
      if (!outlet) throw new DeliveryFault(UNREACHABLE, undefined);
      row.via?.(chat);
      await outlet.send(row, message, message.card({}), 'root');
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      logger.warn('deliver.not-reached', { platform: chat, stream: row.stream, notice: row.id });
      if (!outlet) return store.saveRef(row.stream, row.id, NOWHERE.chatOff);
      if (!isTheirs) return store.saveRef(row.stream, row.id, NOWHERE.accountGone);
      await otherwise.notReached(row, message, id);
      throw error;
    }
  };

  return {
    deliver: async (row) => {
      if (isSettling(row)) return privately.settle(row);
      const message = await render(row);
      if (!message) {
        if (row.kind === 'fact') await store.saveRef(row.stream, row.id, NOWHERE.nothingToSay);
        return;
      }
      const { where } = message;
      if (where.to !== 'person') return sendToPlace(row, message);
      await (where.at ? sendToAccount(row, message, where.person, where.at) : sendToPerson(row, message, where.person));
    },
    giveUp: async (row, why) => {
      // Nobody misses an edit, and the deal's next commit asks for it again.
      if (isSettling(row)) return;
      // Reported when it was tried.
      if (isUnreachable(why) || isPlaceGone(why)) return;
      const owed = await render(row).catch(() => undefined);
      await otherwise.givenUp(row, owed && placedNow(owed));
    },
  };
};
