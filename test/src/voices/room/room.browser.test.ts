/** The case room in a real browser: two handlers enrol, vouch for each other, and answer a report. */

import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptFrom } from '../../../../flows/voices/receipt.ts';
import { createReceiptKeys, type ReceiptKeys } from '../../../../src/voices/receipt-keys.ts';
import { open, seal } from '../../../../src/voices/sealing.ts';
import { browserIsMissing, launchBrowser } from '../../../support/browser-play.ts';
import { goesToCourt, tellsOfExport } from '../../../support/case-export-play.ts';
import { headed, press, status, text } from '../../../support/case-room-pages.ts';
import { invite, openCaseRoom, type CaseRoom } from '../../../support/case-room.ts';
import { considersHold, endsWithRemedy, investigates, joinsTwo } from '../../../support/case-work-play.ts';
import { keep, quickKeys, title, windowWithPasskeys } from '../../../support/passkey-phones.ts';

const missing = browserIsMissing('The case room is');
const PAGE = fileURLToPath(new URL('../../../../dist/src/voices/room/page/', import.meta.url));
const PASSPHRASE = 'correct horse battery staple';

let room: CaseRoom;
let browser: Browser;
let ada: Page;
let ben: Page;
let cid: Page;
let keys: ReceiptKeys;
let id = '';
const mistakes: string[] = [];
/** Everything that the page asked of the server. */
const sent: string[] = [];

const enrol = async (page: Page, name: string): Promise<void> => {
  const asUsual = await quickKeys(page);
  await take(page, name, invite(room, name).token);
  await asUsual();
};

const take = async (page: Page, name: string, token: string): Promise<void> => {
  await page.goto(`${room.url}/#invite=${token}`);
  await headed(page, `Welcome, ${name}`);
  await page.getByLabel('Choose a passphrase').fill('too short');
  await press(page, 'Make my passkey and my key');
  await status(page, 'Please choose a longer one');
  await page.getByLabel('Choose a passphrase').fill(PASSPHRASE);
  await page.getByLabel('The same once more').fill('correct horse battery stable');
  await press(page, 'Make my passkey and my key');
  await status(page, 'not the same');
  await keep(page, `room-welcome-${name.slice(-3)}`);
  await page.getByLabel('The same once more').fill(PASSPHRASE);
  await press(page, 'Make my passkey and my key');
  await headed(page, 'You are enrolled');
  expect(page.url()).toBe(`${room.url}/`);
};

const signIn = async (page: Page, name: string, more = ''): Promise<void> => {
  await page
    .getByRole('button', { name: `${name}` })
    .filter({ hasText: more })
    .last()
    .click();
  await headed(page, `Hello, ${name}`);
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await headed(page, 'Cases');
};

const vouchFor = async (page: Page, name: string, spoken: string): Promise<void> => {
  await page.getByRole('button', { name: `Compare with ${name}` }).click();
  await headed(page, `Is it ${name}?`);
  await page.getByLabel(`The 12 characters that ${name} reads to you`).fill(spoken.toLowerCase());
  await keep(page, `room-compare-${name.slice(-3)}`);
  await press(page, 'It is them: sign');
  await status(page, `You vouched for ${name}`);
};

beforeAll(async () => {
  if (missing) return;
  room = await openCaseRoom({ root: PAGE });
  browser = await launchBrowser();
  ({ page: ada } = await windowWithPasskeys(browser, { width: 320, height: 700 }, 'light', mistakes));
  ({ page: ben } = await windowWithPasskeys(browser, { width: 1280, height: 900 }, 'dark', mistakes));
  for (const page of [ada, ben])
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
});
afterAll(async () => {
  if (missing) return;
  await browser.close();
  await room.end();
});

