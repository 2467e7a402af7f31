/** `clearthread screening import`: takes a version of a list that parties are screened against into use. */

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isDay } from '../../flows/calendar.ts';
import { OPERATOR } from '../../flows/organisation.ts';
import { goodRows, isListName, listsInUse, WATCHMAN } from '../../flows/registers/screening.ts';
import { parsedUrl } from '../../flows/url.ts';
import { SAMPLE_LIST } from '../playground/samples/sample-list.ts';
import { fetchList, shownAddress, type Get } from '../screening/fetch-list.ts';
import { AlreadyInUse, importList } from '../screening/lists.ts';
import { ListProblem, readList, type ListFile } from '../screening/read-list.ts';
import { nothingAt, type StoreLocation } from '../streams/open-store.ts';
import { command, onlyWord, Unusable } from './command.ts';
import { screeningOn } from './desk.ts';
import type { CliCommand, CliIo } from './io.ts';
import { piecesOf, unreadable } from './reading.ts';
import { organisationOf, refuseSample, whereOf, withStore } from './record.ts';
import { plural, printable } from './text.ts';

const HELP = `Usage: clearthread screening import FILE|https://… [--list NAME] [--as-of DAY] [--older] [--shorter]
                                    [--data DIR]

Takes a list of sanctioned or restricted parties into use; "clearthread screening check" then compares
names with it. The bot may be running. The version before goes once the new one is in use, and stays
where anything is wrong with the new one.

Two forms are read, both CSV with the names of their columns in the first line:

  Consolidated Screening List   consolidated.csv of https://www.trade.gov/consolidated-screening-list,
                                as it is. It is called us-consolidated unless --list says otherwise.
  Simple form                   id, name and, as far as known, aliases, type, country, address, programme,
                                url; more columns do no harm. Several of one kind have ; between them.
                                type is person or organisation; country a code (DE) or a name. It needs
                                a name: --list our-own.

Rows that can't be read are left out, counted, and named with their lines. A file of other columns, with
a quote that is never closed, or with more than half of its rows broken is not taken.

  --list NAME   small letters, digits and hyphens
  --as-of DAY   when its publisher made it, such as 2026-11-20; else what the address says of it, or the
                time of the file. A version older than the one in use is not taken
  --older       take it although it is older
  --shorter     take it although it has less than half as many entries as the version in use
  --data DIR    the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

What is taken is compared with the version before: how many entries are more, gone and changed.

An address must be https, also where it leads on; it gets five minutes and 200 MB at most. Where a list in
use can't be fetched, or what comes is not taken, compliance's digest says so until it is. The record
keeps the list's name, day, time, where it came from, how many rows it had, how many were broken, and the
SHA-256 of the file. Its entries are kept beside the record, encrypted like it.
Exit code: 0 taken; 1 not taken, also where that version is in use already and can be read; 2 it could not
be done.`;

interface Options {
  source: string;
  list: string | undefined;
  day: string | undefined;
  older: boolean;
  shorter: boolean;
  where: StoreLocation;
}

const CONSOLIDATED = 'us-consolidated';
const SHOWN_ROWS = 20;

const isAddress = (source: string): boolean => /^[a-z]+:\/\//iu.test(source);

interface Source {
  bytes: AsyncIterable<Uint8Array>;
  /** When it was made, as far as the source says. */
  asOf: string;
  from: string;
}

const ofFile = async (path: string): Promise<Source> => {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Unusable(`${path} is no file.`);
    const { mtime } = found;
    return {
      bytes: piecesOf<Uint8Array>(path, createReadStream(path)),
      asOf: mtime.toISOString(),
      from: basename(path),
    };
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw unreadable(path, error);
  }
};

const ofAddress = async (address: string, get: Get | undefined): Promise<Source> => {
  const { bytes, changed } = await fetchList(address, get);
  return { bytes, asOf: changed ?? new Date().toISOString(), from: shownAddress(address) };
};

const sayBad = ({ bad, badRows }: ListFile, io: CliIo): void => {
  for (const { line, reason } of bad.slice(0, SHOWN_ROWS)) io.err(printable(`Line ${line} is left out: ${reason}.`));
  if (badRows > SHOWN_ROWS) io.err(`And ${badRows - SHOWN_ROWS} more.`);
};

