/** A walk over the deals that may owe something, one at a time between other work. */

import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealId } from '../../flows/ids.ts';
import type { EventStore } from '../../store/event-store.ts';
import { isPassing } from '../../store/store-fault.ts';
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

export interface Walked {
  count: number;
  /** Whether all of them were visited well. */
  all: boolean;
  /** Whether another walk may do better: it was stopped, or the store failed. */
  again: boolean;
}

/** Visits each. One that fails is logged under `event` and left. Throws StoreFault where the list fails. */
export const eachLiveDeal = async (
  { store, logger, stopped }: LiveDealsOptions,
  event: string,
  visit: (deal: DealId) => Promise<void>,
): Promise<Walked> => {
  let count = 0;
  let [all, again] = [true, false];
  for (const status of LIVE) {
    let after: string | undefined;
    do {
      const page = await store.list({ kind: 'deal', status, limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { stream } of page) {
        await yieldToOthers();
        if (stopped()) return { count, all: false, again: true };
        await visit(stream).catch((error: unknown) => {
          all = false;
          again ||= isPassing(error);
          if (!(error instanceof NewerRecord)) logger.error(event, { stream, error });
        });
        count += 1;
      }
      after = page.at(-1)?.stream;
    } while (after !== undefined);
  }
  return { count, all, again };
};
