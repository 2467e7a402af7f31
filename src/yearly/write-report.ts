/** Writes a yearly report into a folder: page, JSON with its schema, text. */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { yearlyHtml } from '../../blocks/yearly/html.ts';
import { FORMAT, type YearlyReport } from '../../blocks/yearly/report.ts';
import { yearlyText } from '../../blocks/yearly/text.ts';

const SCHEMA = new URL('../../blocks/yearly/report.schema.json', import.meta.url);

const nameOf = (year: number, status: YearlyReport['status']): string =>
  status === 'draft' ? `draft-report-${year}` : `report-${year}`;

/** The published report of the year in that folder; undefined where there is none, or none that is understood. */
export const reportIn = (folder: string, year: number): YearlyReport | undefined => {
  const file = join(folder, `${nameOf(year, 'published')}.json`);
  if (!existsSync(file)) return undefined;
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as YearlyReport;
    return read.format === FORMAT ? read : undefined;
  } catch {
    return undefined;
  }
};

/** Writes into a folder that is there, and returns the names of the files. Each is there whole or not at all; others stay. */
export const writeReport = (folder: string, report: YearlyReport): string[] => {
  const name = nameOf(report.figures.year, report.status);
  const files: [string, string][] = [
    [`${name}.html`, yearlyHtml(report)],
    [`${name}.json`, `${JSON.stringify(report, undefined, 2)}\n`],
    [`${name}.txt`, yearlyText(report)],
    ['report.schema.json', readFileSync(SCHEMA, 'utf8')],
  ];
  for (const [file, text] of files) {
    writeFileSync(join(folder, `${file}.part`), text);
    renameSync(join(folder, `${file}.part`), join(folder, file));
  }
  return files.map(([file]) => file);
};
