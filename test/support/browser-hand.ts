/** A person at the playground in a real browser: clicks only what is visible, reads only what is shown. */

import type { Locator, Page } from 'playwright-core';
import { CLEARANCE, fileNamed, SAMPLE_FILE, type Hand, type Said, type Told } from './chat-hand.ts';
import { formSettled, watchForm } from './form-watch.ts';
import { picture } from './pictures.ts';

const WAIT = 60_000;

const pattern = (words: string | RegExp): RegExp =>
  typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'u') : words;

/** Answers the question whether to leave a form with what was written in it, where it is asked. */
export const leaveIt = async (page: Page, form: Locator): Promise<void> => {
  const leave = page.getByRole('button', { name: 'Leave it' });
  await leave
    .or(form.and(page.locator(':not([open])')))
    .first()
    .waitFor({ state: 'attached' });
  if (await leave.isVisible()) await leave.click();
};

export interface BrowserHand extends Hand {
  page: Page;
}

/** Goes to a place of the rail, which is behind a button on a phone, unless this person sees it already. */
export const goToPlace = async (page: Page, place: Locator, name: string): Promise<void> => {
  const heading = page.locator('#channel h1').filter({ hasText: name });
  if ((await place.getAttribute('aria-current')) === 'page' && (await heading.isVisible())) return;
  // On a phone an open thread covers the rest.
  const closeThread = page.getByRole('button', { name: 'Close thread' });
  if (await closeThread.and(page.locator(':visible')).count()) await closeThread.click();
  const toRail = page.locator('#channel .to-side');
  if (await toRail.isVisible()) await toRail.click();
  await place.click();
  await heading.waitFor();
};

