/** `clearthread countries import`: takes a year of a public dataset on countries into use, as suggestions in country briefs. */

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { canonical } from '../../flows/canonical.ts';
import { countryName } from '../../flows/countries.ts';
import { datasetWords, valueWords } from '../../flows/dataset.ts';
import { OPERATOR } from '../../flows/organisation.ts';
import { indicators as register, type DatasetVersion, type MovedCountry } from '../../flows/registers/indicators.ts';
import type { EventStore } from '../../store/event-store.ts';
import { defaultPolicyFile, loadPolicy } from '../config/policy-file.ts';
import { concernedBy } from '../indicators/importing.ts';
import { IndicatorProblem, readIndicators, type IndicatorFile } from '../indicators/read-indicators.ts';
import { silentLogger } from '../log.ts';
import { createDealIndex } from '../streams/deal-index.ts';
import { nothingAt, type StoreLocation } from '../streams/open-store.ts';
import { command, onlyWord, Unusable } from './command.ts';
import { deskOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { progressOn } from './progress.ts';
import { piecesOf, unreadable } from './reading.ts';
import { organisationOf, refuseSample, whereOf, withStore } from './record.ts';
import { plural, printable } from './text.ts';

const HELP = `Usage: clearthread countries import FILE [--dry-run] [--older] [--shorter] [--data DIR]

Takes a year of a public dataset into use: its values become suggestions in the briefs on countries, for
counsel or compliance to confirm one by one. No brief and no deal changes by it. Two files are read, each
as its publisher has it, CSV with the names of the columns in the first line:

  V-Dem         Country-Year: V-Dem Core, or Full+Others, of https://www.v-dem.net/ (CC BY-SA 4.0): one row
                for each country (country_text_id) and year. Gaza, Somaliland and Zanzibar have rows of
                their own there, which stand for none of our countries.
  UCDP          UCDP/PRIO Armed Conflict Dataset, ucdp-prio-acd-*.csv of https://ucdp.uu.se/downloads/
                (CC BY 4.0): one row for each conflict and year with at least 25 battle-related deaths. A
                country is where a conflict was fought (gwno_loc, numbers of Gleditsch and Ward). One
                without a row has no value: that says nothing of it. Neither GED nor another file of UCDP.

Which column suggests which answer, and from which value on, your policy says under "indicators". Only
the newest year in the file is taken. Rows that can't be read are left out, counted, and named with their
lines; countries that are none of ours, and those that are there twice with different values, are named
and left out. A file of other columns, or with more than half of its rows broken, is not taken. The same
file twice changes nothing. The whole of V-Dem takes a minute or two, and little memory.

  --dry-run    say what it would do, and record nothing
  --older      take it although it is of an older year than the one in use
  --shorter    take it although it has less than half as many countries as the one in use
  --data DIR   the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)

It prints how many countries are more, gone and changed beside what was in use, and what moved: which
values suggest now what they did not before, or no more what they did, in countries that have a brief or
deals that are open or approved. Compliance, and who wrote those briefs, get that in one message each. The
bot may be running. Policy and organisation are those of CLEARTHREAD_POLICY and CLEARTHREAD_ORGANISATION.
The record keeps the year, the SHA-256 of the file, how many rows were read and how many not, and the
values that were taken.
Exit code: 0 taken, or in use already; 1 not taken; 2 it could not be done.`;

interface Options {
  file: string;
  dryRun: boolean;
  older: boolean;
  shorter: boolean;
  where: StoreLocation;
}

const SHOWN_ROWS = 20;
const SHOWN_NAMES = 12;

async function* counted(pieces: AsyncIterable<Uint8Array>, show: (done: number) => void): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const piece of pieces) {
    done += piece.length;
    show(done);
    yield piece;
  }
}

const fileAt = async (path: string): Promise<number> => {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw unreadable(path, error);
  }
  throw new Unusable(`${path} is no file.`);
};

const listed = (names: readonly string[]): string =>
  names.length > SHOWN_NAMES
    ? `${names.slice(0, SHOWN_NAMES).join(', ')} and ${names.length - SHOWN_NAMES} more`
    : names.join(', ');

const sayLeftOut = ({ version, bad }: IndicatorFile, io: CliIo): void => {
  const say = (line: string): void => io.err(printable(line));
  for (const { line, reason } of bad.slice(0, SHOWN_ROWS)) say(`Line ${line} is left out: ${reason}.`);
  const more = version.badRows - Math.min(bad.length, SHOWN_ROWS);
  if (more > 0) say(`And ${more} more.`);
  if (version.doubled.length > 0) {
    const names = version.doubled.map((code) => countryName(code) ?? code);
    say(`Left out, since they are there twice with different values: ${listed(names)}.`);
  }
  if (version.unknown.length > 0) {
    const names = version.unknown.map(({ code, name }) => (name === '' ? code : `${name} (${code})`));
    say(`Left out, since they are none of our countries: ${listed(names)}.`);
  }
};

const readLine = ({ rows, otherYears, badRows, values, variables }: DatasetVersion): string =>
  [
    `${plural(rows, 'row')}: ${rows - otherYears - badRows} read`,
    `${otherYears} of other years`,
    `${badRows} that can’t be read`,
    `${plural(variables.length, 'variable')} of ${plural(Object.keys(values).length, 'country', 'countries')}`,
  ].join(', ');

const valueNow = (value: number | undefined, of: number | undefined): string =>
  value === undefined ? 'no value' : valueWords(value, of);

