/** `clearthread report verify`: counts a published year once more from the record, and says equal or where not. */

import { canonical } from '../../flows/canonical.ts';
import { NOT_RECOUNTED } from '../../flows/yearly/complaints.ts';
import { differencesIn, sameFigures, type YearDifference } from '../../flows/yearly/differences.ts';
import { countYear } from '../../flows/yearly/figures.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { reportIn } from '../yearly/write-report.ts';
import { command, onlyWord } from './command.ts';
import { deskOn } from './desk.ts';
import { organisationOf, whereOf, withStore } from './record.ts';
import { recordFor, yearIn } from './report-record.ts';
import { plural, printable } from './text.ts';

const HELP = `Usage: clearthread report verify YEAR [--in DIR] [--data DIR]

Counts a published year once more from the record, by the same rules and as of the day on which it was counted,
and says equal or where not. Nothing is written. It can differ with good reason: since then deals were erased,
corrected or decided again, conditions were kept, training was recorded. Figures stay as published all the same:
look at what differs, and keep it to yourself, for the difference can tell of single deals. Reports of misuse
are not recounted: the case room counted them. Whether the record itself was changed behind the bot's back,
"clearthread audit verify" says.

  --in DIR    also compare what stands in that folder: report-YEAR.json
  --data DIR  the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data)
Exit code: 0 equal, 1 it differs, or some deals could not be read, 2 it could not be done.`;

interface Options {
  year: number;
  folder: string | undefined;
  where: StoreLocation;
}

const counted = (value: number | null | undefined): string =>
  value === undefined ? 'no row' : value === null ? 'not published' : String(value);

const differenceLine = ({ table, row, was, is, wasSaid, isSaid }: YearDifference): string =>
  `  ${table}, ${row}: published ${wasSaid ?? counted(was)}, counted ${isSaid ?? counted(is)}`;

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
      const { record, of, organisation } = found;
      const asked = { year: of, least: figures.least, countedAt: figures.countedAt, organisation };
      const { complaints } = figures;
      const again = { ...countYear(record, asked).figures, ...(complaints ? { complaints } : {}) };
      const differences = differencesIn(figures, again);
      const isEqual = sameFigures(figures, again);
      io.out(
        isEqual
          ? `Equal: the record counts ${year} as it was published on ${published.at.slice(0, 10)}.`
          : differences.length > 0
            ? `Not equal: ${plural(differences.length, 'number')} of ${year}.`
            : `Numbers are equal; names of tables or rows of ${year} are others now.`,
      );
      for (const difference of differences) io.out(printable(differenceLine(difference)));
      if (complaints) io.out(`${complaints.title}: ${NOT_RECOUNTED} The case room counted them.`);
      if (folder === undefined) return differences.length > 0 ? 1 : 0;
      const there = reportIn(folder, year);
      const isSame = there !== undefined && canonical(there.figures) === canonical(figures);
      io.out(
        there === undefined
          ? `${printable(folder)} has no report-${year}.json that is understood.`
          : isSame
            ? `The figures in ${printable(folder)} are those that were published.`
            : `The figures in ${printable(folder)} are not those that were published.`,
      );
      return differences.length > 0 || !isSame ? 1 : 0;
    });
  },
});
