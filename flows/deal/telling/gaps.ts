/** The facts told of gaps that compliance accepts, or takes back. */

import type { PersonId } from '../../ids.ts';
import { own } from '../../own.ts';
import type { DealEvent } from '../events.ts';
import type { DealView } from '../view.ts';
import { people, THREAD, type Fact, type NoticeTarget } from './notices.ts';

export const gapsAccepted = (
  { by, reason, questions, confirm, from }: Extract<DealEvent, { type: 'GapsAccepted' }>,
  { deal }: DealView,
): [Fact, NoticeTarget[]][] => {
  const more = { ...(confirm === undefined ? {} : { confirm }), ...(from ? { from } : {}) };
  const fact: Fact = { fact: 'gaps accepted', by: from?.by ?? by, reason, questions, ...more };
  return [[fact, [THREAD, ...(from ? [] : people([deal.owner]))]]];
};

/** Returns what compliance had accepted or confirmed of the deal as it was and is no more, and by whom. */
export const endedWithDetails = (
  before: DealView | undefined,
  { deal }: DealView,
): { ended?: string[]; by: PersonId[] } => {
  const now = { ...deal.gaps, ...deal.exceptions };
  const ended = Object.entries({ ...before?.deal.gaps, ...before?.deal.exceptions }).filter(([id]) => !own(now, id));
  return ended.length === 0 ? { by: [] } : { ended: ended.map(([id]) => id), by: ended.map(([, { by }]) => by) };
};

/** Tells those who had accepted them, too. */
export const gapsTakenBack = (
  { by, reason, questions, exceptions = [], byItself }: Extract<DealEvent, { type: 'GapsTakenBack' }>,
  before: DealView | undefined,
  { deal }: DealView,
): [Fact, NoticeTarget[]][] => {
  const settled = { ...before?.deal.gaps, ...before?.deal.exceptions };
  const others = [...questions, ...exceptions].flatMap((id) => own(settled, id)?.by ?? []).filter((id) => id !== by);
  const more = { ...(exceptions.length === 0 ? {} : { exceptions }), ...(byItself ? { byItself } : {}) };
  const fact: Fact = { fact: 'gaps taken back', by, reason, questions, ...more };
  return [[fact, [THREAD, ...people([deal.owner, ...others])]]];
};
