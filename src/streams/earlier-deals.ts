/** What forms show of earlier deals: to compare with, and to confirm answers of. */

import { createPrecedents, type Precedents } from './precedents.ts';
import { createReuse, type Reuse, type ReuseOptions } from './reuse.ts';

/** `deadlineMs`: for both; absent, each has its own. */
export const createEarlierDeals = (options: ReuseOptions): { precedents: Precedents; reuse: Reuse } => ({
  precedents: createPrecedents(options),
  reuse: createReuse(options),
});
