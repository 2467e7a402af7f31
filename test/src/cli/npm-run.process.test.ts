import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import packageFile from '../../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../..', import.meta.url));

const clearthread = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'clearthread', '--', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('npm run -s clearthread', () => {
  it('prints what the command prints and nothing else', () => {
    expect(clearthread('--version')).toEqual({ status: 0, stdout: `${packageFile.version}\n`, stderr: '' });
  });

  it('hands on the exit code and keeps complaints off stdout', () => {
    expect(clearthread('policy', 'chek')).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('"clearthread policy check"'),
    });
  });
});
