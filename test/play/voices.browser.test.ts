/** From a report to its answer, as people do it: the command, its two addresses, a browser without scripts and two with passkeys. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { browserIsMissing, launchBrowser } from '../support/browser-play.ts';
import { fromFindingToClosing, WORK_TRACES } from '../support/case-work-play.ts';
import { CI_MARK } from '../support/ci-mark.ts';
import { keep, windowWithPasskeys } from '../support/passkey-phones.ts';
import { photoWithPlace } from '../support/photo-with-place.ts';

const missing = browserIsMissing('The voices are');
const CLI = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const PASSPHRASE = 'correct horse battery staple';
const SECRET = 'They follow Amal with your cameras';
const NAME = 'Bo from the market';
const OUTCOME = 'It was so, and we ended it';
const ANSWER = 'We read it, and we look into it';
const PHOTO_NAME = 'IMG_20260114_081502.jpg';
const PAGE_NAME = 'sample page.html';
const PAGE_TEXT = '<script>document.title = "opened"</script> sample words of a page';

let folder: string;
let env: Record<string, string>;
let running: ChildProcess;
let said = '';
let page: string;
let browser: Browser;
const mistakes: string[] = [];

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Resolves with the address at which people report. */
const start = (): Promise<string> => {
  running = spawn(process.execPath, [CLI, 'voices'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let began = '';
  return new Promise((resolve, reject) => {
    running.once('exit', () => reject(new Error(`It ended: ${said}`)));
    for (const stream of [running.stdout, running.stderr])
      stream?.on('data', (text: Buffer) => {
        said += text.toString();
        began += text.toString();
        const [, url] = /People report at (\S+)/.exec(began) ?? [];
        if (url !== undefined) resolve(url);
      });
  });
};

const end = (): Promise<void> =>
  new Promise((resolve) => {
    running.once('exit', () => resolve());
    running.kill('SIGTERM');
  });

/** What happened in all cases, as if it had happened a year before; and they were asked twice since. */
const aYearLater = (): void => {
  const db = new Database(join(folder, 'voices', 'voices.db'));
  const year = new Date().getUTCFullYear();
  for (const { id, events } of db.prepare<[], { id: string; events: string }>('SELECT id, events FROM cases').all()) {
    const asked = { kind: 'asked', by: 'h-1', day: `${year}-01-01` };
    const before = [...(JSON.parse(events) as { day: string }[]), asked, asked].map(({ day, ...event }) => ({
      ...event,
      day: `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`,
    }));
    db.prepare('UPDATE cases SET events = ? WHERE id = ?').run(JSON.stringify(before), id);
  }
  db.close();
};

const command = (...args: string[]): string => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, 'voices', ...args], { env, encoding: 'utf8' });
  if (status === 2) throw new Error(stderr);
  return stdout;
};

const press = (on: Page, name: string): Promise<void> => on.getByRole('button', { name }).click();
const headed = (on: Page, words: string): Promise<void> => on.locator('h1', { hasText: words }).waitFor();

