/** What a company puts on its website, as the playground shows it: published reports, the sample's policy, how to report misuse. */

import express, { type Response, type Router } from 'express';
import { escapeXml } from '../../blocks/drawing.ts';
import { staticPage } from '../../blocks/yearly/page.ts';
import { MISUSE_PAGE, misuseHtml, POLICY_PAGE, policyHtml } from '../../blocks/yearly/policy.ts';
import { yearlyReport } from '../../blocks/yearly/report.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { loadHumanRightsPolicy } from '../config/human-rights-policy-file.ts';
import type { Registers } from '../streams/registers.ts';
import { reportFiles } from '../yearly/write-report.ts';
import { SAMPLE_POLICY } from './samples/sample-programme.ts';

export interface PublicParts {
  registers: Pick<Registers, 'yearly' | 'programme'>;
  /** Of the file. */
  organisation: () => Organisation;
  clock: () => Date;
}

export interface PublicPages {
  router: Router;
  begin(parts: PublicParts): void;
}

type Files = ReadonlyMap<string, string | Buffer>;

const REPORT = /^report-(\d{4})\.(?:html|pdf|json|txt)$/;
const SCHEMA = 'report.schema.json';
/** As the pages themselves say: no script, nothing fetched, styles within them. */
const CSP =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const pagesOf = async ({ registers, organisation, clock }: PublicParts): Promise<Files> => {
  const { policy: published } = (await registers.programme.now()).state;
  if (!published) return new Map();
  const { policy, hash } = loadHumanRightsPolicy(SAMPLE_POLICY, clock().toISOString().slice(0, 10));
  // Somebody published another one: its text is in a folder of theirs.
  if (hash !== published.hash) return new Map();
  const { name, voices } = organisation();
  return new Map([
    [POLICY_PAGE, policyHtml(policy, name)],
    [MISUSE_PAGE, misuseHtml(voices, name)],
  ]);
};

const reportOf = async (parts: PublicParts, year: string): Promise<Files | undefined> => {
  const { years } = (await parts.registers.yearly.now()).state;
  const published = own(years, year);
  if (!published) return undefined;
  const publishedOn = published.at.slice(0, 10);
  const pages = (await pagesOf(parts)).size > 0 ? { policy: POLICY_PAGE, misuse: MISUSE_PAGE } : undefined;
  const yearBefore = own(years, String(Number(year) - 1))?.figures;
  const of = { publishedOn, today: publishedOn, pages, yearBefore };
  const report = yearlyReport(published.figures, published.words ?? {}, of);
  return new Map(await reportFiles(report));
};

const item = (file: string, words: string): string => `<li><a href="${file}">${escapeXml(words)}</a></li>`;

const listOf = async (parts: PublicParts): Promise<string> => {
  const years = Object.keys((await parts.registers.yearly.now()).state.years)
    .toSorted()
    .toReversed();
  const pages = await pagesOf(parts);
  const items = [
    ...years.map((year) => item(`report-${year}.html`, `Human-rights due diligence in ${year}`)),
    ...(pages.size > 0 ? [item(POLICY_PAGE, 'Human-rights policy'), item(MISUSE_PAGE, 'How to report misuse')] : []),
  ];
  return staticPage({
    title: `${parts.organisation().name}: human rights`,
    header:
      '<p>This page stands for your company’s website. Outside of the playground nobody is shown it by the bot.</p>',
    main:
      items.length > 0
        ? `<ul>\n${items.join('\n')}\n</ul>`
        : '<p>Nothing was published yet. Compliance begins with “report-year”, and publishes once others approved it.</p>',
  });
};

const TYPES: Readonly<Record<string, string>> = { html: 'html', pdf: 'pdf', json: 'json', txt: 'text' };

export const createPublicPages = (): PublicPages => {
  let parts: PublicParts | undefined;
  const send = (response: Response, file: string, content: string | Buffer | undefined): void => {
    response.set({ 'content-security-policy': CSP, 'cache-control': 'no-store' });
    if (content === undefined) response.status(404).type('text').send('There is no such page.');
    else response.type(TYPES[file.split('.').at(-1) ?? ''] ?? 'text').send(content);
  };
  const router = express.Router();
  router.get('/', async (_request, response) => {
    send(response, 'index.html', parts && (await listOf(parts)));
  });
  router.get('/:file', async (request, response) => {
    const { file } = request.params;
    const [, year] = REPORT.exec(file) ?? [];
    const files = parts && (year === undefined ? await pagesOf(parts) : await reportOf(parts, year));
    // The same for all years.
    const last =
      parts && file === SCHEMA ? Object.keys((await parts.registers.yearly.now()).state.years).at(-1) : undefined;
    const schema = parts && last !== undefined ? await reportOf(parts, last) : undefined;
    send(response, file, (files ?? schema)?.get(file) ?? schema?.get(file));
  });
  return {
    router,
    begin: (given) => {
      parts = given;
    },
  };
};
