/** Everything that this version knows of the stored register of lists. A new event or member goes in here too. */

import type { ListVersion, ScreeningEvent, ScreeningState } from '../registers/screening.ts';
import { owners, spread, spreadWent } from './registers.ts';
import type { Known, Members } from './shape.ts';

const kept = { has: { sha256: true, parts: true } } as const;

const version: Members<ListVersion> = {
  name: true,
  form: { oneOf: { consolidated: true, simple: true, watchman: true } },
  asOf: true,
  from: true,
  sources: { each: true },
  rows: true,
  badRows: true,
  names: true,
  sha256: true,
  kept,
};

export const knownScreening: Known<ScreeningState, ScreeningEvent> = {
  // From 2 on a version that is taken goes round the deals.
  format: 2,
  state: {
    has: {
      lists: {
        each: { has: { ...version, before: kept, by: true, at: true, notFetched: { has: { why: true, at: true } } } },
      },
      spreads: { each: { has: { ...spread, what: { has: { list: true } }, owners } } },
      changes: true,
    },
  },
  events: {
    ListImported: { list: { has: version } },
    ListRemoved: { list: true },
    ListFetched: { list: true, failed: true },
    SpreadWent: spreadWent,
  },
};
