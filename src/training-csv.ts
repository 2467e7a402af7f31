/** CSV of a learning system, read line by line: none of it is executed, and no more is held than there are people. */

import type { Instant, PersonId } from '../flows/ids.ts';
import type { Organisation } from '../flows/organisation.ts';
import type { Training } from '../flows/policy/reminders.ts';
import type { CourseId } from '../flows/policy/reminders.ts';
import { newestRows, rowReader } from '../flows/registers/training/importing.ts';
import { csvRows, UnreadableCsv } from './csv/rows.ts';

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

  let columns: Columns | undefined;
  try {
    for await (const { fields, line } of csvRows(chunks, MOST_IN_A_ROW)) {
      if (!columns) {
        const named = columnsIn(fields);
        columns = named ?? IN_ORDER;
        if (named) continue;
      }
      const row = readRow({
        person: fields[columns.person] ?? '',
        course: fields[columns.course] ?? '',
        on: fields[columns.on] ?? '',
      });
      if (!row.ok) bad(line, row.reason);
      else {
        file.rows += 1;
        newest.add(row);
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableCsv)) throw error;
    file.unreadable = { line: error.line, reason: error.reason };
  }
  return file;
};

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

export const readTrainingText = (text: string, around: Parameters<typeof readTrainingCsv>[1]): Promise<TrainingFile> =>
  readTrainingCsv(once(text), around);
