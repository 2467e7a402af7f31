/** A person at the playground's Teams in a real browser: clicks only what is visible, reads only what is shown. */

import type { Locator, Page } from 'playwright-core';
import { GONE } from '../../src/playground/teams-cloud/spot.ts';
import { MORE_QUESTIONS } from '../../src/teams/words.ts';
import { nthOf } from './adaptive-reading.ts';
import { goToPlace, leaveIt, type BrowserHand } from './browser-hand.ts';
import type { Said, Told } from './chat-hand.ts';
import { picture } from './pictures.ts';
import { TEAMS_CLEARANCE } from './teams-hand.ts';

const WAIT = 60_000;
const VIEW_MS = 4000;
const LOOK_MS = 100;
const STILL_MS = 150;
const MOST_GROWTHS = 6;
const MOST_REPLACED = 3;
const NEW_DEAL = '@Clearthread new deal';
const GROWS = 'Some answers bring a further question.';

const pattern = (words: string | RegExp): RegExp =>
  typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'u') : words;
const exactly = (words: string): RegExp => new RegExp(`^\\s*${pattern(words).source}\\s*$`, 'u');

/** `user` is their Entra object id. */
export const createTeamsBrowserHand = async (page: Page, base: string, user: string): Promise<BrowserHand> => {
  page.setDefaultTimeout(WAIT);
  await page.goto(`${base}/playground/teams/?${new URLSearchParams({ conversation: TEAMS_CLEARANCE }).toString()}`);
  const who = page.getByLabel('Who am I');
  await who.waitFor();
  if ((await who.inputValue()) !== user) {
    await who.selectOption(user);
    await page.waitForFunction((id) => sessionStorage.getItem('teams-user') === id, user);
  }
  const list = page.locator('#channel [role=log]');
  await list.waitFor();
  // `Sample Rep · Rep`: messages are signed with the name alone.
  const chosen = await who.evaluate((node) => (node as HTMLSelectElement).selectedOptions[0]?.text ?? '');
  const me = chosen.split(' · ')[0] ?? '';
  const modal = page.locator('#modal');
  /** The message whose card is the form that this person is filling in. */
  let at: string | undefined;
  /** The thread that they work in. */
  let workingIn: string | undefined;

  const card = (id: string): Locator => list.locator(`article[data-id="${id}"] .card`);
  const buttonsIn = (place: Locator, label: string): Locator =>
    place
      .locator('.ac-pushButton')
      .filter({ hasText: exactly(label) })
      // Its spoken name, where several show the same.
      .or(place.locator('.ac-pushButton').and(page.getByTitle(label, { exact: true })));
  /** Tells whether there is something to fill in, or a page of a review to go on from. */
  const isForm = async (place: Locator): Promise<boolean> => {
    if ((await place.count()) === 0) return false;
    if ((await place.locator('[data-input]').count()) > 0) return true;
    return /Page \d+ of \d+/.test(await place.innerText());
  };
  const inDialog = (): Promise<boolean> => modal.evaluate((node) => (node as HTMLDialogElement).open);

  /** Waits until the place has answered: nothing is busy, and nothing has moved for a moment. */
  const settle = async (): Promise<void> => {
    await page.waitForFunction(
      ([still, id]) => {
        const open = document.querySelector('#modal[open]');
        const place = open ?? document.querySelector(`article[data-id="${id}"] .body`);
        const now = performance.now();
        const state = window as unknown as { seen?: string; since?: number };
        const html = `${String(open !== null)}${place?.innerHTML ?? ''}`;
        if (state.seen !== html || document.querySelector('[aria-busy=true]')) {
          state.seen = html;
          state.since = now;
          return false;
        }
        return now - (state.since ?? now) > still;
      },
      [STILL_MS, at ?? ''] as const,
      { polling: 50, timeout: WAIT },
    );
  };
  const until = async <T>(what: string, find: () => Promise<T | undefined>, ms = WAIT): Promise<T> => {
    const end = Date.now() + ms;
    for (;;) {
      const found = await find();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
      await page.waitForTimeout(LOOK_MS);
    }
  };

  const post = (root: string): Locator =>
    list.locator('.post').filter({ has: page.locator(`> article[data-id="${root}"]`) });
  const goTo = async (where: Locator): Promise<void> =>
    goToPlace(page, where, ((await where.locator('.place-name').textContent()) ?? '').trim());
  const directArticles = async (): Promise<Locator> => {
    await goTo(page.locator('#side .place').filter({ has: page.locator('.mark', { hasText: '●' }) }));
    return list.locator('article');
  };
  const goToClearance = (): Promise<void> => goTo(page.locator(`#side .place[data-place="${TEAMS_CLEARANCE}"]`));
  const articles = async (thread?: string): Promise<Locator> => {
    await goToClearance();
    if (thread === undefined) return list.locator('.post > article');
    const earlier = post(thread).getByRole('button', { name: /^Show \d+ earlier/ });
    if (await earlier.isVisible()) await earlier.click();
    return post(thread).locator('article');
  };
  const idOf = async (article: Locator): Promise<string> => (await article.getAttribute('data-id')) ?? '';

  const openPlace = async (): Promise<Locator | undefined> => {
    if (await inDialog()) return modal.locator('.modal-body .card');
    return at !== undefined && (await isForm(card(at))) ? card(at) : undefined;
  };
  /** The next card down the thread that waits for this person, as they would look for it. */
  const goOn = async (): Promise<Locator | undefined> => {
    if (workingIn === undefined) return undefined;
    for (const article of await (await articles(workingIn)).all()) {
      const id = await idOf(article);
      if (await isForm(card(id))) {
        at = id;
        return card(id);
      }
      const shown = await article.innerText();
      const answer = buttonsIn(card(id), 'Answer').nth(nthOf(shown, me));
      if ((await answer.count()) === 0 || !shown.includes(`${me} has it`)) continue;
      if (!(await clickIfThere(answer))) return undefined;
      await settle();
      return openPlace();
    }
    return undefined;
  };
  const place = async (): Promise<Locator> => {
    const found = await until('a form', async () => (await openPlace()) ?? (await goOn()));
    await settle();
    return found;
  };

  const told = async (): Promise<Told> => {
    const shown = await openPlace();
    const wrong = shown ? await shown.locator('.card-error:visible').allInnerTexts() : [];
    const said = await page.locator('#modal .error:visible, .toast > span').allInnerTexts();
    return {
      ...(said.length > 0 ? { error: said.join(' / ') } : {}),
      ...(wrong.length > 0 ? { errors: { form: wrong.join(' / ') } } : {}),
    };
  };
  /** Clears earlier words: they are no answer to the next press. */
  const forget = (): Promise<void> =>
    page.locator('.toast').evaluateAll((toasts) => toasts.forEach((old) => old.remove()));
  const click = async (button: Locator): Promise<void> => {
    await forget();
    hand.clicks += 1;
    await button.click();
  };
  /** False if the card was redrawn during the press: they look again, as a person does. */
  const clickIfThere = async (button: Locator): Promise<boolean> => {
    await forget();
    const there = (await button.elementHandles()).at(-1);
    if (!there) return false;
    const pressed = await there.click().then(
      () => true,
      () => false,
    );
    if (pressed) hand.clicks += 1;
    return pressed;
  };
  /**
   * Presses, and waits for the result. The bot may have replaced the card when the press arrives, before the page has
   * drawn the new one: then they press once more what they see now, as a person does.
   */
  const pressUntilThere = async (press: () => Promise<void>): Promise<Told> => {
    for (let left = MOST_REPLACED; ; left -= 1) {
      await press();
      await settle();
      const said = await told();
      if (said.error !== GONE || left === 0) return said;
    }
  };
  /** Presses in a form. */
  const pressOn = (button: Locator): Promise<Told> => pressUntilThere(() => click(button));
  const submitOnce = async (): Promise<Told> =>
    pressOn((await place()).locator('.ac-pushButton.style-positive').first());

  const inputIn = async (label: string | RegExp): Promise<Locator> => {
    const find = (shown: Locator): Locator =>
      shown
        .locator('[data-input]')
        .filter({ has: page.locator('> label', { hasText: pattern(label) }) })
        .first();
    const shown = await place();
    if ((await find(shown).count()) > 0) return find(shown);
    // A form in Teams grows when it is sent.
    if ((await shown.innerText()).includes(GROWS)) await submitOnce();
    const grown = find(await place());
    await grown.waitFor();
    return grown;
  };
  const choicesIn = (input: Locator): Locator => input.locator('.ac-input label');
  /** The matching title, as in `fill`. */
  const titleOf = (titles: string[], text: string): string => {
    const found =
      titles.find((title) => title === text) ??
      titles.find((title) => title.startsWith(text)) ??
      titles.find((title) => title.toLowerCase().includes(text.toLowerCase()));
    if (found === undefined) throw new Error(`no option ${text} in: ${titles.join(' | ')}`);
    return found;
  };
  const titlesIn = async (input: Locator): Promise<string[]> =>
    (await input.locator('select, input[list]').count()) > 0
      ? input
          .locator('option')
          .evaluateAll((all) =>
            all
              .map((o) =>
                (o as HTMLOptionElement).text === '' ? (o as HTMLOptionElement).value : (o as HTMLOptionElement).text,
              )
              .filter((title) => title !== ''),
          )
      : (await choicesIn(input).allInnerTexts()).map((title) => title.trim());

  const saidIn = (all: Locator): Promise<Said[]> =>
    all.evaluateAll((nodes) =>
      nodes.map((node) => ({ ts: (node as HTMLElement).dataset['id'] ?? '', text: (node as HTMLElement).innerText })),
    );
  const readsIn = async (all: Locator, words: string | RegExp): Promise<Said> => {
    const found = all.filter({ hasText: pattern(words) }).last();
    await found.scrollIntoViewIfNeeded();
    return { ts: await idOf(found), text: await found.innerText() };
  };
  const pressIn = async (
    find: () => Promise<Locator>,
    label: string,
    within: string | RegExp | undefined,
  ): Promise<void> => {
    await until(`a button ${label}`, async () => {
      const all = await find();
      const holders = within === undefined ? all : all.filter({ hasText: pattern(within) });
      const button = buttonsIn(holders.locator('.card'), label);
      if ((await button.count()) > 0) {
        at = undefined;
        return (await clickIfThere(button)) ? true : undefined;
      }
      // The form behind the button is shown already, for this person.
      for (const article of (await holders.all()).toReversed()) {
        const id = await idOf(article);
        if (!(await isForm(card(id)))) continue;
        if (within === undefined && !(await card(id).innerText()).trim().startsWith(label)) continue;
        at = id;
        return true;
      }
      return undefined;
    });
  };

  const hand: BrowserHand = {
    page,
    user,
    clicks: 0,
    say: async (text, thread) => {
      // A mention is for the channel; on a phone the list of places may stand over it. Other words go where one is.
      if (text.startsWith('@')) await goToClearance();
      let box = page.locator('#say');
      if (thread !== undefined) {
        box = page.locator(`#reply-${thread}`);
        if (!(await box.isVisible()))
          await post(thread)
            .getByRole('button', { name: /^Reply to/ })
            .click();
      }
      await box.fill(text);
      await page.keyboard.press('Escape');
      await box.press('Enter');
      await page.waitForFunction(() => !document.querySelector('.composer [aria-busy=true]'));
      return {};
    },
    newDeal: async () => {
      await hand.say(NEW_DEAL);
      const mine = list.locator('.post > article').filter({ hasText: NEW_DEAL }).filter({ hasText: me }).last();
      await mine.waitFor();
      return hand.press('New deal', { thread: await idOf(mine) });
    },
    messages: async (thread) => saidIn(await articles(thread)),
    reads: async (words, thread) => readsIn(await articles(thread), words),
    direct: async () => saidIn(await directArticles()),
    readsDirect: async (words) => readsIn(await directArticles(), words),
    pressDirect: async (label, within) => {
      workingIn = undefined;
      return pressUntilThere(() => pressIn(directArticles, label, within));
    },
    press: async (label, { thread, in: within } = {}) => {
      workingIn = thread;
      return pressUntilThere(() => pressIn(() => articles(thread), label, within));
    },
    hasView: () =>
      until('a form', openPlace, VIEW_MS).then(
        () => true,
        () => false,
      ),
    noView: async () => {
      await until('no form', async () => ((await openPlace()) === undefined ? true : undefined));
    },
    unanswered: async () => {
      const shown = await place();
      return shown.locator('[data-input]').evaluateAll((inputs) =>
        inputs.flatMap((input) => {
          const label = input.querySelector(':scope > label')?.textContent ?? '';
          if (label.endsWith('(optional)')) return [];
          const ticks = [...input.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')];
          if (ticks.length > 0) return ticks.some((tick) => tick.checked) ? [] : [label];
          const field = input.querySelector<HTMLSelectElement | HTMLInputElement>('select, input[list]');
          return field?.value === '' ? [label] : [];
        }),
      );
    },
    options: async (label) => titlesIn(await inputIn(label)),
    fill: async (label, value) => {
      const input = await inputIn(label);
      const titles = await titlesIn(input);
      hand.clicks += titles.length > 0 ? 1 : 0;
      if (titles.length === 0) return input.locator('input, textarea').fill(String(value));
      if ((await input.locator('select').count()) > 0) {
        await input.locator('select').selectOption({ label: titleOf(titles, String(value)) });
        return;
      }
      if ((await input.locator('input[list]').count()) > 0)
        return input.locator('input[list]').fill(titleOf(titles, String(value)));
      for (const text of Array.isArray(value) ? value : [value])
        await choicesIn(input)
          .nth(titles.indexOf(titleOf(titles, text)))
          .click();
    },
    pressInView: async (label) => pressOn(buttonsIn(await place(), label)),
    submit: async () => {
      for (let n = 0; n < MOST_GROWTHS; n += 1) {
        const done = await submitOnce();
        const shown = await openPlace();
        const grew = shown && (await shown.innerText()).includes(MORE_QUESTIONS);
        // Prefilled values are sent once more.
        if (!grew || (await hand.unanswered()).length > 0) return grew ? {} : done;
      }
      throw new Error('the form grows without an end');
    },
    closeView: async () => {
      if (await inDialog()) {
        await modal.getByLabel('Close dialog').click();
        await leaveIt(page, modal);
      }
      at = undefined;
      await hand.noView();
    },
    words: async () => {
      const shown = await place();
      return (await inDialog()) ? modal.innerText() : shown.innerText();
    },
    look: async (name) => {
      // Scrolls to the top of the form that they are filling in.
      if (at !== undefined && !(await inDialog())) await card(at).evaluate((node) => node.scrollIntoView());
      await picture(page, `teams-${name}`);
    },
  };
  return hand;
};
