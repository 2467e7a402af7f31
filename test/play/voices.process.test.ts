/** The process of the voices is killed while people report: whoever was shown a receipt finds their report. */

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

let folder: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voices-kills-'));
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const start = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, 'voices'], {
      env: {
        PATH: process.env['PATH'],
        CLEARTHREAD_VOICES_DIR: folder,
        CLEARTHREAD_VOICES_PAGE: '127.0.0.1:0',
        CLEARTHREAD_VOICES_ROOM: '127.0.0.1:0',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running = child;
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      const [, url] = /People report at (\S+)/.exec(said) ?? [];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error(`It ended: ${said}`)));
  });

const killed = (): Promise<void> =>
  new Promise((resolve) => {
    running?.once('exit', () => resolve());
    running?.kill('SIGKILL');
  });

const post = async (url: string, fields: Record<string, string>): Promise<string | undefined> => {
  try {
    return await (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).text();
  } catch {
    return undefined;
  }
};

const hiddenIn = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

it('keeps what has a receipt, and lets a lost answer be asked for again', async () => {
  let receipted = 0;
  let lost = 0;
  for (const wait of [0, 20, 60, 120, 200, 300, 450, 700]) {
    const url = await start();
    const page = await (await fetch(`${url}/`)).text();
    const fields = { receipt: hiddenIn(page, 'receipt'), readers: hiddenIn(page, 'readers'), what: `Sample ${wait}` };
    const asked = post(`${url}/report`, fields);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await killed();
    const answer = await asked;
    const again = await start();
    const shown = await post(`${again}/answers`, { receipt: fields.receipt });
    if (answer?.includes('Your report has arrived')) {
      receipted += 1;
      expect(shown).toContain('Your report arrived on');
    } else {
      lost += 1;
      // The page is still open: pressing Send once more is enough. Practice readers are made anew at each start.
      const readers = hiddenIn(await (await fetch(`${again}/`)).text(), 'readers');
      expect(await post(`${again}/report`, { ...fields, readers })).toContain('Your report has arrived');
      expect(await post(`${again}/answers`, { receipt: fields.receipt })).toContain('Your report arrived on');
    }
    await killed();
  }
  expect(receipted + lost).toBe(8);
}, 120_000);
