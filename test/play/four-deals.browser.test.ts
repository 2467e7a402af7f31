/** The four deals in a real browser, in front of the bot as `npm start` runs it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserHand } from '../support/browser-hand.ts';
import type { Hand } from '../support/chat-hand.ts';
import { electionCommission, interiorMinistry, stateTelecom, weatherSensor, type Cast } from '../support/four-deals.ts';
import { PEOPLE } from '../support/playing.ts';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const missing = !existsSync(CHROMIUM);
// Where everything is proven, a missing browser is a failure, never a silent pass.
if (missing && (process.env['CI'] ?? process.env['CLEARTHREAD_CI_RUN'])) throw new Error(`no Chromium at ${CHROMIUM}`);
if (missing)
  process.stderr.write(`The four deals are not played in a browser: no Chromium at ${CHROMIUM} (CHROMIUM_PATH).\n`);
const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

const dataDir = mkdtempSync(join(tmpdir(), 'clearthread-browser-'));
let bot: ChildProcess | undefined;
let browser: Browser;
let base = '';
let port = '0';
const cast = {} as Cast;
const mistakes: string[] = [];

/** Resolves with the address that the bot says. */
const startBot = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH, PORT: port, DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    bot = child;
    child.stdout.on('data', (line: Buffer) => mistakes.push(line.toString()));
    child.stderr.on('data', (line: Buffer) => {
      const url = /http:\/\/[\d.]+:\d+/.exec(line.toString())?.[0];
      if (url) resolve(url);
      else reject(new Error(line.toString()));
    });
    child.once('exit', (code) => reject(new Error(`the bot ended with ${String(code)}`)));
  });

const stopBot = (signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    bot?.once('exit', () => resolve());
    bot?.kill(signal);
  });

beforeAll(async () => {
  if (missing) return;
  base = await startBot();
  port = new URL(base).port;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  // A window of their own for each: one profile has six connections to a server, and each tab's live updates hold one.
  const hand = async (user: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Hand> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
    const page = await context.newPage();
    page.on('pageerror', (error) => mistakes.push(`page: ${error.message}`));
    return createBrowserHand(page, base, user);
  };
  cast.rep = await hand(PEOPLE.rep);
  cast.legalAdviser = await hand(PEOPLE.legalAdviser);
  cast.compliance = await hand(PEOPLE.compliance);
  cast.senior = await hand(PEOPLE.senior);
  cast.senior2 = await hand(PEOPLE.senior2);
  cast.counsel = await hand(PEOPLE.counsel, 'dark');
});
afterAll(async () => {
  await browser?.close();
  await stopBot('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

describe.skipIf(missing)('four deals in a browser', () => {
  it('a weather sensor for a farm co-operative is out of scope', async () => {
    await weatherSensor(cast);
  });
  it('network protection for an election commission is low, in under 20 clicks of the rep', async () => {
    const { clicks } = await electionCommission(cast);
    expect(clicks).toBeLessThan(20);
  });
  it('data analytics for a part state-owned telecom is elevated, through a kill -9 and a hand-over', async () => {
    await stateTelecom(cast, async () => {
      await stopBot('SIGKILL');
      await startBot();
    });
  });
  it('facial recognition for a police is high: a changed answer voids its votes, a stale card counts', async () => {
    await interiorMinistry(cast);
  });
  it('leaves no fault in the page or the log', () => {
    expect(mistakes).toEqual([]);
  });
});
