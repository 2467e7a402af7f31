/** Vouching for handlers of cases: people who know each other compare a key by voice, so that nobody slips one in. */

import type { HandlerId } from './case.ts';

/** Fewer than these, and no report is taken: one alone could keep silent about all of them. */
export const HANDLERS_NEEDED = 2;

/** What the rule needs to know of a handler. */
export interface Vouchable {
  id: HandlerId;
  vouched?: { by: HandlerId } | undefined;
  /** The second one, where two are needed. */
  also?: { by: HandlerId } | undefined;
  /** Two have to vouch: two others were there when the first one did. */
  both?: true | undefined;
  /** Whose lost key this one replaces. */
  instead?: HandlerId | undefined;
  left?: string | undefined;
}

/** Tells whether one alone can't bring them in: a second self would read what concerns its maker, or take over a lost key. */
const needsTwo = ({ both, instead }: Vouchable): boolean => both === true || instead !== undefined;

/** Tells whether new reports are sealed to them. */
export const isActive = (handler: Vouchable): boolean =>
  handler.left === undefined &&
  handler.vouched !== undefined &&
  (!needsTwo(handler) || (handler.also !== undefined && handler.also.by !== handler.vouched.by));

/** Returns the handler's id and those of their earlier keys, the newest first. */
export const keysOf = (all: readonly Vouchable[], id: HandlerId): HandlerId[] => {
  const found = [id];
  for (;;) {
    const before = all.find((handler) => handler.id === found.at(-1))?.instead;
    if (before === undefined || found.includes(before)) return found;
    found.push(before);
  }
};

/** Returns why one can't vouch for the other, in words for who tries; undefined if they can. */
export const vouchingProblem = (all: readonly Vouchable[], by: HandlerId, id: HandlerId): string | undefined => {
  const voucher = all.find((handler) => handler.id === by);
  const other = all.find((handler) => handler.id === id);
  if (!voucher || voucher.left !== undefined || !other || other.left !== undefined)
    return 'They are not here any more.';
  if (keysOf(all, id).includes(by)) return 'Nobody vouches for themselves.';
  if (isActive(other)) return 'Somebody vouched for them already.';
  if (other.vouched?.by === by) return 'You vouched for them. Now another one has to.';
  const { instead } = other;
  if (instead !== undefined && all.find((handler) => handler.id === instead)?.left !== undefined)
    return 'The key that this one replaces has ended. Please ask for another invitation.';
  // The first ones have nobody before them; a lost key has two others.
  if (!isActive(voucher) && (instead !== undefined || all.filter(isActive).length >= HANDLERS_NEEDED)) {
    return 'Somebody has to vouch for you first.';
  }
  return undefined;
};

/** Returns the handler once that one vouched for them; `vouchingProblem` was asked before. */
export const withVouch = <H extends Vouchable>(
  all: readonly Vouchable[],
  handler: H,
  vouched: NonNullable<H['vouched']>,
): H => {
  if (handler.vouched !== undefined) return { ...handler, also: vouched };
  const others = all.filter((other) => other.id !== handler.id && isActive(other));
  return { ...handler, vouched, ...(others.length >= HANDLERS_NEEDED ? { both: true } : {}) };
};
