/** People's phones in a real browser: a window of their own, with a virtual authenticator that has a finger on it. */

import type { Browser, CDPSession, Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeProblems } from './axe.ts';
import type { BrowserHand } from './browser-hand.ts';
import { picture } from './pictures.ts';

const PHONE = { width: 390, height: 844 };

export interface Phone {
  page: Page;
  cdp: CDPSession;
  authenticator: string;
}

export interface Phones {
  of(hand: BrowserHand): Phone;
  /** Opens an address on the person's phone, and waits until the page says what it is. */
  open(hand: BrowserHand, address: string): Promise<Page>;
}

const isDark = (page: Page): Promise<boolean> =>
  page.evaluate(() => window.matchMedia('(prefers-color-scheme: dark)').matches);

/** A window of a browser with a virtual authenticator, whose finger is always there. */
export const windowWithPasskeys = async (
  browser: Browser,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
  mistakes: string[],
): Promise<Phone> => {
  const context = await browser.newContext({ viewport, colorScheme, timezoneId: 'UTC' });
  const page = await context.newPage();
  page.on('pageerror', (error) => mistakes.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') mistakes.push(`console: ${message.text()}`);
  });
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { page, cdp, authenticator: authenticatorId };
};

/**
 * Keys made in this window take a passphrase that costs an eighth, the least that the room takes: what opens it in a
 * second does so two dozen times in one play. Returns a function that ends it.
 */
export const quickKeys = async (page: Page): Promise<() => Promise<void>> => {
  const module = '**/voices/room/page/keys.js';
  await page.route(module, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('COST = 18', 'COST = 15');
    await (body.includes('COST = 15') ? route.fulfill({ response, body }) : route.abort());
  });
  return () => page.unroute(module);
};

const phoneOf = async (hand: BrowserHand, mistakes: string[]): Promise<Phone> => {
  const browser = hand.page.context().browser();
  if (!browser) throw new Error('no browser');
  // Not a tab beside the chat: a browser draws the one behind once a second, and each press there takes two seconds.
  return windowWithPasskeys(browser, PHONE, (await isDark(hand.page)) ? 'dark' : 'light', mistakes);
};

export const phonesFor = async (hands: readonly BrowserHand[], mistakes: string[]): Promise<Phones> => {
  const phones = new Map<BrowserHand, Phone>();
  for (const hand of hands) phones.set(hand, await phoneOf(hand, mistakes));
  const of = (hand: BrowserHand): Phone => {
    const found = phones.get(hand);
    if (!found) throw new Error('no phone');
    return found;
  };
  return {
    of,
    open: async (hand, address) => {
      const { page } = of(hand);
      await page.goto('about:blank');
      await page.goto(address);
      await page.locator('#title').filter({ hasNotText: 'One moment' }).waitFor();
      return page;
    },
  };
};

/** Has axe-core look at the page: on the phone, and on a desk in the other colours. */
const expectAccessible = async (page: Page): Promise<void> => {
  const phone = page.viewportSize() ?? PHONE;
  const dark = await isDark(page);
  expect(await axeProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: dark ? 'light' : 'dark' });
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await axeProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  await page.setViewportSize(phone);
};

/** Keeps a picture of the page where pictures are wanted, and axe-core has to find nothing in it. */
export const keep = async (page: Page, name: string): Promise<void> => {
  await picture(page, name, { fullPage: true });
  await expectAccessible(page);
};

export const title = (page: Page): Promise<string> => page.locator('h1').innerText();

/** Makes a passkey on its page. Returns the 12 characters to be read aloud. */
export const makeKey = async (page: Page): Promise<string> => {
  await page.locator('h1', { hasText: 'Make a passkey' }).waitFor();
  await page.getByRole('button', { name: 'Make a passkey' }).click();
  await page.locator('h1', { hasText: 'Read these' }).waitFor();
  return page.locator('.code').innerText();
};

/** Types what the other one read aloud, and vouches for their key. */
export const compareKey = async (page: Page, spoken: string, shot: string): Promise<void> => {
  const box = page.getByLabel(/The 12 characters that .* reads to you/);
  // Enter works, and too few characters ask for no passkey.
  await box.fill('ABC');
  await box.press('Enter');
  await page.getByRole('status').filter({ hasText: 'all 12 characters' }).waitFor();
  await box.fill(spoken.toLowerCase());
  await keep(page, shot);
  await page.getByRole('button', { name: 'It is theirs: sign' }).click();
  await page.locator('h1', { hasText: 'Thank you' }).waitFor();
};
