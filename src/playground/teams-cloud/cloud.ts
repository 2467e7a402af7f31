/** The tenant behind the Teams pane: its state, and events for its changes. */

import type { Organisation } from '../../../flows/organisation.ts';
import { openPlaygroundDatabase } from '../database.ts';
import { activitiesIn, type Activities, type Activity } from './activities.ts';
import { dialogsIn, personalCardsIn, type Dialogs, type PersonalCards } from './dialogs.ts';
import { BOT, directoryOf, type Conversation, type TeamsUser } from './directory.ts';
import { SCHEMA } from './schema.ts';

export type TeamsCloudEvent =
  | { kind: 'activity'; activity: Activity }
  | { kind: 'gone'; activity: Activity }
  | { kind: 'read'; user: string }
  | { kind: 'dialog'; user: string; tab: string };

export type NewActivity = Pick<Activity, 'conversation' | 'author' | 'text'> &
  Partial<Pick<Activity, 'thread' | 'card'>>;

export interface TeamsCloud {
  /** By Entra object id; the bot is not among them. */
  users: ReadonlyMap<string, TeamsUser>;
  /** By MRI or Entra object id. */
  user(id: string): TeamsUser | undefined;
  /** The bot's included. */
  nameOf(author: string): string;
  conversation(id: string): Conversation | undefined;
  conversationsOf(user: string): Conversation[];
  isIn(conversation: Conversation, user: string): boolean;
  /** Changes a member of the tenant: leaves it, or loses or gets the app. Until the next start. */
  change(user: string, how: Partial<Pick<TeamsUser, 'left' | 'hasApp'>>): void;
  activities: Activities;
  dialogs: Dialogs;
  personal: PersonalCards;
  post(activity: NewActivity): Activity;
  edit(activity: Activity): void;
  remove(activity: Activity): void;
  tell(change: TeamsCloudEvent): void;
  /** Returns what ends it. */
  watch(listener: (change: TeamsCloudEvent) => void): () => void;
  /** Milliseconds since 1970. */
  now: () => number;
  close(): void;
}

export const openTeamsCloud = (organisation: Organisation, dataDir: string, now: () => number): TeamsCloud => {
  const db = openPlaygroundDatabase(dataDir, SCHEMA);
  const directory = directoryOf(organisation);
  const users = new Map(directory.users);
  const { conversations } = directory;
  const activities = activitiesIn(db, now);
  const listeners = new Set<(change: TeamsCloudEvent) => void>();
  const tell = (change: TeamsCloudEvent): void => {
    for (const listener of listeners) listener(change);
  };
  /** Announces the root, whose reply count changed. */
  const tellRoot = ({ conversation, thread }: Activity): void => {
    const root = thread === undefined ? undefined : activities.get(conversation, thread);
    if (root) tell({ kind: 'activity', activity: root });
  };
  const isIn: TeamsCloud['isIn'] = ({ members }, user) => members.includes(user) && users.get(user)?.left === false;
  return {
    users,
    user: (id) => users.get(id) ?? [...users.values()].find((u) => u.mri === id),
    nameOf: (author) => (author === BOT.id ? BOT.name : (users.get(author)?.name ?? 'Unknown user')),
    conversation: (id) => conversations.get(id),
    conversationsOf: (user) =>
      [...conversations.values()].filter(
        (c) => isIn(c, user) && (c.kind !== 'personal' || users.get(user)?.hasApp === true),
      ),
    isIn,
    change: (user, how) => {
      const known = users.get(user);
      if (known) users.set(user, { ...known, ...how });
    },
    activities,
    dialogs: dialogsIn(db),
    personal: personalCardsIn(db),
    post: (given) => {
      const id = activities.newId();
      const activity: Activity = { thread: undefined, card: undefined, ...given, id, version: 1, deleted: false };
      activities.save(activity);
      if (activity.author !== BOT.id) activities.markRead(activity.author, activity.conversation, id);
      tell({ kind: 'activity', activity });
      tellRoot(activity);
      return activity;
    },
    edit: (activity) => {
      const edited = { ...activity, version: activity.version + 1 };
      activities.save(edited);
      tell({ kind: 'activity', activity: edited });
    },
    remove: (activity) => {
      const left = activities.remove(activity);
      tell(left ? { kind: 'activity', activity: left } : { kind: 'gone', activity });
      tellRoot(activity);
    },
    tell,
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now,
    close: () => db.close(),
  };
};
