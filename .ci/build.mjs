// Compiles the sources into dist/ and copies the data files (policies, the playground's page) beside them. `--if-stale`
// does nothing while dist/ is newer than every source, and in a release, which has no sources. Prints that it builds, and
// problems, to stderr: the stdout of a command that builds first belongs to that command.
import './node.mjs';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist/.built');
const rooms = ['src', 'flows', 'blocks', 'store'].filter((room) => existsSync(join(root, room)));

// Folders count too: deleting a file changes only its folder's time.
const sources = rooms
  .flatMap((room) => [room, ...readdirSync(join(root, room), { recursive: true }).map((name) => join(room, name))])
  .map((path) => ({ path, info: statSync(join(root, path)) }));

function fresh() {
  if (rooms.length === 0) return true;
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const others = ['package.json', 'tsconfig.json'].map((path) => statSync(join(root, path)));
  return [...sources.map((source) => source.info), ...others].every((info) => info.mtimeMs < built);
}

function compile(project) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write(`The sources in ${project} do not compile; see above.\n`);
    process.exit(1);
  }
}

if (!process.argv.includes('--if-stale') || !fresh()) {
  if (rooms.length === 0) {
    process.stderr.write('This release has no sources to build; it runs as it is.\n');
    process.exit(1);
  }
  process.stderr.write('Building Clearthread: a few seconds, up to a minute on a slow machine.\n');
  const started = new Date();
  compile('.');
  for (const page of ['src/playground/page', 'src/signing/page', 'src/voices/room/page']) {
    if (existsSync(join(root, page, 'tsconfig.json'))) compile(page);
  }
  for (const { path, info } of sources) {
    if (!info.isFile() || /\.ts$|(^|\/)tsconfig\.json$|\.md$/.test(path)) continue;
    mkdirSync(dirname(join(root, 'dist', path)), { recursive: true });
    copyFileSync(join(root, path), join(root, 'dist', path));
  }
  // Dated from before the build, so that a source saved meanwhile is built next time.
  writeFileSync(stamp, `${started.toISOString()}\n`);
  utimesSync(stamp, started, started);
}