/** Presses, and returns what the browser saved. */
const saved = async (on: Page, name: string): Promise<{ as: string; bytes: Buffer }> => {
  const [download] = await Promise.all([on.waitForEvent('download'), press(on, name)]);
  return { as: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};

const everyByte = (): string =>
  readdirSync(join(folder, 'voices'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('');

beforeAll(async () => {
  if (missing) return;
  folder = mkdtempSync(join(tmpdir(), 'voices-play-'));
  const organisation = join(folder, 'organisation.yml');
  writeFileSync(organisation, readFileSync(sampleOrganisationFile, 'utf8'));
  const [pagePort, roomPort] = [await freePort(), await freePort()];
  env = {
    ...CI_MARK,
    PATH: process.env['PATH'] ?? '',
    CLEARTHREAD_ORGANISATION: organisation,
    CLEARTHREAD_VOICES_DIR: join(folder, 'voices'),
    CLEARTHREAD_VOICES_PAGE: `127.0.0.1:${pagePort}`,
    CLEARTHREAD_VOICES_ROOM: `127.0.0.1:${roomPort}`,
  };
  page = await start();
  browser = await launchBrowser();
});
afterAll(async () => {
  if (missing) return;
  await browser.close();
  running.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
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
    await author.goto(page);
    await headed(author, 'This page is not open yet');

    for (const [window, name] of [
      [ada, 'Sample Ada'],
      [ben, 'Sample Ben'],
    ] as const) {
      await window.goto(command('invite', '--name', name, '--role', 'Sample role').trim());
      await headed(window, `Welcome, ${name}`);
      await window.getByLabel('Choose a passphrase').fill(PASSPHRASE);
      await window.getByLabel('The same once more').fill(PASSPHRASE);
      await press(window, 'Make my passkey and my key');
      await headed(window, 'You are enrolled');
      await press(window, 'Sign in');
      await press(window, name);
      await headed(window, `Hello, ${name}`);
      await window.getByLabel('Your passphrase').fill(PASSPHRASE);
      await window.keyboard.press('Enter');
      await headed(window, 'Cases');
    }
    await press(ada, 'Leave');
    await press(ada, 'Sample Ada');
    await headed(ada, 'Hello, Sample Ada');
    await ada.getByLabel('Your passphrase').fill(PASSPHRASE);
    await ada.keyboard.press('Enter');
    await headed(ada, 'Cases');
    const spoken = await Promise.all([ada, ben].map((window) => window.locator('.code').innerText()));
    for (const [window, other, characters] of [
      [ada, 'Sample Ben', spoken[1] ?? ''],
      [ben, 'Sample Ada', spoken[0] ?? ''],
    ] as const) {
      await press(window, `Compare with ${other}`);
      await window.getByLabel(`The 12 characters that ${other} reads to you`).fill(characters);
      await press(window, 'It is them: sign');
      await window
        .getByRole('status')
        .filter({ hasText: `You vouched for ${other}` })
        .waitFor();
    }

    await author.goto(page);
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

    await ada.reload();
    await press(ada, 'Sample Ada');
    await headed(ada, 'Hello, Sample Ada');
    await ada.getByLabel('Your passphrase').fill(PASSPHRASE);
    await ada.keyboard.press('Enter');
    await headed(ada, 'Cases');
    await ada.getByRole('button', { name: /^C-/ }).click();
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

    await author.goto(`${page}/answers`);
    await author.getByLabel('Receipt').fill(receipt);
    await press(author, 'Open');
    await author.getByText(ANSWER).waitFor();
    await author
      .getByLabel('Files')
      .setInputFiles([{ name: PAGE_NAME, mimeType: 'text/html', buffer: Buffer.from(PAGE_TEXT) }]);
    await author.getByLabel('Also send what can’t be cleaned').check();
    await press(author, 'Send');
    await author.getByText('It has arrived.').waitFor();
    expect(await author.locator('main').innerText()).toContain('These went in as they are');
    await press(ada, 'All cases');
    await headed(ada, 'Cases');
    await ada.getByRole('button', { name: /^C-/ }).click();
    const page2 = await saved(ada, `Save ${PAGE_NAME}`);
    expect(page2.as).toBe(`${PAGE_NAME}.rename-to-open`);
    expect(page2.bytes.toString()).toBe(PAGE_TEXT);
    expect(await ada.title()).not.toBe('opened');
    // The same pages with scripts on, for the checker alone.
    await checker.goto(page);
    await keep(checker, 'voices-form');
    await checker.goto(`${page}/answers`);
    await checker.getByLabel('Receipt').fill(receipt);
    await press(checker, 'Open');
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

    await press(ada, 'All cases');
    await headed(ada, 'Cases');
    await ada.getByRole('button', { name: /^C-/ }).click();
    await fromFindingToClosing(ada, OUTCOME);
    await keep(ada, 'room-case-closed');
    await author.goto(`${page}/answers`);
    await author.getByLabel('Receipt').fill(receipt);
    await press(author, 'Open');
    await author.getByText(OUTCOME).waitFor();

    const bytes = everyByte();
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
      expect(said).not.toContain(trace);
    }

    await end();
    const files = statSync(join(folder, 'voices', 'files.db')).size;
    aYearLater();
    expect(await start()).toBe(page);
    await author.goto(`${page}/answers`);
    await author.getByLabel('Receipt').fill(receipt);
    await press(author, 'Open');
    await headed(author, 'There is nothing under this receipt');
    expect(statSync(join(folder, 'voices', 'files.db')).size).toBeLessThan(files / 2);
    expect(mistakes.filter((line) => !/status of 40[139]/.test(line))).toEqual([]);
  },
  120_000,
);
