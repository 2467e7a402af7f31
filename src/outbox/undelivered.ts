/**
 * Where a message finally does not get through, somebody who can act is told in another way: the deal's thread instead
 * of a person, the other thread or the owner instead of a thread, and in the end compliance. These messages have no
 * substitute of their own, so nothing goes round in circles.
 */

import type { Card } from '../../blocks/card.ts';
import { missedCard, notReachedCard, placeGoneCard, sharedPlaceCard } from '../../blocks/cards/not-reached.ts';
import { ALL_CHATS, CHATS, chatOf } from '../../flows/chats.ts';
import type { PersonId } from '../../flows/ids.ts';
import { membersOf, mirrorOf, person } from '../../flows/organisation.ts';
import { isDealId } from '../ids.ts';
import { rootKeyOf, placedKey } from '../streams/places.ts';
import { DeliveryFault, type Leased, type Message } from './delivery.ts';
import { isPermanent, type ReachEveryone, type ReachOptions } from './reach.ts';

/** The substitutes. Each throws while telling may still succeed, and does nothing where it was told already. */
export interface Undelivered {
  /** A person cannot be reached. */
  notReached(row: Leased, message: Message, id: PersonId): Promise<void>;
  /**
   * A deal's channel is gone, or the bot was taken out of it, or (`shared`) another company reads it now. Once for each
   * place of a deal; of a shared one compliance hears too.
   */
  placeGone(row: Leased, message: Message, why: { shared: boolean }): Promise<void>;
  /** It was tried often enough. `message` undefined: it could not even be drawn. */
  givenUp(row: Leased, message: Message | undefined): Promise<void>;
}

const ROOT_TRIES = 3;
/** One of compliance is enough. */
const MOST_ASKED = 5;
const REGISTER = 'register:';

