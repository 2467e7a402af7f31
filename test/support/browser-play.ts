/** The bot as `npm start` runs it, in a process of its own, and people in front of it in a real browser. */

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { BRIEF } from './brief-node.ts';
import { createBrowserHand, type BrowserHand } from './browser-hand.ts';
import { CI_MARK } from './ci-mark.ts';
import { createTeamsBrowserHand } from './teams-browser-hand.ts';

/** Levels of a log line below a warning. */
const QUIET = /^\{"level":[123]0,/;
/** A call that got no answer in time, and is made again. */
const LATE = /"event":"(?:slack\.sdk|outbox\.retry)"[^}]*"code":"(?:TimeoutError|no_answer)"/;
/** On a machine with that much more to do than it can, it says nothing of the bot; what never arrives still fails. */
const isTooBusy = (): boolean => (loadavg()[0] ?? 0) > 3 * availableParallelism();
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));

/** Where everything has to be proven, a missing browser is a failure, never a silent pass. */
export const browserIsMissing = (what: string): boolean => {
  if (existsSync(CHROMIUM)) return false;
  if (process.env['CI'] ?? process.env['CLEARTHREAD_CI_RUN']) throw new Error(`no Chromium at ${CHROMIUM}`);
  process.stderr.write(`${what} not tested in a browser: no Chromium at ${CHROMIUM} (CHROMIUM_PATH).\n`);
  return true;
};

/** What Playwright switches off too: the last such list is the only one that counts. */
const AS_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];
/** Lists below an address line that nobody sees: two pages of the browser's own, a second of work for each window. */
const UNSEEN = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      `--disable-features=${[...AS_PLAYWRIGHT, ...UNSEEN].join(',')}`,
    ],
  });

type Scheme = 'light' | 'dark';

export interface BrowserPlay {
  /** Such as `http://localhost:3000`. */
  url: string;
  dataDir: string;
  slackHand(user: string, colorScheme?: Scheme): Promise<BrowserHand>;
  teamsHand(user: string, colorScheme?: Scheme): Promise<BrowserHand>;
  /** Kills the bot with `kill -9`, and starts it again on the same port and folder. `meanwhile`: while no bot runs. */
  killAndStart(meanwhile?: () => Promise<void>): Promise<void>;
  /** Faults of the pages, and what the bot warned of. */
  mistakes: string[];
  /** Everything that the bot logged. */
  logged: string[];
  end(): Promise<void>;
}

/**
 * `samples`: with the sample deals and the tour; else it begins empty. `settings`: environment variables besides.
 * `working`: the bot has more to do than to start and to answer.
 */
export const openBrowserPlay = async ({
  samples = false,
  settings = {},
  working = false,
}: { samples?: boolean; settings?: Record<string, string>; working?: boolean } = {}): Promise<BrowserPlay> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clearthread-browser-'));
  const [mistakes, logged]: [string[], string[]] = [[], []];
  let port = '0';
  let bot: ChildProcess | undefined;
  /** Resolves with the address that the bot prints. */
  const startBot = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const { PATH = '' } = process.env;
      const child = spawn(process.execPath, [...(working ? [] : BRIEF), MAIN], {
        env: {
          ...CI_MARK,
          PATH,
          PORT: port,
          DATA_DIR: dataDir,
          CLEARTHREAD_SAMPLES: samples ? 'on' : 'off',
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      bot = child;
      createInterface({ input: child.stdout }).on('line', (line) => {
        logged.push(line);
        if (!QUIET.test(line) && !(LATE.test(line) && isTooBusy())) mistakes.push(line);
      });
      child.stderr.on('data', (line: Buffer) => {
        const url = /http:\/\/[\w.]+:\d+/.exec(line.toString())?.[0];
        if (url) resolve(url);
        else reject(new Error(line.toString()));
      });
      child.once('exit', (code) => reject(new Error(`the bot ended with ${String(code)}`)));
    });
  const stopBot = (signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (!bot || bot.exitCode !== null || bot.signalCode !== null) return resolve();
      bot.once('exit', () => resolve());
      bot.kill(signal);
    });

  const base = await startBot();
  port = new URL(base).port;
  const browser = await launchBrowser();
  // A window for each person: one profile has six connections to a server, and each tab's live updates hold one.
  const pageOf = async (colorScheme: Scheme): Promise<Page> => {
    // In the zone of the sample organisation.
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      colorScheme,
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    // The browser's own question before a form with words in it is left.
    page.on('dialog', (dialog) => void dialog.accept());
    page.on('pageerror', (error) => mistakes.push(`page: ${error.message}`));
    return page;
  };
  return {
    url: base,
    dataDir,
    slackHand: async (user, colorScheme = 'light') => createBrowserHand(await pageOf(colorScheme), base, user),
    teamsHand: async (user, colorScheme = 'light') => createTeamsBrowserHand(await pageOf(colorScheme), base, user),
    killAndStart: async (meanwhile = async () => {}) => {
      await stopBot('SIGKILL');
      await meanwhile();
      await startBot();
    },
    mistakes,
    logged,
    end: async () => {
      await browser.close();
      await stopBot('SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
