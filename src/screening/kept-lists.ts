/**
 * Where entries of lists are kept: as drafts of the register's stream. So they are sealed with its key, lie in the same
 * database for all bots, go along with every copy and backup, and can be removed, which nothing of the record can.
 */

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import { streamOf } from '../../flows/registers/register.ts';
import { screeningLists, type ListVersion } from '../../flows/registers/screening.ts';
import type { ListEntry } from '../../flows/screening/entry.ts';
import { StoreFault, type EventStore } from '../../store/event-store.ts';
import { inSlices } from '../bell.ts';

type Drafts = Pick<EventStore, 'putDraft' | 'draft' | 'dropDraft'>;
export type Kept = Pick<ListVersion, 'name' | 'kept'>;

const STREAM = streamOf(screeningLists.name);

/** In characters: a document of MongoDB holds 16 MB, and no write should take long. */
const PART = 2 ** 18;

const keyOf = ({ name, kept }: Kept, part: number): string => `list:${name}:${kept.sha256}:${part}`;

/** The entries as text, each on a line, and in which parts they are to be kept. */
export interface Packed {
  kept: ListVersion['kept'];
  parts: readonly string[];
}

export const packEntries = (entries: readonly ListEntry[]): Packed => {
  const text = entries.map((entry) => JSON.stringify(entry)).join('\n');
  const packed = gzipSync(text).toString('base64');
  const parts = Array.from({ length: Math.ceil(packed.length / PART) }, (_, n) =>
    packed.slice(n * PART, (n + 1) * PART),
  );
  return { kept: { sha256: createHash('sha256').update(text).digest('hex'), parts: parts.length }, parts };
};

export const keepParts = async (store: Drafts, name: string, { kept, parts }: Packed): Promise<void> => {
  for (const [n, part] of parts.entries()) await store.putDraft(STREAM, keyOf({ name, kept }, n), part);
};

const dropParts = async (store: Drafts, list: Kept): Promise<void> => {
  for (let part = 0; part < list.kept.parts; part += 1) await store.dropDraft(STREAM, keyOf(list, part));
};

const unzipped = promisify(gunzip);

/** In bytes. */
const PIECE = 2 ** 18;
const NEWLINE = 0x0a;

/** In slices: a list of 60,000 names would hold up everything else for half a second. Throws where they are others. */
const entriesIn = async (bytes: Buffer, sha256: string): Promise<ListEntry[]> => {
  const rest = inSlices();
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE) {
    hash.update(bytes.subarray(at, at + PIECE));
    await rest();
  }
  if (hash.digest('hex') !== sha256) throw new Error('another hash');
  const entries: ListEntry[] = [];
  for (let from = 0; from < bytes.length; await rest()) {
    const end = bytes.indexOf(NEWLINE, from);
    const to = end < 0 ? bytes.length : end;
    // Until November 2026 a version was kept as one line with all of its entries.
    entries.push(...[JSON.parse(bytes.toString('utf8', from, to)) as ListEntry | ListEntry[]].flat());
    from = to + 1;
  }
  return entries;
};

/** Returns the entries of a version; undefined where a newer one took its place meanwhile. Throws StoreFault `damaged`. */
export const keptEntries = async (store: Drafts, list: Kept): Promise<ListEntry[] | undefined> => {
  const parts: string[] = [];
  for (let part = 0; part < list.kept.parts; part += 1) {
    const found = await store.draft(STREAM, keyOf(list, part));
    if (typeof found !== 'string') return undefined;
    parts.push(found);
  }
  try {
    return await entriesIn(await unzipped(Buffer.from(parts.join(''), 'base64')), list.kept.sha256);
  } catch (cause) {
    const message = `The list ${list.name} is not as it was imported. Import it again.`;
    throw new StoreFault('damaged', 'not done', message, { cause });
  }
};

/** All versions that were written and may not be removed yet. */
const WRITTEN = 'lists-written';
type Written = Kept & { at: string };

/** Longer than any import takes. */
const ABANDONED_MS = 3_600_000;

const isSame = (one: Kept, other: Kept): boolean => keyOf(one, 0) === keyOf(other, 0);

/**
 * Notes that a version is about to be written, and removes what nobody uses of imports that broke off.
 */
export const noteWritten = async (store: Drafts, list: Kept, used: readonly Kept[], now: Date): Promise<void> => {
  const noted = ((await store.draft(STREAM, WRITTEN)) ?? []) as unknown as Written[];
  const left: Written[] = [];
  for (const one of noted) {
    if (isSame(one, list)) continue;
    const isYoung = now.getTime() - Date.parse(one.at) < ABANDONED_MS;
    if (isYoung || used.some((other) => isSame(one, other))) left.push(one);
    else await dropParts(store, one);
  }
  const { name, kept } = list;
  await store.putDraft(STREAM, WRITTEN, [...left, { name, kept: { ...kept }, at: now.toISOString() }]);
};

/** Removes the parts of those versions that are not in use. */
export const dropUnused = async (store: Drafts, versions: readonly Kept[], used: readonly Kept[]): Promise<void> => {
  for (const one of versions) if (!used.some((other) => isSame(one, other))) await dropParts(store, one);
};
