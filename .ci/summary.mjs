// Prints, from the report of the tests, the ten slowest files, the flaky tests, and `N passed, N failed, N skipped`. A
// file that broke outside its tests counts as one failure, and so does a fault outside every file. Exits non-zero if
// there is no report, no passed test, or a failure.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { runTwice } from './flaky.mjs';

const report = JSON.parse(readFileSync(process.argv[2] ?? 'test/.artifacts/report.json', 'utf8'));
const { testResults: files, strayFaults } = report;
const nameOf = (path) => relative(process.cwd(), path);
const tests = files.flatMap((file) => file.assertionResults);
const count = (status) => tests.filter((test) => test.status === status).length;

const passed = count('passed');
const failed = count('failed') + files.filter((file) => file.broken).length + strayFaults;
const skipped = tests.length - passed - count('failed');
const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10);
const flaky = runTwice(report, nameOf).filter((found) => found.flaky);
const lines = [
  'The slowest test files:',
  ...slowest.map((file) => `${file.seconds.toFixed(1).padStart(7)} s  ${nameOf(file.name)}`),
  ...flaky.map(({ name }) => `flaky: ${name}`),
  `${passed} passed, ${failed} failed, ${skipped} skipped`,
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
