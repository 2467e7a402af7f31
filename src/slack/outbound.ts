/** One outbox row to Slack: posted once, updated ever after, found again after a send whose outcome nobody knows. */
import type { WebClient } from '@slack/web-api';
import { slackMessage, type People } from '../../blocks/slack.ts';
import type { PersonId } from '../../flows/organisation.ts';
import type { EventStore, MessageRef, OutboxRow } from '../../store/event-store.ts';
import { DeliveryFault, type Deliver, type Message, type Render } from '../delivery.ts';
import type { Logger } from '../log.ts';
import { deliveryFault, slackCode } from './faults.ts';

export interface SlackDeliverOptions {
  client: WebClient;
  store: Pick<EventStore, 'ref' | 'saveRef'>;
  render: Render;
  people: People;
  /** The bot's own id: only its messages are taken for lost ones. */
  botId: () => string | undefined;
  pace: (channel: string) => Promise<void>;
  logger: Logger;
}

export const EVENT_TYPE = 'clearthread_notice';
const ROOT = 'root';
/** The root card is on its way in the same lane. */
const ROOT_SOON_MS = 2000;
const MOST_LINKS = 5000;
/** How far back a lost message is looked for. */
export const PAGES = 5;
/** Somebody deleted the message, or a workspace setting has closed it to edits. */
const NOT_EDITABLE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive']);
/** Somebody deleted the root card: what is owed is said in the channel, and the root's next update posts a new root. */
const THREAD_GONE = new Set(['thread_not_found', 'message_not_found', 'cannot_reply_to_message']);
/** The bot may not read that conversation; a message may then appear twice. */
const NOT_READABLE = new Set(['missing_scope', 'not_in_channel', 'channel_not_found', 'thread_not_found']);

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

export const slackDeliver = (options: SlackDeliverOptions): Deliver => {
  const { client, store, render, people, botId, pace, logger } = options;
  const permalinks = new Map<string, string>();
  const conversations = new Map<string, string>();

  const threadUrl = async (root: MessageRef | undefined): Promise<string | undefined> => {
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

  const conversationWith = async (person: PersonId): Promise<string> => {
    const user = people(person)?.slack;
    if (user === undefined) throw new DeliveryFault('person_without_slack', undefined);
    const known = conversations.get(user);
    if (known !== undefined) return known;
    const { channel } = await client.conversations.open({ users: user });
    if (channel?.id === undefined) throw new DeliveryFault('no_conversation', 0);
    conversations.set(user, channel.id);
    return channel.id;
  };

  const targetOf = async ({ where, home }: Message, root: MessageRef | undefined): Promise<Target> => {
    switch (where.to) {
      case 'channel':
        return { channel: home.channel };
      case 'thread':
        if (!root) throw new DeliveryFault('root_missing', ROOT_SOON_MS);
        return { channel: root.channel, thread: root.message };
      case 'person':
        return { channel: await conversationWith(where.person) };
      default: {
        const never: never = where;
        return never;
      }
    }
  };

  const page = async ({ channel, thread }: Target, cursor: string | undefined) => {
    const from = { channel, limit: 200, include_all_metadata: true, ...(cursor === undefined ? {} : { cursor }) };
    return thread === undefined
      ? client.conversations.history(from)
      : client.conversations.replies({ ...from, ts: thread });
  };

  /** The message that an earlier attempt left behind. */
  const lost = async (row: OutboxRow, target: Target): Promise<string | undefined> => {
    if (row.attempts === 0) return undefined;
    try {
      let cursor: string | undefined;
      for (let n = 0; n < PAGES; n += 1) {
        const { messages = [], response_metadata } = await page(target, cursor);
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

  /** False where there is no such message to update any more. */
  const update = async (row: OutboxRow, message: Message, ref: MessageRef): Promise<boolean> => {
    await pace(ref.channel);
    try {
      await client.chat.update({
        channel: ref.channel,
        ts: ref.message,
        ...slackMessage(message.card, people),
        metadata: { event_type: EVENT_TYPE, event_payload: { notice: row.id } },
      });
      return true;
    } catch (error) {
      if (NOT_EDITABLE.has(slackCode(error))) return false;
      throw error;
    }
  };

  const post = async (row: OutboxRow, message: Message, { channel, thread }: Target): Promise<void> => {
    await pace(channel);
    const { ts } = await client.chat.postMessage({
      channel,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      ...slackMessage(message.card, people),
      metadata: { event_type: EVENT_TYPE, event_payload: { notice: row.id } },
      unfurl_links: false,
      unfurl_media: false,
    });
    if (ts === undefined) throw new DeliveryFault('no_ts', 0);
    await store.saveRef(row.stream, message.key, { channel, message: ts });
  };

  const postSomewhere = async (row: OutboxRow, message: Message, target: Target): Promise<void> => {
    try {
      await post(row, message, target);
    } catch (error) {
      if (target.thread === undefined || !THREAD_GONE.has(slackCode(error))) throw error;
      logger.warn('slack.thread-gone', { code: slackCode(error), stream: row.stream, notice: row.id });
      await post(row, message, { channel: target.channel });
    }
  };

  const deliver = async (row: OutboxRow): Promise<void> => {
    const root = await store.ref(row.stream, ROOT);
    const message = await render(row, { threadUrl: await threadUrl(root) });
    if (!message) return;
    if (message.home.platform !== 'slack') throw new DeliveryFault('not_for_slack', undefined);
    const existing = await store.ref(row.stream, message.key);
    if (existing && (await update(row, message, existing))) return;
    const target = await targetOf(message, root);
    const ts = existing ? undefined : await lost(row, target);
    if (ts === undefined) return postSomewhere(row, message, target);
    const ref = { channel: target.channel, message: ts };
    await store.saveRef(row.stream, message.key, ref);
    // What an earlier attempt said may be old by now.
    if (row.kind === 'live') await update(row, message, ref);
  };

  return async (row) => {
    try {
      await deliver(row);
    } catch (error) {
      throw isSlackError(error) ? deliveryFault(error) : error;
    }
  };
};

const isSlackError = (error: unknown): boolean => error instanceof DeliveryFault || slackCode(error) !== 'unexpected';
