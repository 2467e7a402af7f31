/** Somebody's first minute: the samples, who one can be, and the tour, with the keyboard alone. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

describe.skipIf(browserIsMissing('the samples'))('a first start in a browser', () => {
  let play: BrowserPlay;
  let page: Page;
  beforeAll(async () => {
    play = await openBrowserPlay({ samples: true });
    ({ page } = await play.slackHand(PEOPLE.rep));
  });
  afterAll(async () => {
    await play.end();
    expect(play.mistakes).toEqual([]);
  });
  const tour = () => page.getByRole('region', { name: 'Tour' });
  const step = () => tour().locator('.tour-title').innerText();

  it('says what each of the people does', async () => {
    const options = await page.locator('#who option').allInnerTexts();
    expect(options).toEqual([
      'Sample Rep · Rep',
      'Sample Product Manager · Colleague',
      'Sample Legal Adviser · Colleague',
      'Sample Compliance · Compliance',
      'Sample Compliance Two · Compliance',
      'Sample Senior Approver · Senior approver',
      'Sample Senior Approver Two · Senior approver',
      'Sample Counsel · Senior approver, Counsel',
      'Sample Chief Compliance · Chief compliance officer',
      'Sample Auditor · Auditor',
      'Sample guest · Guest',
    ]);
    const teams = await play.teamsHand(TEAMS_PEOPLE.rep);
    expect(await teams.page.locator('#who option').allInnerTexts()).toContain(
      'Sample Counsel · Senior approver, Counsel',
    );
    await teams.page.close();
  });

  it('takes a keyboard through five steps, and stays closed', async () => {
    await tour().waitFor();
    expect(await step()).toMatch(/^1 of 5/);
    // The first stop of the keyboard.
    await page.keyboard.press('Tab');
    for (const n of [2, 3, 4, 5]) {
      await page.keyboard.press('Enter');
      expect(await step()).toMatch(new RegExp(`^${n} of 5`));
      // It goes on where it was.
      if (n === 3) {
        await page.reload();
        await tour().getByRole('button', { name: 'Next' }).focus();
        expect(await step()).toMatch(/^3 of 5/);
      }
    }
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await step()).toMatch(/^4 of 5/);
    await page.keyboard.press('Escape');
    await tour().waitFor({ state: 'hidden' });
    await page.reload();
    await page.getByText('Sample Harbour Networks').first().waitFor();
    expect(await tour().isVisible()).toBe(false);
    await page.goto(`${play.url}/playground/teams/`);
    await page.getByText('Sample Harbour Networks').first().waitFor();
    expect(await tour().isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Take the tour' }).click();
    expect(await step()).toMatch(/^1 of 5/);
    await tour().getByRole('button', { name: 'Close the tour' }).click();
    expect(
      await page.getByRole('button', { name: 'Take the tour' }).evaluate((b) => b === document.activeElement),
    ).toBe(true);
  });
});
