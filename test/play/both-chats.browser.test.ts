/** The fifth deal in a real browser: opened in the Slack pane, decided in the Teams pane; and the pages of its people. */

import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserHand } from '../support/browser-hand.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { fifthDeal } from '../support/fifth-deal.ts';
import { answerHarmless, openDeal } from '../support/four-deals.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';
import { reportOnYear } from '../support/reporting.ts';

/** Opens the person's page as they do: in a narrow window by way of the rail. */
const homeOf = async ({ page }: BrowserHand, width: number): Promise<Locator> => {
  // Until the page has drawn this person's place.
  await page.locator('#channel h1').waitFor();
  await page.setViewportSize({ width, height: 900 });
  const places = page.locator('#side');
  if (!(await places.isVisible())) await page.getByRole('button', { name: 'Show channels' }).click();
  await places.getByRole('button', { name: 'Home' }).click();
  const home = page.locator('#channel .home');
  await home.waitFor();
  return home;
};

const missing = browserIsMissing('The deal in both chats is');
let playing: BrowserPlay;

beforeAll(async () => {
  if (!missing) playing = await openBrowserPlay();
});
afterAll(() => playing?.end());

describe.skipIf(missing)('the fifth deal in a browser', () => {
  it('is asked for in Slack and approved in Teams; flags, questions, votes and the outcome are in both', async () => {
    await fifthDeal({
      rep: await playing.slackHand(PEOPLE.rep),
      compliance: await playing.teamsHand(TEAMS_PEOPLE.compliance),
      senior: await playing.teamsHand(TEAMS_PEOPLE.senior),
      counsel: await playing.teamsHand(TEAMS_PEOPLE.counsel, 'dark'),
    });
  });
  it.each([1280, 390])(
    'is on the page of whoever has to decide, and is reviewed from there at %i px',
    async (width) => {
      const rep = await playing.slackHand(PEOPLE.rep);
      const customer = `Sample Election Commission ${width}`;
      await openDeal(rep, {
        customer,
        product: 'Sample network protection',
        country: 'Bouvet Island',
        endUser: customer,
        kind: 'Government agency',
      });
      const dark = width < 1000 ? 'dark' : 'light';
      await rep.closeView();
      const own = await homeOf(rep, width);
      // What was published before is shown until the newer page is there.
      await own.getByText(customer).waitFor();
      expect(await own.innerText()).toMatch(new RegExp(`Yours to do[\\s\\S]*${customer}[\\s\\S]*Answer Scope`));
      await rep.look(`home-rep-${width}`);
      // Opened before there is anything to decide: it follows.
      const compliance = await playing.slackHand(PEOPLE.compliance, dark);
      const home = await homeOf(compliance, width);
      expect(await home.innerText()).not.toContain(customer);
      await own
        .getByRole('button', { name: /^Answer/ })
        .first()
        .click();
      await answerHarmless(rep);
      await rep.noView();

      await home.getByText(customer).waitFor();
      await compliance.look(`home-compliance-${width}`);
      expect(await home.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
      await home.getByRole('button', { name: 'Review' }).last().click();
      expect(await compliance.words()).toContain(customer);
      await compliance.look(`home-review-${width}`);
      await compliance.closeView();
      await home.getByRole('button', { name: 'Help' }).click();
      expect(await compliance.words()).toContain('What you can do here');
      await compliance.closeView();
    },
  );
  it('and the yearly report is written in Slack, approved in both and published, on a phone and in the dark', async () => {
    const compliance = await playing.slackHand(PEOPLE.compliance2);
    const chief = await playing.slackHand(PEOPLE.chief, 'dark');
    const counsel = await playing.teamsHand(TEAMS_PEOPLE.counsel, 'dark');
    for (const { page } of [chief, counsel]) await page.setViewportSize({ width: 390, height: 900 });
    await reportOnYear({ compliance, counsel, chief });
    for (const { page } of [chief, counsel])
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBeLessThanOrEqual(0);
  });
  it('leaves no fault in the page or the log', () => {
    expect(playing.mistakes).toEqual([]);
  });
});
