/** The PDF of a yearly report: tagged, its text can be copied, and it says what the page says. */

import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { yearlyParts } from '../../../blocks/dossier/yearly.ts';
import { yearlyReport, type YearlyReport } from '../../../blocks/yearly/report.ts';
import { reportFiles } from '../../../src/yearly/write-report.ts';
import { readPdf, withoutSpaces, type ReadPdf } from '../../support/pdf-reading.ts';
import { complaintText, someComplaints, someFigures } from '../../support/yearly.ts';

const figures = { ...someFigures(2026, 90), complaints: someComplaints(2026) };
const words = { foreword: 'This is our report.\n\nПривет, and *more*.', learned: 'We ask earlier: 東京.' };
const pages = { policy: 'human-rights-policy.html', misuse: 'report-misuse.html' };
const of = (publishedOn?: string): YearlyReport =>
  yearlyReport(figures, words, { publishedOn, today: '2027-02-02', pages });

const filesOf = async (report: YearlyReport): Promise<Map<string, string | Buffer>> =>
  new Map(await reportFiles(report));

let read: ReadPdf;
let pdf: Buffer;
let files: Map<string, string | Buffer>;
beforeAll(async () => {
  files = await filesOf(of('2027-02-01'));
  pdf = files.get('report-2026.pdf') as Buffer;
  read = readPdf(pdf);
});

describe('the PDF', () => {
  it('has a title, a language and tags for headings, paragraphs, lists and tables', () => {
    for (const said of ['/DisplayDocTitle true', '/Lang (en)', '/Marked true', '/Type /StructTreeRoot'])
      expect(read.dictionaries).toContain(said);
    const parts = yearlyParts(of('2027-02-01'));
    const count = (kind: string): number => parts.filter((part) => part.kind === kind).length;
    expect(read.tagged('H1')).toBe(1);
    expect(read.tagged('H2')).toBe(parts.filter((part) => part.kind === 'heading' && part.level === 2).length);
    expect(read.tagged('Table')).toBe(count('table'));
    expect(count('table')).toBeGreaterThan(4);
    expect(read.tagged('LI')).toBe(count('line'));
    // The line on other letters is one more.
    expect(read.tagged('P')).toBe(count('paragraph') + 1);
    expect(read.dictionaries.match(/\/Scope \/Row/gu)?.length).toBeGreaterThan(10);
  });

  it('says every word and number that the JSON has, and can be copied', () => {
    const all = read.pages.join('');
    expect(all).not.toContain('\uFFFD');
    const { tables, kinds } = figures;
    for (const { title, definition, rows } of [...tables, ...kinds]) {
      expect(all).toContain(withoutSpaces(title));
      expect(all).toContain(withoutSpaces(definition));
      for (const { label, count } of rows)
        if (tables.some((one) => one.title === title && one.total !== null))
          expect(all).toContain(withoutSpaces(`${label}${count}`));
    }
    expect(all).toContain(withoutSpaces('Found credible5 to 9'));
    expect(all).toContain('Notrecountedfromtherecord.');
    expect(all).toContain('Thisisourreport.');
    expect(all).toContain('ThepageandthetextbesidethisPDFhaveitasitwaswritten.');
    expect(all).toContain(withoutSpaces("This mapping is the company's own reading."));
  });

  it('is the same for the same report, and a draft says on each page that it is one', async () => {
    expect((await filesOf(of('2027-02-01'))).get('report-2026.pdf')).toEqual(pdf);
    const draft = await filesOf(of());
    const { pages: drawn } = readPdf(draft.get('draft-report-2026.pdf') as Buffer);
    for (const page of drawn) expect(page).toContain('Draft,notforpublication');
    expect(pdf.length).toBeLessThan(200_000);
  });
});

it('the JSON follows its schema, with complaints and pages beside it', () => {
  const validate = new Ajv().compile(JSON.parse(String(files.get('report.schema.json'))) as object);
  const json = JSON.parse(String(files.get('report-2026.json'))) as YearlyReport;
  expect([validate(json), validate.errors]).toEqual([true, null]);
  expect(json.figures.complaints?.rows[1]).toEqual({ id: 'credible', label: 'Found credible', range: '5 to 9' });
  expect(
    validate({
      ...json,
      figures: { ...figures, complaints: { ...json.figures.complaints, cases: [complaintText(2026)] } },
    }),
  ).toBe(false);
});

describe('beside the report of the year before', () => {
  const beside = (many: number): YearlyReport =>
    yearlyReport(figures, words, {
      publishedOn: '2027-02-01',
      today: '2027-02-02',
      yearBefore: someFigures(2025, many),
    });

  it('says what was and is, the same in page, PDF, JSON and text', async () => {
    const made = await filesOf(beside(30));
    const { compared } = JSON.parse(String(made.get('report-2026.json'))) as YearlyReport;
    const validate = new Ajv().compile(JSON.parse(String(made.get('report.schema.json'))) as object);
    expect(validate(beside(30))).toBe(true);
    expect(compared?.with).toBe(2025);
    const decisions = compared?.tables.find(({ title }) => title === 'Decisions');
    expect(decisions?.rows[0]).toEqual({ label: 'All', was: 30, is: 90 });
    const html = String(made.get('report-2026.html'));
    expect(html).toContain('<h2 id="compared">Compared with 2025</h2>');
    expect(html).toContain('<tr><th scope="row">Decisions: All</th><td class="n">30</td><td class="n">90</td></tr>');
    expect(String(made.get('report-2026.txt'))).toContain('\n  All: 90, was 30\n');
    expect(readPdf(made.get('report-2026.pdf') as Buffer).pages.join('')).toContain('DecisionsAll3090');
  });

  it('says nothing of it where the year before published nothing, or is not published', async () => {
    for (const report of [beside(3), of('2027-02-01')]) {
      expect(report).not.toHaveProperty('compared');
      const made = await filesOf(report);
      expect(String(made.get('report-2026.html'))).not.toContain('Compared with');
      expect(String(made.get('report-2026.txt'))).not.toContain('Compared with');
    }
  });
});
