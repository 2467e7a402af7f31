/** Completes what a crash cut off from its commit, here or in another bot: any bot's next sweep does it. */

import type { EventStore } from '../../store/event-store.ts';
import { repeating, type Repeating } from '../bell.ts';
import type { Logger } from '../log.ts';

export interface CatchUpOptions {
  store: Pick<EventStore, 'catchUp'>;
  logger: Logger;
  /** Called when there is something to send. */
  wake: () => void;
  everyMs?: number | undefined;
}

const EVERY_MS = 5000;
const AT_ONCE = 50;

/** Sweeps at the start and every few seconds. */
export const startCatchingUp = ({ store, logger, wake, everyMs = EVERY_MS }: CatchUpOptions): Repeating => {
  const sweep = async (ended: () => boolean): Promise<undefined> => {
    try {
      for (;;) {
        const count = await store.catchUp(AT_ONCE);
        if (count === 0) return undefined;
        logger.warn('store.caught-up', { count });
        wake();
        if (ended()) return undefined;
      }
    } catch (error) {
      logger.error('store.not-caught-up', { error });
      return undefined;
    }
  };
  return repeating(sweep, everyMs);
};
