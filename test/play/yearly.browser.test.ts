/** A yearly report in a real browser: without scripts, on a phone, in the dark, as axe sees it. */

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { yearlyReport } from '../../blocks/yearly/report.ts';
import { yearOf } from '../../flows/yearly/deal-year.ts';
import { countYear } from '../../flows/yearly/figures.ts';
import { writeReport } from '../../src/yearly/write-report.ts';
import { axeProblems } from '../support/axe.ts';
import { browserIsMissing, launchBrowser } from '../support/browser-play.ts';
import { CATALOGUE, madeUpYear, recordOf } from '../support/yearly.ts';

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

const written = (year: number, seed: number, publishedOn?: string): string => {
  const record = seed === EMPTY ? { deals: [], holds: [], courses: [], policyChanges: [] } : recordOf(madeUpYear(seed));
  const organisation = { name: 'Sample & Company', products: CATALOGUE };
  const { figures } = countYear(record, {
    year: yearOf(year),
    least: 5,
    countedAt: '2027-01-10T10:00:00.000Z',
    organisation,
  });
  const learned = 'Who asks early, asks less.\n\n<script>document.title = "broken"</script>';
  const report = yearlyReport(figures, { learned }, { publishedOn, today: '2027-01-11' });
  return join(folder, writeReport(folder, report)[0] ?? '');
};

const open = async (file: string, dark: boolean, width: number): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme: dark ? 'dark' : 'light' });
  await page.goto(pathToFileURL(file).href);
  return page;
};

describe.skipIf(missing)('a yearly report', () => {
  it.each([
    ['with figures', 2026, BUSY, '2027-01-10'],
    ['that is a draft', 2026, BUSY, undefined],
    ['of an empty year', 2025, EMPTY, '2027-01-10'],
  ] as const)('%s is read without faults, on a phone and in the dark', async (_, year, seed, publishedOn) => {
    const file = written(year, seed, publishedOn);
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
