/** The rows of a CSV file, read as they come: none of it is executed, and the file is never held whole. */

import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';

export interface CsvRow {
  /** Trimmed; not all of them empty. */
  fields: string[];
  /** Lines in the file at which it begins and ends, from 1: a quoted field may have several. */
  from: number;
  line: number;
}

/** Nothing after that line can be read. */
export class UnreadableCsv extends Error {
  readonly line: number;
  readonly reason: string;
  constructor(line: number, reason: string, options?: ErrorOptions) {
    super(`line ${line}: ${reason}`, options);
    this.line = line;
    this.reason = reason;
  }
}

/** A line by which the delimiter is told is no longer than this. */
const FIRST = 20_000;

/** The most frequent delimiter of the first line: what Excel saves, and what is copied from a table. */
const delimiterOf = (text: string): string => {
  const first =
    text
      .slice(0, FIRST)
      .split(/\r?\n/u)
      .find((line) => line.trim() !== '') ?? '';
  const many = (delimiter: string): number => first.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (many(each) > many(best) ? each : best));
};

const unreadable = (error: unknown): unknown => {
  if (!(error instanceof CsvError)) return error;
  const line = typeof error['lines'] === 'number' ? error['lines'] : 0;
  const reason = 'a quote does not fit, or a line is far too long, so nothing after it could be read';
  return new UnreadableCsv(line, reason, { cause: error });
};

/** With one sign at each end of a line: the parser counts two within quotes as two lines. Left early, it leaves `rest`, too. */
async function* withFirst(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  let held = '';
  try {
    for (let [text, done] = [first, false]; !done;) {
      const all = held + text;
      held = all.endsWith('\r') ? '\r' : '';
      yield all.slice(0, all.length - held.length).replaceAll('\r\n', '\n');
      const next = await rest.next();
      [text, done] = [next.done === true ? '' : next.value, next.done === true];
    }
    yield held;
  } finally {
    // A download goes on otherwise.
    await rest.return?.();
  }
}

const newlinesIn = (text: string): number => (text.includes('\n') ? text.split('\n').length - 1 : 0);

/**
 * Yields the rows that are not empty. Throws UnreadableCsv, and what `chunks` throws.
 * @param chunks - the text of the file, in pieces of any size
 * @param mostInARow - in characters: a quote that is not closed must not swallow the rest of a file
 */
export async function* csvRows(chunks: AsyncIterable<string>, mostInARow: number): AsyncGenerator<CsvRow> {
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
    max_record_size: mostInARow,
  });
  // A fault of either stream ends the other, and reading the parser throws it.
  pipeline(Readable.from(withFirst(first, text)), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (record.every((field) => field === '')) continue;
      const more = record.reduce((sum, field) => sum + newlinesIn(field), 0);
      yield { fields: record, from: info.lines - more, line: info.lines };
    }
  } catch (error) {
    throw unreadable(error);
  }
}
