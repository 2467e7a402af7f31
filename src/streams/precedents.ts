/** Finds the deals that a review is read beside: similar ones that are decided, and open ones with its end-user. A page never waits long for them. */

import { mayBeOneThere, mayNameEachOther } from '../../flows/deal/context/may-be-one.ts';
import { nameEachOther, partyKeys } from '../../flows/deal/context/parties.ts';
import {
  eachProduct,
  gravestPart,
  isUndecided,
  MOST_PARTS,
  partOf,
  NOTHING_BESIDE,
  UNDECIDED,
  type Beside,
  type Part,
} from '../../flows/deal/context/parts.ts';
import {
  ALIKE,
  bestFirst,
  gravestFirst,
  hasPlace,
  isPlain,
  MOST_PRECEDENTS,
  precedentsFor,
  worthOfMayBe,
  type Precedent,
} from '../../flows/deal/context/precedent.ts';
import type { DealDetails, Decision } from '../../flows/deal/deal.ts';
import { readerIn } from '../../flows/deal/rights/readers.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { endUserKeys, marksOf } from '../../flows/end-user.ts';
import type { DealId, Instant, PersonId } from '../../flows/ids.ts';
import { askedAt } from '../../flows/lists/columns.ts';
import { likeness } from '../../flows/lists/likeness.ts';
import { firstFew } from '../../flows/lists/sort.ts';
import type { Tier } from '../../flows/policy/policy.ts';
import { inSlices } from '../bell.ts';
import { inTime } from '../edge/deadline.ts';
import type { Logger } from '../log.ts';
import { othersThanNewer } from '../newer.ts';
import type { DealIndex } from './deal-index.ts';
import type { Deals } from './deals.ts';
import { namesIn, type IndexedDeal } from './indexed-deal.ts';

type Past = Pick<IndexedDeal, 'id' | 'summary' | 'everNamed' | 'endUsers' | 'named'>;

export interface PrecedentsOptions {
  index: (() => Promise<readonly Past[]>) & Partial<Pick<DealIndex, 'columns'>>;
  deals: Pick<Deals, 'view'>;
  logger: Logger;
  /** Time that a page waits for them, in milliseconds. */
  deadlineMs?: number | undefined;
}

/** Returns nothing if there is none, if reading failed, or if it is slow: the next page has them. */
export type Precedents = (view: DealView, person: PersonId) => Promise<Beside>;

/** The chat wants its answer within 3 s, and the page itself takes some of it. */
const DEADLINE_MS = 300;
/** Candidates loaded in full for one page: what their summaries said may have changed since. */
export const MOST_LOADED = 40;

/** Of one owner's, where a summary says more than the deal by now. */
const MOST_OF_ONE = 3;

/** Deals between two looks at the clock. */
const A_TURN = 100;

interface Candidate extends Pick<Decision, 'outcome'> {
  id: DealId;
  owner: PersonId;
  suspended: boolean;
  at: Instant;
  similarity: { score: number };
}

interface OpenCandidate {
  id: DealId;
  at: Instant;
  product: DealDetails['product'];
  tier?: Tier | undefined;
  answered: boolean;
  flags: number;
}

interface Candidates {
  decided: readonly Candidate[];
  /** Those of each owner that were decided most gravely, and not simply approved. */
  grave: readonly Candidate[];
  /** Number of all that were not simply approved. */
  notPlain: number;
  open: readonly OpenCandidate[];
}

/** Tells of deals in the index whether they have the end-user of this one, or one of the two names the other's. */
const withEndUserOf = ({ deal: { details } }: DealView): ((past: Past) => boolean) => {
  const mine = { endUsers: marksOf(endUserKeys(details.endUser.name)), parties: marksOf(partyKeys(details)) };
  const mayName = mayNameEachOther({
    destination: details.destination,
    endUsers: [details.endUser.name],
    besides: [details.customer, ...details.intermediaries.map(({ name }) => name)],
  });
  return (past) => nameEachOther(mine, { endUsers: past.endUsers, parties: past.everNamed }) || mayName(namesIn(past));
};

