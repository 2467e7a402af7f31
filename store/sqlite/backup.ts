/** Backs up the embedded file while a bot writes to it, and restores it. */

import { closeSync, copyFileSync, existsSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { Progress } from '../archive.ts';
import { StoreFault, type Verified } from '../event-store.ts';
import type { LogHead } from '../log/commit-log.ts';
import { RESTORED, restoredText } from '../restored.ts';
import { openToRead, syncFile } from './connection.ts';
import { openSqliteLedger } from './ledger.ts';
import { headIn, renewLog } from './log.ts';
import { eraser } from './stream-keys.ts';

/** Pages per turn (4 MiB): the disk is not kept from the bot for long. */
const PAGES = 1000;

const taken = (file: string): StoreFault =>
  new StoreFault('there-already', 'not done', `${file} is there already: give a new name.`);

/** Creates the draft, readable by its owner only, whatever the folder allows. */
const begin = (draft: string): void => closeSync(openSync(draft, 'wx', 0o600));

/** Merges the log that a running database has next to it into the file. */
const asOneFile = (file: string): void => {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
};

const verified = async (file: string): Promise<Verified> => {
  const ledger = openSqliteLedger({ file });
  try {
    return await ledger.verify();
  } finally {
    await ledger.close();
  }
};

/** `to` appears whole or not at all, and is never overwritten. Throws StoreFault. Resolves with its verification. */
export const backUp = async (file: string, to: string, progress: Progress): Promise<Verified> => {
  const target = resolve(to);
  if (existsSync(target)) throw taken(to);
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}`);
  const db = openToRead(file, 2000);
  try {
    begin(draft);
    // Fixes one moment of the record, however long the copy takes: otherwise every write of the bot would restart it.
    db.exec('BEGIN');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    await db.backup(draft, {
      progress: ({ totalPages, remainingPages }) => {
        progress(totalPages - remainingPages, totalPages);
        return PAGES;
      },
    });
    asOneFile(draft);
    const found = await verified(draft);
    if (found.kind === 'broken') return found;
    syncFile(draft);
    linkSync(draft, target);
    syncFile(dirname(target));
    return found;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw taken(to);
    if (!/^(?:E[A-Z]+|SQLITE_\w+)$/.test(code)) throw error;
    throw new StoreFault(code, 'not done', `The backup can't be written to ${to} (${code}).`, { cause: error });
  } finally {
    db.close();
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true });
  }
};

/** Tells whether anybody has it open: its log may be removed only where no other process uses it. */
export const inUse = (file: string): boolean => {
  const db = new Database(file, { timeout: 0 });
  try {
    return db.pragma('journal_mode = DELETE', { simple: true }) !== 'delete';
  } catch {
    return true;
  } finally {
    db.close();
  }
};

/** Returns the head of the log in a file; undefined where there is none that can be read. */
const logIn = (file: string): LogHead | undefined => {
  try {
    const db = openToRead(file, 0);
    try {
      return headIn(db);
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
};

/** Notes that what is owed in there may have been sent since. */
const noteRestored = (db: Database.Database, now: string): void => {
  const newest = db.prepare<[], string | null>('SELECT max(at) FROM commits').pluck().get();
  const restored = { from: newest && newest < now ? newest : now, at: now };
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    RESTORED,
    restoredText(restored),
  );
};

/** Returns the name that the log goes on under, if it is another one. */
const renewed = (draft: string, replaced: LogHead | undefined, now: string): string | undefined => {
  const db = new Database(draft);
  try {
    noteRestored(db, now);
    return renewLog(db, replaced);
  } finally {
    db.close();
  }
};

/** Destroys the keys of streams that were erased since the backup was made. Returns how many of them it has. */
const erasedAgain = (draft: string, erased: readonly string[]): number => {
  if (erased.length === 0) return 0;
  const db = new Database(draft);
  try {
    // What is deleted is overwritten.
    db.pragma('secure_delete = ON');
    const forget = eraser(db);
    return db.transaction(() => erased.filter((stream) => forget(stream)).length)();
  } finally {
    db.close();
  }
};

export interface Restored {
  found: Verified;
  /** The name under which its log goes on, where it is another one than before. */
  origin?: string | undefined;
  /** Number of deals that were erased since, and are erased in it again. */
  again: number;
  /** Where the previous database is kept now. */
  kept: string | undefined;
}

/** Puts `from` in the place of the database, which is kept next to it. `erased`: streams to erase in it first. Throws StoreFault where a bot is running. */
export const restore = async (
  from: string,
  file: string,
  now: string,
  erased: readonly string[] = [],
): Promise<Restored> => {
  const source = resolve(from);
  if (!existsSync(source)) throw new StoreFault('not-there', 'not done', `There is no file ${from}.`);
  const draft = `${file}.restoring`;
  try {
    rmSync(draft, { force: true });
    begin(draft);
    copyFileSync(source, draft);
    asOneFile(draft);
    const found = await verified(draft);
    if (found.kind === 'broken') return { found, kept: undefined, again: 0 };
    const again = erasedAgain(draft, erased);
    const there = existsSync(file);
    if (there && inUse(file)) {
      throw new StoreFault('in-use', 'not done', 'A bot is running on this data folder: stop it first.');
    }
    const origin = renewed(draft, there ? logIn(file) : undefined, now);
    syncFile(draft);
    const kept = there ? `${file}.before-${now.replaceAll(/[:.]/g, '-')}` : undefined;
    if (kept !== undefined) renameSync(file, kept);
    renameSync(draft, file);
    syncFile(dirname(file));
    return { found, kept, origin, again };
  } catch (error) {
    if (error instanceof StoreFault || !(error instanceof Error)) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new StoreFault(code, 'not done', `${from} can't be put back (${code}): is it a backup of Clearthread?`, {
      cause: error,
    });
  } finally {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true });
  }
};
