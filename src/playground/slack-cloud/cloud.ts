/** The workspace behind the playground: its state, and events for its changes. */

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Organisation } from '../../../flows/organisation.ts';
import { openPlaygroundDatabase } from '../database.ts';
import { BOT, directoryOf, dmChannel, dmId, type Channel, type User } from './directory.ts';
import { type Upload, filesIn, type Files } from './files.ts';
import { messagesIn, type Message, type Messages } from './messages.ts';
import { SCHEMA } from './schema.ts';
import { ticketsIn, type Tickets } from './tickets.ts';
import { viewsIn, type Views } from './views.ts';

export type CloudEvent =
  | { kind: 'message'; message: Message }
  | { kind: 'gone'; message: Message }
  | { kind: 'views'; user: string; tab: string }
  | { kind: 'home'; user: string };

export type NewMessage = Pick<Message, 'channel' | 'author' | 'text'> &
  Partial<Pick<Message, 'thread' | 'onlyFor' | 'blocks' | 'metadata' | 'files'>>;

export interface Cloud {
  users: ReadonlyMap<string, User>;
  /** Direct messages included. */
  channel(id: string): Channel | undefined;
  channelsOf(user: string): Channel[];
  openDm(user: User): Channel;
  /** Adds the bot to a channel permanently. */
  invite(channel: Channel): void;
  messages: Messages;
  views: Views;
  tickets: Tickets;
  files: Files;
  /** Uploads not complete yet, by the id that the file will have. */
  uploads: Map<string, Upload>;
  post(message: NewMessage): Message;
  edit(message: Message): void;
  remove(message: Message): void;
  tell(change: CloudEvent): void;
  /** Returns what ends it. */
  watch(listener: (change: CloudEvent) => void): () => void;
  /** Makes an id: `B7KQ2` where the app gave none; with a prefix for views (`V…`). */
  newId(prefix?: string): string;
  close(): void;
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export const openCloud = (organisation: Organisation, dataDir: string, now: () => number): Cloud => {
  const db = openPlaygroundDatabase(dataDir, SCHEMA);
  const { users, channels } = directoryOf(organisation);
  const messages = messagesIn(db, now);
  const listeners = new Set<(change: CloudEvent) => void>();
  const tell = (change: CloudEvent): void => {
    for (const listener of listeners) listener(change);
  };
  const putDm = db.prepare('insert or ignore into dm (channel, user) values (?, ?)');
  const dm = db.prepare('select user from dm where channel = ?').pluck();
  const putInvited = db.prepare('insert or ignore into invited (channel) values (?)');
  const addBot = (id: string): void => {
    const members = channels.get(id)?.members;
    if (members && !members.includes(BOT.user)) members.push(BOT.user);
  };
  for (const id of z.array(z.string()).parse(db.prepare('select channel from invited').pluck().all())) addBot(id);
  const channel = (id: string): Channel | undefined => {
    const public_ = channels.get(id);
    if (public_) return public_;
    const user = users.get(z.string().optional().parse(dm.get(id)) ?? '');
    return user && dmChannel(user);
  };
  return {
    users,
    channel,
    channelsOf: (user) => {
      const own = channel(dmId(user));
      const joined = [...channels.values()].filter((c) => c.members.includes(user) && !c.archived);
      return own ? [...joined, own] : joined;
    },
    openDm: (user) => {
      putDm.run(dmId(user.id), user.id);
      return dmChannel(user);
    },
    invite: ({ id }) => {
      putInvited.run(id);
      addBot(id);
    },
    messages,
    views: viewsIn(db),
    tickets: ticketsIn(db, now),
    files: filesIn(db, now),
    uploads: new Map(),
    post: (given) => {
      const message: Message = {
        thread: undefined,
        onlyFor: undefined,
        blocks: undefined,
        metadata: undefined,
        files: undefined,
        ...given,
        ts: messages.newTs(),
        edited: undefined,
        deleted: false,
      };
      messages.save(message);
      if (message.onlyFor === undefined) messages.markRead(message.author, message.channel, message.ts);
      tell({ kind: 'message', message });
      const root = message.thread === undefined ? undefined : messages.get(message.channel, message.thread);
      // Its reply count changed.
      if (root) tell({ kind: 'message', message: root });
      return message;
    },
    edit: (message) => {
      messages.save(message);
      tell({ kind: 'message', message });
    },
    remove: (message) => {
      const left = messages.remove(message);
      tell(left ? { kind: 'message', message: left } : { kind: 'gone', message });
      const root = message.thread === undefined ? undefined : messages.get(message.channel, message.thread);
      if (root) tell({ kind: 'message', message: root });
    },
    tell,
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    newId: (prefix = '') => prefix + [...randomBytes(prefix === '' ? 5 : 10)].map((b) => LETTERS[b % 32]).join(''),
    close: () => db.close(),
  };
};
