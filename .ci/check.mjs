// Runs every check:* script, even after one has failed, and lists the failed ones at the end.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const checks = Object.keys(scripts).filter((name) => name.startsWith('check:'));
const failed = checks.filter((name) => {
  process.stdout.write(`\n== ${name}\n`);
  return spawnSync('npm', ['run', '-s', name], { stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0;
});
process.stdout.write(failed.length > 0 ? `\nFailed: ${failed.join(', ')}\n` : '\nEvery check passed.\n');
process.exitCode = failed.length > 0 ? 1 : 0;
