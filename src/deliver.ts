/** One row, the right chat: a thread's notices go to its place, a person's to wherever the person is. */
import type { Card } from '../blocks/card.ts';
import { notReachedCard, placeGoneCard } from '../blocks/cards/not-reached.ts';
import { chatOf, mirrorOf, person, type Chat, type Organisation, type PersonId } from '../flows/organisation.ts';
import type { EventStore } from '../store/event-store.ts';
import {
  DeliveryFault,
  PLACE_GONE,
  placedKey,
  rootKeyOf,
  UNREACHABLE,
  type Deliver,
  type Leased,
  type Links,
  type Message,
  type Outlet,
  type Render,
} from './delivery.ts';
import type { Logger } from './log.ts';

export interface DeliverOptions {
  /** Of the chats that are on. */
  outlets: readonly Outlet[];
  render: Render;
  organisation: () => Organisation;
  store: Pick<EventStore, 'ref'>;
  logger: Logger;
}

const CHATS: readonly Chat[] = ['slack', 'teams'];
/** A second way is taken only while the row's lease lasts for all that it may need; else the row comes again. */
export const MOST_BEFORE_ANOTHER_MS = 10_000;

const ROOT_TRIES = 3;

/** No other try will succeed. */
const isLasting = (error: unknown): error is DeliveryFault =>
  error instanceof DeliveryFault && error.retryAfterMs === undefined;
const isPlaceGone = (error: unknown): boolean => isLasting(error) && PLACE_GONE.has(error.code);
const isUnreachable = (error: unknown): error is DeliveryFault =>
  error instanceof DeliveryFault && error.code === UNREACHABLE;

export const createDeliver = ({ outlets, render, organisation, store, logger }: DeliverOptions): Deliver => {
  const outletOf = (chat: Chat): Outlet | undefined => outlets.find((outlet) => outlet.chat === chat);

  /** A mirror is where the organisation file says now, whatever it said when the row was made; undefined: nowhere. */
  const placedNow = (message: Message): Message | undefined => {
    const { own, home } = message;
    if (!own) return message;
    const channel = mirrorOf(organisation(), own.channel);
    return channel !== undefined && chatOf(channel) === home.platform
      ? { ...message, home: { ...home, channel } }
      : undefined;
  };

  /** Their own wish first, then the deal's chat, then the other; whatever was sent already stays where it is. */
  const chatsFor = async (row: Leased, { home, key }: Message, id: PersonId): Promise<Outlet[]> => {
    const who = person(organisation(), id);
    const sent = await store.ref(row.stream, key);
    const wished = [sent && chatOf(sent.channel), who?.chat, home.platform, ...CHATS];
    return [...new Set(wished)]
      .filter((chat) => chat !== undefined && who?.[chat] !== undefined)
      .flatMap((chat) => outlets.filter((outlet) => outlet.chat === chat));
  };

  /** To the thread in the chat where the person reads, else to the deal's own. */
  const linksIn = async (outlet: Outlet, { stream, home, standalone }: Message): Promise<Links> => {
    if (standalone) return {};
    const mirror = outlet.chat === home.platform ? undefined : mirrorOf(organisation(), home.channel);
    const here = mirror && (await outlet.threadUrl(stream, placedKey('root', outlet.chat), mirror));
    return { threadUrl: here ?? (await outletOf(home.platform)?.threadUrl(stream, 'root', home.channel)) };
  };

  /** Once for each notice, in the deal's own thread. Throws while that may still succeed. */
  const sayNotReached = async (row: Leased, message: Message, id: PersonId): Promise<void> => {
    const key = `${row.id}:not-reached`;
    const outlet = outletOf(message.home.platform);
    if (!outlet || message.standalone || (await store.ref(row.stream, key))) return;
    const install = person(organisation(), id)?.teams !== undefined && outletOf('teams') !== undefined;
    const card: Card = notReachedCard(id, { install });
    const said: Message = { ...message, key, where: { to: 'thread' }, viewers: [], card: () => card };
    try {
      await outlet.send({ ...row, id: key }, said, card, 'root');
    } catch (error) {
      if (!isLasting(error)) throw error;
      logger.error('deliver.not-reached-not-said', { code: error.code, stream: row.stream, notice: row.id });
    }
  };

  /** Into the deal's other thread. False where it has none, or none that can be written to. */
  const saidElsewhere = async (row: Leased, message: Message, key: string): Promise<boolean> => {
    const { stream, own } = message;
    const channel = own?.channel ?? mirrorOf(organisation(), message.home.channel);
    const home = channel === undefined ? undefined : { platform: chatOf(channel), channel };
    const outlet = home && outletOf(home.platform);
    if (!outlet) return false;
    const card = placeGoneCard(stream, message.home.platform, { elsewhere: true });
    const said: Message = {
      ...message,
      key,
      home,
      own: undefined,
      where: { to: 'thread' },
      viewers: [],
      card: () => card,
    };
    try {
      await outlet.send(row, said, card, own ? 'root' : placedKey('root', home.platform));
      return true;
    } catch (error) {
      // A root card that does not come is in a place that is gone as well.
      if (isLasting(error) || row.attempts >= ROOT_TRIES) return false;
      throw error;
    }
  };

  /** Once for each place of a deal. Throws while that may still succeed. */
  const sayPlaceGone = async (row: Leased, message: Message): Promise<void> => {
    const { stream, home, owner } = message;
    const key = `gone:${home.platform}`;
    if (owner === undefined || (await store.ref(stream, key))) return;
    // The row itself failed in its own chat, whichever chat says so.
    const saidBy = { ...row, id: `${stream}:${key}`, via: undefined };
    if (await saidElsewhere(saidBy, message, key)) return;
    const card = placeGoneCard(stream, home.platform, { elsewhere: false });
    const said: Message = { ...message, key, where: { to: 'person', person: owner }, viewers: [], card: () => card };
    try {
      await sendToPerson(saidBy, said, owner);
    } catch (error) {
      if (!isLasting(error)) throw error;
      logger.error('deliver.place-gone-not-said', { code: error.code, stream, notice: row.id });
    }
  };

  /** Into the deal's place, or into its mirror. */
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
      if (isPlaceGone(error)) await sayPlaceGone(row, message);
      throw error;
    }
  };

  const sendToPerson = async (row: Leased, message: Message, id: PersonId): Promise<void> => {
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
    await sayNotReached(row, message, id);
    throw new DeliveryFault(UNREACHABLE, undefined);
  };

  return async (row) => {
    const message = await render(row);
    if (!message) return;
    await (message.where.to === 'person'
      ? sendToPerson(row, message, message.where.person)
      : sendToPlace(row, message));
  };
};