export const createPrecedents = ({ index, deals, logger, deadlineMs = DEADLINE_MS }: PrecedentsOptions): Precedents => {
  /** By their summaries alone: the best first, and only those that the person may read. */
  const candidatesFor = async (view: DealView, person: PersonId, stopped: () => boolean): Promise<Candidates> => {
    const all = await index();
    const columns = index.columns?.(all as readonly IndexedDeal[]);
    const [alike, reads, rest] = [likeness(view, columns), readerIn(view, person), inSlices()];
    const counts = ({ summary: { status } }: Pick<Past, 'summary'>): number =>
      Number(status === 'decided' || UNDECIDED.has(status));
    const mayCount = columns && askedAt(columns, 'standing', counts);
    const best = firstFew<Candidate>(bestFirst, MOST_LOADED);
    const grave = new Map<PersonId, ReturnType<typeof firstFew<Candidate>>>();
    let notPlain = 0;
    const [isPart, mayBe] = [withEndUserOf(view), mayBeOneThere(view.deal.details)];
    const open: OpenCandidate[] = [];
    for (let at = 0; at < all.length; at += 1) {
      if (at % A_TURN === 0) {
        const resting = rest();
        if (resting) await resting;
        if (stopped()) return { decided: [], grave: [], notPlain: 0, open: [] };
      }
      const past = all[at];
      if (!past || mayCount?.(at) === 0) continue;
      if (UNDECIDED.has(past.summary.status)) {
        const { id, summary } = past;
        const { openedAt, product, tier, flags } = summary;
        if (id !== view.deal.id && isUndecided(summary, view.now) && reads(summary) && isPart(past)) {
          const answered = summary.status === 'deciding';
          open.push({ id, at: openedAt, product, tier, answered, flags: flags.length });
        }
        // An approval that stands while it is looked at again is similar all the same.
        if (!summary.decision) continue;
      }
      const byTraits = alike(past, at);
      const score = byTraits + worthOfMayBe(byTraits, () => mayBe(past.summary));
      const last = best.first[MOST_LOADED - 1];
      const { id, summary } = past;
      const { outcome, at: decidedAt } = summary.decision ?? {};
      const suspended = summary.suspended === true;
      if (score < ALIKE || (last && score < last.similarity.score && outcome && isPlain({ outcome, suspended })))
        continue;
      if (!outcome || !decidedAt || id === view.deal.id || !reads(summary)) continue;
      const candidate = { id, at: decidedAt, outcome, suspended, owner: summary.owner, similarity: { score } };
      best.offer(candidate);
      if (isPlain(candidate)) continue;
      notPlain += 1;
      const theirs = grave.get(summary.owner) ?? firstFew<Candidate>(gravestFirst, MOST_OF_ONE);
      grave.set(summary.owner, theirs);
      theirs.offer(candidate);
    }
    const gravest = [...grave.values()].flatMap(({ first }) => first).toSorted(gravestFirst);
    return {
      decided: best.first,
      grave: gravest.slice(0, MOST_LOADED),
      notPlain,
      open: open.toSorted(gravestPart(view)),
    };
  };

  const find = async (view: DealView, person: PersonId, stopped: () => boolean): Promise<Beside> => {
    const failures: unknown[] = [];
    // One that was erased or is damaged must not hide the others.
    const load = (id: DealId) => deals.view(id).catch((error: unknown) => void failures.push(error));
    const { decided, grave, notPlain, open } = await candidatesFor(view, person, stopped);
    const shown: Part[] = [];
    for (const { id, also, alsoCalled, moreCalled } of eachProduct(open)) {
      if (stopped() || shown.length === MOST_PARTS) break;
      const other = await load(id);
      const part = other && partOf(view, other, person);
      if (part) shown.push({ ...part, also, alsoCalled, moreCalled });
    }
    const loaded: DealView[] = [];
    let similar: Precedent[] = [];
    for (const candidate of decided) {
      const last = similar[MOST_PRECEDENTS - 1];
      // Its summary promises at most that: the others are no better.
      if (stopped() || (last && bestFirst(last, candidate) <= 0)) break;
      const other = await load(candidate.id);
      if (other) loaded.push(other);
      similar = precedentsFor(view, loaded, person);
    }
    for (const candidate of grave) {
      if (stopped()) break;
      if (!hasPlace(candidate, similar) || loaded.some(({ deal }) => deal.id === candidate.id)) continue;
      const other = await load(candidate.id);
      if (other) loaded.push(other);
      similar = precedentsFor(view, loaded, person);
    }
    const damaged = othersThanNewer(failures);
    // One line for all of them: a page is drawn often.
    if (damaged.length > 0) logger.warn('precedents.unread', { count: damaged.length, error: damaged.at(-1) });
    const named = shown.reduce((sum, { also }) => sum + 1 + also, 0);
    const moreSimilar = Math.max(0, notPlain - similar.filter((one) => !isPlain(one)).length);
    return {
      similar,
      ...(moreSimilar > 0 ? { moreSimilar } : {}),
      parts: { shown, more: Math.max(0, open.length - named) },
    };
  };

  return async (view, person) => {
    let stopped = false;
    // Caught here, so that a failure after the page is sent is caught too. The page itself does not depend on it.
    const work = find(view, person, () => stopped).catch((error: unknown): Beside => {
      logger.warn('precedents.failed', { error });
      return NOTHING_BESIDE;
    });
    const found = await inTime(work, deadlineMs);
    stopped = true;
    return found === 'late' ? NOTHING_BESIDE : found;
  };
};
