/** Both panes, compiled for tests that put them in front of a stand-in. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Folder for pictures of the panes. */
export const ARTIFACTS = join(root, 'test/.artifacts');

/** Returns the folder; `name` keeps two tests apart. */
export const buildPage = (name: string): string => {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const source = join(root, 'src/playground/page');
  const folder = join(ARTIFACTS, name);
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [tsc, '-p', source, '--outDir', folder, '--incremental', 'false']);
  cpSync(source, folder, { recursive: true, filter: (path) => !/\.(ts|json)$/.test(path) });
  return folder;
};
