/** Completes what a crash cut off from its commit, here or in another bot: any bot's next sweep does it. */

import type { EventStore } from '../../store/event-store.ts';
import { createBell } from '../bell.ts';
import type { Logger } from '../log.ts';

export interface CatchUpOptions {
  store: Pick<EventStore, 'catchUp'>;
  logger: Logger;
  /** Called when there is something to send. */
  wake: () => void;
  everyMs?: number | undefined;
}

export interface CatchingUp {
  /** Stops sweeping, and waits for the sweep under way. */
  stop(): Promise<void>;
}

const EVERY_MS = 5000;
const AT_ONCE = 50;

/** Sweeps at the start and every few seconds. */
export const startCatchingUp = ({ store, logger, wake, everyMs = EVERY_MS }: CatchUpOptions): CatchingUp => {
  const bell = createBell();
  let ended = false;

  const sweep = async (): Promise<void> => {
    try {
      for (;;) {
        const count = await store.catchUp(AT_ONCE);
        if (count === 0) return;
        logger.warn('store.caught-up', { count });
        wake();
        if (ended) return;
      }
    } catch (error) {
      logger.error('store.not-caught-up', { error });
    }
  };
  const loop = async (): Promise<void> => {
    while (!ended) {
      await sweep();
      if (!ended) await bell.heard(everyMs);
    }
  };
  const running = loop();

  return {
    stop: async () => {
      ended = true;
      bell.ring();
      await running;
    },
  };
};
