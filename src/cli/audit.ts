/** `clearthread audit`: verifies the record, and signs its present state. */

import { readFile, writeFile } from 'node:fs/promises';
import { makeCheckpoint, publicKeyOf, readCheckpoint, type Checkpoint } from '../../store/checkpoint.ts';
import type { Head, Ledger, States, Verified, VerifiedPolicies } from '../../store/event-store.ts';
import { findCheckpointKey, findDataKey, loadCheckpointKey } from '../../store/keys.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { command, Unusable } from './command.ts';
import type { CliIo } from './io.ts';
import { whereOf, withLedger } from './record.ts';
import { replays } from './replays.ts';
import { plural, printable } from './text.ts';

const AUDIT_VERIFY_HELP = `Usage: clearthread audit verify [--data DIR] [--checkpoint FILE] [--public-key KEY]

Walks every commit of every stream, then every stored policy, and names the first bad one. Commits name the
policy that they were decided under by its hash. With the data key (CLEARTHREAD_DATA_KEY, else the one in the
data folder) it also opens and replays every stream, deals and registers, and compares what comes out with the
state that is kept beside it, and checks the rows that say what is due, where messages are and where to reach
whom; without that key it says so. Reads only; the bot may be running.

  --data DIR         the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)
  --checkpoint FILE  a checkpoint saved earlier: also finds what was cut off, removed or rewritten since
  --public-key KEY   trust this signer (base64; "audit checkpoint" prints it). Else the data folder's own
                     key is trusted, and whoever can change the database may be able to use that one too.

Exit code: 0 the record is whole, 1 it is not, 2 it could not be checked.`;

const AUDIT_CHECKPOINT_HELP = `Usage: clearthread audit checkpoint [--data DIR] [--out FILE]

Checks the record, then signs where every stream stands. Keep the file, and a note of the public key,
outside the database: "audit verify --checkpoint FILE" then shows whether anything was cut off since.

  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)
  --out FILE   write it to this new file (else it is printed)

Signs with CLEARTHREAD_CHECKPOINT_KEY, else with a key made once in the data folder.
Exit code: 0 signed, 1 the record is not whole and nothing was signed, 2 it could not be done.`;

/** Appended to what was verified without the data key. */
const NOT_OPENED = `Not checked, for want of the data key: what the commits say inside, and whether the state kept beside
each stream is what they make of it. Set CLEARTHREAD_DATA_KEY, or name the data folder that has it.`;

type Found = { kind: 'whole'; words: string } | { kind: 'broken'; words: string };

const brokenPolicy = ({ hash, what, detail }: Extract<VerifiedPolicies, { kind: 'broken' }>): Found => ({
  kind: 'broken',
  words: `BROKEN: policy ${printable(hash)}: ${what}. ${detail}`,
});

const broken = ({ stream, version, what, detail }: Extract<Verified, { kind: 'broken' }>): Found => ({
  kind: 'broken',
  words: `BROKEN: stream ${printable(stream)}, commit ${version}: ${what}. ${detail}`,
});

const statesIn = ({ compared, unproven, otherFormat, newer, erased, moved }: States): string => {
  const counted: [number, string][] = [
    [unproven, 'not compared, from before states stood in the chain'],
    [otherFormat, 'not compared, with a state of another version, which is made anew when needed'],
    [newer, 'not compared, written to by a newer version'],
    [erased, 'erased'],
  ];
  const others = counted.flatMap(([count, what]) => (count === 0 ? [] : [`, ${count} ${what}`]));
  const due = moved === 0 ? '' : ` ${plural(moved, 'due time')} moved since, as the calendar asks or by hand.`;
  return `Replayed: ${plural(compared, 'stream')} with the state that ${compared === 1 ? 'its' : 'their'} events make${others.join('')}.${due}`;
};

/** Opens and replays, if there is a key. */
const inspectStates = async (ledger: Ledger, where: StoreLocation, env: CliIo['env']): Promise<Found> => {
  const key = findDataKey(env['CLEARTHREAD_DATA_KEY'], where.dataDir);
  if (!key) return { kind: 'whole', words: NOT_OPENED };
  const found = await ledger.verifyStates(key, replays);
  if (found.kind === 'broken') return broken(found);
  const rows = await ledger.verifyRows(key);
  const [first, ...more] = rows.kind === 'checked' ? rows.changed : [];
  if (!first) return { kind: 'whole', words: statesIn(found) };
  const others = more.length === 0 ? '' : ` So are ${more.length} more.`;
  const words = `CHANGED: row ${printable(first.key)} of ${first.table} is not as Clearthread wrote it.${others}`;
  return { kind: 'broken', words };
};

