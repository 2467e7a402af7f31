/** What a register keeps of something that it ended: for a year, for deals that come later. */

import { addDays } from '../calendar.ts';
import { KEPT_DAYS } from '../hold.ts';
import type { Instant } from '../ids.ts';

/** Far more than an organisation ends in a year. */
const MOST_KEPT = 500;

/** Returns those that were ended within the year before that moment: an instant of it, or the day alone. */
export const keptAt = <Ended extends { at: Instant }>(all: readonly Ended[], now: Instant): Ended[] => {
  const since = addDays(now.slice(0, 10), -KEPT_DAYS);
  return all.filter(({ at }) => at >= since);
};

/** Adds one that was ended now. */
export const withEnded = <Ended extends { at: Instant }>(all: readonly Ended[] | undefined, ended: Ended): Ended[] =>
  [...keptAt(all ?? [], ended.at), ended].slice(-MOST_KEPT);
