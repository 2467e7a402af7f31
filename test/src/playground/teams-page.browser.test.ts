/** The Teams page in a real browser, in front of a small double of its server. */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CardJson, TeamsDone } from '../../../src/playground/page/teams/wire.ts';
import { browserIsMissing, launchBrowser } from '../../support/browser-play.ts';
import { picture } from '../../support/pictures.ts';
import { createWindows } from '../../support/windows.ts';
import { BUILT_PAGE } from './page-build.ts';
import { CHANNEL, COUNSEL, dialogOf, GROUP, openFake, PERSONAL, pressedIn, REP, type TeamsFake } from './teams-fake.ts';

const missing = browserIsMissing('The Teams page is');

const said = (text: string, more: object = {}) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, ...more }],
});
const heading = (text: string) => ({
  type: 'TextBlock',
  text,
  wrap: true,
  style: 'heading',
  weight: 'Bolder',
  size: 'Large',
});
const execute = (title: string, verb: string, more: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data: { clearthread: { do: 'click', name: verb, value: 'D-7K3QXM' } },
  ...more,
});
const opening = (title: string) => ({
  type: 'Action.Submit',
  title,
  data: { msteams: { type: 'task/fetch' }, clearthread: { do: 'click', name: 'deal.new', value: '' } },
});
const row = (...actions: object[]) => ({ type: 'ActionSet', actions });
const card = (...body: object[]): CardJson => ({ type: 'AdaptiveCard', version: '1.5', body });
const live = (given: CardJson): CardJson => ({
  ...given,
  refresh: { action: { type: 'Action.Execute', verb: 'look', data: {} }, userIds: ['29:sample'] },
});

const ROOT = card(
  heading('🔴 D-7K3QXM: Sample weather sensor'),
  said('Waiting for Sample Counsel. Next: the review.', { isSubtle: true }),
  said('• Destination: Antarctica'),
  {
    type: 'Container',
    style: 'emphasis',
    items: [said('Typed by a person: **not bold** [not a link](https://example.com)')],
  },
  row(
    execute('Answer', 'deal.answer', { style: 'positive' }),
    opening('Why?'),
    execute('Withdraw', 'deal.withdraw', { style: 'destructive' }),
  ),
);
const choice = (id: string, label: string, titles: string[], more: object = {}) => ({
  type: 'Input.ChoiceSet',
  id,
  label,
  style: 'expanded',
  wrap: true,
  choices: titles.map((title) => ({ title, value: title.toLowerCase() })),
  ...more,
});
const YES_NO = ['Yes', 'No', "I don't know"];
const form = (...more: object[]): CardJson =>
  card(
    said('Every question can be left for later.', { isSubtle: true }),
    { type: 'Input.Text', id: 'customer', label: 'Customer', maxLength: 100, placeholder: 'Name of the company' },
    choice('country', 'Destination country', ['Antarctica', 'Bouvet Island', 'Norway'], { style: 'filtered' }),
    choice('misused', 'Was it misused before?', YES_NO),
    choice('rights', 'Which rights are touched? (optional)', ['Privacy', 'Expression'], { isMultiSelect: true }),
    ...more,
    row({ type: 'Action.Submit', title: 'Save', style: 'positive', data: { clearthread: { do: 'submit' } } }),
  );

