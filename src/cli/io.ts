/** What a command of the command line may touch. */
export interface CliIo {
  /** One line to stdout. */
  out(line: string): void;
  /** One line to stderr. */
  err(line: string): void;
  /** Where somebody watches: as it is, without an end of line. */
  terminal?: ((text: string) => void) | undefined;
  env: Readonly<Record<string, string | undefined>>;
}

/** Gets the words after its own name, answers with the exit code: 0 done, 1 found something wrong, 2 misused. */
export type CliCommand = (args: string[], io: CliIo) => Promise<number>;
