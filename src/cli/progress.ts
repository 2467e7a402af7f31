/** The progress of a long command: a bar on a terminal, a line now and then anywhere else. */

import type { Progress } from '../../store/archive.ts';
import type { CliIo } from './io.ts';

const WIDTH = 30;
/** Lines printed where there is no terminal. */
const QUARTERS = 4;

export interface ShownProgress {
  show: Progress;
  /** Leaves the cursor on a line of its own. */
  end(): void;
}

/** Starts a progress display. `what` is one word: `Copied`. */
export const progressOn = (io: CliIo, what: string): ShownProgress => {
  let shown = '';
  let quarter = 0;
  const bar = (done: number, of: number): string => {
    const part = of === 0 ? 1 : done / of;
    const full = Math.round(part * WIDTH);
    return `${what} [${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.floor(part * 100)}%`;
  };
  return {
    show: (done, of) => {
      if (io.terminal) {
        const line = bar(done, of);
        if (line !== shown) io.terminal(`\r${line}`);
        shown = line;
        return;
      }
      const reached = of === 0 ? QUARTERS : Math.floor((done / of) * QUARTERS);
      if (reached > quarter) io.err(`${what} ${done} of ${of}.`);
      quarter = Math.max(quarter, reached);
    },
    end: () => {
      if (shown !== '') io.terminal?.('\n');
    },
  };
};
