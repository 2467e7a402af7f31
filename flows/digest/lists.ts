/** The lines of screening lists in a digest: which are old, and which could not be fetched. House rule. */

import type { Instant } from '../ids.ts';
import { FRESH_DAYS, listsInUse, type ScreeningState } from '../registers/screening.ts';
import { daysBetween, type DigestLine } from './digest.ts';

/** Makes at most one line for each list in use; `days` is the age of its version, which goes on being used. */
export const listLines = (state: ScreeningState, now: Instant): DigestLine[] =>
  listsInUse(state).flatMap(({ name, asOf, notFetched }): DigestLine[] => {
    const line = { people: [], days: daysBetween(asOf, now), about: name };
    if (notFetched) return [{ of: 'list not fetched', ...line }];
    return line.days > FRESH_DAYS ? [{ of: 'list old', ...line }] : [];
  });
