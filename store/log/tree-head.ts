/** A checkpoint of the log (c2sp.org/tlog-checkpoint): its name, its size and its root, as a signed note. */

import type { KeyObject } from 'node:crypto';
import { openNote, signedNote, type VerifierKey } from './note.ts';
import { rootOfTree, type Tree } from './tree.ts';

export interface TreeHead {
  /** The log's name. A log that lost commits goes on under another one. */
  origin: string;
  /** Number of commits. */
  size: number;
  /** 32 bytes. */
  root: Buffer;
  /** The last that is known of the log which this one goes on from: name, size and root in base64. */
  before?: string | undefined;
}

export const treeHeadOf = (origin: string, tree: Tree, before?: string): TreeHead => ({
  origin,
  size: tree.size,
  root: rootOfTree(tree),
  ...(before === undefined ? {} : { before }),
});

/** An extension line: others keep it and ignore it. */
const BEFORE = 'before ';

/** Ed25519 has no chance in it: the same head signed with the same key is the same note, in every bot. */
export const signTreeHead = ({ origin, size, root, before }: TreeHead, key: KeyObject): string => {
  const extension = before === undefined ? '' : `${BEFORE}${before}\n`;
  return signedNote(`${origin}\n${size}\n${root.toString('base64')}\n${extension}`, origin, key);
};

const SIZE = /^(?:0|[1-9]\d{0,15})$/;
const ROOT = /^[A-Za-z0-9+/]{43}=$/;

const headIn = (text: string): TreeHead | undefined => {
  const [origin = '', size = '', root = '', ...extension] = text.split('\n');
  const hash = Buffer.from(root, 'base64');
  if (origin === '' || !SIZE.test(size) || !ROOT.test(root) || hash.toString('base64') !== root) return undefined;
  const before = extension.find((line) => line.startsWith(BEFORE))?.slice(BEFORE.length);
  return { origin, size: Number(size), root: hash, ...(before === undefined ? {} : { before }) };
};

/** Reads a note that the key signed. Undefined where it did not, or where it is no checkpoint of the key's log. */
export const readTreeHead = (note: string, trusted: VerifierKey): TreeHead | undefined => {
  const head = headIn(openNote(note, trusted) ?? '');
  return head?.origin === trusted.name ? head : undefined;
};

/** Reads what a note says, whoever signed it. */
export const readUnsigned = (note: string): TreeHead | undefined => headIn(note.slice(0, note.lastIndexOf('\n\n') + 1));
