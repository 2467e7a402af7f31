/** `clearthread report verify`: counts a published year once more from the record, and says equal or where not. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '../../flows/canonical.ts';
import { NOT_RECOUNTED } from '../../flows/yearly/complaints.ts';
import { differencesIn, sameFigures, type YearDifference } from '../../flows/yearly/differences.ts';
import { countYear } from '../../flows/yearly/figures.ts';
import { ASKED_TABLE, type YearlyFigures } from '../../flows/yearly/published.ts';
import type { RecordOfYear } from '../../flows/yearly/record-shapes.ts';
import type { PublishedYear } from '../../flows/yearly/register-shapes.ts';
import { StoreFault, type EventStore } from '../../store/event-store.ts';
import { findCheckpointKey } from '../../store/keys.ts';
import { isDealId } from '../ids.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { readYear } from '../yearly/read-year.ts';
import { reportFiles, reportIn } from '../yearly/write-report.ts';
import { yearAsOf } from '../yearly/year-as-of.ts';
import { NOTHING } from './audit-given.ts';
import { inspectLog } from './audit-log.ts';
import { inspect } from './audit.ts';
import { command, onlyWord } from './command.ts';
import { deskOn } from './desk.ts';
import type { CliIo } from './io.ts';
import { organisationOf, whereOf, withStore } from './record.ts';
import { recordFor, yearIn } from './report-record.ts';
import { plural, printable } from './text.ts';
import { ownKey } from './trusted-key.ts';

const HELP = `Usage: clearthread report verify YEAR [--in DIR] [--data DIR]

Counts a published year once more from the record, by the same rules and as the record stood when it was counted,
and says equal or where not. Nothing is written. It also says which numbers would be others today, since deals were
corrected or decided again, conditions were kept, training was recorded: figures stay as published all the same.
Deals that were erased since nobody can count again; then it says how many may be missing. Keep what differs to
yourself, for it can tell of single deals. Reports of misuse are not recounted: the case room counted them.
The record is checked as by "clearthread audit verify", up to the newest checkpoint that is kept with it.

  --in DIR    also compare what stands in that folder: figures, words, and each file of the report
  --data DIR  the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)
Exit code: 0 equal, 1 it differs, the record is not whole, or some deals could not be read, 2 it could not be done.`;

interface Options {
  year: number;
  folder: string | undefined;
  where: StoreLocation;
}

const counted = (value: number | null | undefined): string =>
  value === undefined ? 'no row' : value === null ? 'not published' : String(value);

const differenceLine = ({ table, row, was, is, wasSaid, isSaid }: YearDifference): string =>
  `  ${table}, ${row}: published ${wasSaid ?? counted(was)}, counted ${isSaid ?? counted(is)}`;

const verdict = (
  year: number,
  { at, figures }: PublishedYear,
  again: YearlyFigures,
  { length }: readonly YearDifference[],
): string => {
  if (sameFigures(figures, again)) return `Equal: the record counts ${year} as it was published on ${at.slice(0, 10)}.`;
  return length > 0
    ? `Not equal: ${plural(length, 'number')} of ${year}.`
    : `Numbers are equal; names of tables or rows of ${year} are others now.`;
};

/** Deals whose content is gone. */
const erasedDeals = async (store: Pick<EventStore, 'heads' | 'load'>): Promise<number> => {
  let erased = 0;
  for (const { stream } of await store.heads()) {
    if (!isDealId(stream)) continue;
    erased += await store.load(stream).then(
      () => 0,
      (error: unknown) => (error instanceof StoreFault && error.code === 'erased' ? 1 : Promise.reject(error)),
    );
  }
  return erased;
};

/** Checks the chain and the log, and says up to which checkpoint. */
const recordWhole = async (store: EventStore, { dataDir }: StoreLocation, io: CliIo): Promise<boolean> => {
  const found = await inspect(store);
  if (found.kind === 'broken') {
    io.out(found.words);
    return false;
  }
  const own = findCheckpointKey(io.env['CLEARTHREAD_CHECKPOINT_KEY'], dataDir);
  const trusted = own && ownKey(own);
  const log = await inspectLog(store, { given: NOTHING, root: undefined, trusted, commits: found.commits });
  for (const line of [found.words, ...(log.kind === 'broken' ? [log.words] : log.words)]) io.out(line);
  return log.kind === 'whole';
};

