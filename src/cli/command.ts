/** The frame around a command: its words, its help, and its faults as sentences. */

import { parseArgs, type ParseArgsConfig } from 'node:util';
import { StoreFault } from '../../store/event-store.ts';
import { FileProblem } from '../config/yaml-file.ts';
import { NewerRecord } from '../newer.ts';
import type { CliCommand, CliIo } from './io.ts';

/** A mistake that the person can correct. The message is for them. */
export class Unusable extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Values by option, and the positional words. */
export type Given<T extends Options> = Pick<
  ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>,
  'values' | 'positionals'
>;

export interface CommandSpec<T extends Options, Asked> {
  /** Printed whole for `--help`; only its first line when the command was misused. */
  help: string;
  /** In the form of parseArgs, without `--help`. */
  options: T;
  /** Whether the command takes words that belong to no option. */
  words?: boolean;
  /** Checks the arguments. Throws Unusable. */
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

/** Makes a command. Mistakes that a person can cause become a sentence; anything else is thrown to the caller. */
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
      else if (error instanceof Unusable || error instanceof StoreFault || error instanceof NewerRecord)
        io.err(error.message);
      else throw error;
      if (error instanceof Unusable) io.err(help.split('\n')[0] ?? '');
      return 2;
    }
  };

/** Returns the only word, or throws Unusable with what to do. */
export const onlyWord = ({ positionals }: { positionals: string[] }, what: string): string => {
  const [word] = positionals;
  if (word === undefined || positionals.length > 1) throw new Unusable(what);
  return word;
};
