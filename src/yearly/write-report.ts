/** Writes a yearly report into a folder: page, PDF, JSON with its schema, text. */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { yearlyParts } from '../../blocks/dossier/yearly.ts';
import { yearlyHtml } from '../../blocks/yearly/html.ts';
import { MISUSE_PAGE, POLICY_PAGE } from '../../blocks/yearly/policy.ts';
import { fileOf, FORMAT, headingOf, type YearlyReport } from '../../blocks/yearly/report.ts';
import { yearlyText } from '../../blocks/yearly/text.ts';

const SCHEMA = new URL('../../blocks/yearly/report.schema.json', import.meta.url);

/** The published report of the year in that folder; undefined where there is none, or none that is understood. */
export const reportIn = (folder: string, year: number): YearlyReport | undefined => {
  const file = join(folder, `report-${year}.json`);
  if (!existsSync(file)) return undefined;
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as YearlyReport;
    return read.format === FORMAT ? read : undefined;
  } catch {
    return undefined;
  }
};

/** Pages of the human-rights policy in that folder. */
export const pagesIn = (folder: string): YearlyReport['pages'] =>
  [POLICY_PAGE, MISUSE_PAGE].every((page) => existsSync(join(folder, page)))
    ? { policy: POLICY_PAGE, misuse: MISUSE_PAGE }
    : undefined;

/** Each is there whole or not at all; others stay. */
export const writeFiles = (folder: string, files: readonly (readonly [string, string | Buffer])[]): string[] => {
  for (const [file, content] of files) {
    writeFileSync(join(folder, `${file}.part`), content);
    renameSync(join(folder, `${file}.part`), join(folder, file));
  }
  return files.map(([file]) => file);
};

/** The same report gives the same bytes. */
const pdfOf = async (report: YearlyReport): Promise<Buffer> => {
  // With its fonts, which take long to read.
  const { dossierPdf } = await import('../dossier/pdf.ts');
  const { figures, status } = report;
  const title = headingOf(figures);
  return dossierPdf({
    title,
    parts: yearlyParts(report),
    foot: status === 'draft' ? `${title}. Draft, not for publication` : title,
    author: figures.organisation,
    original: 'The page and the text beside this PDF have it',
    made: new Date(figures.countedAt),
  });
};

/** Makes its files, by name. */
export const reportFiles = async (report: YearlyReport): Promise<[string, string | Buffer][]> => {
  const name = fileOf(report);
  return [
    [`${name}.html`, yearlyHtml(report)],
    [`${name}.pdf`, await pdfOf(report)],
    [`${name}.json`, `${JSON.stringify(report, undefined, 2)}\n`],
    [`${name}.txt`, yearlyText(report)],
    ['report.schema.json', readFileSync(SCHEMA, 'utf8')],
  ];
};
