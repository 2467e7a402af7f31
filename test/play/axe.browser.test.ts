/** Every page of the playground as axe-core sees it: both panes, forms open, light and dark, on a desk and on a phone. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems, repeatedNames } from '../support/axe.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

/** In one thread, all of these are about one deal, and open the same. */
const SAME =
  /^(Why\?|Nudge|Review |Raise a flag|More to do|More \(|Answer|Something changed|Renewal dates|Open the|Who might know)/;
const PHONE = { width: 390, height: 844 };
const WINDOWS = [
  ['a desk', 'light', undefined],
  ['a desk', 'dark', undefined],
  ['a phone', 'light', PHONE],
  ['a phone', 'dark', PHONE],
] as const;

describe.skipIf(browserIsMissing('accessibility'))('axe finds nothing', () => {
  let play: BrowserPlay;
  beforeAll(async () => {
    play = await openBrowserPlay({ samples: true });
  });
  afterAll(async () => {
    await play.end();
    expect(play.mistakes).toEqual([]);
  });

  /** `place`: goes to a place of the rail; `be`: becomes somebody; `say`: sends words from the box. */
  const walk = (page: Page, problems: string[], first: boolean) => {
    const toRail = async (): Promise<void> => {
      const button = page.locator('#channel .to-side');
      if (await button.isVisible()) await button.click();
    };
    const heard = new Set<string>();
    return {
      clean: async (where: string): Promise<void> => {
        // What is on its way is drawn by then, and its buttons are not dimmed any more.
        await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
        for (const found of await axeProblems(page)) {
          if (heard.has(found)) continue;
          heard.add(found);
          problems.push(`${where}: ${found}`);
        }
        // Later windows find what earlier ones asked for: the same lists once more.
        if (first) for (const name of await repeatedNames(page, SAME)) problems.push(`${where}: twice ${name}`);
      },
      be: async (user: string): Promise<void> => {
        await toRail();
        await page.getByLabel('Who am I').selectOption(user);
        // The place is emptied at once, and drawn for the other person.
        await page.locator('#channel h1').waitFor({ state: 'attached' });
      },
      place: async (name: string): Promise<void> => {
        await toRail();
        await page.locator('#side .place').filter({ hasText: name }).first().click();
        await page.locator('#channel h1').filter({ hasText: name }).waitFor();
      },
      say: async (words: string): Promise<void> => {
        await page.locator('#say').fill(words);
        await page.keyboard.press('Escape');
        await page.locator('#say').press('Enter');
      },
      reads: (words: string | RegExp) => page.locator('#channel').getByText(words).last().waitFor(),
    };
  };

  it.each(WINDOWS)('in Slack, on %s, %s', async (_where, scheme, size) => {
    const { page } = await play.slackHand(PEOPLE.rep, scheme);
    if (size) await page.setViewportSize(size);
    const problems: string[] = [];
    const { clean, be, place, say, reads } = walk(page, problems, scheme === 'light' && !size);
    const form = page.locator('#modal[open]');
    const tour = page.getByRole('region', { name: 'Tour' });
    await tour.waitFor();
    await page.locator('#channel').getByText('Sample Harbour Networks').first().waitFor({ state: 'attached' });
    await clean('the tour');
    await tour.getByRole('button', { name: 'Close the tour' }).click();
    await clean('the rail');
    await place('deal-clearance');
    await clean('a channel');
    await page.locator('#channel article').last().getByRole('button', { name: /repl/ }).click();
    await page.locator('#thread article').last().waitFor();
    await clean('a thread');
    await page.getByRole('button', { name: 'Close thread' }).click();
    await page.locator('#channel article').last().getByRole('button', { name: 'More actions' }).click();
    await clean('a menu');
    await page.keyboard.press('Escape');
    await place('Home');
    await reads('What waits for you');
    await clean('Home');
    await place('general');
    await clean('an empty channel');
    await be(PEOPLE.compliance);
    await place('deal-clearance');
    await say('/deal board');
    await reads(/Elevated/);
    await clean('the board');
    await page.getByRole('button', { name: 'Dismiss message' }).first().click();
    await say('/deal');
    await form.waitFor();
    await clean('a new deal');
    await page.locator('#modal button[type=submit]').click();
    await page.locator('#modal .error:visible').first().waitFor();
    await clean('a new deal with errors');
    await page.locator('#modal').getByRole('textbox').first().fill('Sample');
    await page.keyboard.press('Escape');
    await clean('the question before it is left');
    await page.getByRole('button', { name: 'Leave it' }).click();
    await be(PEOPLE.senior2);
    await place('Clearthread');
    await page.locator('.actions button').getByText('Review', { exact: true }).last().click();
    await form.waitFor();
    await clean('a review');
    await page.context().close();
    expect(problems).toEqual([]);
  });

  it.each(WINDOWS)('in Teams, on %s, %s', async (_where, scheme, size) => {
    const { page } = await play.teamsHand(TEAMS_PEOPLE.rep, scheme);
    if (size) await page.setViewportSize(size);
    const problems: string[] = [];
    const { clean, be, place, say, reads } = walk(page, problems, scheme === 'light' && !size);
    const dialog = page.locator('#modal[open]');
    const tour = page.getByRole('region', { name: 'Tour' });
    await tour.waitFor();
    await page.locator('#channel').getByText('Sample Harbour Networks').first().waitFor({ state: 'attached' });
    await clean('the tour');
    await tour.getByRole('button', { name: 'Close the tour' }).click();
    await place('deal-clearance');
    await clean('a channel');
    await place('General');
    await clean('an empty channel');
    await place('Clearthread');
    await say('home');
    await reads('What waits for you');
    await clean('Home');
    await page.locator('#channel').getByRole('button', { name: 'New deal' }).last().click();
    await dialog.waitFor();
    await clean('a new deal');
    await dialog.getByRole('button').last().click();
    await dialog.getByText('Please fill this in.').first().waitFor();
    await clean('a new deal with errors');
    await dialog.getByRole('textbox').first().fill('Sample');
    await page.keyboard.press('Escape');
    await clean('the question before it is left');
    await page.getByRole('button', { name: 'Leave it' }).click();
    await be(TEAMS_PEOPLE.compliance);
    await place('Clearthread');
    await say('board');
    await reads(/Elevated/);
    await clean('the board');
    await be(TEAMS_PEOPLE.senior2);
    await place('deal-clearance');
    await page
      .locator('#channel')
      .getByRole('button', { name: /^Review/ })
      .last()
      .click();
    await page
      .locator('#channel')
      .getByText(/Review: /)
      .last()
      .waitFor();
    await clean('a review');
    await page.context().close();
    expect(problems).toEqual([]);
  });
});
