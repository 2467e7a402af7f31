/** The frame around a command: its options, and its faults as sentences. */
import { parseArgs } from 'node:util';
import { StoreFault } from '../../store/event-store.ts';
import type { CliCommand, CliIo } from './io.ts';

/** The person can put it right. The message is for them. */
export class Unusable extends Error {}

/** `--name VALUE` for each of the names. Throws Unusable. */
export const optionsOf = <T extends string>(
  args: string[],
  names: readonly T[],
): Partial<Record<T | 'help', string>> => {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } } });
    const given = Object.entries(values).map(([name, value]) => [name, String(value)]);
    return Object.fromEntries(given) as Partial<Record<T | 'help', string>>;
  } catch (error) {
    throw new Unusable(error instanceof Error ? error.message : String(error));
  }
};

/** What a person can cause becomes a sentence; anything else goes on to the caller. */
export const answered =
  (command: (args: string[], io: CliIo) => Promise<number>, help: string): CliCommand =>
  async (args, io) => {
    try {
      return await command(args, io);
    } catch (error) {
      if (!(error instanceof Unusable || error instanceof StoreFault)) throw error;
      io.err(error.message);
      if (error instanceof Unusable) io.err(help.split('\n')[0] ?? '');
      return 2;
    }
  };
