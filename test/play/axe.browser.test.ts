/** Every page of the playground as axe-core sees it: both panes, forms open, light and dark, on a desk and on a phone. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { walk, WINDOWS } from '../support/axe-walk.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { picture } from '../support/pictures.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../support/playing.ts';

type Walk = ReturnType<typeof walk>;

/** The answers to what people ask first, on a phone in the dark, where they are longest: none is wider than the phone. */
const answers = async (page: Page, { clean, place, say, reads }: Walk, chat: string): Promise<void> => {
  const log = page.locator('#channel [role=log]');
  const seen = async (where: string): Promise<void> => {
    await clean(where);
    expect(await log.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
    await picture(page, `answers-${chat}-${where.replaceAll(' ', '-')}`);
  };
  await place('Clearthread');
  await say('what is waiting for me?');
  await reads(/What waits for you: \d deals?/);
  await seen('what waits');
  await say('where is the Election Office deal');
  await reads('1 deal for “Election Office”');
  const found = log.locator('article').filter({ hasText: '1 deal for “Election Office”' }).last();
  const deal = /D-[0-9A-Z]{6,}/.exec(await found.innerText())?.[0] ?? '';
  await say(`who approved ${deal} and on what?`);
  await reads('Who decided, and why');
  await seen('who approved');
  await say('any news on Nordwetter?');
  await reads('No deal found for “Nordwetter”');
  await seen('nothing found');
  await say('high deals to Vietnam in 2025');
  await reads(/found by the name of a customer or an end-user alone/);
  await seen('nothing found by data');
};

describe.skipIf(browserIsMissing('accessibility'))('axe finds nothing', () => {
  let play: BrowserPlay;
  beforeAll(async () => {
    play = await openBrowserPlay({ samples: true });
  });
  afterAll(async () => {
    await play.end();
    expect(play.mistakes).toEqual([]);
  });

  it.each(WINDOWS)('in Slack, on %s, %s', async (_where, scheme, size) => {
    const { page } = await play.slackHand(PEOPLE.rep, scheme);
    if (size) await page.setViewportSize(size);
    const problems: string[] = [];
    const steps = walk(page, problems, scheme === 'light' && !size);
    const { clean, be, place, say, reads } = steps;
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
    if (size && scheme === 'dark') await answers(page, steps, 'slack');
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
    const steps = walk(page, problems, scheme === 'light' && !size);
    const { clean, be, place, say, reads } = steps;
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
    if (size && scheme === 'dark') await answers(page, steps, 'teams');
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
