/** CSV of a learning system, read line by line: none of it is executed, and no more is held than there are people. */

import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Instant, PersonId } from '../flows/ids.ts';
import type { Organisation } from '../flows/organisation.ts';
import type { Training } from '../flows/policy/reminders.ts';
import type { CourseId } from '../flows/policy/reminders.ts';
import { newestRows, rowReader } from '../flows/registers/training/importing.ts';

export interface BadRow {
  /** Line in the file, from 1. */
  line: number;
  reason: string;
}

export interface TrainingFile {
  /** The newest day of each person and course. */
  taken: Record<CourseId, Record<PersonId, string>>;
  /** Rows that are not empty, valid and invalid. */
  rows: number;
  /** The first invalid rows, at most `MOST_BAD`. */
  bad: BadRow[];
  badRows: number;
  /** The place where an unclosed quote or an endless line stopped the reading: then nothing of the file counts. */
  unreadable: BadRow | undefined;
}

export const MOST_BAD = 1000;
/** Longer than any row: a quote that is not closed must not swallow the rest of a file. */
const MOST_IN_A_ROW = 20_000;

const NAMES = {
  person: ['person', 'user', 'e-mail', 'email', 'e-mail address', 'email address', 'slack id', 'entra id'],
  course: ['course', 'training'],
  on: ['completed on', 'completed_on', 'completed', 'completion date', 'day', 'date', 'on'],
} as const;

type Columns = Record<keyof typeof NAMES, number>;

const IN_ORDER: Columns = { person: 0, course: 1, on: 2 };

/** Positions of the columns, if this row names all three. */
const columnsIn = (fields: readonly string[]): Columns | undefined => {
  const names = fields.map((field) => field.trim().toLowerCase());
  const at = (wanted: readonly string[]): number =>
    wanted.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
  const found = { person: at(NAMES.person), course: at(NAMES.course), on: at(NAMES.on) };
  return Object.values(found).every((index) => index >= 0) ? found : undefined;
};

/** The most frequent delimiter of the first line: what Excel saves, and what is copied from a table. */
const delimiterOf = (text: string): string => {
  const first =
    text
      .slice(0, MOST_IN_A_ROW)
      .split(/\r?\n/u)
      .find((line) => line.trim() !== '') ?? '';
  const many = (delimiter: string): number => first.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (many(each) > many(best) ? each : best));
};

const unreadable = (error: unknown): BadRow => {
  if (!(error instanceof CsvError)) throw error;
  const line = typeof error['lines'] === 'number' ? error['lines'] : 0;
  return { line, reason: 'a quote does not fit, or a line is far too long, so nothing after it could be read' };
};

async function* withFirst(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/** Reads the file. `chunks`: its text, in pieces of any size. */
export const readTrainingCsv = async (
  chunks: AsyncIterable<string>,
  around: { organisation: Organisation; training: Training; now: Instant },
): Promise<TrainingFile> => {
  const readRow = rowReader(around.organisation, around.training, around.now);
  const newest = newestRows();
  const file: TrainingFile = { taken: newest.taken, rows: 0, bad: [], badRows: 0, unreadable: undefined };
  const bad = (line: number, reason: string): void => {
    file.rows += 1;
    file.badRows += 1;
    if (file.bad.length < MOST_BAD) file.bad.push({ line, reason });
  };

  const text = chunks[Symbol.asyncIterator]();
  const begun = await text.next();
  const first = begun.done === true ? '' : begun.value;
  const parser = parse({
    delimiter: delimiterOf(first.replace(/^\uFEFF/u, '')),
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: MOST_IN_A_ROW,
  });
  // A fault of either stream ends the other, and reading the parser throws it.
  pipeline(Readable.from(withFirst(first, text)), parser, () => {});
  let columns: Columns | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (record.every((field) => field === '')) continue;
      if (!columns) {
        const named = columnsIn(record);
        columns = named ?? IN_ORDER;
        if (named) continue;
      }
      const row = readRow({
        person: record[columns.person] ?? '',
        course: record[columns.course] ?? '',
        on: record[columns.on] ?? '',
      });
      if (!row.ok) bad(info.lines, row.reason);
      else {
        file.rows += 1;
        newest.add(row);
      }
    }
  } catch (error) {
    file.unreadable = unreadable(error);
  }
  return file;
};

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

export const readTrainingText = (text: string, around: Parameters<typeof readTrainingCsv>[1]): Promise<TrainingFile> =>
  readTrainingCsv(once(text), around);
