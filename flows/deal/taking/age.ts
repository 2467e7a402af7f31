/** For how long an answer of an earlier deal is offered. House rule. */

import { addMonths, calendarOf, dayIn } from '../../calendar.ts';
import type { Instant } from '../../ids.ts';
import type { DealView } from '../view.ts';

/** Tells whether an answer of that day is offered no more: it is as old as it was when somebody first gave it. */
export const isTooOld = (
  { policy, organisation, now }: Pick<DealView, 'policy' | 'organisation' | 'now'>,
  { at }: { at: Instant },
): boolean => {
  const calendar = calendarOf(organisation);
  return policy.reuse === undefined || addMonths(dayIn(at, calendar), policy.reuse.months) < dayIn(now, calendar);
};
