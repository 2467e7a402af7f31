/** `clearthread voices` as people start it, in a process of its own, and what its handlers do first, in a browser. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { sampleOrganisationFile } from '../../src/config/organisation-file.ts';
import { headed, press, status } from './case-room-pages.ts';
import { CI_MARK } from './ci-mark.ts';
import { quickKeys } from './passkey-phones.ts';

const CLI = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
export const PASSPHRASE = 'correct horse battery staple';

export interface VoicesPlay {
  /** Where people report. */
  page(): string;
  /** The organisation file, which a bot may share. */
  organisation: string;
  /** Everything that it printed. */
  said(): string;
  /** Runs `clearthread voices …`, and returns what it printed. */
  command(...args: string[]): string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** All of its folder. */
  everyByte(): string;
  /** Size of the store of files. */
  fileBytes(): number;
  /** While it is stopped: all that happened in all cases was a year before, and they were asked twice since. */
  aYearLater(): void;
  /** Ends it, and removes its folder. */
  end(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** `voices`: that part of the organisation file. */
export const openVoicesPlay = async (voices = ''): Promise<VoicesPlay> => {
  const folder = mkdtempSync(join(tmpdir(), 'voices-play-'));
  const store = join(folder, 'voices');
  const organisation = join(folder, 'organisation.yml');
  writeFileSync(organisation, `${readFileSync(sampleOrganisationFile, 'utf8')}\n${voices}`);
  const env = {
    ...CI_MARK,
    PATH: process.env['PATH'] ?? '',
    CLEARTHREAD_ORGANISATION: organisation,
    CLEARTHREAD_VOICES_DIR: store,
    CLEARTHREAD_VOICES_PAGE: `127.0.0.1:${await freePort()}`,
    CLEARTHREAD_VOICES_ROOM: `127.0.0.1:${await freePort()}`,
  };
  let running: ChildProcess | undefined;
  let [said, page] = ['', ''];
  const start = async (): Promise<void> => {
    const child = spawn(process.execPath, [CLI, 'voices'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let began = '';
    page = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`It ended: ${said}`)));
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text: Buffer) => {
          said += text.toString();
          began += text.toString();
          const [, url] = /People report at (\S+)/.exec(began) ?? [];
          if (url !== undefined) resolve(url);
        });
    });
  };
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      if (!running || running.exitCode !== null || running.signalCode !== null) return resolve();
      running.once('exit', () => resolve());
      running.kill('SIGTERM');
    });
  await start();
  return {
    page: () => page,
    organisation,
    said: () => said,
    command: (...args) => {
      const {
        stdout,
        stderr,
        status: code,
      } = spawnSync(process.execPath, [CLI, 'voices', ...args], {
        env,
        encoding: 'utf8',
      });
      if (code === 2) throw new Error(stderr);
      return stdout;
    },
    start,
    stop,
    everyByte: () =>
      readdirSync(store, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .join(''),
    fileBytes: () => statSync(join(store, 'files.db')).size,
    aYearLater: () => {
      const db = new Database(join(store, 'voices.db'));
      const year = new Date().getUTCFullYear();
      for (const { id, events } of db
        .prepare<[], { id: string; events: string }>('SELECT id, events FROM cases')
        .all()) {
        const asked = { kind: 'asked', by: 'h-1', day: `${year}-01-01` };
        const before = [...(JSON.parse(events) as { day: string }[]), asked, asked].map(({ day, ...event }) => ({
          ...event,
          day: `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`,
        }));
        db.prepare('UPDATE cases SET events = ? WHERE id = ?').run(JSON.stringify(before), id);
      }
      db.close();
    },
    end: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const unlock = async (window: Page, name: string): Promise<void> => {
  await press(window, name);
  await headed(window, `Hello, ${name}`);
  await window.getByLabel('Your passphrase').fill(PASSPHRASE);
  await window.keyboard.press('Enter');
  await headed(window, 'Cases');
};

/** Takes an invitation, and signs in for the first time. */
export const enrols = async (voices: VoicesPlay, window: Page, name: string): Promise<void> => {
  const asUsual = await quickKeys(window);
  await window.goto(voices.command('invite', '--name', name, '--role', 'Sample role').trim());
  await headed(window, `Welcome, ${name}`);
  await window.getByLabel('Choose a passphrase').fill(PASSPHRASE);
  await window.getByLabel('The same once more').fill(PASSPHRASE);
  await press(window, 'Make my passkey and my key');
  await headed(window, 'You are enrolled');
  await asUsual();
  await press(window, 'Sign in');
  await unlock(window, name);
};

/** Signs in anew in a window that was signed in before. */
export const signsInAgain = async (window: Page, name: string): Promise<void> => {
  await window.reload();
  await unlock(window, name);
};

/** Two handlers compare their keys, and vouch for each other. */
export const vouchForEachOther = async (
  [one, other]: readonly [Page, Page],
  [nameOfOne, nameOfOther]: readonly [string, string],
): Promise<void> => {
  const [ofOne = '', ofOther = ''] = await Promise.all(
    [one, other].map((window) => window.locator('.code').innerText()),
  );
  for (const [window, name, characters] of [
    [one, nameOfOther, ofOther],
    [other, nameOfOne, ofOne],
  ] as const) {
    await press(window, `Compare with ${name}`);
    await window.getByLabel(`The 12 characters that ${name} reads to you`).fill(characters);
    await press(window, 'It is them: sign');
    await status(window, `You vouched for ${name}`);
  }
};

/** Opens a case from wherever they are: the only one, or the one of that number. Returns its number. */
export const opensCase = async (window: Page, id?: string): Promise<string> => {
  if (await window.getByRole('button', { name: 'All cases' }).isVisible()) await press(window, 'All cases');
  await headed(window, 'Cases');
  const line = window.getByRole('button', { name: id ?? /^C-/ });
  await line.click();
  await headed(window, id ?? 'C-');
  return window.locator('h1').innerText();
};

/** Opens the conversation behind a receipt. */
export const opensReceipt = async (author: Page, voices: VoicesPlay, receipt: string): Promise<void> => {
  await author.goto(`${voices.page()}/answers`);
  await author.getByLabel('Receipt').fill(receipt);
  await press(author, 'Open');
};

/** Presses, and returns what the browser saved. */
export const saved = async (on: Page, name: string): Promise<{ as: string; bytes: Buffer }> => {
  const [download] = await Promise.all([on.waitForEvent('download'), press(on, name)]);
  return { as: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};
