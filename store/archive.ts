/**
 * A record as it lies in a database, still sealed: the form in which a company moves from one engine to the other,
 * without its data key. Commits and policies never change, so a copy that was cut off resumes where it stopped;
 * everything else is copied again each time. The log goes along as it is: the same roots on the other side. No bot may work on either database meanwhile.
 */

import { z } from 'zod';
import { type Head, type Ledger, StoreFault } from './event-store.ts';
import type { LogLedger } from './log/commit-log.ts';
import { verifyLog } from './log/verify-log.ts';
import { DATA_KEY_CHECK } from './stream-key.ts';
import { turnsShape } from './turns.ts';

const text = z.string();
const count = z.number();
/** Absent where no bot of today has started on the record since it was made. */
const mark = text.nullish().transform((found) => found ?? undefined);

export const SHAPES = {
  policies: z.object({ hash: text, policy: text }),
  commits: z.object({
    stream: text,
    version: count,
    at: text,
    actor: text,
    cause: text,
    contextVersions: text,
    body: text,
    prevHash: text,
    /** Absent in commits from before states stood in the chain. */
    stateHash: text.nullish().transform((hash) => hash ?? undefined),
    hash: text,
    /** Its place among all commits. */
    place: count,
  }),
  streamKeys: z.object({ stream: text, wrapped: text.nullable() }),
  snapshots: z.object({
    stream: text,
    version: count,
    kind: text,
    status: text,
    tier: text.nullable(),
    owner: text,
    nextDueAt: text.nullable(),
    state: text,
    /** Absent where an older version wrote it. */
    summary: text.nullish().transform((found) => found ?? undefined),
    mark,
  }),
  outbox: z.object({
    id: text,
    kind: z.enum(['live', 'fact']),
    lane: text,
    stream: text,
    version: count,
    notice: text,
    bulk: z.union([z.boolean(), z.literal(0), z.literal(1)]).transform(Boolean),
    trace: text.nullable(),
    askedAt: text,
    place: count,
    state: z.enum(['waiting', 'leased', 'failed']),
    attempts: count,
    readyAt: text,
    error: text.nullable(),
    errorAt: text.nullable(),
    mark,
  }),
  refs: z.object({ stream: text, key: text, channel: text, message: text, mark }),
  drafts: z.object({ stream: text, key: text, value: text }),
  conversations: z.object({ key: text, value: text, mark }),
  turns: z.object({ key: text, turns: turnsShape }),
  seen: z.object({ key: text, expires: text }),
  log: z.object({ place: count, stream: text, version: count, hash: text }),
  signedHeads: z.object({ size: count, note: text }),
  meta: z.object({ key: text, value: text }),
};

export type Part = keyof typeof SHAPES;
export type Rows = { [P in Part]: z.infer<(typeof SHAPES)[P]> };

/** Parts whose rows are only added, never changed: a copy of them can resume where it stopped. */
const LASTING = ['policies', 'commits'] as const satisfies Part[];
const CHANGING = [
  'streamKeys',
  'snapshots',
  'outbox',
  'refs',
  'drafts',
  'conversations',
  'turns',
  'seen',
  'log',
  'signedHeads',
  'meta',
] as const satisfies Part[];

/** Keys of the database itself, not of the company in it. */
const OWN = ['store:format', 'store:copying', 'log:looked-to'];
/** Set while a database is being filled: until the copy is whole, no bot may start on it. */
export const COPYING = 'store:copying';

export interface Archive
  extends
    Pick<Ledger, 'heads' | 'verify' | 'verifyPolicies' | 'close'>,
    Pick<LogLedger, 'logHead' | 'placed' | 'unplaced'> {
  /** Approximate number of rows, for a progress bar. */
  count(part: Part): Promise<number>;
  /** The rows after `after`, in an order of the engine's own; `next` is undefined on the last page. */
  page<P extends Part>(part: P, after: string | undefined): Promise<{ rows: unknown[]; next: string | undefined }>;
  /** Adds rows; those that are there already stay as they are. */
  add<P extends Part>(part: P, rows: Rows[P][]): Promise<void>;
  clear(part: Part): Promise<void>;
  meta(key: string): Promise<string | undefined>;
  putMeta(key: string, value: string): Promise<void>;
  dropMeta(key: string): Promise<void>;
}

/** Throws StoreFault where a copy into the database was not finished. */
export const checkFilled = (copying: string | undefined): void => {
  if (copying === undefined) return;
  const message = 'This database is not filled yet: run "clearthread store copy" with the same words again.';
  throw new StoreFault('unfinished-copy', 'not done', message);
};

export type Copied =
  | { kind: 'copied'; streams: number; commits: number }
  /** `problem` is a sentence for the operator. Either nothing was changed, or the next run resumes from here. */
  | { kind: 'refused'; problem: string };