/** Inspects streams first: what they name can only be believed when they are whole. */
const inspect = async (ledger: Ledger, saved?: Head[]): Promise<Found> => {
  const found: Verified = await ledger.verify(saved);
  if (found.kind === 'broken') return broken(found);
  const policies = await ledger.verifyPolicies();
  if (policies.kind === 'broken') return brokenPolicy(policies);
  const { streams, commits } = found;
  const kept = plural(policies.policies, 'policy', 'policies');
  return {
    kind: 'whole',
    words: `The record is whole: ${plural(streams, 'stream')}, ${plural(commits, 'commit')}, ${kept}.`,
  };
};

const readSaved = async (file: string, trusted: string | undefined): Promise<Checkpoint> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Unusable(`The checkpoint ${file} can't be read.`);
  });
  const read = readCheckpoint(text, trusted);
  if (read.kind === 'bad') throw new Unusable(`${file}: ${read.problem}`);
  return read.checkpoint;
};

interface Verifying {
  where: StoreLocation;
  /** The checkpoint. */
  file: string | undefined;
  /** The public key that must have signed it. */
  key: string | undefined;
}

/** Reads the checkpoint, with the sentences for when the record is whole. */
const readGiven = async (
  { where, file, key }: Verifying,
  env: CliIo['env'],
): Promise<{ heads?: Head[]; words: string[] }> => {
  if (file === undefined) {
    return { words: ['Without a checkpoint, whole streams or last commits that were removed may not show.'] };
  }
  const own = key === undefined ? findCheckpointKey(env['CLEARTHREAD_CHECKPOINT_KEY'], where.dataDir) : undefined;
  const trusted = key ?? (own && publicKeyOf(own));
  const { heads, at, root, publicKey } = await readSaved(file, trusted);
  const words = [`It contains everything that the checkpoint of ${at} signed (root ${root}).`];
  if (trusted === undefined) words.push(`Nobody says who signed it: compare its public key yourself: ${publicKey}`);
  return { heads, words };
};

const verify = (asked: Verifying, io: CliIo): Promise<number> =>
  withLedger(asked.where, async (ledger) => {
    const { heads, words } = await readGiven(asked, io.env);
    const found = await inspect(ledger, heads);
    const states = found.kind === 'broken' ? found : await inspectStates(ledger, asked.where, io.env);
    if (states.kind === 'broken') {
      io.out(states.words);
      return 1;
    }
    for (const line of [found.words, ...words, states.words]) io.out(line);
    return 0;
  });

const sign = async (ledger: Ledger, dataDir: string, out: string | undefined, io: CliIo): Promise<number> => {
  const found = await inspect(ledger);
  if (found.kind === 'broken') {
    io.err(`${found.words} Nothing was signed.`);
    return 1;
  }
  const key = loadCheckpointKey(io.env['CLEARTHREAD_CHECKPOINT_KEY'], dataDir);
  const signed = await makeCheckpoint(ledger, key, new Date().toISOString());
  const text = JSON.stringify(signed, null, 2);
  if (out === undefined) {
    io.out(text);
    return 0;
  }
  // An older checkpoint is evidence: it is never overwritten.
  await writeFile(out, `${text}\n`, { flag: 'wx' }).catch((error: unknown) => {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new Unusable(`${out} ${there ? 'is there already: give a new name.' : "can't be written."}`);
  });
  io.out(`Signed ${plural(signed.heads.length, 'stream')} at ${signed.at}, root ${signed.root}.`);
  io.out(`Saved in ${out}. Keep it outside the database. Public key: ${signed.publicKey}`);
  return 0;
};

export const auditVerify = command({
  help: AUDIT_VERIFY_HELP,
  options: { data: { type: 'string' }, checkpoint: { type: 'string' }, 'public-key': { type: 'string' } },
  read: ({ values: { data, checkpoint: file, 'public-key': key } }, env): Verifying => {
    if (file === undefined && key !== undefined) throw new Unusable('--public-key needs --checkpoint FILE.');
    return { where: whereOf(data, env), file, key };
  },
  run: verify,
});
export const auditCheckpoint = command({
  help: AUDIT_CHECKPOINT_HELP,
  options: { data: { type: 'string' }, out: { type: 'string' } },
  read: ({ values: { data, out } }, env) => ({ where: whereOf(data, env), out }),
  run: ({ where, out }, io) => withLedger(where, (ledger) => sign(ledger, where.dataDir, out, io)),
});
