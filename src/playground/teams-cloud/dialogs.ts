/** A person's private displays: an open dialog, and their own version of a card. */

import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { CardJson } from '../page/teams/wire.ts';

const cardJson = z.custom<CardJson>((v) => typeof v === 'object' && v !== null);

const shown = z.object({
  title: z.string(),
  card: cardJson,
  /** Where it was opened; its submits carry it. */
  conversation: z.string(),
  /** The activity whose button opened it, or the message that the message action was used on. */
  activity: z.string(),
  /** Opened by a message action: submits go to the message extension. */
  command: z.string().optional(),
});

export type Dialog = z.infer<typeof shown> & { id: string; user: string; tab: string };

export interface Dialogs {
  /** Opens the one dialog of this tab; it replaces another. */
  open(dialog: Dialog): void;
  get(id: string): Dialog | undefined;
  of(user: string, tab: string): Dialog | undefined;
  close(user: string, tab: string): void;
}

const row = z.object({ id: z.string(), user: z.string(), tab: z.string(), body: z.string() });

export const dialogsIn = (db: Database): Dialogs => {
  const put = db.prepare('insert or replace into teams_dialog (id, user, tab, body) values (?, ?, ?, ?)');
  const one = db.prepare('select * from teams_dialog where id = ?');
  const ofTab = db.prepare('select * from teams_dialog where user = ? and tab = ?');
  const shut = db.prepare('delete from teams_dialog where user = ? and tab = ?');
  const fromRow = (raw: unknown): Dialog | undefined => {
    if (raw === undefined) return undefined;
    const { body, ...found } = row.parse(raw);
    return { ...found, ...shown.parse(JSON.parse(body)) };
  };
  return {
    open: ({ id, user, tab, ...body }) => {
      put.run(id, user, tab, JSON.stringify(body));
    },
    get: (id) => fromRow(one.get(id)),
    of: (user, tab) => fromRow(ofTab.get(user, tab)),
    close: (user, tab) => {
      shut.run(user, tab);
    },
  };
};

export interface Own {
  user: string;
  conversation: string;
  activity: string;
}

export interface PersonalCards {
  /** Saves a person's version. `card` is null where the bot had nothing of its own to show. */
  save(own: Own & { version: number; card: CardJson | null }): void;
  get(own: Own): { version: number; card: CardJson | null } | undefined;
}

const cardRow = z.object({ version: z.number(), card: z.string().nullable() });

export const personalCardsIn = (db: Database): PersonalCards => {
  const put = db.prepare(
    'insert or replace into teams_personal (user, conversation, activity, version, card) values (?, ?, ?, ?, ?)',
  );
  const one = db.prepare(
    'select version, card from teams_personal where user = ? and conversation = ? and activity = ?',
  );
  return {
    save: ({ user, conversation, activity, version, card }) => {
      put.run(user, conversation, activity, version, card && JSON.stringify(card));
    },
    get: ({ user, conversation, activity }) => {
      const raw: unknown = one.get(user, conversation, activity);
      if (raw === undefined) return undefined;
      const { version, card } = cardRow.parse(raw);
      return { version, card: card === null ? null : cardJson.parse(JSON.parse(card)) };
    },
  };
};
