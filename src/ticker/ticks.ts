/** What ticks each stream, and what is made good once at the start. */

import type { DealEvent } from '../../flows/deal/events.ts';
import { createBell, type Alone, type Repeating } from '../bell.ts';
import type { Digests } from '../digests/digests.ts';
import { DIGESTS } from '../digests/digests.ts';
import type { ByStream } from '../streams/by-stream.ts';
import type { Deals } from '../streams/deals.ts';
import { createErasing, type ErasingOptions } from './erasing.ts';
import { createFanOut, type FanOutOptions } from './fan-out.ts';
import { startOpenings, type OpeningsOptions } from './openings.ts';
import { createScreening, namesSomebody, startScreening, startWatchman, type ScreeningOptions } from './screening.ts';
import type { Tick } from './ticker.ts';

export interface TicksOptions
  extends Omit<ErasingOptions, 'deals' | 'registers'>, Omit<FanOutOptions, 'deals' | 'screening'> {
  deals: Pick<Deals, 'view' | 'handle' | 'tick'>;
  store: ErasingOptions['store'] & ScreeningOptions['store'];
  watchman: ScreeningOptions['watchman'];
  registers: ErasingOptions['registers'] & FanOutOptions['registers'] & OpeningsOptions['registers'] & { tick: Tick };
  digests: Pick<Digests, 'tick'>;
  /** Other work goes on beside the comparing with lists, where absent. */
  alone?: Alone | undefined;
}

export interface Ticks {
  /** The closest entry counts: that of a stream's name before that of its kind. */
  ticks: ByStream<Tick>;
  /** Does what may be undone since the last run, and goes on comparing parties with lists. Never throws. */
  begin(): void;
  /** Told of each deal's commit. */
  happened(events: readonly DealEvent[]): void;
  /** Stops comparing, and waits for what is under way. */
  stop(): Promise<void>;
}

export const createTicks = (options: TicksOptions): Ticks => {
  const { deals, registers, digests, watchman, logger } = options;
  const screening = createScreening(options);
  const fanOut = createFanOut({ ...options, screening });
  const bell = createBell();
  let comparing: Repeating | undefined;
  let openings: Repeating | undefined;
  let following: Repeating | undefined;
  const erasing = createErasing(options);
  return {
    ticks: {
      deal: deals.tick,
      register: registers.tick,
      [registers.holds.stream]: fanOut.tickHolds,
      [registers.countries.stream]: fanOut.tickCountries,
      [registers.sheets.stream]: fanOut.tickSheets,
      [registers.screening.stream]: fanOut.tickScreening,
      [registers.erasures.stream]: erasing.tick,
      [DIGESTS]: digests.tick,
    },
    begin: () => {
      comparing = startScreening({ ...screening, logger, bell, alone: options.alone });
      openings = startOpenings(options);
      following = watchman && startWatchman({ watchman, register: registers.screening, logger });
      void erasing.begin().catch((error: unknown) => logger.error('erasures.not-begun', { error }));
      void fanOut.begin().catch((error: unknown) => logger.error('countries.not-counted', { error }));
    },
    happened: (events) => {
      if (namesSomebody(events)) bell.ring();
    },
    stop: async () => void (await Promise.all([comparing, openings, following].map(async (one) => one?.stop()))),
  };
};
