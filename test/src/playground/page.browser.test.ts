/** The page in a real browser, in front of the stand-in, with a tiny bot that uses every block and every input. */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserIsMissing, launchBrowser } from '../../support/browser-play.ts';
import { picture } from '../../support/pictures.ts';
import { createWindows } from '../../support/windows.ts';
import { CHANNEL, COUNSEL, openBench, plain, REP, type Bench, type Heard } from './bench.ts';
import { BUILT_PAGE } from './page-build.ts';

const missing = browserIsMissing('The page is');

const option = (value: string, text: string, description?: string) => ({
  text: plain(text),
  value,
  ...(description && { description: plain(description) }),
});
const YES_NO = [
  option('yes', 'Yes'),
  option('no', 'No'),
  option('unknown', "Don't know", 'This is kept as an open question.'),
];
const COUNTRIES = [option('NL', 'Netherlands'), option('NO', 'Norway'), option('NZ', 'New Zealand')];
const input = (block_id: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'v', ...element },
  ...more,
});

const FORM = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Open a deal'),
  submit: plain('Save'),
  close: plain('Not now'),
  blocks: [
    { type: 'section', text: plain('Every question can be left for later.') },
    input('customer', 'Customer', {
      type: 'plain_text_input',
      max_length: 100,
      placeholder: plain('Name of the company'),
    }),
    input('product', 'Product', {
      type: 'static_select',
      options: [option('p1', 'Weather sensor'), option('p2', 'Face recognition')],
    }),
    input('country', 'Destination country', { type: 'external_select', min_query_length: 0 }),
    input('owner', 'Owner', { type: 'users_select', initial_user: REP }),
    input(
      'misused',
      'Was it misused before?',
      { type: 'radio_buttons', options: YES_NO },
      { dispatch_action: true, hint: plain('Guidance 1, red flag 1') },
    ),
    input(
      'rights',
      'Which rights are touched?',
      { type: 'checkboxes', options: [option('p', 'Privacy'), option('e', 'Expression')] },
      { optional: true },
    ),
    input('signing', 'Expected signing', { type: 'datepicker' }),
    input('note', 'Note', { type: 'plain_text_input', multiline: true }, { optional: true }),
  ],
};
const FOLLOW_UP = input('how', 'How was it misused?', { type: 'plain_text_input' });
const withFollowUp = {
  ...FORM,
  blocks: FORM.blocks.flatMap((b) => ('block_id' in b && b.block_id === 'misused' ? [b, FOLLOW_UP] : [b])),
};

const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const words = (text: string, style?: object) => ({ type: 'text', text, ...(style && { style }) });
const line = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const CARD = [
  { type: 'header', text: plain('D-7K3QXM: weather sensor for a farm co-operative') },
  rich(
    line(
      words('Waiting for ', { italic: true }),
      { type: 'user', user_id: COUNSEL },
      words(', 2 days. Next: the review.'),
    ),
  ),
  rich({
    type: 'rich_text_list',
    style: 'bullet',
    elements: [
      line(words('Destination: ', { bold: true }), words('Norway')),
      line(words('Report: ', { bold: true }), {
        type: 'link',
        url: 'https://example.com/report',
        text: 'Sample report (example.com)',
      }),
    ],
  }),
  rich({
    type: 'rich_text_quote',
    elements: [words('Typed by a person: <!here> *not bold* <https://example.com|click>')],
  }),
  { type: 'divider' },
  {
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: '*Markup shows*: <!here> <@U0SAMPLECNS1> <https://example.com|a link> &lt;kept&gt; `code`',
    },
    accessory: { type: 'overflow', action_id: 'more', options: [option('x', 'Export')] },
  },
  { type: 'section', fields: [plain('Tier: low'), plain('Owner: Sample rep')] },
  {
    type: 'image',
    image_url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
    alt_text: 'A sample chart',
    title: plain('Chart'),
  },
  {
    type: 'actions',
    block_id: 'act',
    elements: [
      { type: 'button', action_id: 'answer', text: plain('Answer'), style: 'primary', value: 'D-7K3QXM' },
      {
        type: 'button',
        action_id: 'decline',
        text: plain('Decline'),
        style: 'danger',
        confirm: {
          title: plain('Decline this deal?'),
          text: plain('The rep hears about it.'),
          confirm: plain('Decline'),
          deny: plain('Keep it'),
        },
      },
      {
        type: 'static_select',
        action_id: 'tier',
        placeholder: plain('Set the tier'),
        options: [option('low', 'Low'), option('high', 'High')],
      },
    ],
  },
  { type: 'context', elements: [plain('Guidance 2, red flag 3. This is no licence.')] },
].map((b) => (b.type === 'image' ? { ...b, image_url: 'https://example.com/chart.png' } : b));