const nameOf = ({ list }: Options, { form }: ListFile): string => {
  if (list !== undefined) return list;
  if (form === 'consolidated') return CONSOLIDATED;
  throw new ListProblem('Say how to call this list: --list our-own.');
};

const take = async (options: Options, io: CliIo, get: Get | undefined): Promise<number> => {
  const { source, day, older, shorter, where } = options;
  const { bytes, asOf, from } = await (isAddress(source) ? ofAddress(source, get) : ofFile(source));
  const file = await readList(bytes);
  sayBad(file, io);
  const name = nameOf(options, file);
  return withStore(where, io, async (store) => {
    await refuseSample(store, io.env);
    if (name === SAMPLE_LIST && (await store.meta('deployment')) === 'real') {
      throw new ListProblem(`${name} is the list of the playground: nobody on it is real.`);
    }
    if (name === WATCHMAN) throw new ListProblem(`${name} is what the lists of a Watchman server are called.`);
    const { register, clock } = screeningOn(store, organisationOf(io.env));
    const list = await importList(
      { store, register, clock },
      { name, asOf: day === undefined ? asOf : `${day}T00:00:00.000Z`, from, file, older, shorter },
      { actor: OPERATOR, cause: `screening-import:${randomUUID()}` },
    );
    const broken = list.badRows === 0 ? '' : ` ${plural(list.badRows, 'row')} of ${list.rows} could not be read.`;
    const { moved } = list;
    io.out(
      `${name} of ${list.asOf.slice(0, 10)} is in use: ${plural(goodRows(list), 'entry', 'entries')} with ${plural(list.names, 'name')}.${broken}`,
    );
    if (moved)
      io.out(
        `Beside the version of ${moved.asOf.slice(0, 10)}: ${plural(moved.added, 'entry', 'entries')} more, ${moved.gone} gone, ${moved.changed} changed.`,
      );
    return 0;
  });
};

/** Compliance's digest says that a list could not be fetched, until it could. Resolves with the exit code of what is not taken. */
const noteFetch = (
  { source, list, where }: Pick<Options, 'source' | 'list' | 'where'>,
  failed: string | undefined,
  io: CliIo,
): Promise<number> =>
  withStore(where, io, async (store) => {
    const { register } = screeningOn(store, organisationOf(io.env));
    const url = parsedUrl(source);
    const used = listsInUse((await register.read()).state).find(({ name, from }) =>
      list === undefined ? url?.protocol === 'https:' && from === shownAddress(source) : name === list,
    );
    if (!used) return 1;
    await register.handle(
      { type: 'NoteFetch', list: used.name, ...(failed === undefined ? {} : { failed }) },
      { actor: OPERATOR, cause: `screening-fetch:${randomUUID()}` },
    );
    return 1;
  });

const run = async (options: Options, io: CliIo, get: Get | undefined): Promise<number> => {
  // Checked before a large file is read in vain.
  const nothing = nothingAt(options.where);
  if (nothing !== undefined) throw new Unusable(nothing);
  try {
    return await take(options, io, get);
  } catch (error) {
    if (!(error instanceof ListProblem)) throw error;
    io.err(printable(`Nothing was imported. ${error.message}`));
    return isAddress(options.source)
      ? noteFetch(options, error instanceof AlreadyInUse ? undefined : error.message, io)
      : 1;
  }
};

/** `get`: how an address is fetched, if not by `fetch`. */
export const screeningImportBy = (get?: Get): CliCommand =>
  command({
    help: HELP,
    options: {
      list: { type: 'string' },
      'as-of': { type: 'string' },
      older: { type: 'boolean' },
      shorter: { type: 'boolean' },
      data: { type: 'string' },
    },
    words: true,
    read: (given, env): Options => {
      const { list, 'as-of': day, older = false, shorter = false, data } = given.values;
      if (day !== undefined && !isDay(day)) throw new Unusable('--as-of takes a day such as 2026-11-20.');
      if (list !== undefined && !isListName(list)) {
        throw new Unusable('--list takes small letters, digits and hyphens, such as our-own.');
      }
      return {
        source: onlyWord(given, 'Name one file, or one https address.'),
        list,
        day,
        older,
        shorter,
        where: whereOf(data, env),
      };
    },
    run: (options, io) => run(options, io, get),
  });

export const screeningImport = screeningImportBy();
