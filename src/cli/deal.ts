/** `clearthread deal export`: writes the whole record of a deal, as JSON and as a page, or as a PDF. The export is recorded too. */

import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { dossier } from '../../blocks/dossier/dossier.ts';
import { markdownOf } from '../../blocks/dossier/markdown.ts';
import { ALL_CHATS, type Chat } from '../../flows/chats.ts';
import { OPERATOR } from '../../flows/organisation.ts';
import { StoreFault, type EventStore, type Snapshot, type StoredCommit } from '../../store/event-store.ts';
import { dossierPdfOf, recorded, upToExport } from '../dossier/dossier-file.ts';
import { homesOf } from '../streams/homes.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { placedKey } from '../streams/places.ts';
import { command, onlyWord, Unusable } from './command.ts';
import { proofOf } from './deal-proof.ts';
import { recordJson, type DealRecord } from './deal-record.ts';
import { deskOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { organisationOf, refuseSample, whereOf, withStore } from './record.ts';

const HELP = `Usage: clearthread deal export D-… [--data DIR] [--out DIR]
       clearthread deal export D-… --pdf [--data DIR] [--out FILE]

Writes the whole record of one deal in three files:

  D-….md           a page to read: the deal, its decision, answers and assessment, and its history line by line
  D-….json         every commit, opened and as it is stored, with the policy; it says how anybody can check the
                   chain of hashes from this file alone, without a key, and that what is opened
                   is what was recorded
  D-….tlog-proof   proof that the log of all commits contains the last one, under a signed checkpoint; check
                   it with "audit proof". Signs with the checkpoint key; on MongoDB without
                   CLEARTHREAD_CHECKPOINT_KEY there is none, and it says so.

With --pdf it writes the page as D-….pdf instead, with the proof in it: the first page is for whoever
reads no other. It draws Latin, Greek and Cyrillic; names in other letters are spelled, and it says so.

All files are one export, and the export itself is recorded in the deal (once, as "json" or "pdf"). The
bot may be running. All but the proof hold answers and names: keep them as safe as the deal itself.

  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)
  --out DIR    where to write (else this folder); files of an earlier export there are replaced
  --pdf        the PDF alone; then --out may also be the name of the file, which ends in .pdf

The record needs its data key: CLEARTHREAD_DATA_KEY, or the one in the data folder. Names come from
CLEARTHREAD_ORGANISATION; without it only a deal of the playground is exported.
Exit code: 0 written, 1 there is no such deal or it was erased, 2 it could not be done.`;

interface Options {
  deal: string;
  where: StoreLocation;
  /** A folder, or the file of the PDF. */
  out: string;
  pdf: boolean;
}

/** Throws Unusable. */
export const dealNamed = (id: string): string => {
  if (!/^D-[0-9A-Z]{6,20}$/.test(id)) throw new Unusable('A deal is named D- and six or more letters and digits.');
  return id;
};

const readRecord = async (
  store: EventStore,
  { deal, cause }: { deal: string; cause: string },
): Promise<Pick<DealRecord, 'commits' | 'stored'>> => {
  const commits = await upToExport(store, { deal, cause });
  const last = commits.at(-1)?.version ?? 0;
  const stored: StoredCommit[] = [];
  for await (const commit of store.stored(deal)) {
    if (commit.version <= last) stored.push(commit);
  }
  return { commits, stored };
};

/** Wraps the store so that it shows the snapshot written last: the one read afterwards may be a later commit's. */
const watchingSnapshot = (store: EventStore): { store: EventStore; written: () => Snapshot | undefined } => {
  let written: Snapshot | undefined;
  const append: EventStore['append'] = (commit, projection) => {
    written = projection.snapshot;
    return store.append(commit, projection);
  };
  return { store: { ...store, append }, written: () => written };
};

/** Returns the chats that mirror the deal already: only the bot's own environment knows whether they are connected. */
const mirrorsOf = async (store: EventStore, deal: string): Promise<Chat[]> => {
  const found: Chat[] = [];
  for (const chat of ALL_CHATS) {
    if (await store.ref(deal, placedKey('root', chat))) found.push(chat);
  }
  return found;
};

/** `files`: contents by path. Returns the paths. */
const save = async (files: Record<string, string | Buffer>): Promise<string[]> => {
  const paths = Object.keys(files);
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content, { mode: 0o600 });
    }
    return paths;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Unusable(
      `The files can't be written to ${dirname(paths[0] ?? '')}${code}. Name another folder with --out DIR.`,
      { cause: error },
    );
  }
};

const write = async ({ deal, where, out, pdf }: Options, io: CliIo): Promise<number> => {
  const organisation = organisationOf(io.env);
  return withStore(where, io, async (opened) => {
    const { store, written: snapshot } = watchingSnapshot(opened);
    await refuseSample(store, io.env);
    // With what is said beside the deals: sheets, briefs, alerts and holds belong to what it shows.
    const homes = homesOf(() => organisation, await mirrorsOf(store, deal));
    const { deals } = deskOn(store, organisation, io.env, homes);
    const cause = `export:${randomUUID()}`;
    const exported = await deals.handle(
      deal,
      { type: 'RecordExport', format: pdf ? 'pdf' : 'json' },
      { actor: OPERATOR, cause },
    );
    if (exported.kind === 'refused') {
      io.err(exported.refusal.text);
      return 1;
    }
    const { view } = exported;
    const { commits, stored } = await readRecord(store, { deal, cause });
    const proof = await proofOf(store, stored.at(-1), where, io.env);
    const of = { commits: recorded(commits), proof };
    const named = (ending: string): string => join(out, `${deal}.${ending}`);
    const written = await save(
      pdf
        ? { [extname(out).toLowerCase() === '.pdf' ? out : named('pdf')]: await dossierPdfOf(view, of) }
        : {
            [named('json')]: recordJson({
              view,
              policy: await store.policy(view.deal.policy),
              commits,
              stored,
              snapshot: snapshot(),
            }),
            [named('md')]: markdownOf(dossier(view, of)),
            ...(proof === undefined ? {} : { [named('tlog-proof')]: proof }),
          },
    );
    for (const path of written) io.out(path);
    if (proof === undefined)
      io.err('Without a proof: no signed checkpoint covers it, and there is no key to sign one.');
    return 0;
  });
};

export const dealExport = command({
  help: HELP,
  options: { data: { type: 'string' }, out: { type: 'string' }, pdf: { type: 'boolean' } },
  words: true,
  read: (given, env): Options => ({
    deal: dealNamed(onlyWord(given, 'Name one deal: clearthread deal export D-…')),
    where: whereOf(given.values.data, env),
    out: resolve(given.values.out ?? '.'),
    pdf: given.values.pdf ?? false,
  }),
  run: async (options, io) => {
    try {
      return await write(options, io);
    } catch (error) {
      if (!(error instanceof StoreFault && error.code === 'erased')) throw error;
      io.err(error.message);
      return 1;
    }
  },
});
