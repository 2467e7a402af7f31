import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { CardJson } from '../page/teams/wire.ts';

export interface Activity {
  /** Without `;messageid=`. */
  conversation: string;
  /** Milliseconds since 1970, made unique: a later one has a greater id. */
  id: string;
  /** The root's id, for a reply in a channel. */
  thread: string | undefined;
  /** Entra object id, or the bot's `28:…`. */
  author: string;
  text: string;
  card: CardJson | undefined;
  /** Counts from 1; each edit adds 1. */
  version: number;
  deleted: boolean;
}

/** Written by `save` only. */
const body = z.object({ text: z.string(), card: z.custom<CardJson>((v) => typeof v === 'object').optional() });

const row = z.object({
  conversation: z.string(),
  id: z.string(),
  thread: z.string().nullable(),
  author: z.string(),
  body: z.string(),
  version: z.number(),
  deleted: z.number(),
});

const fromRow = (raw: unknown): Activity => {
  const found = row.parse(raw);
  const { text, card } = body.parse(JSON.parse(found.body));
  const { conversation, id, author, version } = found;
  return {
    conversation,
    id,
    author,
    version,
    text,
    card,
    thread: found.thread ?? undefined,
    deleted: found.deleted === 1,
  };
};

export interface Activities {
  save(activity: Activity): void;
  /** Not the deleted ones. */
  get(conversation: string, id: string): Activity | undefined;
  /** Lists all but replies, or one thread with its root; oldest first. */
  list(conversation: string, thread?: string): Activity[];
  replyCount(conversation: string, thread: string): number;
  /** Counts those of `list` that others wrote since this person read. */
  unread(user: string, conversation: string): number;
  /** Removes an activity and returns the rest of it: a root with replies keeps its place. */
  remove(activity: Activity): Activity | undefined;
  newId(): string;
  markRead(user: string, conversation: string, id: string): void;
}

export const activitiesIn = (db: Database, now: () => number): Activities => {
  const put = db.prepare(
    `insert into teams_activity (conversation, id, thread, author, body, version, deleted) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (conversation, id) do update set body = excluded.body, version = excluded.version, deleted = excluded.deleted`,
  );
  const one = db.prepare('select * from teams_activity where conversation = ? and id = ? and deleted = 0');
  const roots = db.prepare('select * from teams_activity where conversation = ? and thread is null order by id');
  const thread = db.prepare(
    'select * from teams_activity where conversation = ? and (id = ? or thread = ?) order by id',
  );
  const answers = db.prepare('select count(*) from teams_activity where conversation = ? and thread = ?').pluck();
  const erase = db.prepare('delete from teams_activity where conversation = ? and id = ?');
  const mark = db.prepare(
    `insert into teams_read_mark (user, conversation, id) values (?, ?, ?)
     on conflict (user, conversation) do update set id = max(id, excluded.id)`,
  );
  const unread = db
    .prepare(
      `select count(*) from teams_activity where conversation = @conversation and thread is null and author <> @user
       and id > coalesce((select id from teams_read_mark where user = @user and conversation = @conversation), '0')`,
    )
    .pluck();
  let last = Number(z.string().nullable().parse(db.prepare('select max(id) from teams_activity').pluck().get()) ?? '0');

  const save = ({ text, card, ...a }: Activity): void => {
    const json = JSON.stringify({ text, card });
    put.run(a.conversation, a.id, a.thread ?? null, a.author, json, a.version, a.deleted ? 1 : 0);
  };
  const replyCount = (conversation: string, root: string): number => z.number().parse(answers.get(conversation, root));

  return {
    save,
    replyCount,
    unread: (user, conversation) => z.number().parse(unread.get({ user, conversation })),
    get: (conversation, id) => {
      const found: unknown = one.get(conversation, id);
      return found === undefined ? undefined : fromRow(found);
    },
    list: (conversation, root) =>
      (root === undefined ? roots.all(conversation) : thread.all(conversation, root, root)).map(fromRow),
    remove: (activity) => {
      if (activity.thread === undefined && replyCount(activity.conversation, activity.id) > 0) {
        const text = 'This message has been deleted.';
        const left = { ...activity, text, card: undefined, version: activity.version + 1, deleted: true };
        save(left);
        return left;
      }
      erase.run(activity.conversation, activity.id);
      return undefined;
    },
    newId: () => {
      last = Math.max(now(), last + 1);
      return String(last);
    },
    markRead: (user, conversation, id) => {
      mark.run(user, conversation, id);
    },
  };
};
