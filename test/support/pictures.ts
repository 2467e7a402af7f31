/** Pictures of pages, for people who want to look at them: CLEARTHREAD_PICTURES names the folder. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Takes none where none are wanted: a whole page takes half a second, and no test looks at it. */
export const picture = async (page: Page, name: string, { fullPage = false } = {}): Promise<void> => {
  const folder = process.env['CLEARTHREAD_PICTURES'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
};
