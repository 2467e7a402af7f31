// Prints `N passed, N failed, N skipped` from vitest's JSON report. A file that broke outside its tests counts as one
// failure. Exits non-zero where there is no report, no passed test, or a failure.
import { readFileSync } from 'node:fs';

const { testResults: files } = JSON.parse(readFileSync(process.argv[2] ?? 'test/.artifacts/report.json', 'utf8'));
const tests = files.flatMap((file) => file.assertionResults);
const count = (status) => tests.filter((test) => test.status === status).length;
const broken = files.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
);

const passed = count('passed');
const failed = count('failed') + broken.length;
const skipped = tests.length - passed - count('failed');
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