const overflows = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);

describe.skipIf(missing)('the page', () => {
  let browser: Browser;
  let bench: Bench;
  let page: Page;
  let problems: string[] = [];

  const windows = createWindows(
    () => browser,
    (opened) => {
      opened.on('pageerror', (error) => problems.push(error.message));
      opened.on('dialog', (asked) => void asked.accept());
    },
  );
  const open = async (options?: BrowserContextOptions): Promise<void> => {
    page = await windows.open(options);
    problems = [];
    await page.goto(bench.url);
    await page.getByRole('textbox', { name: 'Message #deal-clearance' }).waitFor();
  };
  const shot = (name: string) => picture(page, `playground-${name}`);
  const say = async (text: string): Promise<void> => {
    const box = page.getByRole('textbox', { name: 'Message #deal-clearance' });
    await box.fill(text);
    await box.press('Enter');
  };
  const openForm = async (heard: Heard, view: object = FORM): Promise<undefined> => {
    await bench.web.apiCall('views.open', {
      trigger_id: heard.fields['trigger_id'] ?? String(heard.payload['trigger_id']),
      view,
    });
  };
  const postCard = () => bench.web.chat.postMessage({ channel: CHANNEL, text: 'A card', blocks: CARD } as never);
  const heardOf = (type: string): Record<string, unknown> | undefined =>
    bench.heard.findLast((h) => h.payload['type'] === type)?.payload;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    bench = await openBench({ pageDir: BUILT_PAGE });
    await open();
    return async () => {
      await windows.leave();
      await bench.end();
    };
  });
  afterAll(() => browser?.close());

  it('says what to do first', async () => {
    await shot('empty');
    await page.getByRole('button', { name: 'Put /deal in the message box' }).click();
    const box = page.getByRole('textbox', { name: 'Message #deal-clearance' });
    await expect.poll(() => box.inputValue()).toBe('/deal');
    await box.press('Enter');
    await expect.poll(() => bench.heard.at(-1)?.fields['command']).toBe('/deal');
    await box.fill('/');
    await expect
      .poll(() => page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').allTextContents())
      .toEqual([expect.stringContaining('/deal'), expect.stringContaining('/clear-deal')]);
    await shot('hints');
  });

  it('fills a form with each kind of input', async () => {
    bench.answer = async (heard) => {
      if (heard.fields['command']) return openForm(heard);
      if (heard.payload['type'] === 'block_suggestion')
        return {
          body: {
            options: COUNTRIES.filter((c) =>
              c.text.text.toLowerCase().includes(String(heard.payload['value']).toLowerCase()),
            ),
          },
        };
      if (heard.payload['type'] === 'block_actions') {
        const shown = heard.payload['view'] as { id: string; hash: string };
        await bench.web.apiCall('views.update', { view_id: shown.id, hash: shown.hash, view: withFollowUp });
      }
      return undefined;
    };
    await say('/deal');
    const form = page.getByRole('dialog', { name: 'Open a deal' });
    await form.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => form.getByText('Please complete this required field.').count()).toBe(5);
    await shot('form-errors');
    await form.getByLabel('Customer').fill('Sample customer');
    await form.getByLabel('Product').selectOption('Weather sensor');
    const country = form.getByRole('combobox', { name: 'Destination country' });
    await country.fill('new');
    await form.getByRole('option', { name: 'New Zealand' }).waitFor();
    await shot('form-suggestions');
    await form.getByRole('option', { name: 'New Zealand' }).click();
    await form.getByLabel('Owner').selectOption('Sample counsel');
    await form.getByRole('group', { name: 'Was it misused before?' }).getByLabel('Yes').check();
    await form.getByLabel('How was it misused?').fill('Against reporters');
    expect(await form.getByLabel('Customer').inputValue()).toBe('Sample customer');
    expect(await country.inputValue()).toBe('New Zealand');
    await form.getByLabel('Privacy').check();
    await form.getByLabel('Expected signing').fill('2026-12-24');
    await expect.poll(() => form.getByText('Please complete this required field.').count()).toBe(0);
    await shot('form');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'hidden' });
    expect(heardOf('view_submission')).toMatchObject({
      view: {
        state: {
          values: {
            customer: { v: { value: 'Sample customer' } },
            product: { v: { selected_option: { value: 'p1' } } },
            country: { v: { selected_option: { value: 'NZ' } } },
            owner: { v: { selected_user: COUNSEL } },
            misused: { v: { selected_option: { value: 'yes' } } },
            how: { v: { value: 'Against reporters' } },
            rights: { v: { selected_options: [{ value: 'p' }] } },
            signing: { v: { selected_date: '2026-12-24' } },
          },
        },
      },
    });
    expect(problems).toEqual([]);
  });

  it('leaves what is half typed alone when the bot changes the form', async () => {
    let release = (): void => undefined;
    bench.answer = async (heard) => {
      if (heard.fields['command']) return openForm(heard);
      if (heard.payload['type'] === 'block_suggestion') return { body: { options: COUNTRIES } };
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      const shown = heard.payload['view'] as { id: string };
      await bench.web.apiCall('views.update', { view_id: shown.id, view: withFollowUp });
      return undefined;
    };
    await say('/deal');
    const form = page.getByRole('dialog', { name: 'Open a deal' });
    await form.getByRole('group', { name: 'Was it misused before?' }).getByLabel('Yes').check();
    await expect.poll(() => heardOf('block_actions')).toBeDefined();
    const country = form.getByRole('combobox', { name: 'Destination country' });
    await country.pressSequentially('new');
    release();
    await form.getByLabel('How was it misused?').waitFor();
    expect(await country.inputValue()).toBe('new');
    expect(await country.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('shows what the bot answers to a form', async () => {
    const second = {
      type: 'modal',
      title: plain('Sure?'),
      submit: plain('Yes'),
      blocks: [{ type: 'section', text: plain('Once more.') }],
    };
    let answer: { body?: unknown; status?: number } = {
      body: { response_action: 'errors', errors: { customer: 'This name is taken.' } },
    };
    bench.answer = (heard) =>
      heard.fields['command'] ? openForm(heard, { ...FORM, blocks: [FORM.blocks[1]] }) : answer;
    await say('/deal');
    const form = page.getByRole('dialog', { name: 'Open a deal' });
    await form.getByLabel('Customer').fill('A');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('alert').getByText('This name is taken.').waitFor();
    answer = { status: 500 };
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('We had some trouble connecting. Try again?').waitFor();
    answer = { body: { response_action: 'push', view: second } };
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog', { name: 'Sure?' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => form.getByLabel('Customer').inputValue()).toBe('A');
    // What was typed is lost only to whoever says so.
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep writing' }).press('Enter');
    expect(await form.getByLabel('Customer').inputValue()).toBe('A');
    // Each second press answers the question of the first, however fast they are.
    for (let n = 0; n < 6; n += 1) await page.keyboard.press('Escape');
    expect(await form.getByLabel('Customer').inputValue()).toBe('A');
    await form.getByLabel('Dismiss form').click();
    await page.getByRole('alertdialog', { name: 'Leave this form?' }).getByRole('button', { name: 'Leave it' }).click();
    await form.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('say');
  });

  it('draws every block and tells what is pressed', async () => {
    await postCard();
    await page.getByRole('heading', { name: 'D-7K3QXM' }).waitFor();
    await shot('card');
    const message = page.getByRole('article').last();
    expect(await message.locator('.mention').allTextContents()).toEqual([
      '@Sample counsel',
      '@here',
      '@Sample counsel',
    ]);
    expect(await message.getByText('<!here> *not bold* <https://example.com|click>').count()).toBe(1);
    expect(await message.getByRole('link').allTextContents()).toEqual(['Sample report (example.com)', 'a link']);
    await message.getByRole('button', { name: 'Answer', exact: true }).click();
    await expect
      .poll(() => heardOf('block_actions'))
      .toMatchObject({ actions: [{ action_id: 'answer', value: 'D-7K3QXM' }] });
    await message.getByRole('button', { name: 'Decline' }).click();
    await page
      .getByRole('alertdialog', { name: 'Decline this deal?' })
      .getByRole('button', { name: 'Keep it' })
      .click();
    expect(heardOf('block_actions')).toMatchObject({ actions: [{ action_id: 'answer' }] });
    await message.getByRole('button', { name: 'Decline' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Decline' }).click();
    await expect.poll(() => heardOf('block_actions')).toMatchObject({ actions: [{ action_id: 'decline' }] });
    await message.getByLabel('Set the tier').selectOption('High');
    await expect
      .poll(() => heardOf('block_actions'))
      .toMatchObject({ actions: [{ selected_option: { value: 'high' } }] });
    await message.getByRole('button', { name: 'More options' }).click();
    await page.getByRole('menuitem', { name: 'Export' }).click();
    await expect
      .poll(() => heardOf('block_actions'))
      .toMatchObject({ actions: [{ type: 'overflow', selected_option: { value: 'x' } }] });
    await message.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Status of this deal' }).click();
    await expect.poll(() => heardOf('message_action')).toMatchObject({ callback_id: 'status' });
    expect(problems).toEqual([]);
  });

  it('draws a message anew only when nobody presses anything on it: no click is lost', async () => {
    const edit = (ts: string, text: string) => {
      const blocks = [rich(line(words(text))), ...CARD.filter((block) => block.type === 'actions')];
      return bench.web.chat.update({ channel: CHANNEL, ts, text, blocks } as never);
    };
    const presses = () => bench.heard.filter((h) => h.payload['type'] === 'block_actions').length;
    const { ts = '' } = await postCard();
    const message = page.locator(`article[data-ts="${ts}"]`);
    const answer = message.getByRole('button', { name: 'Answer', exact: true });
    await answer.hover();
    await page.mouse.down();
    await edit(ts, 'First edit.');
    await edit(ts, 'Somebody else answered.');
    await bench.web.chat.postMessage({ channel: CHANNEL, text: 'Later' });
    await page.getByText('Later').waitFor();
    expect(await message.getByText('Markup shows').isVisible()).toBe(true);
    await page.mouse.up();
    await message.getByText('Somebody else answered.').waitFor();
    await expect.poll(presses).toBe(1);
    // The keyboard presses too, and no pointer is involved.
    await answer.focus();
    await page.keyboard.down('Space');
    await edit(ts, 'Edited again.');
    await bench.web.chat.postMessage({ channel: CHANNEL, text: 'Even later' });
    await page.getByText('Even later').waitFor();
    await page.keyboard.up('Space');
    await message.getByText('Edited again.').waitFor();
    await expect.poll(presses).toBe(2);
  });

  it('keeps the buttons of a form under a press when the bot changes it', async () => {
    let release = (): void => undefined;
    bench.answer = async (heard) => {
      if (heard.fields['command']) return openForm(heard);
      if (heard.payload['type'] !== 'block_actions') return undefined;
      const shown = heard.payload['view'] as { id: string };
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      await bench.web.apiCall('views.update', { view_id: shown.id, view: withFollowUp });
      return undefined;
    };
    await say('/deal');
    const form = page.getByRole('dialog', { name: 'Open a deal' });
    await form.getByRole('group', { name: 'Was it misused before?' }).getByLabel('Yes').check();
    await expect.poll(() => heardOf('block_actions')).toBeDefined();
    await form.getByRole('button', { name: 'Save' }).hover();
    await page.mouse.down();
    release();
    await bench.web.chat.postMessage({ channel: CHANNEL, text: 'Later' });
    await expect.poll(() => page.getByText('Later', { exact: true }).count()).toBe(1);
    await page.mouse.up();
    await form.getByText('Please complete this required field.').first().waitFor();
    await form.getByLabel('How was it misused?').waitFor();
  });

  it('counts how long ago something was, for as long as it is looked at', async () => {
    await page.clock.install();
    await page.reload();
    const day = 24 * 60 * 60;
    const now = Math.floor(Date.now() / 1000);
    const date = (timestamp: number) => ({ type: 'date', timestamp, format: '{ago}', fallback: 'since then' });
    await bench.web.chat.postMessage({
      channel: CHANNEL,
      text: 'A card',
      blocks: [rich(line(words('Asked '), date(now), words(' and '), date(now - 2 * day - 60)))],
    } as never);
    const shown = page.getByRole('article').last().locator('time.ago');
    await expect.poll(() => shown.allTextContents()).toEqual(['just now', '2 days ago']);
    expect(await shown.last().getAttribute('title')).toContain(String(new Date((now - 2 * day) * 1000).getFullYear()));
    await page.clock.fastForward('05:00');
    expect(await shown.first().textContent()).toMatch(/^[45] minutes ago$/);
    await page.clock.fastForward('24:00:00');
    expect(await shown.allTextContents()).toEqual(['1 day ago', '3 days ago']);
    // No window has its own clock back.
    await page.context().close();
    expect(problems).toEqual([]);
  });

  it('shows whoever says something what they said', async () => {
    for (let n = 0; n < 3; n += 1) await postCard();
    await page.getByRole('article').nth(2).waitFor();
    const list = page.locator('#channel [role=log]');
    await list.evaluate((node) => (node.scrollTop = 0));
    await say('Could we sell this?');
    await page.getByText('Could we sell this?').waitFor();
    await expect
      .poll(() => list.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight))
      .toBeLessThan(5);
  });

  it('marks a button that waits, and says when the bot does not answer', async () => {
    let release = (): void => undefined;
    bench.answer = () =>
      new Promise((resolve) => {
        release = () => resolve({ status: 500 });
      });
    await postCard();
    const button = page.getByRole('button', { name: 'Answer', exact: true });
    await button.click();
    await expect.poll(() => button.getAttribute('aria-busy')).toBe('true');
    await expect.poll(() => bench.heard.length).toBe(1);
    release();
    await page.getByText('We had some trouble connecting. Try again?').waitFor();
    await expect.poll(() => button.getAttribute('aria-busy')).toBeNull();
  });

  it('keeps threads, links to them and shows replies to everybody', async () => {
    const { ts = '' } = await postCard();
    await bench.web.chat.postMessage({ channel: CHANNEL, thread_ts: ts, text: 'First *reply*' });
    await page.getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByRole('textbox', { name: 'Reply in thread' }).fill('@Clearthread status');
    await thread.getByRole('button', { name: 'Send' }).click();
    await thread.getByText('@Clearthread').waitFor();
    await expect.poll(() => heardOf('event_callback')).toMatchObject({ event: { type: 'app_mention', thread_ts: ts } });
    await page.getByRole('button', { name: '2 replies' }).waitFor();
    await shot('thread');
    const reply = await bench.web.chat.postMessage({ channel: CHANNEL, thread_ts: ts, text: 'Linked' });
    const { permalink = '' } = await bench.web.chat.getPermalink({ channel: CHANNEL, message_ts: reply.ts ?? '' });
    await page.goto(permalink);
    await thread.getByText('Linked').waitFor();
    await page.getByRole('button', { name: 'Close thread' }).click();
    await thread.waitFor({ state: 'hidden' });
    expect(problems).toEqual([]);
  });

  it('lets one be somebody else, with their own messages', async () => {
    await bench.web.chat.postEphemeral({ channel: CHANNEL, user: REP, text: 'For the rep' });
    await page.getByText('Only visible to you').waitFor();
    await shot('ephemeral');
    await bench.web.chat.postMessage({ channel: COUNSEL, text: 'For counsel' });
    await page.getByLabel('Who am I').selectOption(COUNSEL);
    await page.getByRole('button', { name: 'Clearthread (unread)' }).click();
    await page.getByText('For counsel').waitFor();
    await page.getByRole('button', { name: 'deal-clearance' }).click();
    await page.getByRole('textbox', { name: 'Message #deal-clearance' }).waitFor();
    expect(await page.getByText('For the rep').count()).toBe(0);
    await page.getByLabel('Who am I').selectOption(REP);
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    await page.getByText('Only visible to you').waitFor({ state: 'detached' });
  });

  it('fits a phone, and the dark', async () => {
    const { ts = '' } = await postCard();
    await bench.web.chat.postMessage({ channel: CHANNEL, thread_ts: ts, text: 'A reply' });
    bench.answer = (heard) => (heard.fields['command'] ? openForm(heard) : undefined);
    for (const colorScheme of ['light', 'dark'] as const) {
      await open({ viewport: { width: 390, height: 800 }, colorScheme });
      await page.getByRole('heading', { name: 'D-7K3QXM' }).waitFor();
      expect(await overflows(page)).toBe(false);
      await shot(`phone-${colorScheme}`);
      await page.getByRole('button', { name: 'Show channels' }).click();
      await shot(`phone-${colorScheme}-channels`);
      await page.getByRole('button', { name: 'deal-clearance' }).click();
      await page.getByRole('button', { name: '1 reply' }).click();
      await page.getByRole('textbox', { name: 'Reply in thread' }).waitFor();
      expect(await overflows(page)).toBe(false);
      await shot(`phone-${colorScheme}-thread`);
      await page.getByRole('button', { name: 'Close thread' }).click();
      await say('/deal');
      await page.getByRole('dialog', { name: 'Open a deal' }).waitFor();
      expect(await overflows(page)).toBe(false);
      await shot(`phone-${colorScheme}-form`);
    }
    await open({ colorScheme: 'dark' });
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByRole('textbox', { name: 'Reply in thread' }).waitFor();
    await shot('dark');
    await say('/deal');
    await page.getByRole('dialog', { name: 'Open a deal' }).waitFor();
    await shot('dark-form');
  });
});
