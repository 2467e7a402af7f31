/** A yearly report from the sample year to the public, in the playground, in a real browser, in both chats. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { YearlyReport } from '../../blocks/yearly/report.ts';
import { auditVerify } from '../../src/cli/audit.ts';
import { reportVerify } from '../../src/cli/report-verify.ts';
import { report } from '../../src/cli/report.ts';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, launchBrowser, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { PEOPLE, TEAMS_PEOPLE, travelTo } from '../support/playing.ts';

const missing = browserIsMissing('A year in the playground is');
const YEAR = new Date().getUTCFullYear() - 1;

let play: BrowserPlay;
let compliance: BrowserHand;
let chief: BrowserHand;
let counsel: BrowserHand;
let folder: string;
let reader: Browser;

beforeAll(async () => {
  if (missing) return;
  play = await openBrowserPlay({ samples: true, working: true });
  reader = await launchBrowser();
  folder = mkdtempSync(join(tmpdir(), 'year-in-playground-'));
  compliance = await play.slackHand(PEOPLE.compliance);
  chief = await play.slackHand(PEOPLE.chief);
  counsel = await play.teamsHand(TEAMS_PEOPLE.counsel, 'dark');
});
afterAll(async () => {
  await reader?.close();
  await play?.end();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const shots = process.env['YEARLY_SHOTS'];
const look = async (page: Page, name: string): Promise<void> => {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
};

const yearPart = (page: Page) => page.getByRole('region', { name: 'Sample year' });

/** Adds the sample year that is offered now, with the keyboard alone, and waits until it is there. */
const addYear = async (page: Page, year: number): Promise<void> => {
  await yearPart(page).getByRole('button', { name: 'Add a sample year' }).focus();
  await page.keyboard.press('Enter');
  await yearPart(page).getByText(`made-up deals of ${year}`).waitFor();
  await page.keyboard.press('Enter');
  await yearPart(page).getByText(`The sample year ${year} is there. As`).waitFor({ timeout: 60_000 });
};

const cli = async (command: typeof report, ...words: string[]): Promise<{ code: number; said: string }> => {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const code = await command([...words, '--data', play.dataDir], { out: say, err: say, env: {} });
  return { code, said: lines.join('\n') };
};

const atPublic = (file: string): Promise<Response> => fetch(`${play.url}/playground/public/${file}`);

/** Opens a page as a reader of the website does, without scripts. */
const opened = async (file: string, dark: boolean, width: number): Promise<Page> => {
  const page = await reader.newPage({
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: false,
  });
  await page.goto(`${play.url}/playground/public/${file}`);
  return page;
};

const write = async (year: number): Promise<void> => {
  await compliance.say(`/deal report-year ${year}`);
  await compliance.press('Write the words');
  await compliance.fill('What we will change', 'Sales asks compliance before an offer.');
  expect(await compliance.submit()).toEqual({});
  await compliance.press('Send for approval');
};

