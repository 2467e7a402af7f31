/** A yearly report as one static page. */

import { complaintLines, type PublishedComplaints } from '../../flows/yearly/complaints.ts';
import type { PublishedKinds, PublishedTable } from '../../flows/yearly/published.ts';
import { EMPTY_YEAR, isEmptyYear, notPublished } from '../../flows/yearly/sentences.ts';
import { WORD_PARTS } from '../../flows/yearly/words.ts';
import { escapeXml } from '../drawing.ts';
import { anchor, paragraphs, sectionOf, staticPage } from './page.ts';
import { regionPicture, trendPicture, type Picture } from './pictures.ts';
import {
  COMPARED,
  comparedTitle,
  fileOf,
  headingOf,
  MAPPING,
  PART_TITLES,
  protectionLine,
  statusLines,
  type YearlyReport,
} from './report.ts';

const x = escapeXml;
interface Row {
  label: string;
  count: string;
}

const tableOf = (
  { definition, unit, guidance }: PublishedTable | PublishedKinds,
  rows: readonly Row[],
  total: number | undefined,
): string => `
<table>
<caption><span>${x(definition)} Guidance: ${x(guidance.join(', '))}.</span></caption>
<thead><tr><th scope="col">Group</th><th scope="col" class="n">Number of ${x(unit)}</th></tr></thead>
<tbody>
${rows.map(({ label, count }) => `<tr><th scope="row">${x(label)}</th><td class="n">${x(count)}</td></tr>`).join('\n')}
</tbody>${total === undefined ? '' : `\n<tfoot><tr><th scope="row">All</th><td class="n">${total}</td></tr></tfoot>`}
</table>`;

const nothingOf = ({ definition }: PublishedTable, least: number): string =>
  `<p class="said">${x(definition)}</p>\n<p>${x(notPublished(least))}</p>`;

const complaintsTable = (complaints: PublishedComplaints): string => `
<table>
<caption><span>${x(complaints.definition)} Guidance: ${x(complaints.guidance.join(', '))}.</span></caption>
<thead><tr><th scope="col">What</th><th scope="col" class="n">Range, or days</th></tr></thead>
<tbody>
${complaintLines(complaints)
  .map(({ label, said }) => `<tr><th scope="row">${x(label)}</th><td class="n">${x(said)}</td></tr>`)
  .join('\n')}
</tbody>
</table>`;

/** The table beside it has the same numbers in words. */
const pictureOf = (picture: Picture | undefined): string => (picture ? `<figure>${picture.svg}</figure>\n` : '');

const figuresOf = ({ figures }: YearlyReport): string => {
  const { tables, kinds, daysToDecision: days, policyChanges, complaints, least } = figures;
  return [
    ...tables.map((table) =>
      sectionOf(
        table.id,
        table.title,
        table.total === null
          ? nothingOf(table, least)
          : `${table.id === 'region' ? pictureOf(regionPicture(figures)) : ''}${tableOf(
              table,
              table.rows.map(({ label, count }) => ({ label, count: String(count) })),
              table.total,
            )}`,
      ),
    ),
    ...kinds.map((each) =>
      sectionOf(
        each.id,
        each.title,
        each.total === null
          ? nothingOf({ ...each, rows: [] }, least)
          : tableOf(
              each,
              each.rows.map(({ label, count }) => ({ label, count: count === null ? 'not published' : String(count) })),
              undefined,
            ),
      ),
    ),
    sectionOf(
      'days',
      days.title,
      `<p class="said">${x(days.definition)}</p>\n<p>${days.value === null ? x(notPublished(least)) : `${days.value} ${days.value === 1 ? 'day' : 'days'}`}</p>`,
    ),
    sectionOf(
      'policy-changes',
      policyChanges.title,
      `<p class="said">${x(policyChanges.definition)}</p>\n<p>${policyChanges.value}</p>`,
    ),
    ...(complaints ? [sectionOf('complaints', complaints.title, complaintsTable(complaints))] : []),
  ].join('\n');
};

