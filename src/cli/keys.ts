/** `clearthread keys rotate`: replaces the data key, so that what the old one opens is gone with it. */

import { databaseFile, dataKeyIn, findDataKey, nextDataKey, takeNextDataKey } from '../../store/keys.ts';
import type { Rotated, Rotation } from '../../store/rotating.ts';
import { nothingAt, type StoreLocation } from '../streams/open-store.ts';
import { command, Unusable } from './command.ts';
import type { CliIo } from './io.ts';
import { whereOf } from './record.ts';
import { plural } from './text.ts';

const HELP = `Usage: clearthread keys rotate [--data DIR]

Replaces the data key: the key of each deal and register is sealed with a new one, and each row in the clear gets
a new mark. What they hold is not touched, and the chain, the log and every proof stay as they are. Stop every bot
first. Where it was cut off, run it again.

Deals that were erased stay readable in older backups (and in MongoDB's oplog) with the old data key alone. Once
that is destroyed, nobody reads them; nor anything else in those backups, so make a new one right afterwards.

  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

The key in the data folder is replaced by itself, and the old one overwritten. A key that CLEARTHREAD_DATA_KEY
holds is replaced by the one in CLEARTHREAD_NEW_DATA_KEY (openssl rand -base64 32): set it in its place afterwards,
and destroy the old one yourself.
Exit code: 0 replaced, 2 it could not be done, and why.`;

interface Options {
  where: StoreLocation;
}

const given = (env: CliIo['env'], name: string): string | undefined => env[name]?.trim() || undefined;

/** Both keys, and what is to be done with the new one at the end. Throws Unusable and StoreFault. */
const keysOf = ({ dataDir }: StoreLocation, env: CliIo['env']): Rotation & { fromFile: boolean } => {
  const before = findDataKey(given(env, 'CLEARTHREAD_DATA_KEY'), dataDir);
  if (!before)
    throw new Unusable('There is no data key: set CLEARTHREAD_DATA_KEY, or name the data folder that has it.');
  const fresh = given(env, 'CLEARTHREAD_NEW_DATA_KEY');
  if (given(env, 'CLEARTHREAD_DATA_KEY') === undefined) {
    if (fresh !== undefined) {
      throw new Unusable(
        'The data key is in the data folder, and its successor is made there: leave CLEARTHREAD_NEW_DATA_KEY out.',
      );
    }
    return { before, after: nextDataKey(dataDir), fromFile: true };
  }
  if (fresh === undefined) {
    throw new Unusable('Set CLEARTHREAD_NEW_DATA_KEY to the new key: openssl rand -base64 32');
  }
  return { before, after: dataKeyIn(fresh, 'CLEARTHREAD_NEW_DATA_KEY'), fromFile: false };
};

const rotated = async ({ dataDir, mongodb }: StoreLocation, rotation: Rotation): Promise<Rotated> => {
  if (mongodb !== undefined) return (await import('../../store/mongo/rotating.ts')).rotateMongo(mongodb, rotation);
  const { rotateSqlite } = await import('../../store/sqlite/rotating.ts');
  return rotateSqlite(databaseFile(dataDir), rotation);
};

const rotate = async ({ where }: Options, io: CliIo): Promise<number> => {
  const nothing = nothingAt(where);
  if (nothing !== undefined) throw new Unusable(nothing);
  const { fromFile, ...rotation } = keysOf(where, io.env);
  const { keys, changed } = await rotated(where, rotation);
  if (fromFile) takeNextDataKey(where.dataDir);
  io.out(`The data key is replaced: ${plural(keys, 'stream')} sealed with the new one.`);
  if (changed > 0) {
    io.out(
      `${plural(changed, 'row')} had been changed outside Clearthread and stayed as they were: see "audit verify".`,
    );
  }
  io.out(
    fromFile
      ? 'The old key in the data folder was overwritten. Destroy every other copy of it.'
      : 'Set CLEARTHREAD_DATA_KEY to the new key for every bot now, and destroy the old one.',
  );
  io.out('Make a new backup: older ones open with the old key alone.');
  return 0;
};

export const keysRotate = command({
  help: HELP,
  options: { data: { type: 'string' } },
  read: ({ values }, env): Options => ({ where: whereOf(values.data, env) }),
  run: rotate,
});
