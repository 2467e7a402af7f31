/** Walking the playground as axe-core sees it: the windows to walk it in, and a person's steps from place to place. */

import type { Page } from 'playwright-core';
import { axeProblems, repeatedNames } from './axe.ts';

/** In one thread, all of these are about one deal, and open the same. */
const SAME =
  /^(Why\?|Nudge|Review |Raise a flag|More to do|More \(|Answer|Something changed|Renewal dates|Open the|Who might know)/;
const PHONE = { width: 390, height: 844 };
export const WINDOWS = [
  ['a desk', 'light', undefined],
  ['a desk', 'dark', undefined],
  ['a phone', 'light', PHONE],
  ['a phone', 'dark', PHONE],
] as const;

/** `place`: goes to a place of the rail; `be`: becomes somebody; `say`: sends words from the box. */
export const walk = (page: Page, problems: string[], first: boolean) => {
  const toRail = async (): Promise<void> => {
    const button = page.locator('#channel .to-side');
    if (await button.isVisible()) await button.click();
  };
  const heard = new Set<string>();
  return {
    clean: async (where: string): Promise<void> => {
      // What is on its way is drawn by then, and its buttons are not dimmed any more.
      await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
      if (await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight))
        problems.push(`${where}: the page itself scrolls`);
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
