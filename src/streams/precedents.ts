/** Finds the deals that a review is compared with: the decided ones, and the open ones with its end-user. A page never waits long for them. */

import {
  ALIKE,
  bestFirst,
  heaviestFirst,
  MOST_OPEN,
  MOST_PRECEDENTS,
  NAMED,
  openBeside,
  precedentsFor,
  type Precedent,
} from '../../flows/deal/context/precedent.ts';
import { readerIn } from '../../flows/deal/rights/readers.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, Instant, PersonId } from '../../flows/ids.ts';
import { askedAt } from '../../flows/lists/columns.ts';
import { likeness } from '../../flows/lists/likeness.ts';
import { firstFew } from '../../flows/lists/sort.ts';
import type { DealSummary } from '../../flows/lists/summary.ts';
import type { Tier } from '../../flows/policy/policy.ts';
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

/** Returns the most similar first, and then the open ones with the same end-user; empty if none, if reading failed, or if it is slow: the next page has them. */
export type Precedents = (view: DealView, person: PersonId) => Promise<Precedent[]>;

/** The chat wants its answer within 3 s, and the page itself takes some of it. */
const DEADLINE_MS = 300;
/** Candidates loaded in full for one page: what their summaries said may have changed since. */
export const MOST_LOADED = 40;

const OPEN: ReadonlySet<DealSummary['status']> = new Set(['answering', 'deciding']);

/** Deals between two looks at the clock. */
const A_TURN = 100;

interface Candidate {
  id: DealId;
  at: Instant;
  similarity: { score: number };
}

interface OpenCandidate {
  id: DealId;
  at: Instant;
  tier?: Tier | undefined;
}

interface Candidates {
  decided: Candidate[];
  open: OpenCandidate[];
}

export const createPrecedents = ({ index, deals, logger, deadlineMs = DEADLINE_MS }: PrecedentsOptions): Precedents => {
  /** By their summaries alone: the best first, and only those that the person may read. */
  const candidatesFor = async (view: DealView, person: PersonId, stopped: () => boolean): Promise<Candidates> => {
    const all = await index();
    const columns = index.columns?.(all as readonly IndexedDeal[]);
    const [alike, reads, rest] = [likeness(view, columns), readerIn(view, person), inSlices()];
    const isOf = ({ summary }: Pick<Past, 'summary'>): number =>
      Number(summary.status === 'decided' || OPEN.has(summary.status));
    const mayCount = columns && askedAt(columns, 'standing', isOf);
    const best = firstFew<Candidate>(bestFirst, MOST_LOADED);
    const open = firstFew<OpenCandidate>(heaviestFirst, MOST_LOADED);
    for (let at = 0; at < all.length; at += 1) {
      if (at % A_TURN === 0) {
        const resting = rest();
        if (resting) await resting;
        if (stopped()) return { decided: [], open: [] };
      }
      const past = all[at];
      if (!past || mayCount?.(at) === 0) continue;
      const score = alike(past, at);
      if (OPEN.has(past.summary.status)) {
        const { id, summary } = past;
        const { openedAt, tier } = summary;
        if (score >= NAMED && id !== view.deal.id && reads(summary)) open.offer({ id, at: openedAt, tier });
        continue;
      }
      const last = best.first[MOST_LOADED - 1];
      if (score < ALIKE || (last && score < last.similarity.score)) continue;
      const { id, summary } = past;
      if (summary.status !== 'decided' || summary.decision === undefined || id === view.deal.id) continue;
      if (reads(summary)) best.offer({ id, at: summary.decision.at, similarity: { score } });
    }
    return { decided: best.first, open: open.first };
  };

  const find = async (view: DealView, person: PersonId, stopped: () => boolean): Promise<Precedent[]> => {
    const failures: unknown[] = [];
    const loaded: DealView[] = [];
    let found: Precedent[] = [];
    const candidates = await candidatesFor(view, person, stopped);
    // One that was erased or is damaged must not hide the others.
    const load = (id: DealId) => deals.view(id).catch((error: unknown) => void failures.push(error));
    for (const candidate of candidates.decided) {
      const last = found[MOST_PRECEDENTS - 1];
      // Its summary promises at most that: the others are no better.
      if (stopped() || (last && bestFirst(last, candidate) <= 0)) break;
      const other = await load(candidate.id);
      if (other) loaded.push(other);
      found = precedentsFor(view, loaded, person);
    }
    const open: Precedent[] = [];
    for (const { id } of candidates.open) {
      if (stopped() || open.length === MOST_OPEN) break;
      const other = await load(id);
      const beside = other && openBeside(view, other, person);
      if (beside) open.push(beside);
    }
    const damaged = othersThanNewer(failures);
    // One line for all of them: a page is drawn often.
    if (damaged.length > 0) logger.warn('precedents.unread', { count: damaged.length, error: damaged.at(-1) });
    return [...found, ...open];
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
