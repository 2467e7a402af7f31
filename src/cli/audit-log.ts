/** The part of an audit that walks the log. */

import type { Ledger } from '../../store/event-store.ts';
import type { SavedRoot } from '../../store/log/verify-log.ts';
import { verifyLog } from '../../store/log/verify-log.ts';
import { readKept, type AskedRoot, type Given } from './audit-given.ts';
import { plural, printable } from './text.ts';
import type { TrustedKey } from './trusted-key.ts';

export type FoundLog =
  | { kind: 'whole'; size: number; root: Buffer; words: string[] }
  | { kind: 'broken'; words: string };

export interface AskedLog {
  given: Given;
  root: AskedRoot | undefined;
  trusted: TrustedKey | undefined;
  /** Number of commits in the record. */
  commits: number;
}

const broken = (words: string): FoundLog => ({ kind: 'broken', words: `BROKEN: ${printable(words)}` });

const restoredWords = (before: string | undefined): string[] => {
  if (before === undefined) return [];
  const [origin = '', size = ''] = before.split(' ');
  const words = `A backup was put back: it goes on from the log ${printable(origin)}, ${plural(Number(size), 'commit')} as last known.`;
  return [words];
};

const keptWords = (roots: readonly SavedRoot[], strange: number, trusted: TrustedKey | undefined): string[] => {
  const newest = roots.at(-1);
  if (!newest) return ['No signed checkpoint of it is kept yet.'];
  const said = `It fits the ${plural(roots.length, 'signed checkpoint')} kept with it; the newest covers ${plural(newest.size, 'commit')}.`;
  if (!trusted) return [said, 'Their signatures were not checked, for want of the public key: give --public-key.'];
  return strange === 0 ? [said] : [said, `Signed with another key than the one you trust: ${strange} of these.`];
};

const coveredWords = (commits: number, covers: number | undefined): string[] => {
  if (covers === undefined) return [];
  const newer = Math.max(0, commits - covers);
  return newer === 0 ? [] : [`Not yet covered by what you brought from outside: ${plural(newer, 'newer commit')}.`];
};

/** Walks the log against the record, what was brought from outside, and what was signed. */
export const inspectLog = async (
  ledger: Ledger,
  { given, root: asked, trusted, commits }: AskedLog,
): Promise<FoundLog> => {
  const kept = readKept(await ledger.signedHeads(), trusted);
  if (typeof kept === 'string') return broken(kept);
  const roots = [...given.roots, ...kept.roots];
  let covers = given.covers;
  const matched = asked && kept.roots.find(({ root }) => root.toString('hex') === asked.root);
  const size = asked?.size ?? matched?.size;
  if (asked && size !== undefined) {
    roots.push({ size, root: Buffer.from(asked.root, 'hex'), by: 'the root that you gave' });
    covers = Math.max(covers ?? 0, size);
  }
  const found = await verifyLog(ledger, roots);
  // A head that can't be read is what the walk has found.
  const restored = restoredWords((await ledger.logHead().catch(() => undefined))?.before);
  if (found.kind === 'broken') return broken([found.detail, ...restored].join(' '));
  const hex = found.root.toString('hex');
  if (asked && size === undefined) {
    if (asked.root !== hex) {
      const words = `NOT FOUND: the root ${asked.root} is that of no signed checkpoint kept here, nor of the log as it is now. Give it as SIZE:HASH, as the digest's list of all lines has it. Digests from before the log show another kind of root.`;
      return { kind: 'broken', words };
    }
    covers = found.size;
  }
  const waiting = Math.max(0, commits - found.size);
  return {
    kind: 'whole',
    size: found.size,
    root: found.root,
    words: [
      `The log is whole: ${plural(found.size, 'commit')}, root ${found.size}:${hex}.`,
      ...restored,
      ...(waiting === 0 ? [] : [`${plural(waiting, 'commit has', 'commits have')} no place in it yet.`]),
      ...keptWords(kept.roots, kept.strange, trusted),
      ...(asked ? ['It had the root that you gave.'] : []),
      ...coveredWords(commits, covers),
    ],
  };
};
