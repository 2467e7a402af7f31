/**
 * Sends one outbox row to Teams: posts it once, and updates it from then on. Teams cannot be asked for a message whose
 * posting got no answer, so after such a failure a message may appear twice; the later one is kept up to date.
 */

import { hasPicture, withoutPictures, type Card } from '../../blocks/card.ts';
import { fallbackText } from '../../blocks/fallback.ts';
import { TEAMS } from '../../blocks/limits.ts';
import { teamsCard, type Names, type Refresh } from '../../blocks/teams/teams.ts';
import { person, type Organisation } from '../../flows/organisation.ts';
import type { EventStore, MessageRef, Rate } from '../../store/event-store.ts';
import type { Logger } from '../log.ts';
import {
  DeliveryFault,
  UNREACHABLE,
  type Leased,
  type Message,
  type Outlet,
  type ToPerson,
} from '../outbox/delivery.ts';
import { messageRefs } from '../outbox/message-refs.ts';
import type { Pace } from '../outbox/pace.ts';
import { plainKey } from '../streams/places.ts';
import { cardActivity, type TeamsActivity } from './activity.ts';
import { createAddresses, type Address } from './addresses.ts';
import type { Connector } from './connector.ts';
import { plainConversation, type Conversations } from './conversations.ts';
import { deliveryFault, isShutOut, isUnknownMessage, teamsCode, teamsStatus } from './faults.ts';
import { messageUrl } from './links.ts';
import type { TeamsMode } from './mode.ts';
import { picturesIn } from './pictures.ts';

export interface TeamsOutletOptions {
  connector: Connector;
  conversations: Conversations;
  store: Pick<EventStore, 'ref' | 'saveRef'>;
  mode: TeamsMode;
  organisation: () => Organisation;
  pace: Pace;
  logger: Logger;
}

/**
 * Seven messages a second, 60 in 30 s and 1800 in an hour for one conversation, never reached:
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export const TEAMS_RATES: readonly Rate[] = [
  { everyMs: 560, burst: 5 },
  { everyMs: 4000, burst: 900 },
];
/** Teams does not take the card; a picture may be the cause. */
const REFUSED = new Set([400, 413]);
/** The root card is on its way in the same lane. */
const ROOT_SOON_MS = 2000;

