/** The command of the voices as a process of its own, with a folder of its own, for each test of a file. */

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import { CI_MARK } from './ci-mark.ts';
import { SITE } from './soft-passkey.ts';

const CLI = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export interface VoicesProcess {
  /** Its store. */
  folder(): string;
  pid(): number | undefined;
  /** Of the case room, once it was started; handlers open it at SITE. */
  roomUrl(): string;
  /** Resolves with the address at which people report. */
  start(): Promise<string>;
  /** Resolves once it has ended. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export const voicesProcess = (): VoicesProcess => {
  let folder = '';
  let room = '';
  let running: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'voices-process-'));
  });
  afterEach(() => {
    running?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder: () => folder,
    roomUrl: () => room,
    pid: () => running?.pid,
    start: () =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [CLI, 'voices'], {
          env: {
            ...CI_MARK,
            PATH: process.env['PATH'],
            CLEARTHREAD_VOICES_DIR: folder,
            CLEARTHREAD_VOICES_PAGE: '127.0.0.1:0',
            CLEARTHREAD_VOICES_ROOM: '127.0.0.1:0',
            CLEARTHREAD_VOICES_ROOM_URL: SITE.origin,
          },
          stdio: ['ignore', 'ignore', 'pipe'],
        });
        running = child;
        let said = '';
        child.stderr.on('data', (text: Buffer) => {
          said += text.toString();
          const [, url, at] = /People report at (\S+)\n[^\n]*\((\S+)\)/.exec(said) ?? [];
          if (!url || !at) return;
          room = at;
          resolve(url);
        });
        child.once('exit', () => reject(new Error(`It ended: ${said}`)));
      }),
    end: (signal) =>
      new Promise((resolve) => {
        running?.once('exit', () => resolve());
        running?.kill(signal);
      }),
  };
};
