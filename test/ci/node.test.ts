/** npm's scripts say which Node they need, if this one is older. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Pretends another version, which is all that is checked. */
const on = (version: string, ...args: string[]) => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  return spawnSync(process.execPath, ['--import', preload, ...args], { cwd: root, encoding: 'utf8' });
};

describe.each(['.ci/build.mjs', '.ci/test.mjs'])('%s', (script) => {
  it.each(['12.22.12', '18.20.8', '20.18.3'])('refuses Node %s in one sentence', (version) => {
    const { status, stdout, stderr } = on(version, script);
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `Clearthread needs Node 20.19 or newer, and this is Node ${version}.\n`,
    });
  });
});

it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('Node %s is let through', (version) => {
  expect(on(version, '.ci/node.mjs')).toMatchObject({ status: 0, stdout: '', stderr: '' });
});