/** How a year differs from what was in use before. */
const besideWords = (version: DatasetVersion, used: DatasetVersion): string => {
  const [now, was] = [version.values, used.values];
  const both = Object.keys(now).filter((country) => Object.hasOwn(was, country));
  const changed = both.filter((country) => canonical(now[country]) !== canonical(was[country])).length;
  const more = Object.keys(now).length - both.length;
  return `Beside ${datasetWords(used)}: ${plural(more, 'country', 'countries')} more, ${Object.keys(was).length - both.length} gone, ${changed} changed.`;
};

const sayMoved = (moved: readonly MovedCountry[], io: CliIo): void => {
  if (moved.length === 0)
    return io.out('Nothing moved for a country with a brief, or with deals that are open or approved.');
  io.out(
    `What moved, in ${plural(moved.length, 'country', 'countries')} with a brief, or with deals that are open or approved:`,
  );
  for (const { country, moved: all, deals } of moved) {
    const more = deals.deals - deals.first.length;
    const named = deals.deals === 0 ? 'no deals' : `${deals.first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    io.out(printable(`  ${countryName(country) ?? country} (${named})`));
    for (const { title, of, was, now, suggests, question, answer, against } of all) {
      const what = suggests ? `suggests ${answer} to ${question}` : `suggests ${answer} to ${question} no more`;
      const brief = against ? '; the brief says otherwise' : '';
      io.out(printable(`    ${title}: ${valueNow(now, of)}, before ${valueNow(was, of)}: ${what}${brief}`));
    }
  }
};

const take = async (
  store: EventStore,
  file: IndicatorFile,
  {
    policy,
    document,
  }: { policy: ReturnType<typeof loadPolicy>['compiled']; document: ReturnType<typeof loadPolicy>['document'] },
  { file: path, dryRun, older, shorter }: Options,
  io: CliIo,
): Promise<number> => {
  await refuseSample(store, io.env);
  const version: DatasetVersion = { ...file.version, from: basename(path) };
  if (version.madeUp && (await store.meta('deployment')) === 'real') {
    throw new IndicatorProblem('It says of itself that it is made up: it is for the playground.');
  }
  const organisation = organisationOf(io.env);
  const { registers, deals, clock } = deskOn(store, organisation, io.env);
  const index = createDealIndex({ store, deals, logger: silentLogger, organisation: () => organisation });
  const all = await index();
  const { sheets } = (await registers.sheets.now()).state;
  const ask = {
    type: 'ImportIndicators' as const,
    version,
    concerned: concernedBy(version, { policy, organisation, sheets, deals: all }),
    older,
    shorter,
  };
  const { state } = await registers.indicators.read();
  const meta = { actor: OPERATOR, at: clock().toISOString(), id: 'import' };
  const would = register.decide(ask, state, meta, registers.indicators.context());
  if (would.kind === 'accepted' && !dryRun) {
    // The record names it, and no bot may have kept it yet.
    await store.putPolicy(policy.hash, document);
  }
  const outcome =
    would.kind === 'refused' || dryRun
      ? would
      : await registers.indicators.handle(ask, { actor: OPERATOR, cause: `countries-import:${randomUUID()}` });
  if (outcome.kind === 'refused') {
    if (outcome.refusal.code !== 'not now') throw new IndicatorProblem(outcome.refusal.text);
    io.out(`${outcome.refusal.text} Nothing has changed.`);
    return 0;
  }
  const moved = would.kind === 'accepted' ? would.events.flatMap((event) => event.moved) : [];
  io.out(`${datasetWords(version)}: ${readLine(version)}.`);
  const used = state.datasets[version.dataset];
  if (used) io.out(besideWords(version, used));
  sayMoved(moved, io);
  io.out(dryRun ? 'Nothing was recorded (--dry-run).' : `${datasetWords(version)} is in use.`);
  return 0;
};

const run = async (options: Options, io: CliIo): Promise<number> => {
  // Checked before a large file is read in vain.
  const nothing = nothingAt(options.where);
  if (nothing !== undefined) throw new Unusable(nothing);
  const { compiled: policy, document } = loadPolicy(io.env['CLEARTHREAD_POLICY']?.trim() || defaultPolicyFile);
  if (policy.indicators.length === 0)
    throw new Unusable('The policy maps no values of datasets: add indicators first.');
  const size = await fileAt(options.file);
  const progress = progressOn(io, 'Read');
  const large = size > 20 * 2 ** 20;
  try {
    const bytes = counted(piecesOf<Uint8Array>(options.file, createReadStream(options.file)), (done) => {
      if (large) progress.show(done, size);
    });
    const file = await readIndicators(bytes, policy.indicators, new Date().getUTCFullYear());
    if (large) progress.end();
    sayLeftOut(file, io);
    return await withStore(options.where, io, (store) => take(store, file, { policy, document }, options, io));
  } catch (error) {
    if (!(error instanceof IndicatorProblem)) throw error;
    io.err(printable(`Nothing was imported. ${error.message}`));
    return 1;
  }
};

export const countriesImport = command({
  help: HELP,
  options: {
    'dry-run': { type: 'boolean' },
    older: { type: 'boolean' },
    shorter: { type: 'boolean' },
    data: { type: 'string' },
  },
  words: true,
  read: (given, env): Options => ({
    file: onlyWord(given, 'Name one file.'),
    dryRun: given.values['dry-run'] ?? false,
    older: given.values.older ?? false,
    shorter: given.values.shorter ?? false,
    where: whereOf(given.values.data, env),
  }),
  run,
});