export const createUndelivered = (
  { outletOf, reach }: Pick<ReachEveryone, 'outletOf' | 'reach'>,
  { organisation, store, logger }: Omit<ReachOptions, 'outlets'>,
): Undelivered => {
  const dealOf = ({ stream }: Leased): string | undefined => (isDealId(stream) ? stream : undefined);
  /** Channels of which compliance heard since this bot started: one message for all deals that stand there. */
  const sharedTold = new Set<string>();
  /** Attributes the failure to the row itself and its own chat, whichever chat reports it. */
  const reportedBy = (row: Leased, id: string): Leased => ({ ...row, id, via: undefined });
  const words = (message: Message, key: string, card: Card): Message => ({
    ...message,
    key,
    own: undefined,
    viewers: [],
    card: () => card,
  });

  /** Posts under a root card. False where that will not do; a passing fault, where it is better to tell others now. */
  const inThread = async (row: Leased, said: Message, rootKey: string): Promise<boolean | DeliveryFault> => {
    const outlet = outletOf(said.home.platform);
    if (!outlet || said.standalone) return false;
    const message: Message = { ...said, where: { to: 'thread' } };
    try {
      await outlet.send(row, message, message.card({}), rootKey);
      return true;
    } catch (error) {
      if (isPermanent(error)) return false;
      // A root card that does not arrive means that its place is gone as well.
      if (error instanceof DeliveryFault && row.attempts >= ROOT_TRIES) return error;
      throw error;
    }
  };

  const inOtherThread = async (row: Leased, message: Message, said: Message): Promise<boolean | DeliveryFault> => {
    const { own, home } = message;
    const channel = own?.channel ?? mirrorOf(organisation(), home.channel);
    if (channel === undefined) return false;
    const other = { platform: chatOf(channel), channel };
    return inThread(row, { ...said, home: other }, own ? 'root' : placedKey('root', other.platform));
  };

  const toPerson = async (row: Leased, said: Message, id: PersonId): Promise<boolean> => {
    try {
      await reach(row, { ...said, where: { to: 'person', person: id } }, id);
      return true;
    } catch (error) {
      if (!isPermanent(error)) throw error;
      return false;
    }
  };

  const toCompliance = async (
    row: Leased,
    said: Message,
    except: readonly (PersonId | undefined)[],
  ): Promise<boolean> => {
    const members = membersOf(organisation(), organisation().roles.compliance).filter((id) => !except.includes(id));
    for (const id of members.slice(0, MOST_ASKED)) if (await toPerson(row, said, id)) return true;
    return false;
  };

  /** Reports that nobody was told; tries the row once more where one of the threads may still take it. */
  const reportUntold = (event: string, row: Leased, ...threads: (boolean | DeliveryFault)[]): void => {
    const passing = threads.find((thread) => thread instanceof DeliveryFault);
    if (passing) throw passing;
    logger.error(event, { stream: row.stream, notice: row.id });
  };

  const notReached: Undelivered['notReached'] = async (row, message, id) => {
    const key = `${row.id}:not-reached`;
    if (await store.ref(row.stream, key)) return;
    const by = reportedBy(row, key);
    const who = person(organisation(), id);
    const install = ALL_CHATS.find((chat) => CHATS[chat].install && who?.[chat] !== undefined && outletOf(chat));
    const thread = await inThread(by, words(message, key, notReachedCard(id, { install })), 'root');
    if (thread === true) return;
    // A person who reports misuse, for instance, is named to nobody.
    const nameable = dealOf(row) !== undefined || row.stream.startsWith(REGISTER);
    const card = nameable ? notReachedCard(id, { install, about: dealOf(row) ?? 'nothing' }) : missedCard(undefined);
    if (!(await toCompliance(by, words(message, key, card), [id])))
      reportUntold('deliver.not-reached-not-said', row, thread);
  };

  const placeGone: Undelivered['placeGone'] = async (row, message, { shared }) => {
    const { stream, home, owner } = message;
    const key = `${shared ? 'shared' : 'gone'}:${home.platform}`;
    if (await store.ref(stream, key)) return;
    const by = reportedBy(row, `${stream}:${key}`);
    const deal = dealOf(row);
    const cardOf = (elsewhere: boolean): Card => {
      if (shared) return sharedPlaceCard(deal, home.platform, { elsewhere });
      return deal === undefined ? missedCard(deal) : placeGoneCard(deal, home.platform, { elsewhere });
    };
    const said = (elsewhere: boolean): Message => words(message, key, cardOf(elsewhere));
    if (shared && deal !== undefined && !sharedTold.has(home.channel)) {
      const toThem = `${key}:compliance`;
      const them = words(message, toThem, cardOf(false));
      if (await toCompliance(reportedBy(row, `${stream}:${toThem}`), them, [owner])) sharedTold.add(home.channel);
    }
    let other: boolean | DeliveryFault = false;
    if (owner !== undefined) {
      other = await inOtherThread(by, message, said(true));
      if (other === true || (await toPerson(by, said(false), owner))) return;
    }
    if (!(await toCompliance(by, said(false), [owner]))) reportUntold('deliver.place-gone-not-said', row, other);
  };

  /** Posts it in its place where that still works. */
  const placeMissed = async (row: Leased, message: Message): Promise<void> => {
    const key = `${row.id}:missed`;
    if (await store.ref(row.stream, key)) return;
    const by = reportedBy(row, key);
    const said = words(message, key, missedCard(dealOf(row)));
    const own = await inThread(by, said, rootKeyOf(message.key));
    if (own === true) return;
    const other = await inOtherThread(by, message, said);
    if (other === true) return;
    if (message.owner !== undefined && (await toPerson(by, said, message.owner))) return;
    if (!(await toCompliance(by, said, [message.owner]))) reportUntold('deliver.missed-not-said', row, own, other);
  };

  /** Returns a substitute for a message that could not be drawn, whose destination is unknown. */
  const substituteFor = (row: Leased): Message | undefined => {
    const [first] = organisation().clearanceChannels;
    if (!first) return undefined;
    const key = `${row.id}:missed`;
    const home = { platform: chatOf(first.id), channel: first.id };
    return words(
      {
        stream: row.stream,
        key,
        home,
        standalone: true,
        where: { to: 'channel' },
        viewers: [],
        card: () => ({ blocks: [] }),
      },
      key,
      missedCard(dealOf(row)),
    );
  };

  return {
    notReached,
    placeGone,
    givenUp: async (row, message) => {
      if (message?.where.to === 'person') return notReached(row, message, message.where.person);
      if (message && !message.standalone) return placeMissed(row, message);
      const said = substituteFor(row);
      if (!said || (await store.ref(row.stream, said.key))) return;
      if (!(await toCompliance(reportedBy(row, said.key), said, []))) reportUntold('deliver.missed-not-said', row);
    },
  };
};
