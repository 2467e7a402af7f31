/** Brings dist/ up to date, for tests that start the bot or the command line as a process of its own. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BUILD = fileURLToPath(new URL('../../.ci/build.mjs', import.meta.url));

/** Runs as vitest's global setup. */
export function setup(): void {
  const { status, stderr } = spawnSync(process.execPath, [BUILD, '--if-stale'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm run build failed:\n${stderr}`);
}