describe.skipIf(missing)('the case room, in a browser', () => {
  it('enrols two, whose keys never leave their browsers in the clear', async () => {
    await enrol(ada, 'Sample Ada');
    await enrol(ben, 'Sample Ben');
    expect(room.handlers.all().map(({ recipient }) => recipient.slice(0, 7))).toEqual(['age1pq1', 'age1pq1']);
    expect(sent.join('\n')).not.toMatch(/AGE-SECRET-KEY|correct horse/);
    expect(sent.join('\n')).toContain('/api/enrol');
    // An invitation is used once.
    await keep(ada, 'room-enrolled');
  });

  it('says kindly that a passphrase is another one', async () => {
    await press(ada, 'Sign in');
    await headed(ada, 'Sign in');
    await keep(ada, 'room-names');
    await press(ada, 'Sample Ada');
    await headed(ada, 'Hello, Sample Ada');
    await ada.getByLabel('Your passphrase').fill('correct horse battery stable');
    await press(ada, 'Unlock');
    await status(ada, 'That is not the passphrase of your key');
    await keep(ada, 'room-unlock');
    await ada.getByLabel('Your passphrase').fill(` ${PASSPHRASE.replace(' ', '  ')} `);
    await press(ada, 'Unlock');
    await headed(ada, 'Cases');
    expect(await text(ada)).toContain('2 handlers have to be vouched for');
    await press(ben, 'Sign in');
    await signIn(ben, 'Sample Ben');
  });

  it('lets them vouch for each other by the characters that each reads out', async () => {
    const adas = await ada.locator('.code').innerText();
    const bens = await ben.locator('.code').innerText();
    expect(adas).not.toBe(bens);
    await keep(ada, 'room-empty');
    await press(ada, 'Compare with Sample Ben');
    await headed(ada, 'Is it Sample Ben?');
    await ada.getByRole('textbox').fill(adas);
    await press(ada, 'It is them: sign');
    await status(ada, 'These are not the characters of this key');
    await press(ada, 'Not now');
    await headed(ada, 'Cases');
    await vouchFor(ada, 'Sample Ben', bens);
    expect(await text(ada)).toContain('One more handler has to be vouched for');
    await vouchFor(ben, 'Sample Ada', adas);
    expect(await text(ben)).not.toContain('No report is taken yet');
    expect(room.handlers.active()).toHaveLength(2);
  });

  it('shows a report to them, as text and never as markup, with who spoke behind a press', async () => {
    keys = await createReceiptKeys(room.store.salt)(receiptFrom(randomBytes(16)));
    const active = room.handlers.active();
    const recipients = active.map(({ recipient }) => recipient);
    const report = {
      kind: 'report',
      what: 'They read the messages of a lawyer.\n<img src=x onerror="document.title=1"> <b>bold</b>',
      where: 'Sample City',
      when: 'Last spring',
      product: 'Sample Intercept',
      safe: 'no',
      how: 'Only in the evening.',
      meeting: 'yes',
      language: 'en',
      tellers: ['my sister', 'my son'],
    };
    room.store.receive({
      lookup: keys.lookup,
      recipient: keys.recipient,
      day: '2026-11-10',
      sealedTo: active.map((handler) => handler.id),
      report: await seal(report, recipients),
      mark: keys.markOf('a report'),
      who: await seal({ kind: 'who', text: 'Sample Speaker, at the market' }, recipients),
    });
    id = room.store.caseAt(keys.lookup)?.id ?? '';
    // Loading it again ends everything, and takes a passkey again.
    await ada.reload();
    await headed(ada, 'Sign in');
    await signIn(ada, 'Sample Ada');
    expect(await text(ada)).toContain('Cases: 1 overdue.');
    await keep(ada, 'room-overdue');
    await press(ada, id);
    await headed(ada, id);
    const shown = await text(ada);
    for (const part of [
      '<img src=x',
      '<b>bold</b>',
      'Sample City',
      'my sister',
      'No, please don’t answer',
      'an answer is not safe',
      'ago',
    ]) {
      expect(shown).toContain(part);
    }
    expect(await ada.locator('#view img, #view b').count()).toBe(0);
    expect(shown).not.toContain('Sample Speaker');
    expect(await ada.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await keep(ada, 'room-case');
    await press(ada, 'Show who they are');
    await ada.getByText('Sample Speaker').waitFor();
    expect(ada.url()).toBe(`${room.url}/`);
  });

  it('says that it arrived, by keyboard, in words that only who spoke can read', async () => {
    await ada.getByRole('button', { name: 'Say that it arrived' }).focus();
    await ada.keyboard.press('Enter');
    const box = ada.getByRole('textbox', { name: 'Say that it arrived' });
    expect(await box.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await box.inputValue()).toContain('By 17 February 2027 at the latest');
    await keep(ada, 'room-acknowledge');
    await ada.keyboard.press('ControlOrMeta+End');
    await ada.keyboard.type(' We are glad that you spoke.');
    await ada.keyboard.press('Tab');
    await ada.keyboard.press('Enter');
    await status(ada, 'Sent.');
    expect(await title(ada)).toBe(id);
    expect(await text(ada)).toContain('27 November 2026: Sample Ada said that it arrived.');
    const [, message] = room.store.messagesOf(id);
    expect(await open(message?.forReporter ?? Buffer.of(), keys.identity)).toEqual({
      kind: 'words',
      text: expect.stringMatching(
        /^Thank you for telling us[\s\S]*please write to us here\. We are glad that you spoke\.$/,
      ),
    });
    expect(sent.join('\n')).not.toContain('glad that you spoke');
  });

  it('is answered by the other one, who first looks again where something happened meanwhile', async () => {
    await ben.reload();
    await signIn(ben, 'Sample Ben');
    await press(ben, id);
    await headed(ben, id);
    expect(await text(ben)).toContain('We are glad that you spoke.');
    await press(ben, 'Write to them');
    const words = `When was it? ${'ü'.repeat(5000)}`;
    await ben.getByRole('textbox').fill(words);
    // She is faster.
    await ada.setViewportSize({ width: 390, height: 844 });
    await press(ada, 'Say what you make of it');
    await press(ada, 'Keep');
    await status(ada, 'Please choose one first');
    await ada.getByLabel('Credible and significant').check();
    await ada.getByLabel('Why?').fill('The times fit what the engineers told us.');
    await keep(ada, 'room-find');
    await press(ada, 'Keep');
    await status(ada, 'Kept, for handlers alone.');
    await press(ben, 'Send');
    await status(ben, 'Something happened in this case meanwhile');
    expect(await text(ben)).toContain('Found: credible and significant.');
    expect(await ben.getByRole('textbox').inputValue()).toBe(words);
    await keep(ben, 'room-stale');
    await press(ben, 'Send');
    await status(ben, 'Sent.');
    const last = room.store.messagesOf(id).at(-1);
    expect(await open(last?.forReporter ?? Buffer.of(), keys.identity)).toEqual({ kind: 'words', text: words });
  });

  it('considers a hold, with who could be found by it, and says what to place in chat', () =>
    considersHold(room, { ada, ben, id, sent }));

  it('is investigated by nobody of the deals, and nobody whom it concerns', () =>
    investigates(room, { ada, ben, id, sent }));

  it('ends with an outcome, the hold is lifted, and something is made good', () =>
    endsWithRemedy(room, { ada, ben, id, sent }));

  it('keeps a note, says what came of it to nobody for whom that is not safe, and closes', async () => {
    await press(ben, 'Write a note for handlers');
    await ben.getByRole('textbox').fill('Ask the engineers for the logs.');
    await press(ben, 'Keep');
    await status(ben, 'for handlers alone');
    await press(ben, 'Say what came of it');
    await keep(ben, 'room-feedback-unsafe');
    await ben.getByRole('textbox').fill('We ended the licence.');
    await press(ben, 'Keep');
    await status(ben, 'Nothing was sent, since that is not safe');
    const kept = room.store.messagesOf(id).at(-1);
    expect(await open(kept?.forReporter ?? Buffer.of(), keys.identity)).toEqual({
      kind: 'nothing',
      text: expect.stringMatching(/^ +$/),
    });
    expect(await text(ben)).toContain('not sent since that is not safe for them');
    await press(ben, 'Close the case');
    await press(ben, 'Close the case');
    await status(ben, 'The case is closed.');
    await keep(ben, 'room-closed');
    expect(await text(ben)).toContain('Note by Sample Ben, for handlers alone');
    expect(await ben.getByRole('button', { name: 'Open the case again' }).count()).toBe(1);
    expect(room.store.caseOf(id)?.events.map(({ kind }) => kind)).toEqual([
      'acknowledged',
      'worked',
      'answered',
      'answered',
      ...Array.from({ length: 7 }, () => 'worked'),
      'feedback',
      'closed',
    ]);
    // Once it is safe, they are asked how it went on; also in a closed case.
    await press(ben, 'Ask how it went on for them');
    await ben.getByLabel('They wrote since that an answer here is safe').check();
    await keep(ben, 'room-ask');
    await press(ben, 'Send');
    await status(ben, 'Sent.');
    const asked = room.store.messagesOf(id).at(-1);
    expect(await open(asked?.forReporter ?? Buffer.of(), keys.identity)).toMatchObject({
      text: expect.stringContaining('Did anybody harm you'),
    });
  });

  it('goes back with the browser’s own button, and leaves', async () => {
    await ben.goBack();
    await headed(ben, 'Cases');
    await press(ben, 'Count 2026');
    await ben.getByText('Found credible: 1 to 4').waitFor();
    await keep(ben, 'room-list');
    await press(ben, 'Leave');
    await headed(ben, 'Sign in');
    expect(await text(ben)).not.toContain(id);
    expect(await ben.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, '']);
  });

  it('takes a third one, whom two compare, and lets them read what was there', async () => {
    ({ page: cid } = await windowWithPasskeys(browser, { width: 390, height: 844 }, 'dark', mistakes));
    await enrol(cid, 'Sample Cid');
    await press(cid, 'Sign in');
    await signIn(cid, 'Sample Cid');
    const cids = await cid.locator('.code').innerText();
    await ben.reload();
    await signIn(ben, 'Sample Ben');
    await vouchFor(ben, 'Sample Cid', cids);
    await status(ben, 'once another handler does so as well');
    await cid.reload();
    await signIn(cid, 'Sample Cid');
    expect(await text(cid)).toContain('Sample Ben vouched for them, and another one has to');
    expect(await text(cid)).toContain('Read them to two other handlers');
    await keep(cid, 'room-one-of-two');
    await ada.reload();
    await signIn(ada, 'Sample Ada');
    await vouchFor(ada, 'Sample Cid', cids);
    await press(ada, id);
    await headed(ada, id);
    await press(ada, 'Let Sample Cid read it…');
    await press(ada, 'Let Sample Cid in');
    await status(ada, 'Please tick this first');
    await keep(ada, 'room-let-in');
    await ada.getByRole('checkbox').check();
    await press(ada, 'Let Sample Cid in');
    await status(ada, 'Sample Cid can read this case now.');
    await cid.reload();
    await signIn(cid, 'Sample Cid');
    await press(cid, id);
    await headed(cid, id);
    const shown = await text(cid);
    for (const part of [
      'They read the messages of a lawyer.',
      'Ask the engineers for the logs.',
      'Sample Ada let Sample Cid read',
    ])
      expect(shown).toContain(part);
    await press(cid, 'Show who they are');
    await cid.getByText('Sample Speaker').waitFor();
    await keep(cid, 'room-let-in-reads');
    expect(await cid.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });

  it('gives a closed case to a court once two agree to the same, made in the browser, without the name', () =>
    goesToCourt(room, { ada, ben, id, sent }));

  it('looks by itself whom a report concerns, whatever the server says', async () => {
    const active = room.handlers.active().filter(({ name }) => name !== 'Sample Cid');
    const [cids] = room.handlers.active().filter(({ name }) => name === 'Sample Cid');
    const recipients = active.map(({ recipient }) => recipient);
    const another = await createReceiptKeys(room.store.salt)(receiptFrom(randomBytes(16)));
    const concerns = [{ id: cids?.id, name: 'Sample Cid' }];
    room.store.receive({
      lookup: another.lookup,
      recipient: another.recipient,
      day: '2026-11-27',
      sealedTo: active.map((handler) => handler.id),
      report: await seal({ kind: 'report', what: 'It was Cid.', concerns }, recipients),
      mark: another.markOf('another'),
      who: undefined,
      // The store was altered: nobody is ticked.
      concerns: [],
    });
    const altered = room.store.caseAt(another.lookup)?.id ?? '';
    await press(ada, 'All cases');
    await press(ada, altered);
    await headed(ada, altered);
    expect(await text(ada)).toContain('Concerns, so that it is not sealed to them\nSample Cid');
    await press(ada, 'Let Sample Cid read it…');
    await ada.getByRole('checkbox').check();
    await press(ada, 'Let Sample Cid in');
    await status(ada, 'This report concerns Sample Cid');
    await keep(ada, 'room-concerns');
    expect(room.store.caseOf(altered)?.sealedTo).toHaveLength(2);
    // He reads the other one: its number alone would tell him of this one.
    await press(ada, 'Say what you make of it');
    await ada.getByLabel('False alarm').check();
    await ada.getByLabel('Why?').fill('It was told before.');
    await ada.getByLabel('Does another case tell of the same?').fill(id.toLowerCase());
    await press(ada, 'Keep');
    await status(ada, 'Other people read that case');
    expect(room.store.caseOf(altered)?.events).toEqual([]);
    // So that it is not in the way of what comes.
    room.store.withdraw(altered, '2026-11-27');
  });

  it('joins two reports of the same in both, and closes none of what is found light by one alone', () =>
    joinsTwo(room, { ada, ben, id, sent }, tellsOfExport));

  it('gives a lost key’s cases to a new one, which two others compared', async () => {
    const { page: anew } = await windowWithPasskeys(browser, { width: 390, height: 844 }, 'dark', mistakes);
    const cids = room.handlers.all().find(({ name }) => name === 'Sample Cid')?.id;
    const invited = room.handlers.invite({ name: 'Sample Cid', role: 'Engineer', until: '2026-12-31', instead: cids });
    // This one key costs what keys do.
    await take(anew, 'Sample Cid', invited.token);
    await press(anew, 'Sign in');
    await keep(anew, 'room-two-keys');
    await signIn(anew, 'Sample Cid', 'with the new key');
    const spoken = await anew.locator('.code').innerText();
    expect(await text(anew)).not.toContain(id);
    for (const [page, name] of [
      [ada, 'Sample Ada'],
      [ben, 'Sample Ben'],
    ] as const) {
      await page.reload();
      await signIn(page, name);
      await keep(page, `room-new-key-${name.slice(-3)}`);
      await vouchFor(page, 'Sample Cid', spoken);
    }
    await headed(ben, 'Cases');
    await ben.getByText('Sample Cid has a new key').waitFor();
    await keep(ben, 'room-seal-again');
    await press(ben, 'Seal 1 case to Sample Cid');
    await status(ben, 'Sample Cid can read 1 case with the new key.');
    // The old one is out, where it was in.
    await press(cid, 'All cases');
    await status(cid, 'not signed in any more');
    await anew.reload();
    await signIn(anew, 'Sample Cid');
    await press(anew, id);
    await headed(anew, id);
    expect(await text(anew)).toContain('They read the messages of a lawyer.');
    expect(sent.join('\n')).not.toMatch(/AGE-SECRET-KEY|correct horse/);
    await anew.close();
  });

  it('locks itself after half an hour, in the page and in the server', async () => {
    await ada.clock.install();
    await ada.reload();
    await headed(ada, 'Sign in');
    await signIn(ada, 'Sample Ada');
    await press(ada, id);
    await headed(ada, id);
    await ada.clock.fastForward('31:00');
    await status(ada, 'You were not here for half an hour');
    expect(await ada.locator('body').innerText()).not.toContain(id);
  });

  it('gives no other file than those that the page runs', async () => {
    const modules = [...new Set(sent)]
      .filter((line) => line.includes('/modules/'))
      .map((line) => new URL(line.trim()).pathname);
    expect(
      modules
        .filter((path) => path.includes('/clearthread@'))
        .toSorted()
        .map((path) => path.replace(/^.*\/dist\//, '')),
    ).toEqual([
      'flows/hold-reason.js',
      'flows/hold.js',
      'flows/voices/case.js',
      'flows/voices/counting.js',
      'flows/voices/days.js',
      'flows/voices/exporting.js',
      'flows/voices/files.js',
      'flows/voices/padding.js',
      'flows/voices/reading.js',
      'flows/voices/steps.js',
      'flows/voices/vouching.js',
      'src/signing/page/draw.js',
      'src/signing/page/passkey.js',
      'src/voices/room/page/acting.js',
      'src/voices/room/page/ask.js',
      'src/voices/room/page/case-words.js',
      'src/voices/room/page/case.js',
      'src/voices/room/page/entering.js',
      'src/voices/room/page/export-file.js',
      'src/voices/room/page/export-making.js',
      'src/voices/room/page/export-words.js',
      'src/voices/room/page/exporting.js',
      'src/voices/room/page/files.js',
      'src/voices/room/page/keys.js',
      'src/voices/room/page/letting-in.js',
      'src/voices/room/page/main.js',
      'src/voices/room/page/opening.js',
      'src/voices/room/page/overview.js',
      'src/voices/room/page/reading-case.js',
      'src/voices/room/page/report-list.js',
      'src/voices/room/page/report.js',
      'src/voices/room/page/step-fields.js',
      'src/voices/room/page/step-forms.js',
      'src/voices/room/page/step-words.js',
      'src/voices/room/page/view.js',
      'src/voices/room/page/working.js',
      'src/voices/room/wire.js',
      'src/voices/sealing.js',
    ]);
    const [own = ''] = modules.filter((path) => path.endsWith('/sealing.js'));
    for (const path of [
      own.replace('sealing.js', 'store.js'),
      own.replace('dist/src/voices/sealing.js', 'package.json'),
      own.replace('dist/src/voices/sealing.js', '../../etc/passwd'),
      '/index.html',
      '/main.js',
    ]) {
      expect((await fetch(`${room.url}${path}`)).status).toBe(404);
    }
  });

  it('made no mistake', () => {
    // A refusal is an answer of its own status, which a browser names in its console.
    expect(mistakes.filter((line) => !/status of 40[139]/.test(line))).toEqual([]);
    expect(room.logged).toEqual([]);
  });
});