/** `of` rows in all, `done` of them so far. */
export type Progress = (done: number, of: number) => void;

const markShape = z.object({ source: text, policies: text.optional(), commits: text.optional() });
type Mark = z.infer<typeof markShape>;

const readMark = (found: string): Mark | undefined => {
  try {
    return markShape.parse(JSON.parse(found));
  } catch {
    return undefined;
  }
};

const isEmpty = async (archive: Archive): Promise<boolean> =>
  (await archive.page('commits', undefined)).rows.length === 0;

/** Returns how far an earlier copy of the same company came, or a sentence where the target holds something else. */
const begin = async (from: Archive, to: Archive): Promise<Mark | string> => {
  const source = await from.meta(DATA_KEY_CHECK);
  if (source === undefined || (await isEmpty(from))) return 'There is no record to copy.';
  if ((await from.meta(COPYING)) !== undefined) return 'The database to copy from was not filled to the end itself.';
  const found = await to.meta(COPYING);
  if (found !== undefined) {
    const mark = readMark(found);
    return mark?.source === source ? mark : 'Another record was half copied there: give an empty database.';
  }
  if (!(await isEmpty(to)) || (await to.meta(DATA_KEY_CHECK)) !== undefined) {
    return 'There is a record already: give an empty database.';
  }
  return { source };
};

const sameHeads = (one: Head[], other: Head[]): boolean => {
  const text = (heads: Head[]): string =>
    heads
      .map(({ stream, version, hash }) => `${stream} ${version} ${hash}`)
      .toSorted()
      .join('\n');
  return text(one) === text(other);
};

interface Whole {
  streams: number;
  commits: number;
  /** Of the log, hex. */
  root: string;
}

/** Counts what the archive holds, or returns a sentence on what is wrong with it. */
const wholeness = async (archive: Archive): Promise<Whole | string> => {
  const found = await archive.verify();
  if (found.kind === 'broken') return `${found.stream}, commit ${found.version}, is ${found.what}. ${found.detail}`;
  const policies = await archive.verifyPolicies();
  if (policies.kind === 'broken') return `The policy ${policies.hash} is ${policies.what}. ${policies.detail}`;
  const log = await verifyLog(archive, []);
  if (log.kind === 'broken') return log.detail;
  return { streams: found.streams, commits: found.commits, root: log.root.toString('hex') };
};

export const copyArchive = async (from: Archive, to: Archive, progress: Progress): Promise<Copied> => {
  const refused = (problem: string): Copied => ({ kind: 'refused', problem });
  const begun = await begin(from, to);
  if (typeof begun === 'string') return refused(begun);
  const here = await wholeness(from);
  if (typeof here === 'string') return refused(`The record to copy is not whole. ${here}`);
  let mark = begun;
  const note = (more: Partial<Mark>): Promise<void> => {
    mark = { ...mark, ...more };
    return to.putMeta(COPYING, JSON.stringify(mark));
  };
  await note({});

  const sizes = await Promise.all([...LASTING, ...CHANGING].map((part) => from.count(part)));
  const of = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  for (const part of LASTING) if (mark[part] !== undefined) done += Math.min(await to.count(part), of);
  progress(done, of);

  const copy = async <P extends Part>(part: P, after: string | undefined, noted: boolean): Promise<void> => {
    let at = after;
    for (;;) {
      const { rows, next } = await from.page(part, at);
      const parsed = SHAPES[part].array().parse(rows) as Rows[P][];
      const theirs = part === 'meta' ? parsed.filter((row) => 'key' in row && !OWN.includes(row.key)) : parsed;
      if (part === 'meta') for (const row of theirs) if ('key' in row) await to.dropMeta(row.key);
      if (theirs.length > 0) await to.add(part, theirs);
      done += rows.length;
      progress(Math.min(done, of), of);
      if (next === undefined) return;
      at = next;
      if (noted) await note({ [part]: at });
    }
  };

  for (const part of LASTING) await copy(part, mark[part], true);
  for (const part of CHANGING.filter((each) => each !== 'meta')) {
    await to.clear(part);
    await copy(part, undefined, false);
  }
  await copy('meta', undefined, false);
  progress(of, of);

  if (!sameHeads(await from.heads(), await to.heads())) {
    // The rows already copied stay: the next run only adds to them.
    await note({ policies: undefined, commits: undefined });
    return refused('The record went on while it was copied: stop the bots and run the same command again.');
  }
  const there = await wholeness(to);
  if (typeof there === 'string') return refused(`The copy is not whole. ${there}`);
  const { root, ...counted } = there;
  if (root !== here.root) return refused('The copy is not whole. Its log has another root.');
  await to.dropMeta(COPYING);
  return { kind: 'copied', ...counted };
};
