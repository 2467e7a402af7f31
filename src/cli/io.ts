/** The inputs and outputs that a command may use. */

export interface CliIo {
  /** One line to stdout. */
  out(line: string): void;
  /** One line to stderr. */
  err(line: string): void;
  /** Writes to a terminal, if there is one: as it is, without an end of line. */
  terminal?: ((text: string) => void) | undefined;
  env: Readonly<Record<string, string | undefined>>;
}

/** Takes the words after its own name, resolves with the exit code: 0 done, 1 found something wrong, 2 misused. */
export type CliCommand = (args: string[], io: CliIo) => Promise<number>;
