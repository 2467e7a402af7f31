/** `clearthread audit proof`: checks the proof of a deal, without a database. */

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { walkChain, type Walked } from '../../store/chain.ts';
import type { Json, StoredCommit } from '../../store/event-store.ts';
import { entryOf } from '../../store/log/commit-log.ts';
import { checkProof, originIn } from '../../store/log/proof.ts';
import { command, onlyWord, Unusable } from './command.ts';
import type { CliIo } from './io.ts';
import { plural, printable } from './text.ts';
import { trustedKeyIn } from './trusted-key.ts';

const HELP = `Usage: clearthread audit proof FILE --public-key KEY (--export D-….json | --commit HASH)

Checks the proof that "deal export" wrote beside a deal's record: that the log, in a checkpoint which was signed
with that key, contains the last commit of the export, and so the whole deal up to there. Needs no database. The
file is a c2sp.org/tlog-proof: other tools read it too, with the 32 bytes of the commit's hash as the entry.

  FILE               D-….tlog-proof
  --public-key KEY   the log's key, from somebody you trust (as "audit checkpoint" prints it, or base64)
  --export FILE      the D-….json of the same export; its chain of hashes is walked too
  --commit HASH      in its place, the hash of a commit

Exit code: 0 proven, 1 not proven, and why, 2 it could not be checked.`;

interface Asked {
  file: string;
  key: string;
  record: string | undefined;
  commit: string | undefined;
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new Unusable(`${file} can't be read.`);
  });

const storedShape = z.object({
  stored: z
    .array(
      z.object({
        stream: z.string(),
        version: z.int(),
        at: z.string(),
        actor: z.string(),
        cause: z.string(),
        contextVersions: z.record(z.string(), z.string()),
        body: z.string(),
        prevHash: z.string(),
        stateHash: z.string().optional(),
        hash: z.string(),
      }),
    )
    .min(1),
});

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
};

async function* walked(commits: readonly StoredCommit[]): AsyncGenerator<Walked> {
  for (const commit of commits) yield { kind: 'commit', commit };
}

/** Returns the hash of an export's last commit, or what is wrong with its chain. */
const lastOf = async (file: string): Promise<{ hash: string } | { problem: string }> => {
  const read = storedShape.safeParse(parsed(await textOf(file)));
  if (!read.success) throw new Unusable(`${file} is not a record that "deal export" wrote.`);
  const commits = read.data.stored as StoredCommit[];
  const found = await walkChain(walked(commits));
  if (found.kind === 'broken') {
    return { problem: `${file}: commit ${found.version} is ${found.what}. ${found.detail}` };
  }
  if (found.streams !== 1) return { problem: `${file}: Its commits are not those of one deal.` };
  return { hash: commits.at(-1)?.hash ?? '' };
};

const check = async ({ file, key, record, commit }: Asked, io: CliIo): Promise<number> => {
  const refused = (problem: string): number => {
    io.out(`NOT PROVEN: ${printable(problem)}`);
    return 1;
  };
  const proof = await textOf(file);
  const last = record === undefined ? { hash: commit ?? '' } : await lastOf(record);
  if ('problem' in last) return refused(last.problem);
  const trusted = trustedKeyIn(key).of(originIn(proof) ?? '');
  if (!trusted) return refused('The proof is not one of the log whose key you gave.');
  const found = checkProof(proof, entryOf(last.hash), trusted);
  if (found.kind === 'bad') return refused(found.problem);
  const { origin, size, root } = found.head;
  io.out(`Proven: commit ${last.hash} has place ${found.index} in the log ${printable(origin)}.`);
  io.out(`Its checkpoint covers ${plural(size, 'commit')}, root ${size}:${root.toString('hex')}.`);
  return 0;
};

export const auditProof = command({
  help: HELP,
  options: { 'public-key': { type: 'string' }, export: { type: 'string' }, commit: { type: 'string' } },
  words: true,
  read: (given): Asked => {
    const { 'public-key': key, export: record, commit } = given.values;
    const file = onlyWord(given, 'Name one file: clearthread audit proof D-….tlog-proof');
    if (key === undefined) throw new Unusable("Say whose proof you trust: --public-key KEY, the log's.");
    if ((record === undefined) === (commit === undefined)) throw new Unusable('Say --export FILE or --commit HASH.');
    if (commit !== undefined && !/^[\da-f]{64}$/.test(commit))
      throw new Unusable('--commit takes the 64 digits of a hash.');
    return { file, key, record, commit };
  },
  run: check,
});
