import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Block } from '../page/wire.ts';

export interface Metadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

export interface Message {
  channel: string;
  /** Seconds since 1970 with six decimals: unique in the workspace, and greater for later messages. */
  ts: string;
  thread: string | undefined;
  /** The one person who sees an ephemeral message. */
  onlyFor: string | undefined;
  author: string;
  text: string;
  blocks: Block[] | undefined;
  metadata: Metadata | undefined;
  /** Attached files, to be downloaded. */
  files: { id: string; name: string }[] | undefined;
  edited: string | undefined;
  deleted: boolean;
}

/** Written by `save` only. */
const body = z.object({
  text: z.string(),
  blocks: z.custom<Block[]>(Array.isArray).optional(),
  metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
  files: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  edited: z.string().optional(),
});

const row = z.object({
  channel: z.string(),
  ts: z.string(),
  thread: z.string().nullable(),
  only_for: z.string().nullable(),
  author: z.string(),
  body: z.string(),
  deleted: z.number(),
});

const fromRow = (raw: unknown): Message => {
  const found = row.parse(raw);
  const { text, blocks, metadata, files, edited } = body.parse(JSON.parse(found.body));
  return {
    channel: found.channel,
    ts: found.ts,
    thread: found.thread ?? undefined,
    onlyFor: found.only_for ?? undefined,
    author: found.author,
    text,
    blocks,
    metadata,
    files,
    edited,
    deleted: found.deleted === 1,
  };
};

export type Reply = Pick<Message, 'ts' | 'author'>;

const reply = z.object({ ts: z.string(), author: z.string() });

export interface Messages {
  save(message: Message): void;
  /** Not the deleted ones. */
  get(channel: string, ts: string): Message | undefined;
  /** Lists roots, or one thread with its root; oldest first; ephemeral messages included. */
  list(channel: string, thread?: string): Message[];
  /** Removes a message; a root with replies stays as a tombstone. */
  remove(message: Message): Message | undefined;
  /** Of each reply that everybody in the channel sees. */
  replies(channel: string, thread: string): Reply[];
  /** Tells whether others wrote something since this person read, besides replies. */
  hasUnread(user: string, channel: string): boolean;
  /** Lists those replies since then that hold this person's id. */
  unreadReplies(user: string, channel: string): Message[];
  newTs(): string;
  markRead(user: string, channel: string, ts: string): void;
}

export const messagesIn = (db: Database, now: () => number): Messages => {
  const put = db.prepare(
    `insert into message (channel, ts, thread, only_for, author, body, deleted) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (channel, ts) do update set body = excluded.body, deleted = excluded.deleted`,
  );
  const one = db.prepare('select * from message where channel = ? and ts = ? and deleted = 0');
  const roots = db.prepare('select * from message where channel = ? and thread is null order by ts');
  const thread = db.prepare('select * from message where channel = ? and (ts = ? or thread = ?) order by ts');
  const answers = db.prepare(
    'select ts, author from message where channel = ? and thread = ? and only_for is null and deleted = 0 order by ts',
  );
  const since = "coalesce((select ts from read_mark where user = @user and channel = @channel), '0')";
  const unread = db
    .prepare(
      `select 1 from message as m where channel = @channel and ts > ${since} and thread is null and author <> @user
       and (only_for is null or only_for = @user) and (deleted = 0 or exists (
         select 1 from message where channel = @channel and thread = m.ts and only_for is null and deleted = 0)) limit 1`,
    )
    .pluck();
  const unreadAnswers = db.prepare(
    `select * from message where channel = @channel and ts > ${since} and thread is not null and author <> @user
     and only_for is null and deleted = 0 and instr(body, @user) > 0 order by ts`,
  );
  const erase = db.prepare('delete from message where channel = ? and ts = ?');
  const mark = db.prepare(
    `insert into read_mark (user, channel, ts) values (?, ?, ?)
     on conflict (user, channel) do update set ts = max(ts, excluded.ts)`,
  );
  let last = z.string().nullable().parse(db.prepare('select max(ts) from message').pluck().get()) ?? '0.000000';

  const save = (m: Message): void => {
    const { text, blocks, metadata, files, edited } = m;
    const json = JSON.stringify({ text, blocks, metadata, files, edited });
    put.run(m.channel, m.ts, m.thread ?? null, m.onlyFor ?? null, m.author, json, m.deleted ? 1 : 0);
  };
  const replies = (channel: string, root: string): Reply[] => z.array(reply).parse(answers.all(channel, root));

  return {
    save,
    replies,
    hasUnread: (user, channel) => unread.get({ user, channel }) !== undefined,
    unreadReplies: (user, channel) => unreadAnswers.all({ user, channel }).map(fromRow),
    get: (channel, ts) => {
      const found: unknown = one.get(channel, ts);
      return found === undefined ? undefined : fromRow(found);
    },
    list: (channel, root) =>
      (root === undefined ? roots.all(channel) : thread.all(channel, root, root))
        .map(fromRow)
        .filter((m) => !m.deleted || replies(channel, m.ts).length > 0),
    remove: (message) => {
      if (message.thread === undefined && replies(message.channel, message.ts).length > 0) {
        const tombstone = {
          ...message,
          text: 'This message was deleted.',
          blocks: undefined,
          metadata: undefined,
          files: undefined,
          deleted: true,
        };
        save(tombstone);
        return tombstone;
      }
      erase.run(message.channel, message.ts);
      return undefined;
    },
    newTs: () => {
      const [seconds = '0', micros = '0'] = last.split('.');
      const after = BigInt(seconds) * 1_000_000n + BigInt(micros) + 1n;
      const wanted = BigInt(now()) * 1000n;
      const next = wanted > after ? wanted : after;
      last = `${next / 1_000_000n}.${String(next % 1_000_000n).padStart(6, '0')}`;
      return last;
    },
    markRead: (user, channel, ts) => {
      mark.run(user, channel, ts);
    },
  };
};