/** WCAG contrast of the placeholder with what is painted behind it; runs in the page. */
const placeholderContrast = (field: Element): number => {
  const colours = (text: string): number[] => (text.match(/[\d.]+/g) ?? []).map(Number);
  const light = (text: string): number => {
    const [r = 0, g = 0, b = 0] = colours(text)
      .slice(0, 3)
      .map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let behind = 'rgb(255, 255, 255)';
  for (let node: Element | null = field; node; node = node.parentElement) {
    const { backgroundColor } = getComputedStyle(node);
    if (colours(backgroundColor)[3] === 0) continue;
    behind = backgroundColor;
    break;
  }
  const [a, b] = [light(getComputedStyle(field, '::placeholder').color), light(behind)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};

describe.skipIf(missing)('the Teams page', () => {
  let browser: Browser;
  let fake: TeamsFake;
  let page: Page;
  let problems: string[] = [];

  const windows = createWindows(
    () => browser,
    (opened) => {
      opened.setDefaultTimeout(10_000);
      opened.on('pageerror', (error) => problems.push(error.message));
      opened.on('dialog', (asked) => void asked.accept());
      // Violations of the page's own policy are only reported there.
      opened.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    },
  );
  const open = async (options?: BrowserContextOptions, path = ''): Promise<void> => {
    page = await windows.open(options);
    problems = [];
    await page.goto(fake.url + path);
    await page.getByRole('log').waitFor();
  };
  const shot = (name: string) => picture(page, `teams-page-${name}`);
  const message = (id: string) => page.locator(`article[data-id="${id}"]`);
  const lastPress = () => fake.heard.findLast(({ path }) => path === 'act');
  const dialog = () => page.getByRole('dialog');
  const overflows = (): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  const openForm = async (): Promise<void> => {
    fake.answer = () => ({ dialog: dialogOf('New deal', form(), 'd1') });
    const { id } = fake.post({ card: card(said('Ready when you are.'), row(opening('New deal'))) });
    await message(id).getByRole('button', { name: 'New deal' }).click();
    await dialog().waitFor();
  };

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    fake = await openFake(BUILT_PAGE);
    await open();
    return async () => {
      await windows.leave();
      await fake.end();
    };
  });
  afterAll(() => browser?.close());

  it('says what to do first and suggests the commands of the bot', async () => {
    await page.getByRole('button', { name: 'Put it in the message box' }).click();
    const box = page.getByRole('textbox', { name: 'Start a post in Deal clearance' });
    await expect.poll(() => box.inputValue()).toBe('@Clearthread new deal');
    await box.fill('@');
    const hints = page.getByRole('listbox', { name: 'Suggestions' });
    await expect
      .poll(() => hints.getByRole('option').allInnerTexts())
      .toEqual([expect.stringContaining('@Clearthread new deal'), expect.stringContaining('@Clearthread help')]);
    await shot('hints');
    await box.press('Enter');
    await box.press('Enter');
    await expect
      .poll(() => fake.heard[0]?.body)
      .toMatchObject({
        user: REP,
        conversation: CHANNEL,
        text: '@Clearthread new deal',
      });
    expect(problems).toEqual([]);
  });

  it('invites to clear a deal only where deals are cleared', async () => {
    const invitation = page.getByRole('button', { name: 'Put it in the message box' });
    await page.getByRole('button', { name: 'Sample group chat' }).click();
    await page.getByText('No messages yet.').waitFor();
    expect(await invitation.count()).toBe(0);
    await page.getByRole('button', { name: 'Clearthread', exact: true }).click();
    await invitation.click();
    await expect.poll(() => page.getByRole('textbox', { name: 'Message Clearthread' }).inputValue()).toBe('new deal');
  });

  it('keeps what could not be sent', async () => {
    fake.answer = () => ({ error: 'The message could not be sent.' });
    const box = page.getByRole('textbox', { name: 'Start a post' });
    await box.fill('Good morning');
    await box.press('Enter');
    await page.getByText('The message could not be sent.').waitFor();
    expect(await box.inputValue()).toBe('Good morning');
  });

  it('shows posts with their threads and follows what happens', async () => {
    const { id } = fake.post({ author: { id: REP, name: 'Sample Rep', bot: false }, text: 'Could we sell this?' });
    const post = page.getByRole('group', { name: 'Post' });
    for (let n = 1; n <= 5; n += 1) fake.post({ thread: id, card: card(said(`Reply ${n}`)) });
    await post.getByText('Reply 5').waitFor();
    expect(await post.getByText(/^Reply \d/).count()).toBe(5);
    await page.reload();
    await post.getByText('Reply 5').waitFor();
    expect(await post.getByText(/^Reply \d/).allInnerTexts()).toEqual(['Reply 3', 'Reply 4', 'Reply 5']);
    await post.getByRole('button', { name: 'Show 2 earlier replies' }).click();
    await expect.poll(() => post.getByText(/^Reply \d/).count()).toBe(5);
    await post.getByRole('button', { name: /^Reply to/ }).click();
    await page.keyboard.type('Thank you');
    await page.keyboard.press('Enter');
    await expect.poll(() => fake.heard.at(-1)?.body).toMatchObject({ thread: id, text: 'Thank you' });
    fake.remove(id);
    await post.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
  });

  it('stays at the end when a card of their own is taller, and shows whoever says something what they said', async () => {
    for (let n = 1; n <= 8; n += 1) fake.post({ card: card(said(`Post ${n}`)) });
    fake.personal = () => form();
    const { id } = fake.post({ card: live(card(said('Somebody is asked.'))) });
    await open({ viewport: { width: 1280, height: 500 } });
    const list = page.getByRole('log');
    const below = () => list.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight);
    await message(id).getByRole('button', { name: 'Save' }).waitFor();
    await expect.poll(below).toBeLessThan(5);
    await list.evaluate((node) => (node.scrollTop = 0));
    const mine = fake.post({ author: { id: REP, name: 'Sample Rep', bot: false }, text: 'Could we sell this?' });
    await message(mine.id).waitFor();
    expect(await below()).toBeLessThan(120);
    await list.evaluate((node) => (node.scrollTop = 0));
    await message(fake.post({ card: card(said('Of somebody else.')) }).id).waitFor();
    expect(await list.evaluate((node) => node.scrollTop)).toBe(0);
  });

  it('draws cards with user text as it is, and Markdown in a TextBlock as Teams does', async () => {
    const { id } = fake.post({ card: ROOT });
    const shown = message(id);
    await shown.getByText('**not bold** [not a link](https://example.com)').waitFor();
    const hostile = fake.post({
      card: card({
        type: 'TextBlock',
        text: '**bold** [click](https://example.com/a) <img src=x onerror=alert(1)>\n- one',
        wrap: true,
      }),
    });
    const text = message(hostile.id);
    await text.locator('strong', { hasText: 'bold' }).waitFor();
    expect(await text.getByRole('link', { name: 'click' }).getAttribute('href')).toBe('https://example.com/a');
    expect(await text.getByRole('listitem').innerText()).toBe('one');
    expect(await text.locator('img').count()).toBe(0);
    await shot('channel');
    expect(problems).toEqual([]);
  });

  it('says who pressed what, marks the wait and shows the answer in place', async () => {
    let release = (_done: TeamsDone): void => undefined;
    fake.answer = () => new Promise((resolve) => (release = resolve));
    const { id } = fake.post({ card: ROOT });
    const pressed = message(id).getByRole('button', { name: 'Answer' });
    await pressed.click();
    await expect
      .poll(() => lastPress()?.body)
      .toMatchObject({
        user: REP,
        on: { kind: 'activity', conversation: CHANNEL, activity: id },
        action: { type: 'Action.Execute', verb: 'deal.answer', data: { clearthread: { value: 'D-7K3QXM' } } },
      });
    expect(await pressed.getAttribute('aria-busy')).toBe('true');
    expect(await message(id).getByRole('button', { name: 'Withdraw' }).isDisabled()).toBe(true);
    await pressed.click();
    release({ card: card(said('Answered.')), message: 'Only the owner of a deal may do this.' });
    await message(id).getByText('Answered.').waitFor();
    expect(fake.heard.filter(({ path }) => path === 'act').length).toBe(1);
    await message(id).getByText('Only the owner of a deal may do this.').waitFor();
    await shot('notice');
    await message(id).getByRole('button', { name: 'Dismiss this notice' }).click();
    await expect.poll(() => message(id).getByText('Only the owner').count()).toBe(0);
  });

  it('draws a card anew only when nobody presses anything on it: no click is lost', async () => {
    const { id } = fake.post({ card: ROOT });
    const button = message(id).getByRole('button', { name: 'Answer' });
    await button.hover();
    await page.mouse.down();
    fake.edit(id, { card: card(said('First edit.')) });
    fake.edit(id, { card: card(said('Somebody else answered.')) });
    const later = fake.post({ card: card(said('Later.')) });
    await message(later.id).getByText('Later.').waitFor();
    expect(await button.isVisible()).toBe(true);
    await page.mouse.up();
    await message(id).getByText('Somebody else answered.').waitFor();
    expect(pressedIn(lastPress())).toMatchObject({ verb: 'deal.answer' });
  });

  it('leaves the rail alone where nothing is new, and where somebody presses: no open list and no press ends', async () => {
    const who = await page.getByLabel('Who am I').elementHandle();
    fake.post({ conversation: PERSONAL, card: card(said('A deal waits for your review.')) });
    await page.getByRole('button', { name: /Clearthread 1 unread/ }).waitFor();
    expect(await who?.evaluate((node) => node.isConnected)).toBe(true);
    await page.getByRole('button', { name: 'Sample group chat' }).click();
    await page.getByRole('textbox', { name: 'Message Sample group chat' }).waitFor();
    const told = page.waitForResponse(/ui\/start\?/);
    await page.getByRole('button', { name: 'Deal clearance' }).hover();
    await page.mouse.down();
    const { id } = fake.post({ card: card(said('Another deal.')) });
    await told;
    // The mark for it would be on the pressed element.
    fake.post({ conversation: GROUP, card: card(said('Later.')) });
    await page.getByText('Later.').waitFor();
    await page.mouse.up();
    await message(id).waitFor();
  });

  it('takes no title with a warning sign for an error', async () => {
    const { id } = fake.post({ card: card(heading('⚠️ Tier: High'), said('Serious warning signs.')) });
    await message(id).getByText('Serious warning signs.').waitFor();
    expect(await message(id).locator('.card-error').count()).toBe(0);
  });

  it('keeps buttons and what was typed when an act fails', async () => {
    fake.answer = () => ({ error: 'Clearthread did not answer.' });
    const { id } = fake.post({ card: form() });
    await message(id).getByLabel('Customer').fill('Sample customer');
    await message(id).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Clearthread did not answer.').waitFor();
    expect(await message(id).getByLabel('Customer').inputValue()).toBe('Sample customer');
    await expect.poll(() => message(id).getByRole('button', { name: 'Save' }).isEnabled()).toBe(true);
  });

  it('fills a dialog, grows it and shows its errors', async () => {
    await openForm();
    expect(await dialog().getByRole('heading', { name: 'New deal' }).isVisible()).toBe(true);
    await shot('dialog');
    await dialog().getByLabel('Customer').fill('Sample customer');
    await dialog().getByRole('combobox', { name: 'Destination country' }).fill('Nowhere');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Choose one from the list.').waitFor();
    expect(lastPress()?.body['action']).toMatchObject({ data: { msteams: { type: 'task/fetch' } } });
    await dialog().getByRole('combobox', { name: 'Destination country' }).fill('Bouvet Island');
    await dialog().getByRole('radiogroup', { name: 'Was it misused before?' }).getByLabel('Yes').check();
    await dialog().getByRole('group', { name: 'Which rights' }).getByLabel('Privacy').check();
    fake.answer = ({ body }) => {
      const data: Record<string, unknown> = pressedIn({ path: '', body })?.data ?? {};
      const grown = form({ type: 'Input.Text', id: 'how', label: 'How was it misused?', isMultiline: true });
      const kept = JSON.stringify(grown)
        .replace('"id":"customer"', `"id":"customer","value":"${String(data['customer'])}"`)
        .replace('"id":"country"', `"id":"country","value":"${String(data['country'])}"`);
      return { dialog: dialogOf('New deal', JSON.parse(kept) as CardJson, 'd1') };
    };
    await dialog().getByRole('button', { name: 'Save' }).click();
    const added = dialog().getByLabel('How was it misused?');
    await added.waitFor();
    expect(await added.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(pressedIn(lastPress())?.data).toEqual({
      clearthread: { do: 'submit' },
      customer: 'Sample customer',
      country: 'bouvet island',
      misused: 'yes',
      rights: 'privacy',
    });
    expect(await dialog().getByRole('combobox', { name: 'Destination country' }).inputValue()).toBe('Bouvet Island');
    fake.answer = () => ({
      dialog: dialogOf(
        'New deal',
        card(
          said('⚠️ 1 thing needs a look.', { color: 'Attention', weight: 'Bolder' }),
          said('⚠️ Please say how.', { color: 'Attention', weight: 'Bolder' }),
          { type: 'Input.Text', id: 'how', label: 'How was it misused?' },
          row({ type: 'Action.Submit', title: 'Save', style: 'positive', data: {} }),
        ),
        'd1',
      ),
    });
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Please say how.').waitFor();
    await expect.poll(() => added.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => added.evaluate((node) => node === document.activeElement)).toBe(true);
    await shot('dialog-errors');
    fake.answer = () => ({ dialog: null });
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'hidden' });
    expect(problems).toEqual([]);
  });

  it('starts in a dialog at what is chosen there already', async () => {
    const chosen = card(
      choice('misused', 'Was it misused before?', YES_NO, { value: 'no' }),
      row({ type: 'Action.Submit', title: 'Save', style: 'positive', data: { clearthread: { do: 'submit' } } }),
    );
    fake.answer = () => ({ dialog: dialogOf('Product', chosen, 'd1') });
    const { id } = fake.post({ card: card(row(opening('Change'))) });
    await message(id).getByRole('button', { name: 'Change' }).click();
    const focused = (label: string) =>
      dialog()
        .getByLabel(label, { exact: true })
        .evaluate((node) => node === document.activeElement);
    await expect.poll(() => focused('No')).toBe(true);
    expect(await focused('Yes')).toBe(false);
  });

  it.each(['dark', 'light'] as const)(
    'shows in %s what a field is for in a colour that can be read',
    async (colorScheme) => {
      await open({ colorScheme });
      await openForm();
      for (const field of [dialog().getByLabel('Customer'), page.locator('#say')])
        expect(await field.evaluate(placeholderContrast)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('keeps a dialog when its press fails, closes it with Escape and gives the focus back', async () => {
    await openForm();
    await dialog().getByLabel('Customer').fill('Sample customer');
    fake.answer = () => ({ error: 'Clearthread did not answer.', message: 'It may be saved. Press again.' });
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Clearthread did not answer.').waitFor();
    await dialog().getByText('It may be saved. Press again.').waitFor();
    expect(await dialog().getByLabel('Customer').inputValue()).toBe('Sample customer');
    fake.answer = () => ({});
    // Each second press answers the question of the first, however fast they are.
    for (let n = 0; n < 6; n += 1) await page.keyboard.press('Escape');
    expect(await dialog().getByLabel('Customer').inputValue()).toBe('Sample customer');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave it' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await expect.poll(() => fake.heard.at(-1)).toMatchObject({ path: 'close-dialog', body: { dialog: 'd1' } });
    fake.tell({ kind: 'dialog', dialog: dialogOf('New deal', form(), 'd1') });
    const later = fake.post({ card: card(said('Later.')) });
    await message(later.id).waitFor();
    expect(await dialog().isVisible()).toBe(false);
    const back = page.getByRole('button', { name: 'New deal' });
    expect(await back.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  it('shows each person their own card, and keeps what they type when it is edited', async () => {
    fake.personal = (user) => (user === COUNSEL ? form() : undefined);
    const { id } = fake.post({ card: live(ROOT) });
    await message(id).getByText('Destination: Antarctica').waitFor();
    await page.getByLabel('Who am I').selectOption('Sample Counsel');
    const customer = message(id).getByLabel('Customer');
    await customer.fill('Half a na');
    await message(id).getByLabel('Yes').check();
    await customer.focus();
    fake.personal = () => form({ type: 'Input.Text', id: 'how', label: 'How was it misused?' });
    fake.edit(id, { card: live(card(said('Somebody else answered.'))) });
    await message(id).getByLabel('How was it misused?').waitFor();
    expect(await customer.inputValue()).toBe('Half a na');
    expect(await message(id).getByLabel('Yes').isChecked()).toBe(true);
    await page.keyboard.type('me');
    expect(await customer.inputValue()).toBe('Half a name');
    await shot('own-card');
    expect(problems).toEqual([]);
  });

  it('follows links to the pane inside it, and others in a tab of their own', async () => {
    const here = `/playground/teams/?${new URLSearchParams({ conversation: PERSONAL }).toString()}`;
    const link = (title: string, url: string) => ({ type: 'Action.OpenUrl', title, url });
    const away = {
      type: 'TextRun',
      text: 'Sample report',
      selectAction: { type: 'Action.OpenUrl', url: 'https://example.invalid/report' },
    };
    const { id } = fake.post({
      card: card({ type: 'RichTextBlock', inlines: [away] }, row(link('Open the chat', new URL(here, fake.url).href))),
    });
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      message(id).getByRole('link', { name: 'Sample report' }).click(),
    ]);
    expect(await tab.evaluate(() => window.opener as unknown)).toBe(null);
    await tab.close();
    await message(id).getByText('Open the chat').click();
    await page.getByRole('textbox', { name: 'Message Clearthread' }).waitFor();
    expect(page.url()).toContain(encodeURIComponent(PERSONAL));
    expect(lastPress()).toBe(undefined);
  });

  it('says what came as a dialog closed where it stays to be read', async () => {
    await openForm();
    fake.answer = () => ({ dialog: null, message: 'The deal was opened meanwhile.' });
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.locator('#notices').getByText('The deal was opened meanwhile.').waitFor();
    await page.getByRole('button', { name: 'Dismiss this notice' }).click();
    await expect.poll(() => page.getByText('The deal was opened meanwhile.').count()).toBe(0);
  });

  it('takes over after a lost connection what changed meanwhile, and loses nothing that comes in between', async () => {
    const { id } = fake.post({ card: card(said('Before.')) });
    const gone = fake.post({ card: card(said('Soon gone.')) });
    await message(gone.id).getByText('Soon gone.').waitFor();
    let release = (): void => undefined;
    const asked = new Promise<void>((reached) => {
      fake.pause = () => {
        reached();
        return new Promise((resolve) => (release = resolve));
      };
    });
    fake.silently(() => {
      fake.edit(id, { card: card(said('After.')) });
      fake.remove(gone.id);
    });
    await asked;
    const reply = fake.post({ thread: id, card: card(said('In between.')) });
    await message(reply.id).getByText('In between.').waitFor();
    fake.edit(id, { card: card(said('Newest.')) });
    await message(id).getByText('Newest.').waitFor();
    release();
    await message(gone.id).waitFor({ state: 'detached' });
    expect(await message(reply.id).count()).toBe(1);
    expect(await message(id).getByText('Newest.').count()).toBe(1);
    await expect.poll(() => page.getByText('Not connected').isVisible()).toBe(false);
  });

  it('keeps the same question of two cards apart', async () => {
    const [one, other] = [fake.post({ card: form() }), fake.post({ card: form() })];
    await message(one.id).getByLabel('Yes').check();
    await message(other.id).getByLabel('No', { exact: true }).check();
    expect(await message(one.id).getByLabel('Yes').isChecked()).toBe(true);
    await message(one.id).getByLabel('Customer').press('Enter');
    expect(problems).toEqual([]);
    expect(lastPress()).toBe(undefined);
  });

  it('starts a clearance from a message and opens links to messages', async () => {
    const { id } = fake.post({ author: { id: REP, name: 'Sample Rep', bot: false }, text: 'Could we sell this?' });
    for (let n = 1; n <= 20; n += 1) fake.post({ card: card(said(`Post ${n}`)) });
    await message(id).getByRole('button', { name: 'More options' }).click();
    fake.answer = () => ({ dialog: dialogOf('New deal', form()) });
    await page.getByRole('menuitem', { name: 'Start a clearance from this message' }).click();
    await dialog().waitFor();
    expect(fake.heard.at(-1)).toMatchObject({ path: 'message-action', body: { conversation: CHANNEL, activity: id } });
    await open(undefined, `?${new URLSearchParams({ conversation: CHANNEL, message: id }).toString()}`);
    await expect.poll(() => message(id).evaluate((node) => node.getBoundingClientRect().top)).toBeGreaterThan(0);
    expect(await message(id).getAttribute('class')).toContain('linked');
  });

  it('keeps who somebody is, also for the other pane', async () => {
    fake.post({ card: ROOT });
    await page.getByRole('button', { name: 'Sample group chat' }).click();
    await page.getByLabel('Who am I').selectOption('Sample Counsel');
    await page.getByRole('textbox', { name: 'Message Sample group chat' }).waitFor();
    await page.reload();
    await page.getByRole('log').waitFor();
    await expect.poll(() => page.getByLabel('Who am I').inputValue()).toBe(COUNSEL);
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('person'))).toBe('Sample Counsel');
    expect(await page.getByRole('link', { name: 'Slack' }).getAttribute('href')).toBe('/playground/');
    expect(problems).toEqual([]);
  });

  it('is whoever was chosen last, however late the answer for the one before comes', async () => {
    fake.post({ conversation: PERSONAL, card: card(said('A deal waits for your review.')) });
    await page.getByRole('button', { name: /Clearthread 1 unread/ }).click();
    await page.getByRole('button', { name: 'Clearthread', exact: true }).waitFor();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/ui\/start\?/, async (route) => {
      const response = await route.fetch();
      if (route.request().url().includes(COUNSEL)) await held;
      await route.fulfill({ response });
    });
    const answered = page.waitForResponse((response) => response.url().includes(`user=${COUNSEL}`));
    await page.getByLabel('Who am I').selectOption('Sample Counsel');
    await page.getByLabel('Who am I').selectOption('Sample Rep');
    await page.getByRole('textbox', { name: 'Message Clearthread' }).waitFor();
    release();
    await answered;
    await page.getByRole('button', { name: 'Deal clearance' }).click();
    await page.getByRole('textbox', { name: 'Start a post in Deal clearance' }).waitFor();
    expect(await page.getByLabel('Who am I').inputValue()).toBe(REP);
    // Counsel would see it as unread.
    await page.getByRole('button', { name: 'Clearthread', exact: true }).waitFor();
    expect(await page.evaluate(() => sessionStorage.getItem('person'))).toBe('Sample Rep');
  });

  it('counts what is new elsewhere', async () => {
    fake.post({ conversation: PERSONAL, card: card(said('A deal waits for your review.')) });
    const chat = page.getByRole('button', { name: /Clearthread 1 unread/ });
    await chat.click();
    await page.getByText('A deal waits for your review.').waitFor();
    await page.getByRole('button', { name: 'Clearthread', exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Message Clearthread' }).waitFor();
    await shot('chat');
  });

  it.each([390, 1280])('puts the menu of a message over no words (%i px)', async (width) => {
    const text = 'Could we sell this to somebody who wants it? '.repeat(8);
    const { id } = fake.post({ author: { id: REP, name: 'Sample Rep of a rather long name', bot: false }, text });
    const reply = fake.post({ thread: id, card: ROOT });
    await open({ viewport: { width, height: 844 } });
    for (const each of [message(id), message(reply.id)]) {
      const menu = await each.locator('.tools').boundingBox();
      for (const words of await each.locator('.by > *, .words:visible, .card').all()) {
        const box = await words.boundingBox();
        if (!menu || !box) throw new Error('not shown');
        const beside = box.x + box.width <= menu.x || box.y >= menu.y + menu.height;
        expect([await words.innerText(), beside]).toEqual([expect.anything(), true]);
      }
    }
  });

  it('fits a phone, in the dark too', async () => {
    const { id } = fake.post({ card: ROOT });
    fake.post({ thread: id, card: form() });
    await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await message(id).waitFor();
    expect(await overflows()).toBe(false);
    await shot('phone-dark');
    await page.getByRole('button', { name: 'Show chats and channels' }).click();
    await shot('phone-dark-side');
    await page.getByRole('button', { name: 'Deal clearance' }).click();
    fake.answer = () => ({ dialog: dialogOf('New deal', form()) });
    await message(id).getByRole('button', { name: 'Why?' }).click();
    await dialog().waitFor();
    expect(await overflows()).toBe(false);
    await shot('phone-dark-dialog');
    await open({ viewport: { width: 390, height: 844 } });
    await message(id).waitFor();
    await shot('phone-light');
    await open({ colorScheme: 'dark' });
    await message(id).waitFor();
    await shot('dark');
    expect(problems).toEqual([]);
  });
});
