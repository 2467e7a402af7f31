/** Selecting test files for a second run, merging two runs, and the words of the summary. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Test {
  fullName: string;
  ancestorTitles: string[];
  title: string;
  status: string;
  runs?: string[];
}
interface TestFile {
  name: string;
  broken: boolean;
  seconds: number;
  assertionResults: Test[];
}
interface Report {
  strayFaults: number;
  testResults: TestFile[];
}
interface Flaky {
  hasFailure(report: Report): boolean;
  toRunAgain(report: Report): { file: string; project: string }[];
  withSecond(report: Report, second: Report): Report;
  runTwice(report: Report, nameOf: (path: string) => string): { name: string; runs: string[]; flaky: boolean }[];
}

const CI = new URL('../../.ci/', import.meta.url);
const { hasFailure, toRunAgain, withSecond, runTwice } = (await import(new URL('flaky.mjs', CI).href)) as Flaky;

const file = (name: string, tests: Record<string, string>, more: Partial<TestFile> = {}): TestFile => ({
  name,
  broken: false,
  seconds: 1,
  assertionResults: Object.entries(tests).map(([title, status]) => ({
    fullName: `sample ${title}`,
    ancestorTitles: ['sample'],
    title,
    status,
  })),
  ...more,
});
const report = (...testResults: TestFile[]): Report => ({ strayFaults: 0, testResults });
const outcomes = (found: Report) => runTwice(found, (path) => path).map(({ name, flaky }) => [name, flaky]);

const PROCESS = '/r/a.process.test.ts';
const BROWSER = '/r/b.browser.test.ts';
const PLAY = '/r/test/play/p.test.ts';

describe('what is run once more', () => {
  it('is each browser or process file in which something failed, and each play of the whole bot, but no other unit test', () => {
    const first = report(
      file('/r/unit.test.ts', { one: 'failed' }),
      file('/r/test/flows/play/unit.test.ts', { one: 'failed' }),
      file(PLAY, { one: 'failed' }),
      file(PROCESS, { one: 'failed', two: 'passed' }),
      file(BROWSER, { one: 'skipped' }, { broken: true }),
      file('/r/c.process.test.ts', { one: 'passed', two: 'skipped' }),
    );
    expect(toRunAgain(first)).toEqual([
      { file: PLAY, project: 'unit' },
      { file: PROCESS, project: 'apart' },
      { file: BROWSER, project: 'apart' },
    ]);
  });

  it('is nothing where all passed', () => {
    const first = report(file(PROCESS, { one: 'passed', two: 'skipped' }));
    expect([toRunAgain(first), hasFailure(first)]).toEqual([[], false]);
  });
});

describe('two runs of a file', () => {
  const both = (first: TestFile, second: TestFile) => withSecond(report(first), report(second));

  it('name as flaky what passed the second time, and fail nothing', () => {
    const found = both(
      file(PROCESS, { one: 'failed', two: 'passed' }),
      file(PROCESS, { one: 'passed', two: 'passed' }),
    );
    expect(hasFailure(found)).toBe(false);
    expect(outcomes(found)).toEqual([[`${PROCESS} > sample > one`, true]]);
    expect(found.testResults[0]?.assertionResults[0]?.runs).toEqual(['failed', 'passed']);
  });

  it('fail what failed in both', () => {
    const found = both(file(PROCESS, { one: 'failed' }), file(PROCESS, { one: 'failed' }));
    expect(hasFailure(found)).toBe(true);
    expect(outcomes(found)).toEqual([[`${PROCESS} > sample > one`, false]]);
  });

  it('name as flaky what failed only the second time', () => {
    const found = both(
      file(PROCESS, { one: 'failed', two: 'passed' }),
      file(PROCESS, { one: 'passed', two: 'failed' }),
    );
    expect(hasFailure(found)).toBe(false);
    expect(outcomes(found)).toEqual([
      [`${PROCESS} > sample > one`, true],
      [`${PROCESS} > sample > two`, true],
    ]);
  });

  it('forgive a hook that failed once, and fail one that failed twice', () => {
    const broken = file(BROWSER, { one: 'skipped' }, { broken: true });
    const once = both(broken, file(BROWSER, { one: 'passed' }));
    expect([hasFailure(once), outcomes(once)]).toEqual([false, [[BROWSER, true]]]);
    const twice = both(broken, broken);
    expect([hasFailure(twice), outcomes(twice)]).toEqual([true, [[BROWSER, false]]]);
  });

  it('fail where a hook failed the second time, whatever failed the first', () => {
    const found = both(file(PROCESS, { one: 'failed' }), file(PROCESS, { one: 'skipped' }, { broken: true }));
    expect(hasFailure(found)).toBe(true);
  });

  it('fail a test that failed where its file was broken before', () => {
    const found = both(file(PROCESS, {}, { broken: true }), file(PROCESS, { one: 'failed' }));
    expect(hasFailure(found)).toBe(true);
  });

  it('leave other files and faults outside every test as they were', () => {
    const first = report(file(PROCESS, { one: 'failed' }), file('/r/unit.test.ts', { one: 'failed' }));
    const second = report(file(PROCESS, { one: 'passed' }));
    expect(hasFailure(withSecond(first, second))).toBe(true);
    const calm = report(file(PROCESS, { one: 'failed' }));
    expect(hasFailure(withSecond({ ...calm, strayFaults: 1 }, second))).toBe(true);
    expect(hasFailure(withSecond(calm, { ...second, strayFaults: 1 }))).toBe(true);
  });
});

describe('the summary', () => {
  const summary = (found: Report) => {
    const folder = mkdtempSync(join(tmpdir(), 'clearthread-summary-'));
    try {
      writeFileSync(join(folder, 'report.json'), JSON.stringify(found));
      const script = fileURLToPath(new URL('summary.mjs', CI));
      const { stdout, status } = spawnSync(process.execPath, [script, 'report.json'], {
        cwd: folder,
        encoding: 'utf8',
      });
      // The paths are printed relative to the working directory.
      return {
        lines: stdout
          .trimEnd()
          .replaceAll(/\S*\/r\//g, '')
          .split('\n'),
        status,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('counts a flaky test as passed, names it, and ends with the count alone', () => {
    const found = withSecond(
      report(file('/r/unit.test.ts', { one: 'passed', two: 'skipped' }), file(PROCESS, { one: 'failed' })),
      report(file(PROCESS, { one: 'passed' })),
    );
    const { lines, status } = summary(found);
    expect(lines.slice(-2)).toEqual(['flaky: a.process.test.ts > sample > one', '2 passed, 0 failed, 1 skipped']);
    expect(status).toBe(0);
  });

  it('names the ten slowest files, the slowest first', () => {
    const files = Array.from({ length: 12 }, (_, n) => file(`/r/${n}.test.ts`, { one: 'passed' }, { seconds: n / 2 }));
    const { lines } = summary(report(...files));
    expect(lines.slice(0, 2)).toEqual(['The slowest test files:', '    5.5 s  11.test.ts']);
    expect(lines).toHaveLength(12);
  });

  it.each([
    ['a failed test', report(file(PROCESS, { one: 'failed', two: 'passed' })), '1 passed, 1 failed, 0 skipped'],
    ['a broken file', report(file(PROCESS, { one: 'passed' }, { broken: true })), '1 passed, 1 failed, 0 skipped'],
    ['a stray fault', { ...report(file(PROCESS, { one: 'passed' })), strayFaults: 1 }, '1 passed, 1 failed, 0 skipped'],
    ['no test at all', report(), '0 passed, 0 failed, 0 skipped'],
  ])('fails for %s', (_, found, count) => {
    const { lines, status } = summary(found);
    expect([lines.at(-1), status]).toEqual([count, 1]);
  });
});
