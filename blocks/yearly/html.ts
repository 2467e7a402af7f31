/** A yearly report as one static page: no script, nothing fetched, readable on a phone, in the dark and by a screen reader. */

import { complaintLines, type PublishedComplaints } from '../../flows/yearly/complaints.ts';
import type { PublishedKinds, PublishedTable } from '../../flows/yearly/published.ts';
import { EMPTY_YEAR, isEmptyYear, notPublished } from '../../flows/yearly/sentences.ts';
import { WORD_PARTS } from '../../flows/yearly/words.ts';
import { escapeXml } from '../drawing.ts';
import { headingOf, PART_TITLES, protectionLine, statusLines, type YearlyReport } from './report.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #14202b; --quiet: #46535f; --paper: #fff; --edge: #c3ccd5; --bar: #d9e4ef; --link: #0b5394; --mark: #7a3d00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef2f5; --quiet: #b6c1cb; --paper: #12181e; --edge: #3d4a56; --bar: #26384a; --link: #9cc9ff; --mark: #ffc078; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header, footer { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.5rem; font-size: 1.25rem; }
p.said, caption span { color: var(--quiet); }
p.draft { border: 3px solid var(--mark); padding: .75rem; font-weight: bold; color: var(--mark); }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; } caption span { display: block; font-weight: normal; }
th, td { border-bottom: 1px solid var(--edge); padding: .4rem .5rem .4rem 0; text-align: left; vertical-align: top; font-weight: normal; }
thead th, tfoot th, tfoot td { font-weight: bold; }
td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.n { text-align: right; }
a { color: var(--link); }
@media print { a { color: inherit; } }
`;

const x = escapeXml;
const paragraphs = (text: string): string =>
  text
    .split(/\n\s*\n/u)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${x(part.trim().replaceAll(/\s*\n\s*/gu, ' '))}</p>`)
    .join('\n');

const anchor = (id: string): string => id.replaceAll(/[^a-z0-9]+/giu, '-');

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

const sectionOf = (id: string, title: string, body: string): string =>
  `<section aria-labelledby="${anchor(id)}">\n<h2 id="${anchor(id)}">${x(title)}</h2>\n${body}\n</section>`;

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

const figuresOf = ({ figures }: YearlyReport): string => {
  const { tables, kinds, daysToDecision: days, policyChanges, complaints, least } = figures;
  return [
    ...tables.map((table) =>
      sectionOf(
        table.id,
        table.title,
        table.total === null
          ? nothingOf(table, least)
          : tableOf(
              table,
              table.rows.map(({ label, count }) => ({ label, count: String(count) })),
              table.total,
            ),
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
    `<p>This mapping is the company's own reading. Nobody else has checked it.</p>
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
  const { figures, words, sentences, status } = report;
  const title = headingOf(figures);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${x(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${x(title)}</h1>
${statusLines(report)
  .map((line) => `<p${status === 'draft' ? ' class="draft"' : ''}>${x(line)}</p>`)
  .join('\n')}
</header>
<main>
${words.foreword === undefined ? '' : sectionOf('foreword', PART_TITLES.foreword, paragraphs(words.foreword))}
${sectionOf('short', 'In short', isEmptyYear(figures) ? `<p>${x(EMPTY_YEAR)}</p>` : `<ul>\n${sentences.map((line) => `<li>${x(line)}</li>`).join('\n')}\n</ul>`)}
${sectionOf('protection', 'How these figures protect people', `<p>${x(protectionLine(figures))}</p>`)}
${figuresOf(report)}
${WORD_PARTS.flatMap((part) => (part === 'foreword' || words[part] === undefined ? [] : [sectionOf(part, PART_TITLES[part], paragraphs(words[part]))])).join('\n')}
${standardsOf(report)}
</main>
<footer>
<p>The same figures for machines: <a href="report-${figures.year}.json">report-${figures.year}.json</a>, described by <a href="report.schema.json">its schema</a>; as text: <a href="report-${figures.year}.txt">report-${figures.year}.txt</a>.</p>
</footer>
</body>
</html>
`;
};
