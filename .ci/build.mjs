// Builds dist/ from the sources: what Node runs becomes a few modules beside their entries (Node loads a thousand small ones
// slowly), what browsers run stays one module a file, and data files are copied. Types are checked by `npm run check`.
// `--if-stale` does nothing while dist/ is newer than every source, and in a release, which has no sources. `--clean`
// removes what earlier builds left, for a release. With a folder of programs, such as test/bench, builds those instead,
// each with what it needs. Prints that it builds, and problems, to stderr: the stdout of a command that builds first
// belongs to that command.
import './node.mjs';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const rooms = ['src', 'flows', 'blocks', 'store'].filter((room) => existsSync(join(root, room)));

/** What is started as a process, and what the tests start in a way of their own. */
const ENTRIES = [
  'src/main',
  'src/cli/main',
  'src/voices/files/photo.child',
  'src/start',
  'src/log',
  'src/config/config',
  'store/mongo/mongo',
];
const PAGES = ['src/playground/page', 'src/playground/page/teams', 'src/signing/page', 'src/voices/room/page'];

// Folders count too: deleting a file changes only its folder's time.
const sources = rooms
  .flatMap((room) => [room, ...readdirSync(join(root, room), { recursive: true }).map((name) => join(room, name))])
  .map((path) => ({ path, info: statSync(join(root, path)) }));

function fresh() {
  if (rooms.length === 0) return true;
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const others = ['package.json', '.ci/build.mjs'].map((path) => statSync(join(root, path)));
  return [...sources.map((source) => source.info), ...others].every((info) => info.mtimeMs < built);
}

const isPackage = (id) => !id.startsWith('.') && !isAbsolute(id);
const slashed = (path) => path.split(sep).join('/');

/** Modules that read a file beside them still find it: `import.meta.url` stays where the module was. */
const ownPlace = {
  name: 'own-place',
  transform(code, id) {
    if (!code.includes('import.meta.url')) return null;
    const own = slashed(relative(root, id)).replace(/\.ts$/, '.js');
    return { code: code.replaceAll('import.meta.url', `OWN_PLACE("${own}")`), map: null };
  },
  renderChunk(code, chunk) {
    if (!code.includes('OWN_PLACE(')) return null;
    const place = (_, own) => `new URL("./${slashed(relative(dirname(chunk.fileName), own))}", import.meta.url).href`;
    return { code: code.replace(/OWN_PLACE\("([^"]+)"\)/g, place), map: null };
  },
};

async function bundle(input, output) {
  const { rolldown } = await import('rolldown');
  const made = await rolldown({ cwd: root, external: isPackage, tsconfig: false, ...input });
  await made.write({ dir: dist, format: 'esm', entryFileNames: '[name].js', ...output });
  await made.close();
}

const entriesOf = (paths) => Object.fromEntries(paths.map((path) => [path, join(root, `${path}.ts`)]));

/** A bot of an earlier build may still run, and load the rest of its modules when it needs them. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

function sweep(chunks) {
  for (const name of readdirSync(join(dist, chunks))) {
    const path = join(dist, chunks, name);
    if (statSync(path).mtimeMs < Date.now() - KEPT_MS) rmSync(path);
  }
}

/** `entries`: sources without their ending; `chunks`: the folder in dist/ of what they share. */
async function forNode(entries, chunks) {
  await bundle(
    // A program may load at once what the bot loads when it needs it.
    { input: entriesOf(entries), platform: 'node', plugins: [ownPlace], checks: { ineffectiveDynamicImport: false } },
    { chunkFileNames: `${chunks}/[name]-[hash].js`, sourcemap: true },
  );
  sweep(chunks);
}

async function build() {
  await forNode(ENTRIES, 'src/chunks');
  // Together, since pages share modules. Whoever opens a case can read what their browser runs, file by file.
  await bundle(
    { input: entriesOf(PAGES.map((page) => `${page}/main`)), platform: 'browser', treeshake: false },
    { preserveModules: true, preserveModulesRoot: root },
  );
  for (const { path, info } of sources) {
    if (!info.isFile() || /\.ts$|(^|\/)tsconfig\.json$|\.md$/.test(path)) continue;
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    copyFileSync(join(root, path), join(dist, path));
  }
}

/** Ends the process where it fails. */
async function built(what) {
  try {
    await what();
  } catch (error) {
    process.stderr.write(`${error.message}\nThe sources do not build; see above.\n`);
    process.exit(1);
  }
}

const [asked] = process.argv.slice(2);
if (asked?.startsWith('--') === false) {
  const programs = readdirSync(join(root, asked)).filter((name) => /^main\.ts$|\.child\.ts$/.test(name));
  const entries = programs.map((name) => `${asked}/${name.replace(/\.ts$/, '')}`);
  await built(() => forNode(entries, `${asked}/chunks`));
} else if (asked !== '--if-stale' || !fresh()) {
  if (rooms.length === 0) {
    process.stderr.write('This release has no sources to build; it runs as it is.\n');
    process.exit(1);
  }
  process.stderr.write('Building Clearthread: a few seconds.\n');
  const started = new Date();
  if (asked === '--clean') rmSync(dist, { recursive: true, force: true });
  await built(build);
  // Dated from before the build, so that a source saved meanwhile is built next time.
  writeFileSync(stamp, `${started.toISOString()}\n`);
  utimesSync(stamp, started, started);
}
