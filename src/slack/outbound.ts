/** Sends an outbox row to Slack: posts it once, updates it from then on, finds it after a send of unknown outcome. */

import type { WebClient } from '@slack/web-api';
import type { Card } from '../../blocks/card.ts';
import { slackMessage, type People } from '../../blocks/slack/slack.ts';
import type { EventStore, MessageRef } from '../../store/event-store.ts';
import type { Logger } from '../log.ts';
import {
  DeliveryFault,
  NotYet,
  SHARED_PLACE,
  UNREACHABLE,
  type Leased,
  type Message,
  type Outlet,
  type ToPerson,
} from '../outbox/delivery.ts';
import { messageRefs } from '../outbox/message-refs.ts';
import type { Pace } from '../outbox/pace.ts';
import { deliveryFault, slackCode } from './faults.ts';
import { createPictures } from './pictures.ts';

export interface SlackOutletOptions {
  client: WebClient;
  /** Another organisation reads the channel. Throws the Web API client's error when Slack does not answer. */
  isShared: (channel: string) => Promise<boolean>;
  store: Pick<EventStore, 'ref' | 'saveRef'>;
  people: People;
  /** The bot's own id: only its messages are taken for lost ones. */
  botId: () => string | undefined;
  pace: Pace;
  logger: Logger;
}

export const EVENT_TYPE = 'clearthread_notice';
/** The root card is on its way in the same lane. */
const ROOT_SOON_MS = 2000;
const MOST_LINKS = 5000;
/** How many pages back a lost message is looked for. */
export const PAGES = 5;
/** Back to the backup that was put back, which may be days old, in pages as large as Slack has them. */
export const PAGES_TO_BACKUP = 20;
const PAGE = 200;
const LARGE_PAGE = 999;
/** Slack's clock and the bot's are not the same. */
const CLOCKS_MS = 10 * 60_000;
/** Somebody deleted the message, or a workspace setting has closed it to edits. */
const NOT_EDITABLE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive']);
/** Somebody deleted the root card: the message goes to the channel, and the root's next update posts a new root. */
const THREAD_GONE = new Set(['thread_not_found', 'message_not_found', 'cannot_reply_to_message']);
/** The bot may not read that conversation; a message may then appear twice. */
const NOT_READABLE = new Set(['missing_scope', 'not_in_channel', 'channel_not_found', 'thread_not_found']);
/** About the person: they left, or the bot may not write to them. */
const NOBODY = new Set(['user_not_found', 'users_not_found', 'user_disabled', 'user_not_visible', 'cannot_dm_bot']);

interface Target {
  channel: string;
  thread?: string | undefined;
}

interface Found {
  ts?: string | undefined;
  bot_id?: string | undefined;
  metadata?: { event_type?: string | undefined; event_payload?: object | undefined } | undefined;
}

const isNotice = (message: Found, id: string, bot: string | undefined): boolean =>
  message.metadata?.event_type === EVENT_TYPE &&
  Object.entries(message.metadata.event_payload ?? {}).some(([key, value]) => key === 'notice' && value === id) &&
  (bot === undefined || message.bot_id === bot);

