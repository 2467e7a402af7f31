// Runs the tests, then runs each browser or process test file, or play, with a failure once more, by itself. What passes
// then is reported as flaky and fails nothing. Arguments are vitest's.
import './node.mjs';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasFailure, runTwice, toRunAgain, withSecond } from './flaky.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const REPORT = 'test/.artifacts/report.json';
const SECOND = 'test/.artifacts/second.json';
const nameOf = (path) => relative(root, path);

let running;
let ended = false;
for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) {
  process.on(signal, () => {
    ended = true;
    // A terminal's Ctrl-C reaches the child by itself, and a second one would cut its cleanup short.
    if (signal !== 'SIGINT') running?.kill(signal);
  });
}

const run = (args, report) =>
  new Promise((resolve, reject) => {
    rmSync(join(root, report), { force: true });
    running = spawn(process.execPath, [vitest, 'run', '--config', 'test/vitest.config.ts', ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    running.once('error', reject);
    running.once('exit', (code) => {
      const path = join(root, report);
      resolve({ code: code ?? 1, report: existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined });
    });
  });

const first = await run(process.argv.slice(2), REPORT);
const again = first.report && !ended ? toRunAgain(first.report) : [];
let report = first.report;
for (const { file, project } of again) {
  if (ended) break;
  process.stdout.write(`\n== Once more, by itself: ${nameOf(file)}\n`);
  const second = await run(['--project', project, '--outputFile.json', SECOND, nameOf(file)], SECOND);
  // Without a second report, the first one's failures stand.
  if (second.report) report = withSecond(report, second.report);
}
if (again.length > 0) {
  writeFileSync(join(root, REPORT), JSON.stringify(report));
  for (const { name, runs, flaky } of runTwice(report, nameOf)) {
    process.stdout.write(`${flaky ? 'flaky' : 'failed twice'}: ${name} (first ${runs[0]}, then ${runs[1]})\n`);
  }
  process.exitCode = ended || hasFailure(report) ? 1 : 0;
} else {
  process.exitCode = first.code;
}
