import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { HomeView, Modal } from './block-kit.ts';

export interface View {
  id: string;
  root: string;
  previous: string | undefined;
  user: string;
  /** The browser tab that shows it. */
  tab: string;
  position: number;
  hash: string;
  modal: Modal;
}

const row = z.object({
  id: z.string(),
  root: z.string(),
  previous: z.string().nullable(),
  user: z.string(),
  tab: z.string(),
  position: z.number(),
  hash: z.string(),
  body: z.string(),
});

const fromRow = (raw: unknown): View => {
  const { body, previous, ...found } = row.parse(raw);
  // Written from a checked modal only.
  return { ...found, previous: previous ?? undefined, modal: JSON.parse(body) as Modal };
};

export interface PublishedHome {
  id: string;
  hash: string;
  home: HomeView;
}

export interface Views {
  save(view: View): void;
  /** Open ones only. */
  get(id: string): View | undefined;
  byExternalId(id: string): View | undefined;
  /** Returns the tab's open modals, bottom first. */
  stack(user: string, tab: string): View[];
  close(id: string): void;
  closeAll(user: string, tab: string): void;
  home(user: string): PublishedHome | undefined;
  saveHome(user: string, home: PublishedHome): void;
}

export const viewsIn = (db: Database): Views => {
  const put = db.prepare(
    `insert into view (id, root, previous, user, tab, position, open, external, hash, body) values (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
     on conflict (id) do update set hash = excluded.hash, body = excluded.body, external = excluded.external`,
  );
  const one = db.prepare('select * from view where id = ? and open = 1');
  const external = db.prepare('select * from view where external = ? and open = 1');
  const all = db.prepare('select * from view where user = ? and tab = ? and open = 1 order by position');
  const shut = db.prepare('update view set open = 0 where id = ?');
  const shutAll = db.prepare('update view set open = 0 where user = ? and tab = ?');
  const home = db.prepare('select id, hash, body from home where user = ?');
  const putHome = db.prepare('insert or replace into home (user, id, hash, body) values (?, ?, ?, ?)');
  const found = (raw: unknown): View | undefined => (raw === undefined ? undefined : fromRow(raw));
  return {
    save: ({ id, root, previous, user, tab, position, hash, modal }) => {
      const json = JSON.stringify(modal);
      put.run(id, root, previous ?? null, user, tab, position, modal.external_id || null, hash, json);
    },
    get: (id) => found(one.get(id)),
    byExternalId: (id) => found(external.get(id)),
    stack: (user, tab) => all.all(user, tab).map(fromRow),
    close: (id) => {
      shut.run(id);
    },
    closeAll: (user, tab) => {
      shutAll.run(user, tab);
    },
    home: (user) => {
      const raw = z.object({ id: z.string(), hash: z.string(), body: z.string() }).optional().parse(home.get(user));
      return raw && { id: raw.id, hash: raw.hash, home: JSON.parse(raw.body) as HomeView };
    },
    saveHome: (user, published) => {
      putHome.run(user, published.id, published.hash, JSON.stringify(published.home));
    },
  };
};
