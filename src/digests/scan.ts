/** One look at every deal for all digests that are due: in turns with other work, and without keeping a deal. */

import { digestDay, saidInDigest } from '../../flows/digest/of-deal.ts';
import { startQueues, type Queues } from '../../flows/digest/personal.ts';
import { quietAt } from '../../flows/digest/quiet.ts';
import { startTally, type Tally } from '../../flows/digest/tally.ts';
import type { DealId, Instant } from '../../flows/ids.ts';
import { digestDealOf, type DigestDeal } from '../../flows/lists/digest-facts.ts';
import type { Organisation } from '../../flows/organisation.ts';
import { inSlices } from '../bell.ts';
import type { Logger } from '../log.ts';
import { othersThanNewer } from '../newer.ts';
import type { Deals } from '../streams/deals.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';

export interface Scan {
  at: Instant;
  tally: Tally;
  queues: Queues;
}

export interface ScanOptions {
  index: () => Promise<readonly Pick<IndexedDeal, 'id' | 'summary' | 'digest'>[]>;
  deals: Pick<Deals, 'view'>;
  /** With what registers add to it, as deals see it. */
  organisation: () => Promise<Organisation>;
  clock: () => Date;
  logger: Logger;
  /** Lines that a digest keeps; `MOST_KEPT` if absent. */
  most?: number | undefined;
  stopped?: (() => boolean) | undefined;
}

/** Longest period whose decisions a digest counts, in days: a month has 31. */
const DAYS = 35;
const DAY_MS = 24 * 60 * 60 * 1000;

export class ScanStopped extends Error {}

/**
 * Scans all deals by their summaries, and opens those whose summary is older than digests that need no state. One of them that
 * cannot be read is left out and counted in the log. Throws StoreFault, and ScanStopped.
 */
export const scanDeals = async (options: ScanOptions): Promise<Scan> => {
  const { index, deals, clock, logger, most, stopped = () => false } = options;
  const [all, organisation] = [await index(), await options.organisation()];
  const at = clock().toISOString();
  const from = new Date(Date.parse(at) - DAYS * DAY_MS).toISOString();
  const [tally, queues, isQuiet] = [startTally({ from, most }), startQueues(), quietAt(at, from)];
  const day = digestDay({ organisation, now: at, from });
  const failures: unknown[] = [];
  const opened = async (id: DealId): Promise<DigestDeal | undefined> => {
    const view = await deals.view(id).catch((error: unknown) => void failures.push(error));
    return view && digestDealOf(view);
  };
  const rest = inSlices();
  for (const { id, summary, digest: facts } of all) {
    const resting = rest();
    if (resting) await resting;
    if (stopped()) throw new ScanStopped('the bot is stopping');
    const place = isQuiet(summary);
    if (place) {
      tally.count(place);
      continue;
    }
    const deal = facts ? { summary, facts } : await opened(id);
    if (!deal) continue;
    const said = saidInDigest(deal, day);
    tally.add(said);
    queues.add(said);
  }
  const damaged = othersThanNewer(failures);
  if (damaged.length > 0) logger.warn('digest.unread', { count: damaged.length, error: damaged.at(-1) });
  return { at, tally, queues };
};

/** Looking at the deals takes at most one part in ten of the time. */
const SHARE = 10;
const AT_ONCE_MS = 500;
const MOST_MINUTES = 10;

/** Shares one scan among those who ask while it is under way, or soon after a long one. */
export const createScan = (options: ScanOptions): (() => Promise<Scan>) => {
  let running: Promise<Scan> | undefined;
  let last: { scan: Scan; until: number } | undefined;
  const start = async (): Promise<Scan> => {
    const began = performance.now();
    const scan = await scanDeals(options);
    const took = performance.now() - began;
    last = took < AT_ONCE_MS ? undefined : { scan, until: performance.now() + took * SHARE };
    return scan;
  };
  return () => {
    const aged = last && Math.abs(options.clock().getTime() - Date.parse(last.scan.at));
    if (last && aged !== undefined && aged < MOST_MINUTES * 60_000 && performance.now() < last.until) {
      return Promise.resolve(last.scan);
    }
    running ??= start().finally(() => {
      running = undefined;
    });
    return running;
  };
};
