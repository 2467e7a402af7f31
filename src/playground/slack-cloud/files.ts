/** Files that people submit with a form, kept as Slack keeps them: by id, with a link for people who may see them. */

import type { Database as Db } from 'better-sqlite3';
import { z } from 'zod';
import { FILE_HOST } from '../page/file-links.ts';

/** Types that an image block may show. */
export const IMAGES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif']);

export interface StoredFile {
  /** `F…` */
  id: string;
  user: string;
  name: string;
  mimetype: string;
  /** Seconds since 1970. */
  created: number;
  size: number;
}

export interface Files {
  put(file: Omit<StoredFile, 'created' | 'size'>, bytes: Buffer): StoredFile;
  get(id: string): StoredFile | undefined;
  bytes(id: string): Buffer | undefined;
}

const row = z.object({
  id: z.string(),
  user: z.string(),
  name: z.string(),
  mimetype: z.string(),
  created: z.number(),
  size: z.number(),
});

export const filesIn = (db: Db, now: () => number): Files => {
  db.exec(`create table if not exists file (
    id text primary key, user text not null, name text not null, mimetype text not null, created integer not null, body blob not null
  )`);
  const insert = db.prepare('insert into file (id, user, name, mimetype, created, body) values (?, ?, ?, ?, ?, ?)');
  const select = db.prepare('select id, user, name, mimetype, created, length(body) as size from file where id = ?');
  const body = db.prepare('select body from file where id = ?').pluck();
  const get = (id: string): StoredFile | undefined => row.optional().parse(select.get(id));
  return {
    put: (file, bytes) => {
      const created = Math.floor(now() / 1000);
      insert.run(file.id, file.user, file.name, file.mimetype, created, bytes);
      return { ...file, created, size: bytes.length };
    },
    get,
    bytes: (id) => z.instanceof(Buffer).optional().parse(body.get(id)),
  };
};

/** Returns a file as in payloads: https://docs.slack.dev/reference/objects/file-object */
export const apiFile = ({ id, user, name, mimetype, created, size }: StoredFile): object => {
  const permalink = `https://${FILE_HOST}/${id}/${encodeURIComponent(name)}`;
  return { id, created, name, title: name, mimetype, user, size, mode: 'hosted', is_external: false, permalink };
};
export interface Upload {
  name: string;
  length: number;
  bytes?: Buffer | undefined;
}
