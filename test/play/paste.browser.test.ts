/** Somebody looks for a deal where they write in Teams, and pastes it: everybody sees a number, and a reader the deal. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeProblems } from '../support/axe.ts';
import { browserIsMissing, openBrowserPlay, type BrowserPlay } from '../support/browser-play.ts';
import { picture } from '../support/pictures.ts';
import { TEAMS_PEOPLE } from '../support/playing.ts';

describe.skipIf(browserIsMissing('pasting'))('a deal in any conversation', () => {
  let play: BrowserPlay;
  beforeAll(async () => {
    play = await openBrowserPlay({ samples: true });
  });
  afterAll(async () => {
    await play.end();
    expect(play.mistakes).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('is found and pasted with its number alone, %s', async (scheme) => {
    const place = scheme === 'light' ? 'General' : 'Sample group chat';
    const { page } = await play.teamsHand(TEAMS_PEOPLE.rep, scheme);
    await page.locator('#channel').getByText('Sample Harbour Networks').first().waitFor();
    await page.getByRole('button', { name: 'Close the tour' }).click();
    const goTo = async (): Promise<void> => {
      await page.locator('#side .place').filter({ hasText: place }).click();
      await page.locator('#channel h1').filter({ hasText: place }).waitFor();
    };
    await goTo();
    await page.getByRole('button', { name: 'Find a deal' }).click();
    const search = page.getByRole('dialog', { name: 'Find a deal' });
    await search.getByText('3 shown').waitFor();
    await search.getByRole('searchbox').fill('harbour');
    await search.getByText('1 shown', { exact: true }).waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await picture(page, `paste-${scheme}`);
    await search.getByRole('button', { name: /Sample Harbour Networks/ }).press('Enter');
    const pasted = page.locator('#channel article').last();
    await pasted.getByText(/^D-/).waitFor();
    expect(await pasted.innerText()).not.toContain('Harbour');
    expect(await page.getByRole('button', { name: 'Find a deal' }).evaluate((b) => b === document.activeElement)).toBe(
      true,
    );

    const opened = page.locator('#modal[open]');
    for (const [person, words] of [
      [TEAMS_PEOPLE.senior2, /Sample Harbour Networks/],
      [TEAMS_PEOPLE.productManager, /Only the deal team, its approvers and compliance can open/],
    ] as const) {
      await page.getByLabel('Who am I').selectOption(person);
      await page.locator('#channel h1').filter({ hasText: place }).waitFor();
      await pasted.getByRole('button', { name: 'Open' }).click();
      await opened.or(page.locator('.notices')).getByText(words).first().waitFor();
      if (await opened.isVisible()) await page.getByLabel('Close dialog').click();
    }
    await page.context().close();
  });
});
