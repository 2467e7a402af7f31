import { z } from 'zod';
import {
  apiMessage,
  ApiRefusal,
  channelFor,
  content,
  contentOf,
  flag,
  json,
  read,
  threadFor,
  userFor,
  writableFor,
  type Call,
} from './api-arguments.ts';
import { BOT } from './directory.ts';
import type { Message } from './messages.ts';

const metadata = z.object({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

const metadataOf = (given: unknown): Message['metadata'] => {
  if (given === undefined) return undefined;
  const parsed = metadata.safeParse(given);
  if (!parsed.success) throw new ApiRefusal('invalid_metadata_format');
  return parsed.data;
};

export const postMessage = (call: Call): object => {
  const args = read(
    z.object({ channel: z.string(), ...content, thread_ts: z.string().optional(), metadata: json.optional() }),
    call,
  );
  const channel = writableFor(call, args.channel);
  const thread = threadFor(call, channel, args.thread_ts);
  const checked = contentOf(call, args);
  const message = call.cloud.post({
    channel: channel.id,
    author: BOT.user,
    thread,
    metadata: metadataOf(args.metadata),
    ...checked,
  });
  return { channel: channel.id, ts: message.ts, message: apiMessage(call.cloud, message, true) };
};

export const postEphemeral = (call: Call): object => {
  const args = read(
    z.object({ channel: z.string(), user: z.string(), ...content, thread_ts: z.string().optional() }),
    call,
  );
  const channel = writableFor(call, args.channel);
  const user = userFor(call, args.user);
  if (!channel.members.includes(user.id)) throw new ApiRefusal('user_not_in_channel');
  const thread = threadFor(call, channel, args.thread_ts);
  const checked = contentOf(call, args);
  const message = call.cloud.post({ channel: channel.id, author: BOT.user, thread, onlyFor: user.id, ...checked });
  return { message_ts: message.ts };
};

const existing = (call: Call, channel: string, ts: string): Message => {
  const found = call.cloud.messages.get(channelFor(call, channel).id, ts);
  if (!found || found.onlyFor !== undefined) throw new ApiRefusal('message_not_found');
  return found;
};

export const update = (call: Call): object => {
  const args = read(z.object({ channel: z.string(), ts: z.string(), ...content, metadata: json.optional() }), call);
  const channel = channelFor(call, args.channel);
  if (channel.archived) throw new ApiRefusal('is_archived');
  const message = existing(call, channel.id, args.ts);
  if (message.author !== BOT.user) throw new ApiRefusal('cant_update_message');
  const checked = contentOf(call, args);
  const changed = {
    ...message,
    ...checked,
    metadata: args.metadata === undefined ? message.metadata : metadataOf(args.metadata),
    edited: call.cloud.messages.newTs(),
  };
  call.cloud.edit(changed);
  return { channel: channel.id, ts: message.ts, text: changed.text, message: apiMessage(call.cloud, changed, true) };
};

export const remove = (call: Call): object => {
  const args = read(z.object({ channel: z.string(), ts: z.string() }), call);
  const message = existing(call, args.channel, args.ts);
  if (message.author !== BOT.user) throw new ApiRefusal('cant_delete_message');
  call.cloud.remove(message);
  return { channel: message.channel, ts: message.ts };
};

export const permalinkOf = (baseUrl: string, message: Message): string => {
  const page = `${baseUrl}/archives/${message.channel}/p${message.ts.replace('.', '')}`;
  return message.thread === undefined ? page : `${page}?thread_ts=${message.thread}&cid=${message.channel}`;
};

export const getPermalink = (call: Call): object => {
  const args = read(z.object({ channel: z.string(), message_ts: z.string() }), call);
  const message = existing(call, args.channel, args.message_ts);
  return { channel: message.channel, permalink: permalinkOf(call.baseUrl, message) };
};

const readable = (call: Call, id: string): string => {
  const channel = channelFor(call, id);
  if (!channel.members.includes(BOT.user)) throw new ApiRefusal('not_in_channel');
  return channel.id;
};

const paging = {
  limit: z.coerce.number().int().min(1).max(999).default(100),
  cursor: z.string().optional(),
  oldest: z.string().optional(),
  latest: z.string().optional(),
  inclusive: flag,
  include_all_metadata: flag,
  include_metadata: flag,
};

interface Paged {
  limit: number;
  cursor?: string | undefined;
  oldest?: string | undefined;
  latest?: string | undefined;
  inclusive?: boolean | undefined;
  include_all_metadata?: boolean | undefined;
  include_metadata?: boolean | undefined;
}

/** Returns a page. The cursor is the ts of the last message of the page before. */
const page = ({ cloud }: Call, found: Message[], args: Paged, newestFirst: boolean): object => {
  const within = found.filter(
    ({ ts, onlyFor }) =>
      onlyFor === undefined &&
      (args.oldest === undefined ||
        Number(ts) > Number(args.oldest) ||
        (args.inclusive === true && ts === args.oldest)) &&
      (args.latest === undefined ||
        Number(ts) < Number(args.latest) ||
        (args.inclusive === true && ts === args.latest)),
  );
  const ordered = newestFirst ? within.toReversed() : within;
  const after = args.cursor ? ordered.findIndex((m) => m.ts === args.cursor) + 1 : 0;
  const shown = ordered.slice(after, after + args.limit);
  const more = after + args.limit < ordered.length;
  const withMetadata = args.include_all_metadata === true || args.include_metadata === true;
  return {
    messages: shown.map((m) => apiMessage(cloud, m, withMetadata)),
    has_more: more,
    response_metadata: { next_cursor: more ? (shown.at(-1)?.ts ?? '') : '' },
  };
};

export const history = (call: Call): object => {
  const args = read(z.object({ channel: z.string(), ...paging }), call);
  return page(call, call.cloud.messages.list(readable(call, args.channel)), args, true);
};

export const replies = (call: Call): object => {
  const args = read(z.object({ channel: z.string(), ts: z.string(), ...paging }), call);
  const channel = readable(call, args.channel);
  const thread = call.cloud.messages.list(channel, args.ts);
  if (thread.length === 0) throw new ApiRefusal('thread_not_found');
  return page(call, thread, args, false);
};
