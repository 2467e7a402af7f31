/** A release as npm packs it, among the packages alone that it depends on at run time: it starts, and needs no compiler. */

import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CI_MARK } from '../support/ci-mark.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
/** Links are taken for the folders that they stand for: nothing is found beside their targets. */
const env = {
  ...CI_MARK,
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main',
};

let folder: string;
let release: string;
let packed: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearthread-release-'));
  release = join(folder, 'node_modules/clearthread');
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  packed = (JSON.parse(stdout) as { files: { path: string }[] }[])[0]?.files.map(({ path }) => path) ?? [];
  for (const path of packed) {
    mkdirSync(dirname(join(release, path)), { recursive: true });
    copyFileSync(join(root, path), join(release, path));
  }
  const { packages } = read('package-lock.json') as { packages: Record<string, { dev?: true; devOptional?: true }> };
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    if (dev || devOptional || path === '' || path.lastIndexOf('node_modules/') > 0) continue;
    // Packages for other platforms are in the lock file alone.
    if (!existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(root, path), join(folder, path));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('has what it runs on, and neither tests nor sources', () => {
  expect(packed).toEqual(
    expect.arrayContaining([
      'package.json',
      'README.md',
      'LICENSE',
      'manifest.yml',
      'dist/src/main.js',
      'dist/src/cli/main.js',
      'dist/flows/policy/default.yml',
      'dist/flows/policy/sample-organisation.yml',
    ]),
  );
  expect(packed.filter((path) => /^(?:src|flows|blocks|store|test|dist\/test|data)\//.test(path))).toEqual([]);
  expect(packed.filter((path) => /\.ts$|\.sqlite$|\.key$/.test(path))).toEqual([]);
});

it('has the first module of every page', () => {
  const pages = packed.filter((path) => path.endsWith('/index.html')).map((path) => dirname(path));
  expect(pages).toHaveLength(4);
  expect(packed).toEqual(expect.arrayContaining(pages.map((path) => `${path}/main.js`)));
});

it('finds no package that only development needs', () => {
  const resolve = (name: string) =>
    spawnSync(process.execPath, ['-e', `require.resolve('${name}')`], { cwd: release, env });
  expect(resolve('better-sqlite3').status).toBe(0);
  expect(resolve('typescript').status).toBe(1);
});

const line = (command: string, args: string[], cwd: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...env, PORT: '0' }, detached: true });
    let said = '';
    const hear = (part: Buffer): void => {
      said += part.toString();
      const url = /The playground is open: (\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      void fetch(`${url}/readyz`)
        .then(async (response) => `${response.status} ${(await fetch(`${url}/playground/`)).status}`)
        .then(resolve, reject)
        // A shell's child is in its group.
        .finally(() => process.kill(-(child.pid ?? 0), 'SIGKILL'));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', (code) => reject(new Error(`It ended with ${code}: ${said}`)));
  });

it('starts with `npm start` in its folder, and with `clearthread start` in another', async () => {
  // npm itself is reached by a link and would not survive `env`; it does no more than this.
  const { scripts } = JSON.parse(readFileSync(join(release, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  expect(await line('sh', ['-c', scripts.start], release)).toBe('200 200');
  expect(existsSync(join(release, 'data'))).toBe(true);
  expect(await line(process.execPath, [join(release, 'dist/src/cli/main.js'), 'start'], folder)).toBe('200 200');
  expect(existsSync(join(folder, 'data'))).toBe(true);
});

it('says so where somebody wants to build it', () => {
  const { status, stderr } = spawnSync(process.execPath, ['.ci/build.mjs'], { cwd: release, env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, 'This release has no sources to build; it runs as it is.\n']);
});
