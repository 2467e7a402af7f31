/** Precedent: decided deals similar to the one under review. Why they are, how they went, who voted otherwise. */

import { endUserKeys, shareKey } from '../../end-user.ts';
import type { Instant, DealId, PersonId } from '../../ids.ts';
import { SYSTEM, type Organisation } from '../../organisation.ts';
import type { EndUserKind, FlagId } from '../../policy/policy.ts';
import { isSuspended, viewThen } from '../approval/in-force.ts';
import type { Condition, DealDetails, Decision, Vote, VoteOutcome } from '../deal.ts';
import { canRead } from '../rights/access.ts';
import type { DealView } from '../view.ts';
import { mayBeOneThere } from './may-be-one.ts';

/** The traits by which two deals are compared. No answers, and no names as they were written. */
export interface Traits {
  /** Id from the catalogue. */
  product: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  endUser: EndUserKind;
  flags: readonly FlagId[];
  /** Results of `endUserKeys`. */
  names: readonly string[];
}

export interface Similarity {
  /** Sum over the shared traits: see `WORTH`. */
  score: number;
  product?: 'same product' | 'same category' | undefined;
  country: boolean;
  endUser: boolean;
  /** True of the very same end-user. */
  named: boolean;
  /** True of one that is called nearly the same, in the same country. */
  mayBe?: true | undefined;
  /** Raised on both. */
  flags: readonly FlagId[];
}

export interface Precedent extends Pick<Decision, 'outcome' | 'at' | 'tier'> {
  id: DealId;
  owner: PersonId;
  details: DealDetails;
  conditions: readonly Condition[];
  /** Votes for another outcome than the decision. */
  dissent: readonly Vote[];
  suspended: boolean;
  /** It is being looked at again. Absent: it is not. */
  reassessed?: true | undefined;
  /** Somebody reported a change of it, and nobody settled that. Absent: nobody. */
  reported?: true | undefined;
  similarity: Similarity;
}

/** The very same end-user comes before any other: what was decided of it is not pushed out by dummies. */
const WORTH = { named: 20, mayBe: 10, product: 3, category: 2, country: 2, endUser: 1, flag: 1 };
/** More flags in common make two deals no more alike: a high-risk questionnaire raises a dozen. */
const MOST_FLAGS = 3;
/** No single trait reaches this but the product itself: a country or a kind of end-user alone is no precedent. */
export const ALIKE = 3;
export const MOST_PRECEDENTS = 3;

export const traitsOf = ({ deal, assessment }: DealView): Traits => ({
  product: deal.details.product.id,
  country: deal.details.destination,
  endUser: deal.details.endUser.kind,
  flags: assessment.flags.map(({ id }) => id),
  names: endUserKeys(deal.details.endUser.name),
});

export const worthOfMayBe = (score: number, mayBe: () => boolean): number =>
  score < WORTH.named && mayBe() ? WORTH.mayBe : 0;

type Catalogue = Pick<Organisation, 'products'>;

/** Compares products. One outside the catalogue has a name of its own, and resembles nothing. */
export const productsAlike = (a: string, b: string, { products }: Catalogue): Similarity['product'] => {
  const category = (id: string): string | undefined => products.find((p) => p.id === id)?.category;
  const [of, other] = [category(a), category(b)];
  if (of === undefined || other === undefined) return undefined;
  if (a === b) return 'same product';
  return of === other ? 'same category' : undefined;
};

export const worthOf = ({ named, country, endUser }: Pick<Similarity, 'named' | 'country' | 'endUser'>): number =>
  (named ? WORTH.named : 0) + (country ? WORTH.country : 0) + (endUser ? WORTH.endUser : 0);
export const worthOfProduct = (product: Similarity['product']): number =>
  product === 'same product' ? WORTH.product : product === 'same category' ? WORTH.category : 0;

export const worthOfFlags = (shared: number): number => Math.min(shared, MOST_FLAGS) * WORTH.flag;

export const similarity = (a: Traits, b: Traits, catalogue: Catalogue): Similarity => {
  const product = productsAlike(a.product, b.product, catalogue);
  const country = a.country === b.country;
  const endUser = a.endUser === b.endUser && a.endUser !== 'unknown';
  const named = shareKey(a.names, b.names);
  const flags = a.flags.filter((id) => b.flags.includes(id));
  const score = worthOf({ named, country, endUser }) + worthOfProduct(product) + worthOfFlags(flags.length);
  return { score, product, country, endUser, named, flags };
};

