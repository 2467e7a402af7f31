/** Finds the earlier deals with a deal's end-user of which somebody may confirm answers: what they may read, and nobody doubts. */

import type { EarlierDeal } from '../../flows/deal/reuse-shapes.ts';
import { earlierDeal } from '../../flows/deal/reuse/earlier.ts';
import { unspoken } from '../../flows/deal/reuse/unspoken.ts';
import { readerIn } from '../../flows/deal/rights/readers.ts';
import { isTooOld } from '../../flows/deal/taking/age.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { endUserKeys, marksOf, shareKey } from '../../flows/end-user.ts';
import type { DealId, Instant, PersonId } from '../../flows/ids.ts';
import { inSlices } from '../bell.ts';
import { inTime } from '../edge/deadline.ts';
import type { Logger } from '../log.ts';
import { othersThanNewer } from '../newer.ts';
import type { DealIndex } from './deal-index.ts';
import type { Deals } from './deals.ts';

export interface ReuseOptions {
  index: DealIndex;
  deals: Pick<Deals, 'view'>;
  logger: Logger;
  /** Time that a form waits for them, in milliseconds. */
  deadlineMs?: number | undefined;
}

/**
 * Returns the deal with what this person may confirm of earlier ones. Without any where there is none, where reading failed or
 * took too long, and where so many deals name the end-user that not all of them can be heard.
 */
export type Reuse = (view: DealView, person: PersonId) => Promise<DealView>;

/** The chat wants its answer within 3 s, and what is confirmed is decided on within them, too. */
const DEADLINE_MS = 800;
/** Earlier deals loaded in full, the latest first. */
const MOST_LOADED = 5;
/** Deals that name the same end-user: whatever one of them says is heard, so of more none is offered. */
const MOST_HEARD = 500;

interface Found {
  /** Approved and readable, to the same country, the latest first. */
  earlier: readonly { id: DealId; at: Instant }[];
  /** All that ever named the end-user, whoever may read them. */
  naming: readonly DealId[];
}

export const createReuse = ({ index, deals, logger, deadlineMs = DEADLINE_MS }: ReuseOptions): Reuse => {
  const search = async (view: DealView, person: PersonId, stopped: () => boolean): Promise<Found> => {
    const { details, id: own } = view.deal;
    const [marks, reads, rest] = [marksOf(endUserKeys(details.endUser.name)), readerIn(view, person), inSlices()];
    const earlier: { id: DealId; at: Instant }[] = [];
    const naming: DealId[] = [];
    for (const past of await index()) {
      const resting = rest();
      if (resting) await resting;
      if (stopped()) return { earlier: [], naming: [] };
      const { id, summary } = past;
      if (id === own || !shareKey(marks, past.everNamed)) continue;
      naming.push(id);
      const { decision } = summary;
      if (summary.status !== 'decided' || decision === undefined || !past.approved) continue;
      if (past.destination !== details.destination || !shareKey(marks, past.endUsers) || !reads(summary)) continue;
      earlier.push({ id, at: decision.at });
    }
    return { earlier: earlier.toSorted((a, b) => (a.at < b.at ? 1 : -1)), naming };
  };

  const load = async (found: Found, stopped: () => boolean): Promise<EarlierDeal[]> => {
    const failures: unknown[] = [];
    const loaded: EarlierDeal[] = [];
    for (const { id } of found.earlier.slice(0, MOST_LOADED)) {
      if (stopped()) return [];
      // One that was erased or is damaged must not hide the others.
      const other = await deals.view(id).catch((error: unknown) => void failures.push(error));
      const earlier = other && earlierDeal(other);
      if (earlier) loaded.push(earlier);
    }
    const damaged = othersThanNewer(failures);
    if (damaged.length > 0) logger.warn('reuse.unread', { count: damaged.length, error: damaged.at(-1) });
    return loaded;
  };

  const find = async (view: DealView, person: PersonId, stopped: () => boolean): Promise<readonly EarlierDeal[]> => {
    const found = await search(view, person, stopped);
    // A deal is decided after its answers were given: what was decided too long ago has none that are younger.
    const young = { ...found, earlier: found.earlier.filter((past) => !isTooOld(view, past)) };
    if (young.earlier.length === 0 || young.naming.length > MOST_HEARD) return [];
    const earlier = await load(young, stopped);
    if (earlier.length === 0 || stopped()) return [];
    const said = await index.said(young.naming);
    // What can't be read may say anything.
    return said.size < young.naming.length ? [] : unspoken(view.policy, earlier, [...said.values()]);
  };

  return async (view, person) => {
    const { deal, policy } = view;
    if (policy.reuse === undefined || (deal.status !== 'answering' && deal.status !== 'deciding')) return view;
    let stopped = false;
    const work = find(view, person, () => stopped).catch((error: unknown): EarlierDeal[] => {
      logger.warn('reuse.failed', { error });
      return [];
    });
    const found = await inTime(work, deadlineMs);
    stopped = true;
    return found === 'late' || found.length === 0 ? view : { ...view, earlier: { person, deals: found } };
  };
};
