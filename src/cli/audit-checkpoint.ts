/** `clearthread audit checkpoint`: signs the log as it is now. */

import { writeFile } from 'node:fs/promises';
import { type Ledger, StoreFault } from '../../store/event-store.ts';
import { loadCheckpointKey } from '../../store/keys.ts';
import type { SignedHead } from '../../store/log/commit-log.ts';
import { verifierKeyOf } from '../../store/log/note.ts';
import { signTreeHead } from '../../store/log/tree-head.ts';
import { placeAll } from '../checkpoints/signing.ts';
import { openLogAt, type StoreLocation } from '../streams/open-store.ts';
import { NOTHING } from './audit-given.ts';
import { inspectLog } from './audit-log.ts';
import { inspect } from './audit.ts';
import { command, Unusable } from './command.ts';
import type { CliIo } from './io.ts';
import { whereOf, withLedger } from './record.ts';
import { plural } from './text.ts';
import { ownKey } from './trusted-key.ts';

const HELP = `Usage: clearthread audit checkpoint [--data DIR] [--out FILE]

Checks the record, gives each commit its place in the log, and signs the log: its name, its size and its root, as
a signed note (c2sp.org/tlog-checkpoint). Keep the file, and the verifier key, outside the database: "audit verify
--checkpoint FILE" then shows whether anything was cut off or rewritten since. A running bot signs one by itself
each day and with each digest (CLEARTHREAD_CHECKPOINTS says where to).

  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)
  --out FILE   write it to this new file (else it is printed)

Signs with CLEARTHREAD_CHECKPOINT_KEY, else with a key made once in the data folder.
Exit code: 0 signed, 1 the record is not whole and nothing was signed, 2 it could not be done.`;

/** Works on the log, which needs no data key; says why where the database can't be written to. */
const onLog = async (
  where: StoreLocation,
  io: CliIo,
  work: (log: Awaited<ReturnType<typeof openLogAt>>) => Promise<void>,
): Promise<void> => {
  try {
    const log = await openLogAt(where);
    try {
      await work(log);
    } finally {
      await log.close();
    }
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    io.err(`${error.message} The checkpoint covers the log as it is, and is not kept in the database.`);
  }
};

/** An older checkpoint is evidence: it is never overwritten. */
const save = (out: string, note: string): Promise<void> =>
  writeFile(out, note, { flag: 'wx' }).catch((error: unknown) => {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new Unusable(`${out} ${there ? 'is there already: give a new name.' : "can't be written."}`);
  });

const sign = async (ledger: Ledger, where: StoreLocation, out: string | undefined, io: CliIo): Promise<number> => {
  const refused = (words: string): number => {
    io.err(`${words} Nothing was signed.`);
    return 1;
  };
  const found = await inspect(ledger);
  if (found.kind === 'broken') return refused(found.words);
  const key = loadCheckpointKey(io.env['CLEARTHREAD_CHECKPOINT_KEY'], where.dataDir);
  await onLog(where, io, placeAll);
  const trusted = ownKey(key);
  const log = await inspectLog(ledger, { given: NOTHING, root: undefined, trusted, commits: found.commits });
  if (log.kind === 'broken') return refused(log.words);
  const { origin, before } = (await ledger.logHead()) ?? {};
  if (origin === undefined) throw new Unusable('No commit has a place in the log yet: there is nothing to sign.');
  const { size, root } = log;
  const note = signTreeHead({ origin, size, root, before }, key);
  const head: SignedHead = { size, note };
  if (out !== undefined) await save(out, note);
  await onLog(where, io, async (kept) => void (await kept.keepSignedHead(head)));
  const verifier = `Verifier key: ${verifierKeyOf(origin, key)}`;
  if (out === undefined) {
    io.out(note.trimEnd());
    io.err(verifier);
    return 0;
  }
  io.out(`Signed ${plural(size, 'commit')}, root ${size}:${root.toString('hex')}.`);
  io.out(`Saved in ${out}. Keep it outside the database. ${verifier}`);
  return 0;
};

export const auditCheckpoint = command({
  help: HELP,
  options: { data: { type: 'string' }, out: { type: 'string' } },
  read: ({ values: { data, out } }, env) => ({ where: whereOf(data, env), out }),
  run: ({ where, out }, io) => withLedger(where, (ledger) => sign(ledger, where, out, io)),
});
