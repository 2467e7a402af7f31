/** How long a deal's thread is, and what a review takes: as the tests measure it that hold both to their limits. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MEASURES } from '../support/measures.ts';

const TESTS = ['test/play/thread-length.test.ts', 'test/play/review-length.test.ts'];

/** Takes a minute. Throws where a limit is not kept. */
export const lengthsBench = (): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'clearthread-lengths-'));
  try {
    const file = join(folder, 'measures.txt');
    const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
    const args = [
      vitest,
      'run',
      '--config',
      'test/vitest.config.ts',
      '--project',
      'unit',
      '--reporter',
      'dot',
      ...TESTS,
    ];
    const { status, stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, [MEASURES]: file },
    });
    if (status !== 0) throw new Error(`A limit is not kept, or the tests could not run:\n${stdout}`);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
    return ['', 'Threads and reviews, in messages, words and presses', ...lines];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
