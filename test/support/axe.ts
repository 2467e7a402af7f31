/** Accessibility of a page as axe-core sees it, and names of buttons that one can't tell apart. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Returns a line for each violation, of any rule that axe has on by itself: none is left out. */
export const axeProblems = async (page: Page): Promise<string[]> => {
  // Half a megabyte: a page keeps it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  // Every rule runs; of one that passes, only a first place is named.
  const { violations, passes } = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run({
      resultTypes: ['violations'],
    }),
  );
  if (passes.length < 10) throw new Error(`axe looked at almost nothing: ${passes.length} rules`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`));
};

/**
 * Names, with what describes them, that several shown buttons have which do not do the same. `same`: those that may be
 * repeated, since each does what the others do.
 */
export const repeatedNames = async (page: Page, same: RegExp): Promise<string[]> => {
  const names = await page.evaluate(() => {
    const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
    return [...(dialog ?? document).querySelectorAll<HTMLElement>('button, [role=button]')]
      .filter((button) => button.checkVisibility() && (dialog !== undefined || !button.closest('dialog')))
      .map((button) => `${button.ariaLabel ?? button.textContent ?? ''} (${button.title})`);
  });
  return names.filter((name, n) => names.indexOf(name) !== n && !same.test(name));
};
