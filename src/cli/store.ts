/** `clearthread store`: moves a record between engines, and makes and restores backups of the embedded one. */

import { existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { copyArchive, type Archive } from '../../store/archive.ts';
import type { Verified } from '../../store/event-store.ts';
import { databaseFile } from '../../store/keys.ts';
import { databaseOf } from '../../store/mongo/address.ts';
import { dataDirOf } from '../config/config.ts';
import { ERASED_LIST, erasedListIn } from '../streams/erased-list.ts';
import { mongodbOf } from '../streams/open-store.ts';
import { command, onlyWord, Unusable, type Given } from './command.ts';
import type { CliIo } from './io.ts';
import { progressOn } from './progress.ts';
import { plural, printable } from './text.ts';

const COPY_HELP = `Usage: clearthread store copy --from WHERE --to WHERE

Copies a whole record into an empty database of the other engine, or of the same: deals, keys, messages on their
way, drafts, policies. Stop the bots first. Everything stays sealed as it is, so the data key is not needed; the
bots need the same one afterwards. At the end both chains of hashes are walked and compared. Where it was cut
off, the same command goes on; until it is done, no bot starts on the new database. The old one stays as it was.

  WHERE   a data folder (./data); or the word mongodb, for the database that MONGODB_URI names; or an address
          that begins with mongodb:// (other users of this machine may see it while the command runs)

  clearthread store copy --from ./data --to mongodb      from one bot to several
  clearthread store copy --from mongodb --to ./data2     and back

Exit code: 0 copied and whole, 1 not copied, and why, 2 it could not be done.`;

const BACKUP_HELP = `Usage: clearthread store backup FILE [--data DIR]

Writes the embedded database, as it is at this moment, to one new file. The bot may be running. The chain of
hashes in the copy is walked before the file appears. The file is sealed with the data key: keep that key, and
keep it somewhere else. A MongoDB database is backed up with MongoDB's own tools.

  FILE         a new file
  --data DIR   the data folder (else DATA_DIR, else ./data)

Exit code: 0 written, 1 the record is not whole and nothing was written, 2 it could not be done.`;

const RESTORE_HELP = `Usage: clearthread store restore FILE [--data DIR]

Puts a backup in the place of the embedded database. Stop the bot first. The chain of hashes in the file is walked
before; what was there is kept beside it under another name. What was done since the backup is not in it: chats
may show more than the record knows. Deals that ${ERASED_LIST} in the data folder names as erased are erased in it
first. The data folder needs the key that the backup was made with.

  FILE         a file that "clearthread store backup" wrote
  --data DIR   the data folder (else DATA_DIR, else ./data); made where it is not there

Exit code: 0 put back, 1 the record in the file is not whole and nothing was changed, 2 it could not be done.`;

/** `needed`: it must exist already. */
const archiveAt = async (where: string, env: CliIo['env'], needed: boolean): Promise<Archive> => {
  const uri = where === 'mongodb' ? mongodbOf(env) : /^mongodb(?:\+srv)?:\/\//.test(where) ? where : undefined;
  if (where === 'mongodb' && uri === undefined) throw new Unusable('Set MONGODB_URI, which "mongodb" stands for.');
  if (uri !== undefined) {
    if (databaseOf(uri) === undefined)
      throw new Unusable('The address of MongoDB must name a database: mongodb://db/name.');
    return (await import('../../store/mongo/archive.ts')).openMongoArchive(uri);
  }
  const file = databaseFile(resolve(where));
  if (needed && !existsSync(file)) throw new Unusable(`There is no database at ${file}.`);
  return (await import('../../store/sqlite/archive.ts')).openSqliteArchive(file);
};

interface FromTo {
  from: string;
  to: string;
}

const fromTo = ({ from, to }: Partial<FromTo>): FromTo => {
  if (from === undefined || to === undefined) throw new Unusable('Say --from WHERE and --to WHERE.');
  if (from === to || (!from.includes('mongodb') && resolve(from) === resolve(to))) {
    throw new Unusable('Both are the same place.');
  }
  return { from, to };
};

const copy = async ({ from, to }: FromTo, io: CliIo): Promise<number> => {
  const source = await archiveAt(from, io.env, true);
  try {
    const target = await archiveAt(to, io.env, false);
    const progress = progressOn(io, 'Copied');
    try {
      const copied = await copyArchive(source, target, progress.show);
      progress.end();
      if (copied.kind === 'refused') {
        io.err(copied.problem);
        return 1;
      }
      io.out(
        `Copied and whole: ${plural(copied.streams, 'stream')}, ${plural(copied.commits, 'commit')}, the same in both.`,
      );
      io.out(
        'Checkpoints are signed by the same key if you set CLEARTHREAD_CHECKPOINT_KEY to what checkpoint.key holds.',
      );
      io.out('Start the bots with the same data key: CLEARTHREAD_DATA_KEY, or what data.key in the old folder holds.');
      return 0;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
};

interface OneFile {
  file: string;
  dataDir: string;
}

const FILE_OPTIONS = { data: { type: 'string' } } as const;

const fileOf = (given: Given<typeof FILE_OPTIONS>, env: CliIo['env']): OneFile => {
  const { data } = given.values;
  const file = onlyWord(given, 'Name one file.');
  if (data === undefined && mongodbOf(env) !== undefined) {
    throw new Unusable(
      'The record is in MongoDB: back it up with its own tools, or name a data folder with --data DIR.',
    );
  }
  return { file, dataDir: data === undefined ? dataDirOf(env) : resolve(data) };
};

const reported = (found: Verified, io: CliIo): 0 | 1 => {
  if (found.kind === 'whole') return 0;
  const { stream, version, detail } = found;
  io.err(`BROKEN: stream ${printable(stream)}, commit ${version}: ${found.what}. ${detail} Nothing was written.`);
  return 1;
};

const backup = async (asked: OneFile, io: CliIo): Promise<number> => {
  const file = databaseFile(asked.dataDir);
  if (!existsSync(file)) throw new Unusable(`There is no database at ${file}. Name the data folder with --data DIR.`);
  const { backUp } = await import('../../store/sqlite/backup.ts');
  const progress = progressOn(io, 'Saved');
  const found = await backUp(file, asked.file, progress.show).finally(() => progress.end());
  if (found.kind === 'whole') {
    io.out(`Saved in ${asked.file}: ${plural(found.streams, 'stream')}, ${plural(found.commits, 'commit')}, whole.`);
    io.out('It opens with the data key only (CLEARTHREAD_DATA_KEY, or data.key): keep that too, somewhere else.');
  }
  return reported(found, io);
};

const putBack = async (asked: OneFile, io: CliIo): Promise<number> => {
  const { restore } = await import('../../store/sqlite/backup.ts');
  mkdirSync(asked.dataDir, { recursive: true, mode: 0o700 });
  const erased = (await erasedListIn(asked.dataDir).read()).map(({ deal }) => deal);
  const now = new Date().toISOString();
  const { found, kept, origin, again } = await restore(asked.file, databaseFile(asked.dataDir), now, erased);
  if (found.kind === 'whole') {
    io.out(`Put back: ${plural(found.streams, 'stream')}, ${plural(found.commits, 'commit')}, whole.`);
    if (kept !== undefined) io.out(`What was there is kept as ${kept}`);
    if (again > 0) {
      io.out(
        `${plural(again, 'deal')} that ${again === 1 ? 'was' : 'were'} erased since then ${again === 1 ? 'stays' : 'stay'} erased. The bot records it when it starts.`,
      );
    }
    io.out(
      'What it owes may have been sent since the backup: it is looked for in Slack first. In Teams it may come twice.',
    );
    if (origin !== undefined) {
      io.out(
        `Its log goes on under a new name, ${origin}: what older checkpoints cover beyond the backup is not there.`,
      );
    }
  }
  return reported(found, io);
};

export const storeCopy = command({
  help: COPY_HELP,
  options: { from: { type: 'string' }, to: { type: 'string' } },
  read: ({ values }) => fromTo(values),
  run: copy,
});
const oneFile = { options: FILE_OPTIONS, words: true, read: fileOf };
export const storeBackup = command({ ...oneFile, help: BACKUP_HELP, run: backup });
export const storeRestore = command({ ...oneFile, help: RESTORE_HELP, run: putBack });
