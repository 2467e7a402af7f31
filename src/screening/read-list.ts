/** Reads the file of a list: its entries, what could not be read, and the hash of what came. */

import type { ListEntry } from '../../flows/screening/entry.ts';
import { columnsOf, entryIn, type ListColumns, type ListForm } from '../../flows/screening/rows.ts';
import { hashedText } from '../csv/bytes.ts';
import { csvRows, UnreadableCsv } from '../csv/rows.ts';

/** A list that is not taken. The message is a sentence for whoever asked. */
export class ListProblem extends Error {}

export interface ListFile {
  form: ListForm;
  entries: ListEntry[];
  /** Rows after the first line that are not empty. */
  rows: number;
  badRows: number;
  /** The first of them, at most `MOST_BAD`. */
  bad: { line: number; reason: string }[];
  /** Of the bytes: hex. */
  sha256: string;
}

export const MOST_BAD = 100;
/** Some entries have a hundred aliases and as many addresses. */
const MOST_IN_A_ROW = 200_000;
/** Some six times the longest list that is known. */
export const MOST_BYTES = 200 * 2 ** 20;

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** Throws ListProblem where the first line is of no known form, a quote stays open, or the file is too large. */
export const readList = async (bytes: AsyncIterable<Uint8Array>, mostBytes = MOST_BYTES): Promise<ListFile> => {
  const { texts, sha256 } = hashedText(bytes, {
    mostBytes,
    tooLong: `It has more than ${megabytes(mostBytes)}: no list is that long.`,
    problem: (text, cause) => new ListProblem(text, { cause }),
  });

  let columns: ListColumns | undefined;
  const file: Omit<ListFile, 'form' | 'sha256'> = { entries: [], rows: 0, badRows: 0, bad: [] };
  const seen = new Set<string>();
  try {
    for await (const { fields, from, line } of csvRows(texts, MOST_IN_A_ROW)) {
      if (!columns) {
        const found = columnsOf(fields);
        if (typeof found === 'string') throw new ListProblem(found);
        columns = found;
        continue;
      }
      file.rows += 1;
      const row = entryIn(columns, fields, seen);
      if (row.ok) {
        file.entries.push(row.entry);
        continue;
      }
      file.badRows += 1;
      // A quote that is not closed makes one row of several.
      const reason = from === line ? row.reason : `${row.reason}; it goes from line ${from} to line ${line}`;
      if (file.bad.length < MOST_BAD) file.bad.push({ line: from, reason });
    }
  } catch (error) {
    if (error instanceof UnreadableCsv) {
      throw new ListProblem(`Line ${error.line}: ${error.reason}.`, { cause: error });
    }
    throw error;
  }
  if (!columns) throw new ListProblem('The file is empty.');
  return { ...file, form: columns.form, sha256: sha256() };
};
