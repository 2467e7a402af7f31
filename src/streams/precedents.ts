/** Finds the deals that a review is compared with, among the newest decided ones. A page never waits long for them. */

import {
  ALIKE,
  bestFirst,
  MOST_PRECEDENTS,
  precedentsFor,
  similarity,
  traitsOf,
  type Precedent,
  type Traits,
} from '../../flows/deal/context/precedent.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Instant, DealId, PersonId } from '../../flows/ids.ts';
import type { EventStore } from '../../store/event-store.ts';
import { yieldToOthers } from '../bell.ts';
import { inTime } from '../edge/deadline.ts';
import type { Logger } from '../log.ts';
import { othersThanNewer } from '../newer.ts';
import type { Deals } from './deals.ts';

export interface PrecedentsOptions {
  store: Pick<EventStore, 'list'>;
  deals: Pick<Deals, 'view'>;
  logger: Logger;
  /** Time that a page waits for them, in milliseconds. */
  deadlineMs?: number | undefined;
}

/** Returns the most similar first; empty if none, if reading failed, or if it is slow: the next page has them. */
export type Precedents = (view: DealView, person: PersonId) => Promise<Precedent[]>;

/** The chat wants its answer within 3 s, and the page itself takes some of it. */
const DEADLINE_MS = 300;
/** Decided deals that are compared, the newest first. */
export const MOST_COMPARED = 500;
/** Candidates loaded in full for one page: those that the reader may not read are skipped. */
export const MOST_LOADED = 40;
const LOADS_A_TURN = 10;

/** Facts kept of a decided deal. */
interface Kept {
  version: number;
  traits: Traits;
  at: Instant;
}

export const createPrecedents = ({ store, deals, logger, deadlineMs = DEADLINE_MS }: PrecedentsOptions): Precedents => {
  let kept: ReadonlyMap<DealId, Kept> = new Map();
  let bringing: Promise<ReadonlyMap<DealId, Kept>> | undefined;

  /** Undefined if the deal cannot be read: one that was erased or is damaged must not hide the others. */
  const load = (id: DealId, failures: unknown[]): Promise<DealView | undefined> =>
    deals.view(id).catch((error: unknown) => {
      failures.push(error);
      return undefined;
    });
  /** Logs one line for all of them: a page is drawn often. */
  const report = (failures: readonly unknown[]): void => {
    const damaged = othersThanNewer(failures);
    if (damaged.length > 0) logger.warn('precedents.unread', { count: damaged.length, error: damaged.at(-1) });
  };

  /** Lists decided deals each time: another bot on the same store may have decided. Loads only what changed since. */
  const bringUpToDate = async (): Promise<ReadonlyMap<DealId, Kept>> => {
    const listed = await store.list({ kind: 'deal', status: 'decided', limit: MOST_COMPARED });
    const next = new Map<DealId, Kept>();
    const failures: unknown[] = [];
    let loads = 0;
    for (const { stream, version } of listed) {
      const known = kept.get(stream);
      if (known?.version === version) {
        next.set(stream, known);
        continue;
      }
      const view = await load(stream, failures);
      if (view?.deal.status === 'decided') {
        next.set(stream, { version, traits: traitsOf(view), at: view.deal.decision.at });
      }
      loads += 1;
      if (loads % LOADS_A_TURN === 0) await yieldToOthers();
    }
    report(failures);
    kept = next;
    return next;
  };

  const upToDate = (): Promise<ReadonlyMap<DealId, Kept>> => {
    bringing ??= bringUpToDate().finally(() => {
      bringing = undefined;
    });
    return bringing;
  };

  const find = async (view: DealView, person: PersonId, stopped: () => boolean): Promise<Precedent[]> => {
    const under = traitsOf(view);
    const candidates = [...(await upToDate())]
      .map(([id, { traits, at }]) => ({ id, at, similarity: similarity(under, traits, view.organisation) }))
      .filter((candidate) => candidate.id !== view.deal.id && candidate.similarity.score >= ALIKE)
      .toSorted(bestFirst);
    const failures: unknown[] = [];
    const loaded: DealView[] = [];
    let found: Precedent[] = [];
    for (const { id } of candidates.slice(0, MOST_LOADED)) {
      if (stopped() || found.length === MOST_PRECEDENTS) break;
      const other = await load(id, failures);
      if (other) loaded.push(other);
      found = precedentsFor(view, loaded, person);
    }
    report(failures);
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
