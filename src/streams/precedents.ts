/** Finds the deals that a review is compared with, among all that are decided. A page never waits long for them. */

import {
  ALIKE,
  bestFirst,
  MOST_PRECEDENTS,
  precedentsFor,
  type Precedent,
} from '../../flows/deal/context/precedent.ts';
import { readerIn } from '../../flows/deal/rights/readers.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, Instant, PersonId } from '../../flows/ids.ts';
import { askedAt } from '../../flows/lists/columns.ts';
import { likeness } from '../../flows/lists/likeness.ts';
import { firstFew } from '../../flows/lists/sort.ts';
import { inSlices } from '../bell.ts';
import { inTime } from '../edge/deadline.ts';
import type { Logger } from '../log.ts';
import { othersThanNewer } from '../newer.ts';
import type { DealIndex } from './deal-index.ts';
import type { Deals } from './deals.ts';
import type { IndexedDeal } from './indexed-deal.ts';

type Past = Pick<IndexedDeal, 'id' | 'summary' | 'everNamed' | 'endUsers'>;

export interface PrecedentsOptions {
  index: (() => Promise<readonly Past[]>) & Partial<Pick<DealIndex, 'columns'>>;
  deals: Pick<Deals, 'view'>;
  logger: Logger;
  /** Time that a page waits for them, in milliseconds. */
  deadlineMs?: number | undefined;
}

/** Returns the most similar first; empty if none, if reading failed, or if it is slow: the next page has them. */
export type Precedents = (view: DealView, person: PersonId) => Promise<Precedent[]>;

/** The chat wants its answer within 3 s, and the page itself takes some of it. */
const DEADLINE_MS = 300;
/** Candidates loaded in full for one page: what their summaries said may have changed since. */
export const MOST_LOADED = 40;

/** Deals between two looks at the clock. */
const A_TURN = 100;

interface Candidate {
  id: DealId;
  at: Instant;
  similarity: { score: number };
}

export const createPrecedents = ({ index, deals, logger, deadlineMs = DEADLINE_MS }: PrecedentsOptions): Precedents => {
  /** By their summaries alone: the best first, and only those that the person may read. */
  const candidatesFor = async (view: DealView, person: PersonId, stopped: () => boolean) => {
    const all = await index();
    const columns = index.columns?.(all as readonly IndexedDeal[]);
    const [alike, reads, rest] = [likeness(view, columns), readerIn(view, person), inSlices()];
    const mayBeDecided = columns && askedAt(columns, 'standing', ({ summary }) => Number(summary.status === 'decided'));
    const best = firstFew<Candidate>(bestFirst, MOST_LOADED);
    for (let at = 0; at < all.length; at += 1) {
      if (at % A_TURN === 0) {
        const resting = rest();
        if (resting) await resting;
        if (stopped()) return [];
      }
      const past = all[at];
      if (!past || mayBeDecided?.(at) === 0) continue;
      const score = alike(past, at);
      const last = best.first[MOST_LOADED - 1];
      if (score < ALIKE || (last && score < last.similarity.score)) continue;
      const { id, summary } = past;
      if (summary.status !== 'decided' || summary.decision === undefined || id === view.deal.id) continue;
      if (reads(summary)) best.offer({ id, at: summary.decision.at, similarity: { score } });
    }
    return best.first;
  };

  const find = async (view: DealView, person: PersonId, stopped: () => boolean): Promise<Precedent[]> => {
    const failures: unknown[] = [];
    const loaded: DealView[] = [];
    let found: Precedent[] = [];
    for (const candidate of await candidatesFor(view, person, stopped)) {
      const last = found[MOST_PRECEDENTS - 1];
      // Its summary promises at most that: the others are no better.
      if (stopped() || (last && bestFirst(last, candidate) <= 0)) break;
      // One that was erased or is damaged must not hide the others.
      const other = await deals.view(candidate.id).catch((error: unknown) => void failures.push(error));
      if (other) loaded.push(other);
      found = precedentsFor(view, loaded, person);
    }
    const damaged = othersThanNewer(failures);
    // One line for all of them: a page is drawn often.
    if (damaged.length > 0) logger.warn('precedents.unread', { count: damaged.length, error: damaged.at(-1) });
    return found;
  };

  return async (view, person) => {
    let stopped = false;
    // Caught here, so that a failure after the page is sent is caught too. The page itself does not depend on it.
    const work = find(view, person, () => stopped).catch((error: unknown): Precedent[] => {
      logger.warn('precedents.failed', { error });
      return [];
    });
    const found = await inTime(work, deadlineMs);
    stopped = true;
    return found === 'late' ? [] : found;
  };
};
