/** What ticks each stream, and what is made good once at the start. */

import type { Digests } from '../digests/digests.ts';
import { DIGESTS } from '../digests/digests.ts';
import type { ByStream } from '../streams/by-stream.ts';
import type { Deals } from '../streams/deals.ts';
import { createErasing, type ErasingOptions } from './erasing.ts';
import { createFanOut, type FanOutOptions } from './fan-out.ts';
import type { Tick } from './ticker.ts';

export interface TicksOptions extends Omit<ErasingOptions, 'deals' | 'registers'>, Omit<FanOutOptions, 'deals'> {
  deals: Pick<Deals, 'view' | 'handle' | 'tick'>;
  registers: ErasingOptions['registers'] & FanOutOptions['registers'] & { tick: Tick };
  digests: Pick<Digests, 'tick'>;
}

export interface Ticks {
  /** The closest entry counts: that of a stream's name before that of its kind. */
  ticks: ByStream<Tick>;
  /** Does what may be undone since the last run. Never throws. */
  begin(): void;
}

export const createTicks = (options: TicksOptions): Ticks => {
  const { deals, registers, digests, logger } = options;
  const fanOut = createFanOut(options);
  const erasing = createErasing(options);
  return {
    ticks: {
      deal: deals.tick,
      register: registers.tick,
      [registers.holds.stream]: fanOut.tickHolds,
      [registers.countries.stream]: fanOut.tickCountries,
      [registers.sheets.stream]: fanOut.tickSheets,
      [registers.erasures.stream]: erasing.tick,
      [DIGESTS]: digests.tick,
    },
    begin: () => {
      void erasing.begin().catch((error: unknown) => logger.error('erasures.not-begun', { error }));
      void fanOut.begin().catch((error: unknown) => logger.error('countries.not-counted', { error }));
    },
  };
};
