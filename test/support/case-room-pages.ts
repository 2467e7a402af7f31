/** What a person sees and presses in the case room. */

import type { Page } from 'playwright-core';

export const headed = (page: Page, words: string): Promise<void> => page.locator('h1', { hasText: words }).waitFor();
export const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();
export const status = (page: Page, words: string): Promise<void> =>
  page.getByRole('status').filter({ hasText: words }).waitFor();
export const text = (page: Page): Promise<string> => page.locator('main').innerText();
