/** A command of `clearthread` over a data folder, with its output. */

import type { CliCommand } from '../../../src/cli/io.ts';
import { DATA_KEY } from '../../support/sqlite.ts';

export const runCommand = async (
  dataDir: string,
  command: CliCommand,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command(['--data', dataDir, ...args], {
    out: (l) => void out.push(l),
    err: (l) => void err.push(l),
    env: { CLEARTHREAD_DATA_KEY: DATA_KEY.toString('base64'), ...env },
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
};