/** Tells whether the folder has the report as it was published, each file as it is made of it. */
const sameInFolder = async (folder: string, { figures, words }: PublishedYear, io: CliIo): Promise<boolean> => {
  const name = printable(folder);
  const there = reportIn(folder, figures.year);
  if (!there) {
    io.out(`${name} has no report-${figures.year}.json that is understood.`);
    return false;
  }
  const isSame = canonical(there.figures) === canonical(figures);
  io.out(`The figures in ${name} are ${isSame ? '' : 'not '}those that were published.`);
  const isSaid = !words || there.wordsChangedOn.length > 0 || canonical(there.words) === canonical(words);
  if (!isSaid)
    io.out(`The words in ${name} are not those that were published, and it does not say that they were changed.`);
  const others = (await reportFiles(there)).flatMap(([file, content]) => {
    const path = join(folder, file);
    return existsSync(path) && readFileSync(path).equals(Buffer.from(content)) ? [] : [file];
  });
  if (others.length > 0)
    io.out(
      `Missing, or not as its JSON makes it (changed by hand, or written by another version): ${others.join(', ')}.`,
    );
  return isSame && isSaid && others.length === 0;
};

export const reportVerify = command({
  help: HELP,
  options: { in: { type: 'string' }, data: { type: 'string' } },
  words: true,
  read: (given, env): Options => ({
    year: yearIn(onlyWord(given, 'Name one year, such as: clearthread report verify 2026.')).year,
    folder: given.values.in,
    where: whereOf(given.values.data, env),
  }),
  run: ({ year, folder, where }, io) => {
    const file = organisationOf(io.env);
    return withStore(where, io, async (store) => {
      const desk = deskOn(store, file, io.env);
      const published = (await desk.registers.yearly.now()).state.years[year];
      if (!published) {
        io.err(`Nothing was published of ${year}.`);
        return 2;
      }
      const { figures } = published;
      // What was due, and who was trained, is counted as of then.
      const found = await recordFor(store, desk, year, figures.countedAt, io);
      if (!found) return 1;
      const { record, of, all, organisation } = found;
      const { complaints, least, countedAt } = figures;
      const isPublished = (id: string): boolean => figures.tables.some((table) => table.id === id);
      const recount = (from: RecordOfYear): YearlyFigures => {
        const again = countYear(from, { year: of, least, countedAt, organisation }).figures;
        const tables = again.tables.filter(({ id }) => id !== ASKED_TABLE || isPublished(id));
        return { ...again, tables, ...(complaints ? { complaints } : {}) };
      };
      const then = await yearAsOf(all, countedAt, { store, ...desk });
      const recordThen = await readYear(then.all, of, {
        ...then.sources,
        organisation,
        policy: desk.policy(),
        now: countedAt,
      });
      const [again, today] = [recount(recordThen), recount(record)];
      const differences = differencesIn(figures, again);
      io.out(verdict(year, published, again, differences));
      for (const difference of differences) io.out(printable(differenceLine(difference)));
      const erased = differences.length > 0 ? await erasedDeals(store) : 0;
      if (erased > 0)
        io.out(
          `${plural(erased, 'deal')} of this record can't be read any more, since ${erased === 1 ? 'it was' : 'they were'} erased: a number may be smaller for that alone.`,
        );
      const moved = differencesIn(again, today);
      if (moved.length > 0) {
        io.out(
          `What happened since would make ${plural(moved.length, 'number')} another one today; what was published stays:`,
        );
        for (const { table, row, was, is } of moved)
          io.out(printable(`  ${table}, ${row}: counted then ${counted(was)}, today ${counted(is)}`));
      }
      const whole = await recordWhole(store, where, io);
      if (complaints) io.out(`${complaints.title}: ${NOT_RECOUNTED} The case room counted them.`);
      const isSame = folder === undefined || (await sameInFolder(folder, published, io));
      return differences.length > 0 || !isSame || !whole ? 1 : 0;
    });
  },
});
