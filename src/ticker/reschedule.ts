/** Recomputes every deal's due time where no commit did it. */

import type { Organisation } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Logger } from '../log.ts';
import type { Deals } from '../streams/deals.ts';
import { eachLiveDeal } from './live-deals.ts';

export interface RescheduleOptions {
  store: Pick<EventStore, 'list' | 'meta' | 'putMeta'>;
  deals: Pick<Deals, 'reschedule'>;
  /** The organisation as it is today: the file, and what the registers say. */
  organisation: () => Organisation | Promise<Organisation>;
  /** Version of this process's time zone database, such as `2026b`. */
  zoneRules?: string | undefined;
  logger: Logger;
  stopped: () => boolean;
}

/** Inputs of the due times: the number of kinds of duty, the organisation, the time zone rules, current absences. */
const DONE = 'rescheduled-for';
const DUTIES = 3;

const calendarOf = ({ hash, registers }: Organisation, zoneRules: string | undefined): string =>
  [DUTIES, hash, zoneRules ?? '', registers?.['absences'] ?? 0].join(':');

/**
 * Walks the live deals once per organisation file, once per version of the time zone rules, and once whenever somebody
 * goes away or comes back, one at a time between other work: their snapshots may have no due time (made before there
 * were reminders), or one by other holidays, zones or absences. One that cannot be read is logged and left; the next
 * start tries all. `known`: what the last walk was for. Resolves with their number and `wanted`. Throws StoreFault.
 */
export const rescheduleDeals = async (
  { store, deals, organisation, zoneRules = process.versions['tz'], logger, stopped }: RescheduleOptions,
  known?: string,
): Promise<{ count: number; wanted: string }> => {
  const wanted = calendarOf(await organisation(), zoneRules);
  if (wanted === known || (await store.meta(DONE)) === wanted) return { count: 0, wanted };
  const { count, all } = await eachLiveDeal({ store, logger, stopped }, 'ticker.not-rescheduled', deals.reschedule);
  if (stopped()) return { count, wanted };
  if (all) await store.putMeta(DONE, wanted);
  logger.info('ticker.rescheduled', { count });
  return { count, wanted };
};
