// Imported first by npm's scripts: says in one sentence which Node is needed if this one is older. Neither this file
// nor its importers may use anything that an older Node cannot even load.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const needed = /\d+\.\d+/.exec(engines.node)[0];
const [major, minor] = needed.split('.').map(Number);
const [ourMajor, ourMinor] = process.versions.node.split('.').map(Number);

if (ourMajor < major || (ourMajor === major && ourMinor < minor)) {
  process.stderr.write(`Clearthread needs Node ${needed} or newer, and this is Node ${process.versions.node}.\n`);
  process.exit(1);
}
