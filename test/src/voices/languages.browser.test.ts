/** The page in a language from right to left, in a browser: nothing runs over the edge, and axe-core finds nothing. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ownTexts } from '../../../src/voices/texts.ts';
import { browserIsMissing, launchBrowser } from '../../support/browser-play.ts';
import { keep } from '../../support/passkey-phones.ts';
import { pseudoTexts } from '../../support/pseudo-texts.ts';
import { openVoicesPage, type VoicesPage } from '../../support/voices-page.ts';

const missing = browserIsMissing('The voices from right to left are');
let browser: Browser;
let voices: VoicesPage;

beforeAll(async () => {
  if (missing) return;
  const english = ownTexts().find(({ language }) => language === 'en');
  if (!english) throw new Error('no English');
  voices = await openVoicesPage({ texts: pseudoTexts(english), others: ownTexts() });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await voices?.end();
});

it.skipIf(missing)('fits a narrow window from right to left, from the form to the receipt and back', async () => {
  // The checker needs scripts; the page has none.
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 700 } });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  const fits = async (name: string): Promise<void> => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.body).direction)).toBe('rtl');
    await keep(page, name);
  };
  await page.goto(voices.url);
  await fits('voices-rtl-form');
  await page.getByRole('link', { name: 'Español' }).click();
  expect(new URL(page.url()).pathname).toBe('/es/');
  await keep(page, 'voices-other-language');
  await page.getByRole('link', { name: 'العربية' }).click();
  expect(new URL(page.url()).pathname).toBe('/');
  await page.locator('#what').fill('مرحبا');
  await page.locator('form button').first().click();
  const digits = page.locator('.digits');
  await digits.waitFor();
  // Digits are read from left to right in every language.
  expect(await digits.evaluate((node) => getComputedStyle(node).direction)).toBe('ltr');
  await fits('voices-rtl-receipt');
  await page.locator('form button').first().click();
  await page.locator('input[name=sure]').waitFor();
  await fits('voices-rtl-conversation');
});
