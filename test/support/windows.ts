/** Windows of a browser for the tests of one file: a new one costs it more than a page that it has shown before. */

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface Windows {
  /** The window that most tests share, empty; with options, one of its own until the next is opened. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Leaves the page that is shown; what it remembered stays with its address, and each test has another. */
  leave(): Promise<void>;
}

/** `prepare` is called for each new window. */
export const createWindows = (browser: () => Browser, prepare: (page: Page) => void): Windows => {
  let shared: Page | undefined;
  let own: BrowserContext | undefined;
  const leave = async (): Promise<void> => {
    await own?.close();
    own = undefined;
    if (!shared || shared.isClosed()) return;
    for (const page of shared.context().pages()) if (page !== shared) await page.close();
    await shared.unrouteAll({ behavior: 'ignoreErrors' });
    await shared.goto('about:blank');
    // Nothing of the next page is under the pointer.
    await shared.mouse.move(0, 0);
  };
  return {
    open: async (options) => {
      await leave();
      // A test may have closed it.
      if (!options && shared?.isClosed() === false) return shared;
      const context = await browser().newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      prepare(page);
      if (options) own = context;
      else shared = page;
      return page;
    },
    leave,
  };
};
