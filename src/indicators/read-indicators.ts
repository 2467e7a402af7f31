/** Reads a file of a dataset on countries as it comes: only the columns that the policy maps, and only its newest year. */

import { collectRows, indicatorColumns, type Collected, type IndicatorColumns } from '../../flows/indicators/rows.ts';
import type { Indicator } from '../../flows/policy/schema-indicators.ts';
import type { DatasetVersion } from '../../flows/registers/indicators.ts';
import { hashedText } from '../csv/bytes.ts';
import { csvRows, UnreadableCsv } from '../csv/rows.ts';

/** A file that is not taken. The message is a sentence for whoever asked. */
export class IndicatorProblem extends Error {}

export interface IndicatorFile {
  version: Omit<DatasetVersion, 'from'>;
  /** The first rows that could not be read, at most `MOST_BAD`. */
  bad: { line: number; reason: string }[];
}

export const MOST_BAD = 100;
/** V-Dem's first line has some 80 kB. */
const MOST_IN_A_ROW = 2_000_000;
/** Five times the longest file that is known. */
const MOST_BYTES = 2 * 2 ** 30;

const versionOf = (
  { dataset, variables, madeUp }: IndicatorColumns,
  { year, ...found }: Collected,
  counts: Pick<DatasetVersion, 'rows' | 'badRows' | 'sha256'>,
): IndicatorFile['version'] => {
  if (year === undefined) throw new IndicatorProblem('No row of it can be read.');
  return {
    dataset,
    year,
    ...(madeUp ? { madeUp: true } : {}),
    variables: variables.map(({ name }) => name),
    ...found,
    ...counts,
  };
};

/** Throws IndicatorProblem where the first line is of no known form, or a quote stays open; and what `bytes` throws. */
export const readIndicators = async (
  bytes: AsyncIterable<Uint8Array>,
  indicators: readonly Indicator[],
  thisYear: number,
): Promise<IndicatorFile> => {
  const { texts, sha256 } = hashedText(bytes, {
    mostBytes: MOST_BYTES,
    tooLong: 'It has more than 2 GB: no such file is that long.',
    problem: (text, cause) => new IndicatorProblem(text, { cause }),
  });
  let columns: IndicatorColumns | undefined;
  let collected: ReturnType<typeof collectRows> | undefined;
  let [rows, badRows] = [0, 0];
  const bad: IndicatorFile['bad'] = [];
  try {
    for await (const { fields, from } of csvRows(texts, MOST_IN_A_ROW)) {
      if (!columns || !collected) {
        const found = indicatorColumns(fields, indicators);
        if (typeof found === 'string') throw new IndicatorProblem(found);
        columns = found;
        collected = collectRows(found, thisYear);
        continue;
      }
      rows += 1;
      const taken = collected.take(fields);
      if (taken.ok) continue;
      badRows += 1;
      if (bad.length < MOST_BAD) bad.push({ line: from, reason: taken.reason });
    }
  } catch (error) {
    if (error instanceof UnreadableCsv) {
      throw new IndicatorProblem(`Line ${error.line}: ${error.reason}.`, { cause: error });
    }
    throw error;
  }
  if (!columns || !collected) throw new IndicatorProblem('The file is empty.');
  return { version: versionOf(columns, collected.done(), { rows, badRows, sha256: sha256() }), bad };
};
