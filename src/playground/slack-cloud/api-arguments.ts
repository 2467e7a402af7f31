/** Arguments of a Web API call, as `@slack/web-api` sends them (a form with JSON members) or as JSON. */

import { z } from 'zod';
import type { Block } from '../page/wire.ts';
import { checkMessageBlocks, withIds } from './block-kit.ts';
import type { Cloud } from './cloud.ts';
import { type Channel, type User, BOT } from './directory.ts';
import { IMAGES } from './files.ts';
import type { Message } from './messages.ts';

/** Answered as `{ ok: false, error }`, like every refusal of Slack's Web API. */
export class ApiRefusal extends Error {
  readonly code: string;
  readonly details: string[];
  constructor(code: string, details: string[] = []) {
    super(code);
    this.name = 'ApiRefusal';
    this.code = code;
    this.details = details;
  }
}

export interface Call {
  cloud: Cloud;
  args: unknown;
  /** `http://127.0.0.1:3000` */
  baseUrl: string;
}

const fromForm = (value: unknown): unknown => (value === 'true' ? true : value === 'false' ? false : value);
export const flag = z.preprocess(fromForm, z.boolean()).optional();
export const count = z.coerce.number().int().min(1).max(1000).optional();

const parsedJson = (code: string) =>
  z.unknown().transform((value) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch (error) {
      throw new ApiRefusal(code, [String(error)]);
    }
  });
export const json = parsedJson('invalid_arguments');
export const jsonBlocks = parsedJson('invalid_blocks_format');

export const read = <T>(schema: z.ZodType<T>, { args }: Call): T => {
  const parsed = schema.safeParse(args);
  if (parsed.success) return parsed.data;
  const messages = parsed.error.issues.map(
    (i) => `[ERROR] ${i.message} [json-pointer:/${i.path.map(String).join('/')}]`,
  );
  throw new ApiRefusal('invalid_arguments', messages);
};

export const channelFor = ({ cloud }: Call, id: string): Channel => {
  const channel = cloud.channel(id);
  if (!channel) throw new ApiRefusal('channel_not_found');
  return channel;
};

export const userFor = ({ cloud }: Call, id: string): User => {
  const user = cloud.users.get(id);
  if (!user) throw new ApiRefusal('user_not_found');
  return user;
};

/** Finds a channel that the bot may write to. A user's id stands for the direct message with that user. */
export const writableFor = (call: Call, id: string): Channel => {
  if (/^[UW]/.test(id)) return call.cloud.openDm(personFor(call, id));
  const channel = channelFor(call, id);
  if (channel.archived) throw new ApiRefusal('is_archived');
  if (!channel.members.includes(BOT.user)) throw new ApiRefusal('not_in_channel');
  return channel;
};

export const personFor = (call: Call, id: string): User => {
  const user = userFor(call, id);
  if (user.deactivated) throw new ApiRefusal('user_disabled');
  if (user.bot) throw new ApiRefusal('cannot_dm_bot');
  return user;
};

export const content = {
  text: z.string().optional(),
  blocks: jsonBlocks.optional(),
  attachments: z.unknown().optional(),
};

/** Finds files that an image may not show: it must be the bot's own, whole, and a picture. */
const missingFiles = (cloud: Cloud, blocks: readonly Block[]): string[] =>
  blocks.flatMap((block, at) => {
    if (block.type !== 'image' || block.slack_file === undefined) return [];
    const file = cloud.files.get(block.slack_file.id);
    const good = file?.user === BOT.user && IMAGES.has(file.mimetype);
    return good ? [] : [`[ERROR] invalid slack file [json-pointer:/blocks/${at}/slack_file]`];
  });

/** Checks a message's text and blocks. Blocks without a text are refused: screen readers and notifications need it. */
export const contentOf = (
  { cloud }: Call,
  given: { text?: string | undefined; blocks?: unknown; attachments?: unknown },
): { text: string; blocks: Block[] | undefined } => {
  if (given.attachments !== undefined) throw new ApiRefusal('invalid_attachments', ['attachments are not used here']);
  const text = given.text ?? '';
  if (text.trim() === '') throw new ApiRefusal('no_text');
  if (text.length > 40_000) throw new ApiRefusal('msg_too_long');
  if (given.blocks === undefined) return { text, blocks: undefined };
  const checked = checkMessageBlocks(given.blocks);
  if (!checked.ok) throw new ApiRefusal('invalid_blocks', checked.messages);
  const missing = missingFiles(cloud, checked.value);
  if (missing.length > 0) throw new ApiRefusal('invalid_blocks', missing);
  return { text, blocks: checked.value.length === 0 ? undefined : withIds(checked.value, () => cloud.newId()) };
};

export const threadFor = ({ cloud }: Call, channel: Channel, thread: string | undefined): string | undefined => {
  if (thread === undefined || thread === '') return undefined;
  const root = cloud.messages.get(channel.id, thread);
  if (!root || root.onlyFor !== undefined) throw new ApiRefusal('thread_not_found');
  // A reply's ts leads to its root.
  return root.thread ?? root.ts;
};

export const apiMessage = (cloud: Cloud, message: Message, withMetadata = false): Record<string, unknown> => {
  const bot = message.author === BOT.user;
  const replies = message.thread === undefined ? cloud.messages.replies(message.channel, message.ts) : [];
  return {
    type: 'message',
    ...(message.deleted && { subtype: 'tombstone' }),
    user: message.author,
    ...(bot && { bot_id: BOT.bot, app_id: BOT.app }),
    ts: message.ts,
    text: message.text,
    ...(message.blocks && { blocks: message.blocks }),
    ...(message.edited !== undefined && { edited: { user: message.author, ts: message.edited } }),
    ...(message.thread !== undefined && { thread_ts: message.thread }),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users: [...new Set(replies.map((r) => r.author))],
      reply_users_count: new Set(replies.map((r) => r.author)).size,
      latest_reply: replies.at(-1)?.ts,
    }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
  };
};
