/** From a report to its answer, as people do it: the command, its two addresses, a browser without scripts and two with passkeys. */

import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserIsMissing, launchBrowser } from '../support/browser-play.ts';
import { headed, press } from '../support/case-room-pages.ts';
import { fromFindingToClosing, WORK_TRACES } from '../support/case-work-play.ts';
import { keep, windowWithPasskeys } from '../support/passkey-phones.ts';
import { photoWithPlace } from '../support/photo-with-place.ts';
import {
  enrols,
  openVoicesPlay,
  opensCase,
  opensReceipt,
  PASSPHRASE,
  saved,
  signsInAgain,
  vouchForEachOther,
  type VoicesPlay,
} from '../support/voices-play.ts';

const missing = browserIsMissing('The voices are');
const SECRET = 'They follow Amal with your cameras';
const NAME = 'Bo from the market';
const OUTCOME = 'It was so, and we ended it';
const ANSWER = 'We read it, and we look into it';
const PHOTO_NAME = 'IMG_20260114_081502.jpg';
const PAGE_NAME = 'sample page.html';
const PAGE_TEXT = '<script>document.title = "opened"</script> sample words of a page';

let voices: VoicesPlay;
let browser: Browser;
const mistakes: string[] = [];

beforeAll(async () => {
  if (missing) return;
  voices = await openVoicesPlay();
  browser = await launchBrowser();
});
afterAll(async () => {
  if (missing) return;
  await browser.close();
  await voices.end();
});

it.skipIf(missing)(
  'a report without a name on it is answered, and nobody but its readers and its author read any of it',
  async () => {
    const { page: ada } = await windowWithPasskeys(browser, { width: 390, height: 800 }, 'dark', mistakes);
    const { page: ben } = await windowWithPasskeys(browser, { width: 1280, height: 900 }, 'light', mistakes);
    // Tor Browser at its safest runs no script.
    const quiet = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 700 } });
    const author = await quiet.newPage();
    const checking = await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 700 } });
    const checker = await checking.newPage();
    for (const window of [ada, ben, author, checker]) window.setDefaultTimeout(90_000);
    await author.goto(voices.page());
    await headed(author, 'This page is not open yet');

    await enrols(voices, ada, 'Sample Ada');
    await enrols(voices, ben, 'Sample Ben');
    await press(ada, 'Leave');
    await signsInAgain(ada, 'Sample Ada');
    await vouchForEachOther([ada, ben], ['Sample Ada', 'Sample Ben']);

    await author.goto(voices.page());
    await author.getByLabel('What happened?').fill(SECRET);
    await author.getByLabel('May we know who you are?').fill(NAME);
    const photo = await photoWithPlace('jpeg', 600);
    expect((await sharp(photo).metadata()).exif?.toString('latin1')).toContain('Sample Camera 9');
    await author.getByLabel('Files').setInputFiles([
      { name: PHOTO_NAME, mimeType: 'image/jpeg', buffer: photo },
      { name: PAGE_NAME, mimeType: 'text/html', buffer: Buffer.from(PAGE_TEXT) },
    ]);
    expect(await author.getByLabel('Remove from photos').isChecked()).toBe(true);
    expect(await author.getByLabel('Also send what can’t be cleaned').isChecked()).toBe(false);
    await press(author, 'Send');
    await headed(author, 'Your report has arrived');
    expect(await author.locator('main').innerText()).toContain('Files that arrived with it: 1.');
    expect(await author.locator('main').innerText()).toContain(`${PAGE_NAME}: it can’t be cleaned`);
    const receipt = await author.locator('.digits').innerText();

    await signsInAgain(ada, 'Sample Ada');
    await opensCase(ada);
    await ada.getByText(SECRET).waitFor();
    expect(await ada.locator('main').innerText()).not.toContain(NAME);
    const { as, bytes: picture } = await saved(ada, 'Save photo-1.jpg');
    await ada.getByRole('status').filter({ hasText: 'saves it as photo-1.jpg' }).waitFor();
    expect(as).toBe('photo-1.jpg');
    const { exif, xmp, icc, width } = await sharp(picture).metadata();
    expect({ exif, xmp, icc, width }).toEqual({ exif: undefined, xmp: undefined, icc: undefined, width: 600 });
    expect(picture.toString('latin1')).not.toMatch(/Exif|GPS|Sample (?:Camera|Street)|2026:01:14/i);
    await keep(ada, 'room-files');
    await press(ada, 'Say that it arrived');
    await ada.getByRole('textbox', { name: 'Say that it arrived' }).fill(ANSWER);
    await press(ada, 'Send');
    await ada.getByRole('status').filter({ hasText: 'Sent.' }).waitFor();

    await opensReceipt(author, voices, receipt);
    await author.getByText(ANSWER).waitFor();
    await author
      .getByLabel('Files')
      .setInputFiles([{ name: PAGE_NAME, mimeType: 'text/html', buffer: Buffer.from(PAGE_TEXT) }]);
    await author.getByLabel('Also send what can’t be cleaned').check();
    await press(author, 'Send');
    await author.getByText('It has arrived.').waitFor();
    expect(await author.locator('main').innerText()).toContain('These went in as they are');
    await opensCase(ada);
    const page2 = await saved(ada, `Save ${PAGE_NAME}`);
    expect(page2.as).toBe(`${PAGE_NAME}.rename-to-open`);
    expect(page2.bytes.toString()).toBe(PAGE_TEXT);
    expect(await ada.title()).not.toBe('opened');
    // The same pages with scripts on, for the checker alone.
    await checker.goto(voices.page());
    await keep(checker, 'voices-form');
    await opensReceipt(checker, voices, receipt);
    await checker.getByText(ANSWER).waitFor();
    await keep(checker, 'voices-answer');
    await checker.getByLabel('Files').setInputFiles([
      { name: PHOTO_NAME, mimeType: 'image/jpeg', buffer: photo },
      { name: PAGE_NAME, mimeType: 'text/html', buffer: Buffer.from(PAGE_TEXT) },
    ]);
    await press(checker, 'Send');
    await checker.getByText('It has arrived.').waitFor();
    await keep(checker, 'voices-files-left-out');
    expect(await author.locator('main').innerText()).not.toContain(SECRET);

    await opensCase(ada);
    await fromFindingToClosing(ada, { told: OUTCOME });
    await keep(ada, 'room-case-closed');
    await opensReceipt(author, voices, receipt);
    await author.getByText(OUTCOME).waitFor();

    const bytes = voices.everyByte();
    for (const trace of [
      SECRET,
      NAME,
      ANSWER,
      PASSPHRASE,
      PHOTO_NAME,
      PAGE_NAME,
      'words of a page',
      'Sample Camera',
      receipt.replaceAll(' ', ''),
      OUTCOME,
      ...WORK_TRACES,
    ]) {
      expect(bytes).not.toContain(trace);
      expect(voices.said()).not.toContain(trace);
    }

    await voices.stop();
    const files = voices.fileBytes();
    voices.aYearLater();
    await voices.start();
    await opensReceipt(author, voices, receipt);
    await headed(author, 'There is nothing under this receipt');
    expect(voices.fileBytes()).toBeLessThan(files / 2);
    expect(mistakes.filter((line) => !/status of 40[139]/.test(line))).toEqual([]);
  },
  120_000,
);