export const teamsOutlet = (options: TeamsOutletOptions): Outlet => {
  const { connector, conversations, mode, organisation, pace, logger } = options;
  const refs = messageRefs(options.store);
  const reach = createAddresses(options);
  const names: Names = (id) => person(organisation(), id);

  /**
   * Returns the ref of our message in that very conversation. One that is elsewhere (in the other chat, in a channel
   * that the file named before, with an account that was linked by mistake) stays as it is, and a new one is posted
   * here.
   */
  const refIn = async (channel: string, stream: string, key: string): Promise<MessageRef | undefined> => {
    const ref = await refs.ref(stream, key);
    return ref?.channel === channel ? ref : undefined;
  };

  const refreshOf = async ({ stream, key, viewers }: Message): Promise<Refresh | undefined> => {
    const people = viewers.map((id) => person(organisation(), id)).filter((who) => who !== undefined);
    const ids = await Promise.all(people.map((who) => conversations.userIdOf(who)));
    const userIds = [...new Set(ids.filter((id) => id !== undefined))].slice(0, TEAMS.viewers);
    return userIds.length === 0 ? undefined : { deal: stream, key: plainKey(key), userIds };
  };

  const activityOf = async (card: Card, message?: Message): Promise<TeamsActivity> => {
    const people = organisation().people.map(({ id, name }) => ({ id, name }));
    const pictures = await picturesIn(card, logger);
    const content = teamsCard(card, { names, people }, message && (await refreshOf(message)), pictures);
    return cardActivity(
      content,
      fallbackText(card, (id) => names(id)?.name),
    );
  };

  /** False where there is no such message any more. */
  const update = async (row: Leased, at: Address, ref: MessageRef, activity: TeamsActivity): Promise<boolean> => {
    try {
      await pace(ref.channel, row, () => connector.update(at.serviceUrl, at.conversation, ref.message, activity));
      return true;
    } catch (error) {
      if (isUnknownMessage(error)) return false;
      throw error;
    }
  };

  const post = async (row: Leased, at: Address, activity: TeamsActivity): Promise<MessageRef> => {
    const channel = plainConversation(at.conversation);
    const { id } = await pace(channel, row, () => connector.post(at.serviceUrl, at.conversation, activity));
    return { channel, message: id };
  };

  /** Returns the place itself; with `root` its thread, in a chat that has threads. */
  const addressOf = async (channel: string, root?: MessageRef): Promise<Address> => {
    const { serviceUrl, threads } = await reach.place(channel);
    return { serviceUrl, conversation: threads && root ? `${channel};messageid=${root.message}` : channel };
  };

  const reply = async (row: Leased, root: MessageRef, activity: TeamsActivity): Promise<MessageRef> => {
    const thread = await addressOf(root.channel, root);
    try {
      return await post(row, thread, activity);
    } catch (error) {
      if (teamsStatus(error) !== 404 || thread.conversation === root.channel) throw error;
      // Somebody deleted the root card: the message goes to the channel, and the root's next update posts a new root.
      logger.warn('teams.thread-gone', { code: teamsCode(error), stream: row.stream, notice: row.id });
      return post(row, { ...thread, conversation: root.channel }, activity);
    }
  };

  const sendToPlace = async (row: Leased, message: Message, card: Card, rootKey: string): Promise<MessageRef> => {
    const { stream, key, where, home } = message;
    const activity = await activityOf(card, message);
    const { channel } = home;
    const [existing, root] = [await refIn(channel, stream, key), await refIn(channel, stream, rootKey)];
    if (existing && (await update(row, await addressOf(channel, root), existing, activity))) return existing;
    if (where.to === 'channel') return post(row, await addressOf(channel), activity);
    if (!root) throw new DeliveryFault('root_missing', ROOT_SOON_MS);
    return reply(row, root, activity);
  };

  const sendToPerson = async (
    row: Leased,
    message: Message,
    card: Card,
    { person: id, at }: ToPerson,
  ): Promise<MessageRef> => {
    const activity = await activityOf(card, message);
    const { stream, key, home } = message;
    const chat = (await reach.known(id, at?.account)) ?? (await reach.open(id, home.channel, at?.account));
    const existing = await refIn(plainConversation(chat.conversation), stream, key);
    if (existing && (await update(row, chat, existing, activity))) return existing;
    try {
      return await post(row, chat, activity);
    } catch (error) {
      // That chat no longer exists: there may be a new one.
      if (teamsStatus(error) !== 404) throw error;
      return post(row, await reach.open(id, home.channel, at?.account), activity);
    }
  };

  const faultOf = (error: unknown, { where }: Message): unknown => {
    if (teamsCode(error) === 'unexpected') return error;
    if (teamsStatus(error) !== 404 && !isShutOut(error)) return deliveryFault(error);
    return new DeliveryFault(where.to === 'person' ? UNREACHABLE : 'conversation_gone', undefined, { cause: error });
  };

  return {
    chat: 'teams',
    threadUrl: async (stream, rootKey, channel) => {
      const root = await refIn(channel, stream, rootKey);
      if (!root) return undefined;
      return mode.messageUrl?.(root.channel, root.message) ?? messageUrl(mode, root, await reach.place(root.channel));
    },
    edit: async (row, ref, card, id) => {
      const chat = await reach.known(id);
      if (!chat || plainConversation(chat.conversation) !== ref.channel) return false;
      try {
        return await update(row, chat, ref, await activityOf(card));
      } catch (error) {
        if (teamsStatus(error) === 404 || isShutOut(error)) return false;
        throw teamsCode(error) === 'unexpected' ? error : deliveryFault(error);
      }
    },
    send: async (row, message, card, rootKey) => {
      const sent = (shown: Card): Promise<MessageRef> =>
        message.where.to === 'person'
          ? sendToPerson(row, message, shown, message.where)
          : sendToPlace(row, message, shown, rootKey);
      try {
        const ref = await sent(card).catch((error: unknown) => {
          const refused = REFUSED.has(teamsStatus(error) ?? 0) && hasPicture(card);
          if (!refused) throw error;
          logger.warn('teams.picture-not-taken', { code: teamsCode(error), stream: row.stream, notice: row.id });
          return sent(withoutPictures(card));
        });
        await refs.saveRef(row.stream, message.key, ref);
      } catch (error) {
        throw faultOf(error, message);
      }
    },
  };
};
