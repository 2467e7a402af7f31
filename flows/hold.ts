/** Holds: what compliance stops after a sale, on one deal or on everything for an end-user. Guidance 7, points 1 and 8. */
import type { Day, DealId, Instant } from './deal/deal.ts';
import type { OpenedDeal } from './deal/state.ts';
import type { DealView } from './deal/view.ts';
import type { PersonId } from './organisation.ts';

export type HoldId = string;

export const HOLD_STOPS = ['upgrades', 'updates', 'support', 'training', 'access'] as const;
/** `access`: the product is disabled, where it allows that. */
export type HoldStop = (typeof HOLD_STOPS)[number];

/** `breach` of what was agreed (A1); a credible `complaint`, until its investigation ends (A8). */
export const HOLD_CAUSES = ['breach', 'complaint'] as const;
export type HoldCause = (typeof HOLD_CAUSES)[number];

/** `key`: the name as it is compared. */
export type HoldTarget = { of: 'deal'; deal: DealId } | { of: 'end-user'; name: string; key: string };

export interface Hold {
  id: HoldId;
  on: HoldTarget;
  stop: HoldStop[];
  because: HoldCause;
  /** Only for those who may read the deal. */
  reason: string;
  review: Day;
  by: PersonId;
  at: Instant;
}

/** Letters that Unicode does not take apart into a letter and its accent. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ł: 'l', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th' };

/** How names of end-users are compared: without case, spaces, punctuation and accents. Empty where nothing is left of it. */
export const endUserKey = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    // There and back, so that ß and ss are the same.
    .toUpperCase()
    .toLowerCase()
    .replace(/[øđłæœðþ]/gu, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Nothing is sold on it any more, so there is nothing to stop. */
export const isOver = (deal: OpenedDeal): boolean =>
  deal.status === 'withdrawn' || (deal.status === 'decided' && deal.decision.outcome === 'declined');

/** A deal that was once held stays held until compliance lifts that, whatever its end-user is called by then. */
export const isHeldBy = (deal: OpenedDeal, { id, on }: Pick<Hold, 'id' | 'on'>): boolean => {
  if (deal.holds?.[id]) return true;
  return on.of === 'deal' ? on.deal === deal.id : on.key === endUserKey(deal.details.endUser.name);
};

/** The standing holds on a deal, oldest first. None where it is over. */
export const holdsOn = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): Hold[] =>
  isOver(deal) ? [] : (organisation.holds ?? []).filter((hold) => isHeldBy(deal, hold));

/** All that is to be stopped, each once and in one order. */
export const stopsOf = (holds: readonly Pick<Hold, 'stop'>[]): HoldStop[] =>
  HOLD_STOPS.filter((stop) => holds.some((hold) => hold.stop.includes(stop)));

/** Why nobody can approve now; undefined where no hold stands. */
export const approvalHeld = (view: DealView): string | undefined => {
  const [hold] = holdsOn(view);
  if (!hold) return undefined;
  const { organisation } = view;
  const who = organisation.people.find(({ id }) => id === hold.by)?.name;
  const what = hold.on.of === 'deal' ? 'this deal' : 'this end-user';
  return `${who === undefined ? 'Compliance' : `${who} of compliance`} put ${what} on hold, so nobody can approve the deal until compliance lifts that. You can decline it or ask for information.`;
};
