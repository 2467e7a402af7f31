/** What an auditor brings from outside the database: a checkpoint in either form, and roots that digests showed. */

import { readFile } from 'node:fs/promises';
import { readCheckpoint } from '../../store/checkpoint.ts';
import type { Head } from '../../store/event-store.ts';
import type { SignedHead } from '../../store/log/commit-log.ts';
import { readTreeHead, readUnsigned, type TreeHead } from '../../store/log/tree-head.ts';
import type { SavedRoot } from '../../store/log/verify-log.ts';
import { Unusable } from './command.ts';
import { plural } from './text.ts';
import type { TrustedKey } from './trusted-key.ts';

export interface Given {
  /** Where streams stood. */
  heads?: Head[];
  /** Roots of the log. */
  roots: SavedRoot[];
  /** Number of commits that the newest of it covers; undefined where nothing was brought. */
  covers: number | undefined;
  /** Sentences for when the record is whole. */
  words: string[];
}

export const NOTHING: Given = {
  roots: [],
  covers: undefined,
  words: ['Without a checkpoint, whole streams or last commits that were removed may not show.'],
};

const rootWords = ({ size, root }: Pick<TreeHead, 'size' | 'root'>): string =>
  `the checkpoint of ${plural(size, 'commit')} (root ${size}:${root.toString('hex')})`;

const fromNote = (file: string, note: string, trusted: TrustedKey | undefined): Given => {
  const said = readUnsigned(note);
  if (!said) throw new Unusable(`${file}: This is not a checkpoint that Clearthread wrote.`);
  const key = trusted?.of(said.origin);
  if (trusted && !(key && readTreeHead(note, key))) {
    throw new Unusable(`${file}: The checkpoint was changed, or signed with another key than the one you trust.`);
  }
  const words = [`It contains everything that ${rootWords(said)} signed.`];
  if (!trusted) words.push('Nobody says who signed it: give its public key with --public-key.');
  return { roots: [{ ...said, by: `the checkpoint in ${file}` }], covers: said.size, words };
};

const fromFirstForm = (file: string, json: string, trusted: TrustedKey | undefined): Given => {
  const read = readCheckpoint(json, trusted?.spki);
  if (read.kind === 'bad') throw new Unusable(`${file}: ${read.problem}`);
  const { heads, at, root, publicKey } = read.checkpoint;
  const words = [`It contains everything that the checkpoint of ${at} signed (root ${root}).`];
  if (!trusted) words.push(`Nobody says who signed it: compare its public key yourself: ${publicKey}`);
  return { heads, roots: [], covers: heads.reduce((sum, { version }) => sum + version, 0), words };
};

/** Reads a checkpoint that somebody saved. Throws Unusable. */
export const readSaved = async (file: string, trusted: TrustedKey | undefined): Promise<Given> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Unusable(`The checkpoint ${file} can't be read.`);
  });
  return (text.trimStart().startsWith('{') ? fromFirstForm : fromNote)(file, text, trusted);
};

export interface AskedRoot {
  size: number | undefined;
  /** Hex. */
  root: string;
}

/** Reads `HASH` or `SIZE:HASH`. Throws Unusable. */
export const askedRoot = (text: string): AskedRoot => {
  const [, size, root] = /^(?:(\d{1,15}):)?([\da-f]{64})$/i.exec(text.trim()) ?? [];
  if (root === undefined) {
    throw new Unusable('--root takes the 64 digits that a digest shows, or SIZE:HASH as its list of all lines has it.');
  }
  return { size: size === undefined ? undefined : Number(size), root: root.toLowerCase() };
};

/** Heads that the database keeps, each as it says it is. A string names what is wrong with one. */
export const readKept = (kept: readonly SignedHead[], trusted: TrustedKey | undefined) => {
  const roots: SavedRoot[] = [];
  let strange = 0;
  for (const { size, note } of kept) {
    const said = readUnsigned(note);
    if (said?.size !== size) return `The signed checkpoint kept for ${plural(size, 'commit')} is damaged.`;
    const key = trusted?.of(said.origin);
    if (trusted && !(key && readTreeHead(note, key))) strange += 1;
    roots.push({ ...said, by: `the signed checkpoint kept for ${plural(size, 'commit')}` });
  }
  return { roots, strange };
};
