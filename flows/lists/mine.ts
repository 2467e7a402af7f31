/** The deals of one person: what waits for them first, then their open deals, their approved ones, and the rest. */

import { readerIn } from '../deal/rights/readers.ts';
import type { DealId, Instant, PersonId } from '../ids.ts';
import { isDecidingIn, type Mark } from './mark.ts';
import type { DealSummary } from './summary.ts';
import { isDeciding, mayWaitFor, selves, waitsForNamed, type Today, type Wait } from './waits.ts';

/** Parts of the list, in its order. */
export const PARTS = ['for you', 'open', 'approved', 'over'] as const;
export type Part = (typeof PARTS)[number];

export interface Listed {
  id: DealId;
  part: Part;
  /** Sorts within the part. */
  at: Instant;
  /** True where the deal itself has to say whether something waits for the person: they stand in, or are of counsel. */
  unsure: boolean;
}

const isWork = (wait: Wait): boolean => !isDeciding(wait);
const earliest = (waits: readonly Wait[]): Instant =>
  waits.reduce((first, { since }) => (since < first ? since : first), '9999');

/** The part that it has as the person's own deal. */
const ownPart = ({ status, decision, reassessed }: DealSummary): Part => {
  if (status === 'answering' || status === 'deciding') return 'open';
  return decision && (reassessed || decision.outcome !== 'declined') ? 'approved' : 'over';
};

const listed = (deal: DealSummary, today: Today, as: readonly [PersonId, ...PersonId[]]): Listed | undefined => {
  const [person] = as;
  const { id, owner, requester, waits } = deal;
  // So are most: nothing waits, and it is somebody else's.
  if (waits.length === 0 && owner !== person && requester !== person) return undefined;
  const named = waits.filter((wait) => isWork(wait) && waitsForNamed(wait, today, person));
  if (named.length > 0) return { id, part: 'for you', at: earliest(named), unsure: false };
  const isOwn = owner === person || requester === person;
  const maybe = isOwn ? [] : waits.filter((wait) => isWork(wait) && mayWaitFor(wait, today, as));
  if (maybe.length > 0) return { id, part: 'for you', at: earliest(maybe), unsure: true };
  if (!isOwn) return undefined;
  const part = ownPart(deal);
  return {
    id,
    part,
    at: part === 'open' ? deal.since : (deal.endedAt ?? deal.decision?.at ?? deal.since),
    unsure: false,
  };
};

/** What waited longest comes first; of what is decided or over, the newest. */
const inOrder = (a: Listed, b: Listed): number => {
  const [first, second] = a.part === 'for you' || a.part === 'open' ? [a, b] : [b, a];
  return (
    PARTS.indexOf(a.part) - PARTS.indexOf(b.part) ||
    (first.at < second.at ? -1 : Number(first.at > second.at)) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
};

/** Of which deals it is surely not so, by place: these are passed over. Absent: each is looked at. */
type MayConcern = (at: number) => boolean;

/** Returns the person's deals that they may read, in the list's order. */
export const mine = (
  deals: readonly DealSummary[],
  today: Today,
  person: PersonId,
  mayConcern?: MayConcern,
): Listed[] => {
  const as = selves(today, person);
  const reads = readerIn(today, person);
  const all: Listed[] = [];
  for (let at = 0; at < deals.length; at += 1) {
    if (mayConcern && !mayConcern(at)) continue;
    const deal = deals[at];
    const found = deal && listed(deal, today, as);
    if (found && reads(deal)) all.push(found);
  }
  return all.toSorted(inOrder);
};

/** Returns what may wait for the person's decision, confirmation or judgement, and they may read, oldest first. */
export const mayQueue = (
  deals: readonly (DealSummary & { mark?: Mark })[],
  today: Today,
  person: PersonId,
  mayConcern?: MayConcern,
): { id: DealId; at: Instant }[] => {
  const as = selves(today, person);
  const reads = readerIn(today, person);
  const all: { id: DealId; at: Instant }[] = [];
  for (let place = 0; place < deals.length; place += 1) {
    if (mayConcern && !mayConcern(place)) continue;
    const deal = deals[place];
    if (!deal || (deal.mark !== undefined && !isDecidingIn(deal.mark))) continue;
    let at: Instant | undefined;
    for (const wait of deal.waits)
      if (isDeciding(wait) && mayWaitFor(wait, today, as) && (at === undefined || wait.since < at)) at = wait.since;
    if (at !== undefined && reads(deal)) all.push({ id: deal.id, at });
  }
  return all.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)) || (a.id < b.id ? -1 : Number(a.id > b.id)));
};
