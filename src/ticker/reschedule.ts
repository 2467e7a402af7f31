/** When every deal is due, worked out anew where no commit did it. */

import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import { yieldToOthers } from '../bell.ts';
import type { Logger } from '../log.ts';
import type { Deals } from '../streams/deals.ts';

export interface RescheduleOptions {
  store: Pick<EventStore, 'list' | 'meta' | 'putMeta'>;
  deals: Pick<Deals, 'reschedule'>;
  /** As it is today: the file, and what the registers say. */
  organisation: () => Organisation | Promise<Organisation>;
  /** Version of the time zone database that this process goes by, such as `2026b`. */
  zoneRules?: string | undefined;
  logger: Logger;
  stopped: () => boolean;
}

/** Deals that may owe something. */
const LIVE: readonly OpenedDeal['status'][] = ['answering', 'deciding', 'decided'];
const PAGE = 100;
/** What the due times were worked out with: this many kinds of duty, that organisation, those time zone rules, whoever is away. */
const DONE = 'rescheduled-for';
const DUTIES = 3;

const calendarOf = ({ hash, registers }: Organisation, zoneRules: string | undefined): string =>
  [DUTIES, hash, zoneRules ?? '', registers?.['absences'] ?? 0].join(':');

/**
 * Walks the live deals once for each organisation file, once for each version of the time zone rules, and once whenever
 * somebody goes away or comes back, a deal at a time between whatever else there is to do: their snapshots may have no due
 * time (made before there were reminders), or one by other holidays, zones or absences. A deal that cannot be read is logged and left; the next start tries them
 * all again. `known`: what was walked for already. Resolves with how many there were, and what for. Throws StoreFault.
 */
export const rescheduleDeals = async (
  { store, deals, organisation, zoneRules = process.versions['tz'], logger, stopped }: RescheduleOptions,
  known?: string,
): Promise<{ count: number; wanted: string }> => {
  const wanted = calendarOf(await organisation(), zoneRules);
  let [count, failed] = [0, 0];
  if (wanted === known || (await store.meta(DONE)) === wanted) return { count, wanted };
  for (const status of LIVE) {
    let after: string | undefined;
    do {
      const page = await store.list({ kind: 'deal', status, limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { stream } of page) {
        await yieldToOthers();
        if (stopped()) return { count, wanted };
        await deals.reschedule(stream).catch((error: unknown) => {
          failed += 1;
          logger.error('ticker.not-rescheduled', { stream, error });
        });
        count += 1;
      }
      after = page.at(-1)?.stream;
    } while (after !== undefined);
  }
  if (failed === 0) await store.putMeta(DONE, wanted);
  logger.info('ticker.rescheduled', { count });
  return { count, wanted };
};