const comparedPart = (report: YearlyReport): string => {
  const { compared, figures } = report;
  if (!compared) return '';
  const rows = compared.tables.flatMap(({ title, rows: of }) => of.map((row) => ({ title, ...row })));
  const lines = rows.map(
    ({ title, label, was, is }) =>
      `<tr><th scope="row">${x(`${title}: ${label}`)}</th><td class="n">${was}</td><td class="n">${is}</td></tr>`,
  );
  return sectionOf(
    'compared',
    comparedTitle(compared),
    `${pictureOf(trendPicture(report))}<table>
<caption><span>${x(COMPARED)}</span></caption>
<thead><tr><th scope="col">Group</th><th scope="col" class="n y">${compared.with}</th><th scope="col" class="n y">${figures.year}</th></tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`,
  );
};

const standardsOf = ({ standards, notAnswered, figures }: YearlyReport): string => {
  const titles = new Map([...figures.tables, ...figures.kinds].map(({ id, title }) => [id, title]));
  if (figures.complaints) titles.set('complaints', figures.complaints.title);
  const answers = ({ guidance, ungp, gri, esrs }: YearlyReport['standards'][number]): string =>
    x(`Guidance ${guidance}. UNGP Reporting Framework ${ungp}. GRI ${gri}. ESRS ${esrs}.`);
  const linked = (row: YearlyReport['standards'][number]): string =>
    row.parts.some((part) => titles.has(part))
      ? `<a href="#${anchor(row.parts.find((part) => titles.has(part)) ?? '')}">${x(row.says)}</a>`
      : x(row.says);
  return sectionOf(
    'standards',
    'Where this answers what others ask',
    `<p>${x(MAPPING)}</p>
<table>
<caption>Parts of this report, and the questions that they speak to <span>R1 to R4 are the points of public reporting in the U.S. Guidance on products with surveillance capabilities, as Clearthread numbers them.</span></caption>
<thead><tr><th scope="col">Part</th><th scope="col">Speaks to</th></tr></thead>
<tbody>
${standards.map((row) => `<tr><th scope="row">${linked(row)}</th><td>${answers(row)}</td></tr>`).join('\n')}
</tbody>
</table>
<p>Not answered here:</p>
<ul>
${notAnswered.map((line) => `<li>${x(line)}</li>`).join('\n')}
</ul>`,
  );
};

/** Returns the page. Whatever people wrote is text in it, never markup. */
export const yearlyHtml = (report: YearlyReport): string => {
  const { figures, words, sentences, status, pages } = report;
  const name = fileOf(report);
  const title = headingOf(figures);
  return staticPage({
    title,
    header: statusLines(report)
      .map((line) => `<p${status === 'draft' ? ' class="draft"' : ''}>${x(line)}</p>`)
      .join('\n'),
    main: `${words.foreword === undefined ? '' : sectionOf('foreword', PART_TITLES.foreword, paragraphs(words.foreword))}
${sectionOf('short', 'In short', isEmptyYear(figures) ? `<p>${x(EMPTY_YEAR)}</p>` : `<ul>\n${sentences.map((line) => `<li>${x(line)}</li>`).join('\n')}\n</ul>`)}
${sectionOf('protection', 'How these figures protect people', `<p>${x(protectionLine(figures))}</p>`)}
${figuresOf(report)}
${comparedPart(report)}
${WORD_PARTS.flatMap((part) => (part === 'foreword' || words[part] === undefined ? [] : [sectionOf(part, PART_TITLES[part], paragraphs(words[part]))])).join('\n')}
${standardsOf(report)}`,
    footer: `${pages ? `<p>Beside this report: <a href="${x(pages.policy)}">our human-rights policy</a>, and <a href="${x(pages.misuse)}">how to report misuse</a>.</p>\n` : ''}<p>The same report as a PDF: <a href="${name}.pdf">${name}.pdf</a>; its figures for machines: <a href="${name}.json">${name}.json</a>, described by <a href="report.schema.json">its schema</a>; as text: <a href="${name}.txt">${name}.txt</a>.</p>`,
  });
};
