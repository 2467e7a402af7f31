import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BySide } from './by-side.ts';

const root = new URL('..', import.meta.url).pathname;

/** Each waits half of its time, for a process, a browser or a clock. */
const WAITING = Math.ceil(availableParallelism() * 1.5);

/** The Teams SDK remembers a cloud's keys for as long as its module lives, and the renderer of cards needs a window. */
const ALONE = ['test/src/playground/teams-sdk.test.ts', 'test/blocks/teams/dom.test.ts'];

/** A file system in memory does not wait for a disk, which took a seventh of the time. Files of 50 MB come in tens. */
const MEMORY = '/dev/shm';
const LEAST_ROOM = 4 * 2 ** 30;

const hasRoom = (): boolean => {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= LEAST_ROOM;
  } catch {
    return false;
  }
};
// Workers, bots and browsers inherit it.
if (!process.env['TMPDIR'] && hasRoom()) process.env['TMPDIR'] = MEMORY;

export default defineConfig({
  root,
  test: {
    // A busy machine draws and delivers late; a missing result still fails.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', '.ci/report.mjs'],
    sequence: { sequencer: BySide },
    outputFile: { json: 'test/.artifacts/report.json' },
    coverage: {
      provider: 'v8',
      include: ['src/**', 'flows/**', 'blocks/**', 'store/**'],
      reportsDirectory: 'coverage',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.process.test.ts', 'test/**/*.browser.test.ts', ...ALONE],
          // Modules are loaded once a worker, which saves a third of the time. Nothing in them may remember a test.
          isolate: false,
          setupFiles: ['test/support/seed.ts'],
          // Only what hangs fails: a busy machine is several times slower.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Most of their code runs for a moment: it is compiled for speed after six times as much of it as usual.
          execArgv: ['--interrupt-budget=400000'],
          // Left alone, one core of two would idle.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          // After the others, beside the next: a worker of theirs must not have been its own.
          name: 'alone',
          include: ALONE,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: WAITING,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          // They start the built bot or command line in separate processes, many with a browser in front of it. One
          // project: a worker goes on with its modules only where the next file is of the same.
          name: 'apart',
          include: ['test/**/*.process.test.ts', 'test/**/*.browser.test.ts'],
          globalSetup: ['test/support/built.ts'],
          // Modules are loaded once a worker, as for the unit tests.
          isolate: false,
          // Only what hangs fails: a busy machine is several times slower.
          testTimeout: 600_000,
          hookTimeout: 300_000,
          maxWorkers: WAITING,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
