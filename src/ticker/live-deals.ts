/** A walk over the deals that may owe something, one at a time between other work. */

import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealId } from '../../flows/ids.ts';
import type { EventStore } from '../../store/event-store.ts';
import { yieldToOthers } from '../bell.ts';
import type { Logger } from '../log.ts';
import { NewerRecord } from '../newer.ts';

export interface LiveDealsOptions {
  store: Pick<EventStore, 'list'>;
  logger: Logger;
  stopped: () => boolean;
}

const LIVE: readonly OpenedDeal['status'][] = ['answering', 'deciding', 'decided'];
const PAGE = 100;

/**
 * Visits each. One that fails is logged under `event` and left. Resolves with their number and whether all of them were
 * visited well. Throws StoreFault where the list fails.
 */
export const eachLiveDeal = async (
  { store, logger, stopped }: LiveDealsOptions,
  event: string,
  visit: (deal: DealId) => Promise<void>,
): Promise<{ count: number; all: boolean }> => {
  let [count, failed] = [0, 0];
  for (const status of LIVE) {
    let after: string | undefined;
    do {
      const page = await store.list({ kind: 'deal', status, limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { stream } of page) {
        await yieldToOthers();
        if (stopped()) return { count, all: false };
        await visit(stream).catch((error: unknown) => {
          failed += 1;
          if (!(error instanceof NewerRecord)) logger.error(event, { stream, error });
        });
        count += 1;
      }
      after = page.at(-1)?.stream;
    } while (after !== undefined);
  }
  return { count, all: failed === 0 };
};
