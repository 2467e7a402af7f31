/** Two bot processes behind a load balancer: a request that one of them does not take goes to the other. */

import type { Wire } from '../../support/bad-day.ts';
import type { BotProcess } from './bot-process.ts';

export interface Balancer {
  wire: Wire;
  /** Requests that went to the other because the connection was refused. */
  refused(): number;
}

/** While one is tried, the other may go and its successor come. */
const MOST_TRIES = 4;

/** The request cannot have been seen. */
const isRefused = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  typeof thrown.cause === 'object' &&
  thrown.cause !== null &&
  'code' in thrown.cause &&
  thrown.cause.code === 'ECONNREFUSED';

/** `bots`: called each time. One that has ended is among them until another takes its place, as a balancer sees it. */
export const balancing = (bots: () => readonly BotProcess[]): Balancer => {
  let turn = 0;
  let refused = 0;
  const passed = async <T>(act: (wire: Wire) => Promise<T>): Promise<T> => {
    turn += 1;
    for (let tries = 1; ; tries += 1) {
      const all = bots();
      const bot = all[(turn + tries) % all.length];
      if (!bot) throw new Error('there is no bot');
      try {
        return await act(bot.wire);
      } catch (error) {
        if (!isRefused(error) || tries === MOST_TRIES) throw error;
        refused += 1;
      }
    }
  };
  return {
    refused: () => refused,
    wire: {
      send: (request) => passed((wire) => wire.send(request)),
      payload: (payload) => passed((wire) => wire.payload(payload)),
      submit: (...asked) => passed((wire) => wire.submit(...asked)),
      press: (...asked) => passed((wire) => wire.press(...asked)),
      command: (...asked) => passed((wire) => wire.command(...asked)),
      event: (body) => passed((wire) => wire.event(body)),
    },
  };
};