/** `name` as the "Who am I" switch shows it; `user` is the Slack id. */
export const createBrowserHand = async (page: Page, base: string, user: string): Promise<BrowserHand> => {
  page.setDefaultTimeout(WAIT);
  await watchForm(page);
  await page.goto(`${base}/archives/${CLEARANCE}`);
  const who = page.getByLabel('Who am I');
  if ((await who.inputValue()) !== user) {
    await who.selectOption(user);
    await page.waitForFunction((id) => sessionStorage.getItem('user') === id, user);
  }
  const channel = page.locator('#channel [role=log]');
  const threadPane = page.locator('#thread');
  const modal = page.locator('#modal');
  const body = modal.locator('.modal-body');

  const openModal = async (): Promise<void> => {
    await page.waitForFunction(() => document.querySelector('#modal[open]') !== null, undefined, { timeout: WAIT });
    await formSettled(page);
  };
  const blockOf = (label: string | RegExp): Locator =>
    body
      .locator('[data-block-id]')
      .filter({ has: page.locator('legend, label:not(.choice label)', { hasText: pattern(label) }) })
      .first();
  const errors = async (): Promise<Told> => {
    const shown = await modal.locator('.error:visible').allInnerTexts();
    return shown.length > 0 ? { error: shown.join(' / ') } : {};
  };
  const openThread = async (root: string): Promise<void> => {
    const open = threadPane.locator(`article[data-ts="${root}"]`);
    if (await open.isVisible()) return;
    await channel
      .locator(`article[data-ts="${root}"]`)
      .getByRole('button', { name: /repl(y|ies)/ })
      .click();
    await open.waitFor();
  };
  const goTo = (name: 'deal-clearance' | 'Clearthread'): Promise<void> =>
    goToPlace(page, page.locator('#side .place').filter({ hasText: name }), name);
  const directArticles = async (): Promise<Locator> => {
    await goTo('Clearthread');
    return channel.locator('article');
  };
  const articles = async (root?: string): Promise<Locator> => {
    await goTo('deal-clearance');
    if (root === undefined) return channel.locator('article');
    await openThread(root);
    return threadPane.locator('article');
  };

  const saidIn = (list: Locator): Promise<Said[]> =>
    list.evaluateAll((nodes) =>
      nodes.map((node) => ({ ts: (node as HTMLElement).dataset['ts'] ?? '', text: (node as HTMLElement).innerText })),
    );
  const readsIn = async (list: Locator, words: string | RegExp): Promise<Said> => {
    const found = list.filter({ hasText: pattern(words) }).last();
    await found.waitFor({ timeout: WAIT });
    const [said] = await saidIn(found);
    return said ?? { ts: '', text: '' };
  };
  const pressIn = async (list: Locator, label: string, within: string | RegExp | undefined): Promise<Told> => {
    const holders = within === undefined ? list : list.filter({ hasText: pattern(within) });
    const buttons = holders.locator('.actions button');
    const button = buttons
      .getByText(label, { exact: true })
      .or(buttons.and(page.getByLabel(label, { exact: true })))
      .last();
    hand.clicks += 1;
    await button.click();
    return {};
  };

  const hand: BrowserHand = {
    page,
    user,
    clicks: 0,
    say: async (text, thread) => {
      await goTo('deal-clearance');
      if (thread !== undefined) await openThread(thread);
      const box = thread === undefined ? page.locator('#say') : page.locator('#reply');
      await box.fill(text);
      await page.keyboard.press('Escape');
      await box.press('Enter');
      return {};
    },
    newDeal: () => hand.say('/deal'),
    messages: async (thread) => saidIn(await articles(thread)),
    reads: async (words, thread) => readsIn(await articles(thread), words),
    press: async (label, { thread, in: within } = {}) => pressIn(await articles(thread), label, within),
    direct: async () => saidIn(await directArticles()),
    readsDirect: async (words) => readsIn(await directArticles(), words),
    pressDirect: async (label, within) => pressIn(await directArticles(), label, within),
    hasView: () =>
      page
        .waitForFunction(() => document.querySelector('#modal[open]') !== null, undefined, { timeout: 4000 })
        .then(
          () => true,
          () => false,
        ),
    noView: () => page.locator('#modal:not([open])').waitFor({ state: 'attached' }),
    unanswered: async () => {
      await openModal();
      return body.evaluate((box) =>
        [...box.querySelectorAll('[data-block-id]')].flatMap((block) => {
          const legend = block.querySelector('legend');
          const label = block.querySelector('.field > label');
          const words = (legend ?? label)?.firstChild?.textContent ?? '';
          if (!words || block.querySelector('.optional')) return [];
          const choices = [...block.querySelectorAll<HTMLInputElement>('.choices input')];
          const select = block.querySelector('select');
          if (choices.length > 0) return choices.some((c) => c.checked) ? [] : [words];
          return select && select.value === '' ? [words] : [];
        }),
      );
    },
    options: async (label) => {
      await openModal();
      const block = blockOf(label);
      await block.waitFor();
      return block.locator('.choice label, option:not([value=""])').allInnerTexts();
    },
    fill: async (label, value) => {
      await openModal();
      const block = blockOf(label);
      await block.waitFor();
      const select = block.locator('select');
      const combobox = block.getByRole('combobox');
      if ((await block.locator('.choices').count()) > 0) {
        for (const text of Array.isArray(value) ? value : [value]) {
          const labels = await block.locator('.choice label').allInnerTexts();
          await block
            .locator('.choice label')
            .nth(labels.findIndex((l) => l.startsWith(text)))
            .click();
          hand.clicks += 1;
        }
      } else if ((await select.count()) > 0) {
        await select.selectOption({ label: String(value) });
        hand.clicks += 1;
      } else if ((await combobox.count()) > 0) {
        await combobox.click();
        await combobox.fill(String(value));
        await block.getByRole('option').first().click();
        hand.clicks += 1;
      } else if ((await block.locator('input[type=file]').count()) > 0) {
        const name = fileNamed(String(value));
        await block
          .locator('input[type=file]')
          .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(SAMPLE_FILE) });
        await block.locator('.files li').filter({ hasText: name }).waitFor();
        hand.clicks += 1;
      } else await block.locator('input, textarea').fill(String(value));
      await formSettled(page, true);
    },
    pressInView: async (label) => {
      await openModal();
      hand.clicks += 1;
      await body.getByRole('button', { name: label }).click();
      await formSettled(page);
      return errors();
    },
    submit: async () => {
      await openModal();
      hand.clicks += 1;
      const button = modal.locator('button[type=submit]');
      const before = await modal.innerText();
      await button.click();
      await page.waitForFunction(
        (text) => {
          const box = document.getElementById('modal');
          return !box?.hasAttribute('open') || (box.innerText !== text && !box.querySelector('[aria-busy=true]'));
        },
        before,
        { timeout: WAIT },
      );
      await formSettled(page);
      return errors();
    },
    closeView: async () => {
      await openModal();
      await modal.getByLabel('Dismiss form').click();
      await leaveIt(page, modal);
      await hand.noView();
    },
    words: async () => {
      await openModal();
      return modal.innerText();
    },
    look: async (name) => {
      await picture(page, name);
    },
  };
  return hand;
};
