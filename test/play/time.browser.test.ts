/** Time travel in the page, in a real browser: reminders, an overdue condition, a suspension, seen in both panes. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { PEOPLE, TEAMS_PEOPLE, travelTo } from '../support/playing.ts';
import {
  approvedWithTwo,
  brokenCondition,
  closed,
  CUSTOMER,
  keptCondition,
  reassessed,
  type TimeCast,
} from '../support/time-deals.ts';

const missing = browserIsMissing('Time is');
const DAY_MS = 24 * 60 * 60_000;

let playing: BrowserPlay;
let rep: BrowserHand;
let watcher: BrowserHand;
let compliance: BrowserHand;
let cast: TimeCast;
let root: string;

const timeIn = async (page: Page): Promise<number> =>
  Date.parse((await page.locator('#business-time').getAttribute('datetime')) ?? '');
const travelled = (page: Page, from: number): Promise<unknown> =>
  expect.poll(() => timeIn(page), { timeout: 10_000 }).toBeGreaterThan(from + DAY_MS / 2);
const press = async (page: Page, label: string): Promise<void> => {
  const from = await timeIn(page);
  await page.getByRole('button', { name: label, exact: true }).click();
  await travelled(page, from);
};
const goTo = async (page: Page, day: string): Promise<void> => {
  const from = await timeIn(page);
  await page.getByLabel('Go to').fill(day);
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await travelled(page, from);
};

beforeAll(async () => {
  if (missing) return;
  playing = await openBrowserPlay();
  rep = await playing.slackHand(PEOPLE.rep);
  watcher = await playing.teamsHand(TEAMS_PEOPLE.compliance2, 'dark');
  compliance = await playing.slackHand(PEOPLE.compliance);
  cast = {
    rep,
    productManager: rep,
    senior: await playing.slackHand(PEOPLE.senior),
    compliance,
    compliance2: await playing.slackHand(PEOPLE.compliance2, 'dark'),
    counsel: await playing.slackHand(PEOPLE.counsel),
  };
});
afterAll(() => playing?.end());

describe.skipIf(missing)('travel in time, in a browser', () => {
  it('goes a day and a week forward, in all windows at once, and never back', async () => {
    const { page } = rep;
    const before = await timeIn(page);
    await press(page, '+1 day');
    await press(page, '+1 week');
    expect(Math.round(((await timeIn(page)) - before) / DAY_MS)).toBe(8);
    await expect.poll(async () => Math.abs((await timeIn(watcher.page)) - (await timeIn(page)))).toBeLessThan(60_000);
    const day = new Date(before).toISOString().slice(0, 10);
    expect(await page.getByLabel('Go to').getAttribute('min')).not.toBe(day);
    await expect(travelTo(playing.url, new Date(before).toISOString())).rejects.toThrow(/only forwards/);
  });

  it('brings the date of a condition near, by a week and four days', async () => {
    root = await approvedWithTwo(cast, (to) => travelTo(playing.url, to));
    await keptCondition(cast, root, async () => {
      await press(rep.page, '+1 week');
      for (let n = 0; n < 4; n += 1) await press(rep.page, '+1 day');
    });
  });

  it('passes the date of the other: overdue, escalated, suspended, lifted; read in Teams as well', async () => {
    await brokenCondition(cast, root, (to) => goTo(watcher.page, to.slice(0, 10)));
    const there = await watcher.reads(CUSTOMER);
    await watcher.reads('Approval suspended', there.ts);
    await watcher.page.getByText('Approval suspended').last().scrollIntoViewIfNeeded();
    await watcher.look('time-thread');
    // Relative times count from the business clock: a deal of two months ago says so.
    expect((await rep.reads(CUSTOMER)).text).not.toMatch(/just now/);
  });

  it('asks again before a renewal what was said, and shows approvers just the difference', async () => {
    await reassessed(cast, root, (to) => goTo(watcher.page, to.slice(0, 10)));
    const there = await watcher.reads(CUSTOMER);
    await watcher.reads('This takes the place of the approval', there.ts);
    await watcher.page.getByText('This takes the place of the approval').last().scrollIntoViewIfNeeded();
    await watcher.look('time-reassessed-thread');
  });

  it('closes the last condition', async () => {
    await closed(cast, root);
  });

  it('brings compliance the digest of its Monday, with a picture in both panes', async () => {
    await goTo(rep.page, '2035-08-13');
    const words = 'Compliance digest, 13 August 2035';
    const drawn = async ({ page }: BrowserHand): Promise<void> => {
      const picture = page.locator('#channel img[alt*="on 13 August 2035"]').last();
      await picture.waitFor();
      const width = (): Promise<number> => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth);
      await expect.poll(width, { timeout: 10_000 }).toBeGreaterThan(300);
      await picture.scrollIntoViewIfNeeded();
    };
    const { text } = await compliance.readsDirect(words);
    expect(text).toContain(CUSTOMER);
    await drawn(compliance);
    await compliance.look('time-digest');
    await watcher.direct();
    await watcher.say('digest');
    expect((await watcher.readsDirect(words)).text).toContain(CUSTOMER);
    await drawn(watcher);
    await watcher.look('time-digest-teams');
  });

  it('stays in the future after a crash', async () => {
    const before = await timeIn(rep.page);
    await playing.killAndStart();
    await rep.page.reload();
    await expect.poll(() => timeIn(rep.page), { timeout: 20_000 }).toBeGreaterThanOrEqual(before);
  });

  it('leaves no fault in the page or the log', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
