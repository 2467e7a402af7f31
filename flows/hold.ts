/** Holds: compliance stops something after a sale, on a deal or on all for an end-user. Guidance: A1 and A8. */

import type { Day, Instant, DealId, PersonId } from './ids.ts';

export type HoldId = string;

export const HOLD_STOPS = ['upgrades', 'updates', 'support', 'training', 'access'] as const;
/** `access`: the product is disabled, where it allows that. */
export type HoldStop = (typeof HOLD_STOPS)[number];

/** `breach` of what was agreed (A1); a credible `complaint`, until its investigation ends (A8). */
export const HOLD_CAUSES = ['breach', 'complaint'] as const;
export type HoldCause = (typeof HOLD_CAUSES)[number];

/** `key` is the normalised name, for comparison. */
export type HoldTarget = { of: 'deal'; deal: DealId } | { of: 'end-user'; name: string; key: string };

export interface Hold {
  id: HoldId;
  on: HoldTarget;
  stop: HoldStop[];
  because: HoldCause;
  /** Shown only to those who may read the deal. */
  reason: string;
  review: Day;
  by: PersonId;
  at: Instant;
}

/** Letters that Unicode does not decompose into a letter and its accent. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ł: 'l', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th' };

/** Normalises an end-user's name: no case, spaces, punctuation or accents. Empty where nothing is left. */
export const endUserKey = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    // To upper case and back, so that ß and ss are the same.
    .toUpperCase()
    .toLowerCase()
    .replace(/[øđłæœðþ]/gu, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '');

export const stopsOf = (holds: readonly Pick<Hold, 'stop'>[]): HoldStop[] =>
  HOLD_STOPS.filter((stop) => holds.some((hold) => hold.stop.includes(stop)));
