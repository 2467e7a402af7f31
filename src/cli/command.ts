/** The frame around a command: its words, its help, and its faults as sentences. */

import { parseArgs, type ParseArgsConfig } from 'node:util';
import { StoreFault } from '../../store/event-store.ts';
import { FileProblem } from '../config/yaml-file.ts';
import type { CliCommand, CliIo } from './io.ts';

/** The person can put it right. The message is for them. */
export class Unusable extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Values by option, and the words beside them. */
export type Given<T extends Options> = Pick<
  ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>,
  'values' | 'positionals'
>;

export interface CommandSpec<T extends Options, Asked> {
  /** All of it for `--help`; its first line for whoever misused the command. */
  help: string;
  /** As parseArgs takes them, without `--help`. */
  options: T;
  /** Takes words that belong to no option. */
  words?: boolean;
  /** Throws Unusable. */
  read: (given: Given<T>, env: CliIo['env']) => Asked;
  /** Resolves with the exit code. Throws Unusable, FileProblem and StoreFault, or a fault of ours. */
  run: (asked: Asked, io: CliIo) => Promise<number> | number;
}

const givenIn = <T extends Options>(args: string[], options: T, words: boolean): Given<T> & { help: boolean } => {
  try {
    const all = { ...options, help: { type: 'boolean', short: 'h' } } as const;
    const { values, positionals } = parseArgs({ args, options: all, allowPositionals: words });
    const { help, ...rest } = values as { help?: boolean };
    return { values: rest as Given<T>['values'], positionals, help: help === true };
  } catch (error) {
    throw new Unusable(error instanceof Error ? error.message : 'These words are not understood.');
  }
};

/** What a person can cause becomes a sentence; anything else goes on to the caller. */
export const command =
  <const T extends Options, Asked>({ help, options, words = false, read, run }: CommandSpec<T, Asked>): CliCommand =>
  async (args, io) => {
    try {
      const given = givenIn(args, options, words);
      if (!given.help) return await run(read(given, io.env), io);
      io.out(help);
      return 0;
    } catch (error) {
      if (error instanceof FileProblem) for (const problem of error.problems) io.err(problem);
      else if (error instanceof Unusable || error instanceof StoreFault) io.err(error.message);
      else throw error;
      if (error instanceof Unusable) io.err(help.split('\n')[0] ?? '');
      return 2;
    }
  };

/** The one word, or Unusable with what to do. */
export const onlyWord = ({ positionals }: { positionals: string[] }, what: string): string => {
  const [word] = positionals;
  if (word === undefined || positionals.length > 1) throw new Unusable(what);
  return word;
};