describe.skipIf(missing)('a year in the playground', () => {
  it('is added by a button that asks before, and is there only once', async () => {
    const { page } = compliance;
    await yearPart(page).getByRole('button', { name: 'Add a sample year' }).click();
    await yearPart(page).getByRole('button', { name: 'Not now' }).click();
    await addYear(page, YEAR);
    const { state } = (await (await fetch(`${play.url}/playground/year`)).json()) as { state: string };
    expect(state).toBe('there');
    const again = await fetch(`${play.url}/playground/year`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: play.url },
      body: JSON.stringify({ year: YEAR }),
    });
    expect(await again.json()).toMatchObject({ state: 'there', year: YEAR });
    await look(page, 'year-button');
  });

  it('fills the programme page', async () => {
    await compliance.say('/deal programme');
    const { text } = await compliance.reads('Human-rights programme');
    expect(text).toContain('Support from the top: stands.');
    await look(compliance.page, 'year-programme');
  });

  it('is reported: one figure is questioned, both chats approve, compliance publishes', async () => {
    await write(YEAR);
    await chief.say(`/deal report-year ${YEAR}`);
    await look(chief.page, 'year-report-chief');
    await chief.press('Ask about a figure');
    await chief.fill('Which table', 'Risk tiers');
    await chief.fill('Your question', 'Do these hold deals that were withdrawn?');
    expect(await chief.submit()).toEqual({});
    await compliance.say(`/deal report-year ${YEAR}`);
    await compliance.press('Answer');
    await compliance.fill('Your answer', 'No, only deals that were decided.');
    expect(await compliance.submit()).toEqual({});
    await chief.say(`/deal report-year ${YEAR}`);
    await chief.press('Read and approve');
    await chief.fill('Can this be published', 'I read figures and words');
    expect(await chief.submit()).toEqual({});
    await counsel.direct();
    await counsel.say(`report-year ${YEAR}`);
    await counsel.readsDirect(`Yearly report of ${YEAR}`);
    await counsel.pressDirect('Read and approve');
    await look(counsel.page, 'year-report-teams');
    await counsel.fill('Can this be published', 'I read figures and words');
    expect(await counsel.submit()).toEqual({});
    await compliance.say(`/deal report-year ${YEAR}`);
    await compliance.press('Publish');
    await compliance.fill('Publish it', 'Yes, as it stands here');
    expect(await compliance.submit()).toEqual({});
    await look(compliance.page, 'year-published');
  });

  it('is read by anybody, without scripts: report, policy, how to report misuse', async () => {
    const page = await opened('', false, 390);
    await page.getByRole('link', { name: `Human-rights due diligence in ${YEAR}` }).click();
    expect(await page.locator('h1').textContent()).toBe(`Sample Company: human-rights due diligence in ${YEAR}`);
    expect(await page.locator('main').textContent()).toContain('Sales asks compliance before an offer.');
    for (const [dark, width] of [
      [false, 1000],
      [true, 390],
    ] as const) {
      const seen = await opened(`report-${YEAR}.html`, dark, width);
      const style = await seen.locator('body').evaluate((body) => getComputedStyle(body).fontFamily);
      expect(style).toContain('system-ui');
      expect(
        await seen.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      if (shots !== undefined)
        await seen.screenshot({ path: join(shots, `year-page-${String(dark)}-${width}.png`), fullPage: true });
      await seen.close();
    }
    await page.getByRole('link', { name: 'our human-rights policy' }).click();
    expect(await page.locator('h1').textContent()).toContain('Sample human-rights policy');
    await look(page, 'year-page-policy');
    await page.getByRole('link', { name: 'How to report misuse' }).click();
    expect(await page.locator('h1').textContent()).toContain('misuse');
    await page.close();
  });

  it('is downloaded as PDF and JSON, the same as the operator writes, and verified', async () => {
    const json = await atPublic(`report-${YEAR}.json`);
    expect(json.headers.get('content-type')).toContain('application/json');
    const shown = (await json.json()) as YearlyReport;
    const pdf = Buffer.from(await (await atPublic(`report-${YEAR}.pdf`)).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    if (shots !== undefined) writeFileSync(join(shots, 'report.pdf'), pdf);
    const written = await cli(report, String(YEAR), '--to', folder);
    expect(written).toMatchObject({ code: 0 });
    const there = JSON.parse(readFileSync(join(folder, `report-${YEAR}.json`), 'utf8')) as YearlyReport;
    expect(there.figures).toEqual(shown.figures);
    expect(there.words).toEqual(shown.words);
    const { code, said } = await cli(reportVerify, String(YEAR), '--in', folder);
    expect(said).toContain(`Equal: the record counts ${YEAR} as it was published`);
    expect(code).toBe(0);
    expect((await atPublic(`report-${YEAR - 1}.json`)).status).toBe(404);
    expect((await atPublic('..%2f..%2fpackage.json')).status).toBe(404);
  });

  it('is compared with the next year’s, once that has passed', async () => {
    await travelTo(play.url, `${YEAR + 2}-01-12T10:00:00.000Z`);
    const { page } = compliance;
    await yearPart(page).getByText('Add a sample year').waitFor();
    await addYear(page, YEAR + 1);
    await compliance.say(`/deal report-year ${YEAR + 1}`);
    const { text } = await compliance.reads(`Compared with ${YEAR}`);
    expect(text).toMatch(/Decisions: All \d+/);
    await page.getByText(`Compared with ${YEAR}`).last().scrollIntoViewIfNeeded();
    await look(page, 'year-compared');
  });

  it('leaves a record that is whole, and no fault in page or log', async () => {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    expect(await auditVerify(['--data', play.dataDir], { out: say, err: say, env: {} })).toBe(0);
    expect(lines.join('\n')).toContain('Replayed: ');
    expect(play.mistakes).toEqual([]);
  });
});