const VOTED_FOR: Record<Decision['outcome'], VoteOutcome> = {
  approved: 'approve',
  'approved with conditions': 'approve-with-conditions',
  declined: 'decline',
};

const precedentOf = (view: DealView, other: DealView): Precedent | undefined => {
  const { deal } = other;
  const approval = deal.status === 'decided' ? deal : deal.standing;
  if (!approval || deal.id === view.deal.id) return undefined;
  // The facts of a deal under reassessment are being asked again: it is a precedent as it was approved.
  const traits = similarity(traitsOf(view), traitsOf(viewThen(other) ?? other), view.organisation);
  const details = deal.status === 'decided' ? deal.details : (deal.standing?.basis.details ?? deal.details);
  const more = worthOfMayBe(traits.score, () => mayBeOneThere(view.deal.details)(details));
  const alike: Similarity = more > 0 ? { ...traits, score: traits.score + more, mayBe: true } : traits;
  if (alike.score < ALIKE) return undefined;
  const { outcome, at, tier, conditions, votes } = approval.decision;
  return {
    id: deal.id,
    owner: deal.owner,
    details,
    outcome,
    at,
    tier,
    conditions,
    dissent: votes.filter((vote) => vote.outcome !== VOTED_FOR[outcome]),
    suspended: isSuspended(deal),
    ...(deal.status === 'decided' ? {} : { reassessed: true as const }),
    ...((deal.reassessments ?? []).some(({ by }) => by !== SYSTEM) ? { reported: true as const } : {}),
    similarity: alike,
  };
};

interface Ranked {
  similarity: Pick<Similarity, 'score'>;
  /** When it was decided. */
  at: Instant;
}

/** Compares for a sort: the most similar first, among equals the latest decision. */
export const bestFirst = (a: Ranked, b: Ranked): number =>
  b.similarity.score - a.similarity.score || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

const GRAVITY: Record<Decision['outcome'], number> = { approved: 0, 'approved with conditions': 1, declined: 2 };

interface Graded extends Ranked, Pick<Decision, 'outcome'> {
  owner: PersonId;
  suspended: boolean;
}
type Judged = Omit<Graded, keyof Ranked>;

/** An approval that is suspended weighs as a decline. */
const gravity = ({ outcome, suspended }: Pick<Graded, 'outcome' | 'suspended'>): number =>
  suspended ? GRAVITY.declined : GRAVITY[outcome];

/** Tells whether it was simply approved, and is in force. */
export const isPlain = (one: Pick<Graded, 'outcome' | 'suspended'>): boolean => gravity(one) === 0;

/** Compares for a sort: what was decided most gravely first, then as `bestFirst`. */
export const gravestFirst = (a: Graded, b: Graded): number => gravity(b) - gravity(a) || bestFirst(a, b);

/** Beside the most similar, for what was decided more gravely of other owners' deals. */
export const MOST_GRAVE = 2;

/**
 * Tells whether it has a place beside those that are shown: it was not simply approved, and nothing of its owner was decided as gravely. So
 * many harmless deals of one push out no decline or condition of another's.
 */
export const hasPlace = (one: Judged, shown: readonly Judged[]): boolean =>
  !isPlain(one) &&
  shown.length < MOST_PRECEDENTS + MOST_GRAVE &&
  shown.every((other) => other.owner !== one.owner || gravity(other) < gravity(one));

/**
 * Returns the three of `others` that are most similar, best first, and after them those that have a place beside these. Deals that
 * `person` may not read are left out, even as a number.
 */
export const precedentsFor = (view: DealView, others: readonly DealView[], person: PersonId): Precedent[] => {
  const all = others
    .filter((other) => canRead(other, person))
    .flatMap((other) => precedentOf(view, other) ?? [])
    .toSorted(bestFirst);
  const shown = all.slice(0, MOST_PRECEDENTS);
  for (const one of all.slice(MOST_PRECEDENTS).toSorted(gravestFirst)) if (hasPlace(one, shown)) shown.push(one);
  return shown;
};