export const slackOutlet = (options: SlackOutletOptions): Outlet => {
  const { client, people, isShared, botId, pace, logger } = options;
  const refs = messageRefs(options.store);
  const pictures = createPictures(client, logger);
  const permalinks = new Map<string, string>();
  const conversations = new Map<string, string>();

  /**
   * Returns the ref of our message in that very conversation. One that is elsewhere (in the other chat, in a channel
   * that the file named before, with an account that was linked by mistake) stays as it is, and a new one is posted
   * here.
   */
  const refIn = async (channel: string, stream: string, key: string): Promise<MessageRef | undefined> => {
    const ref = await refs.ref(stream, key);
    return ref?.channel === channel ? ref : undefined;
  };

  const threadUrl: Outlet['threadUrl'] = async (stream, rootKey, channel) => {
    const root = await refIn(channel, stream, rootKey);
    if (!root) return undefined;
    const key = `${root.channel}/${root.message}`;
    const known = permalinks.get(key);
    if (known !== undefined) return known;
    try {
      const { permalink } = await client.chat.getPermalink({ channel: root.channel, message_ts: root.message });
      if (permalinks.size >= MOST_LINKS) permalinks.clear();
      if (permalink !== undefined) permalinks.set(key, permalink);
      return permalink;
    } catch (error) {
      // A message without its link is better than no message.
      logger.info('slack.no-permalink', { code: slackCode(error) });
      return undefined;
    }
  };

  /** Repeats a call that changes nothing: on a bad day a try that needs three answers would hardly ever succeed. */
  const askTwice = async <T>(row: Leased, ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      const fault = deliveryFault(error);
      if (fault instanceof NotYet || fault.retryAfterMs !== 0) throw error;
      row.beforeWrite?.();
      return ask();
    }
  };

  const conversationWith = async (row: Leased, { person, at }: ToPerson): Promise<string> => {
    const user = at?.account ?? people(person)?.slack;
    if (user === undefined) throw new DeliveryFault(UNREACHABLE, undefined);
    const known = conversations.get(user);
    if (known !== undefined) return known;
    const { channel } = await askTwice(row, () => client.conversations.open({ users: user }));
    if (channel?.id === undefined) throw new DeliveryFault('no_conversation', 0);
    conversations.set(user, channel.id);
    return channel.id;
  };

  const threadOf = async (
    channel: string,
    { stream, where }: Message,
    rootKey: string,
  ): Promise<string | undefined> => {
    if (where.to !== 'thread') return undefined;
    const root = await refIn(channel, stream, rootKey);
    if (!root) throw new DeliveryFault('root_missing', ROOT_SOON_MS);
    return root.message;
  };

  const page = async ({ channel, thread }: Target, since: string | undefined, cursor: string | undefined) => {
    const from = {
      channel,
      include_all_metadata: true,
      ...(since === undefined
        ? { limit: PAGE }
        : { limit: LARGE_PAGE, oldest: String((Date.parse(since) - CLOCKS_MS) / 1000) }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    return thread === undefined
      ? client.conversations.history(from)
      : client.conversations.replies({ ...from, ts: thread });
  };

  /** Finds the message that an earlier attempt left behind, or the time after the backup that was put back. */
  const findLost = async (row: Leased, target: Target): Promise<string | undefined> => {
    const { attempts, uncertain: since } = row;
    if (attempts === 0 && since === undefined) return undefined;
    try {
      let cursor: string | undefined;
      const pages = since === undefined ? PAGES : PAGES_TO_BACKUP;
      for (let n = 0; n < pages; n += 1) {
        row.beforeWrite?.();
        const from = cursor;
        const { messages = [], response_metadata } = await askTwice(row, () => page(target, since, from));
        const found = messages.find((message) => isNotice(message, row.id, botId()));
        if (found?.ts !== undefined) return found.ts;
        cursor = response_metadata?.next_cursor;
        if (!cursor) return undefined;
      }
    } catch (error) {
      if (!NOT_READABLE.has(slackCode(error))) throw error;
      logger.warn('slack.cannot-look-for-repeat', { code: slackCode(error), stream: row.stream });
    }
    return undefined;
  };

  /** False where there is no such message any more. */
  const update = async (row: Leased, card: Card, ref: MessageRef): Promise<boolean> => {
    try {
      await pictures.with(card, (taken) =>
        pace(ref.channel, row, () =>
          client.chat.update({
            channel: ref.channel,
            ts: ref.message,
            ...slackMessage(card, people, taken),
            metadata: { event_type: EVENT_TYPE, event_payload: { notice: row.id } },
          }),
        ),
      );
      return true;
    } catch (error) {
      if (NOT_EDITABLE.has(slackCode(error))) return false;
      throw error;
    }
  };

  const post = async (row: Leased, key: string, card: Card, { channel, thread }: Target): Promise<void> => {
    const { ts } = await pictures.with(card, (taken) =>
      pace(channel, row, () =>
        client.chat.postMessage({
          channel,
          ...(thread === undefined ? {} : { thread_ts: thread }),
          ...slackMessage(card, people, taken),
          metadata: { event_type: EVENT_TYPE, event_payload: { notice: row.id } },
          unfurl_links: false,
          unfurl_media: false,
        }),
      ),
    );
    if (ts === undefined) throw new DeliveryFault('no_ts', 0);
    await refs.saveRef(row.stream, key, { channel, message: ts });
  };

  const postSomewhere = async (row: Leased, key: string, card: Card, target: Target): Promise<void> => {
    try {
      await post(row, key, card, target);
    } catch (error) {
      if (target.thread === undefined || !THREAD_GONE.has(slackCode(error))) throw error;
      logger.warn('slack.thread-gone', { code: slackCode(error), stream: row.stream, notice: row.id });
      await post(row, key, card, { channel: target.channel });
    }
  };

  const send = async (row: Leased, message: Message, card: Card, rootKey: string): Promise<void> => {
    const { key, where, home } = message;
    const channel = where.to === 'person' ? await conversationWith(row, where) : home.channel;
    // Whatever the organisation file says: a channel can come to be shared with another company later.
    if (where.to !== 'person' && (await isShared(channel))) throw new DeliveryFault(SHARED_PLACE, undefined);
    const existing = await refIn(channel, row.stream, key);
    if (existing && (await update(row, card, existing))) return;
    const target = { channel, thread: await threadOf(channel, message, rootKey) };
    const ts = existing ? undefined : await findLost(row, target);
    if (ts === undefined) return postSomewhere(row, key, card, target);
    const ref = { channel, message: ts };
    await refs.saveRef(row.stream, key, ref);
    // An earlier attempt's content may be old by now.
    if (row.kind === 'live') await update(row, card, ref);
  };

  return {
    chat: 'slack',
    threadUrl,
    edit: async (row, ref, card) => {
      try {
        return await update(row, card, ref);
      } catch (error) {
        if (NOBODY.has(slackCode(error)) || slackCode(error) === 'channel_not_found') return false;
        throw isSlackError(error) ? deliveryFault(error) : error;
      }
    },
    send: async (row, message, card, rootKey) => {
      try {
        await send(row, message, card, rootKey);
      } catch (error) {
        if (message.where.to === 'person' && NOBODY.has(slackCode(error))) {
          throw new DeliveryFault(UNREACHABLE, undefined, { cause: error });
        }
        throw isSlackError(error) ? deliveryFault(error) : error;
      }
    },
  };
};

const isSlackError = (error: unknown): boolean => error instanceof DeliveryFault || slackCode(error) !== 'unexpected';
