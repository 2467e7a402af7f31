import { it } from 'vitest';
import type { Script } from './script.ts';

/** The short form, as a test that prints its figures. */
export const inShort = ({ proves, run }: Script, mostMs = 300_000): void => {
  it(proves, { timeout: mostMs }, async () => {
    for (const line of await run('short')) process.stdout.write(`    ${line}\n`);
  });
};
