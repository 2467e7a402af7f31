/** `clearthread audit`: verifies the record, and signs its present state. Needs no data key. */

import { readFile, writeFile } from 'node:fs/promises';
import { makeCheckpoint, publicKeyOf, readCheckpoint, type Checkpoint } from '../../store/checkpoint.ts';
import type { Head, Ledger, Verified, VerifiedPolicies } from '../../store/event-store.ts';
import { findCheckpointKey, loadCheckpointKey } from '../../store/keys.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { command, Unusable } from './command.ts';
import type { CliIo } from './io.ts';
import { whereOf, withLedger } from './record.ts';
import { plural, printable } from './text.ts';

const AUDIT_VERIFY_HELP = `Usage: clearthread audit verify [--data DIR] [--checkpoint FILE] [--public-key KEY]

Walks every commit of every stream, then every stored policy, and names the first bad one. Commits name the
policy that they were decided under by its hash. Reads only, needs no data key; the bot may be running.

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

type Found = { kind: 'whole'; words: string } | { kind: 'broken'; words: string };

const brokenPolicy = ({ hash, what, detail }: Extract<VerifiedPolicies, { kind: 'broken' }>): Found => ({
  kind: 'broken',
  words: `BROKEN: policy ${printable(hash)}: ${what}. ${detail}`,
});

/** Inspects streams first: what they name can only be believed when they are whole. */
const inspect = async (ledger: Ledger, saved?: Head[]): Promise<Found> => {
  const found: Verified = await ledger.verify(saved);
  if (found.kind === 'broken') {
    const { stream, version, what, detail } = found;
    return { kind: 'broken', words: `BROKEN: stream ${printable(stream)}, commit ${version}: ${what}. ${detail}` };
  }
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

const verifySaved = async (
  ledger: Ledger,
  saved: Checkpoint,
  trusted: string | undefined,
  io: CliIo,
): Promise<number> => {
  const found = await inspect(ledger, saved.heads);
  io.out(found.words);
  if (found.kind === 'broken') return 1;
  io.out(`It contains everything that the checkpoint of ${saved.at} signed (root ${saved.root}).`);
  if (trusted === undefined) io.out(`Nobody says who signed it: compare its public key yourself: ${saved.publicKey}`);
  return 0;
};

interface Verifying {
  where: StoreLocation;
  /** The checkpoint. */
  file: string | undefined;
  /** The public key that must have signed it. */
  key: string | undefined;
}

const verify = ({ where, file, key }: Verifying, io: CliIo): Promise<number> =>
  withLedger(where, async (ledger) => {
    if (file !== undefined) {
      const own =
        key === undefined ? findCheckpointKey(io.env['CLEARTHREAD_CHECKPOINT_KEY'], where.dataDir) : undefined;
      const trusted = key ?? (own && publicKeyOf(own));
      return verifySaved(ledger, await readSaved(file, trusted), trusted, io);
    }
    const found = await inspect(ledger);
    io.out(found.words);
    if (found.kind === 'broken') return 1;
    io.out('Without a checkpoint, whole streams or last commits that were removed may not show.');
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
