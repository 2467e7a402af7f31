/** A yearly report in a real browser: without scripts, on a phone, in the dark, as axe sees it. */

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MISUSE_PAGE, misuseHtml, POLICY_PAGE, policyHtml } from '../../blocks/yearly/policy.ts';
import { yearlyReport } from '../../blocks/yearly/report.ts';
import { yearOf } from '../../flows/yearly/deal-year.ts';
import { countYear } from '../../flows/yearly/figures.ts';
import { loadHumanRightsPolicy } from '../../src/config/human-rights-policy-file.ts';
import { pagesIn, reportFiles, writeFiles } from '../../src/yearly/write-report.ts';
import { axeProblems } from '../support/axe.ts';
import { browserIsMissing, launchBrowser } from '../support/browser-play.ts';
import { someComplaints, CATALOGUE, madeUpYear, recordOf } from '../support/yearly.ts';

const missing = browserIsMissing('A yearly report is');
/** A company that can publish most of its figures, and one that can publish none. */
const [BUSY, EMPTY] = [73, 0];
let browser: Browser;
let folder: string;

beforeAll(async () => {
  if (missing) return;
  browser = await launchBrowser();
  folder = mkdtempSync(join(tmpdir(), 'yearly-'));
});
afterAll(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const written = async (year: number, seed: number, publishedOn?: string): Promise<string> => {
  const record =
    seed === EMPTY ? { deals: [], holds: [], courses: [], asked: [], policyChanges: [] } : recordOf(madeUpYear(seed));
  const organisation = { name: 'Sample & Company', products: CATALOGUE };
  const figuresOf = (of: number) =>
    countYear(record, { year: yearOf(of), least: 5, countedAt: '2027-01-10T10:00:00.000Z', organisation }).figures;
  const [figures, yearBefore] = [figuresOf(year), figuresOf(year - 1)];
  const learned = 'Who asks early, asks less.\n\n<script>document.title = "broken"</script>';
  const complaints = someComplaints(year);
  const pages = pagesIn(folder);
  const report = yearlyReport(
    { ...figures, complaints },
    { learned },
    { publishedOn, today: '2027-01-11', pages, yearBefore },
  );
  return join(folder, writeFiles(folder, await reportFiles(report))[0] ?? '');
};

const open = async (file: string, dark: boolean, width: number): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme: dark ? 'dark' : 'light' });
  await page.goto(pathToFileURL(file).href);
  return page;
};

/** Opens it on a phone and a screen, in the light and in the dark. */
const look = async (file: string, shot: string): Promise<void> => {
  expect(statSync(file).size).toBeLessThan(200_000);
  for (const [dark, width] of [
    [false, 1000],
    [true, 1000],
    [false, 390],
    [true, 320],
  ] as const) {
    const page = await open(file, dark, width);
    expect(await axeProblems(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('script').count()).toBe(0);
    expect(await page.title()).toContain('Sample & Company');
    const shots = process.env['YEARLY_SHOTS'];
    if (shots !== undefined)
      await page.screenshot({ path: join(shots, `${shot}-${dark}-${width}.png`), fullPage: true });
    await page.close();
  }
};

const POLICY = `version: 3
approvedBy: The board of <b>directors</b>
approvedOn: 2027-01-10
address: https://example.com/rights
instruments: [Universal Declaration of Human Rights, UN Guiding Principles on Business and Human Rights]
text: |
  We sell what measures things. <script>document.title = "broken"</script>

  ## What we do
  - We look before we sell.
  - We look again.

  ## What we do not
  We sell nothing to harm people.
`;

describe.skipIf(missing)('the human-rights policy and how to report misuse', () => {
  it('are read without faults, on a phone and in the dark, and link each other and from the report', async () => {
    const source = join(folder, 'policy.yml');
    writeFileSync(source, POLICY);
    const { policy } = loadHumanRightsPolicy(source, '2027-02-01');
    const voices = {
      address: 'https://voices.example.com/',
      authorities: ['The national contact point: ncp@example.com'],
    };
    const [first = '', second = ''] = writeFiles(folder, [
      [POLICY_PAGE, policyHtml(policy, 'Sample & Company')],
      [MISUSE_PAGE, misuseHtml(voices, 'Sample & Company')],
    ]);
    await look(join(folder, first), 'policy');
    await look(join(folder, second), 'misuse');
    const page = await open(await written(2024, BUSY, '2027-01-10'), false, 390);
    await page.getByRole('link', { name: 'our human-rights policy' }).click();
    expect(await page.locator('header p').textContent()).toBe(
      'Version 3. Approved by The board of <b>directors</b> on 10 January 2027.',
    );
    expect(await page.locator('h2').allTextContents()).toEqual([
      'What we do',
      'What we do not',
      'What it stands on',
      'If one of our products is used to harm somebody',
    ]);
    expect(await page.getByRole('listitem').first().textContent()).toBe('We look before we sell.');
    await page.getByRole('link', { name: 'How to report misuse' }).click();
    expect(await page.getByRole('link', { name: 'https://voices.example.com/' }).getAttribute('href')).toBe(
      voices.address,
    );
    await page.close();
  });

  it('say plainly where there is no page for reports yet', async () => {
    const name = 'none.html';
    writeFiles(folder, [[name, misuseHtml(undefined, 'Sample & Company')]]);
    await look(join(folder, name), 'misuse-none');
    const page = await open(join(folder, name), false, 390);
    expect(await page.locator('main').textContent()).toContain('We have no page of our own for reports yet.');
    await page.close();
  });
});

describe.skipIf(missing)('a yearly report', () => {
  it.each([
    ['with figures', 2026, BUSY, '2027-01-10'],
    ['that is a draft', 2026, BUSY, undefined],
    ['of an empty year', 2025, EMPTY, '2027-01-10'],
  ] as const)('%s is read without faults, on a phone and in the dark', async (_, year, seed, publishedOn) => {
    const file = await written(year, seed, publishedOn);
    expect(statSync(file).size).toBeLessThan(200_000);
    for (const [dark, width] of [
      [false, 1000],
      [true, 1000],
      [false, 320],
      [true, 320],
    ] as const) {
      const page = await open(file, dark, width);
      expect(await axeProblems(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('script').count()).toBe(0);
      expect(await page.locator('table:not(:has(caption))').count()).toBe(0);
      expect(await page.title()).toContain('Sample & Company');
      const shots = process.env['YEARLY_SHOTS'];
      if (shots !== undefined)
        await page.screenshot({
          path: join(shots, `${year}-${publishedOn ?? 'draft'}-${dark}-${width}.png`),
          fullPage: true,
        });
      await page.close();
    }
  });
});
