/** `clearthread start`: the bot itself, for a release that was installed as a package. */

import { command } from './command.ts';

const HELP = `Usage: clearthread start [--help]

Starts the bot, or the playground where no chat is set. Data lies in ./data of the folder that you are in, or where
DATA_DIR says. SIGTERM or Ctrl-C ends it.

A new playground has three sample deals and a short tour; with CLEARTHREAD_SAMPLES=off it is empty.

Exit code: 0 ended as told, 1 it could not start.`;

export const startCommand = command({
  help: HELP,
  options: {},
  read: () => undefined,
  run: async () => {
    process.setSourceMapsEnabled(true);
    await import('../main.ts');
    return Number(process.exitCode ?? 0);
  },
});
