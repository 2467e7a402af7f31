/** Out of scope by the confirmation of another deal: how long that is enough. House rule. */

import { addDays, addMonths, calendarOf, dayIn, dayInWords, morningOf } from '../../calendar.ts';
import type { Instant } from '../../ids.ts';
import { sentBackOf, STANDS_MONTHS } from '../said/scope.ts';
import type { DealView } from '../view.ts';
import { REVIEW_DAYS } from './run-out.ts';

/**
 * Returns from when on the confirmation that the deal rests on is over, and why: it was withdrawn since, or its months and the
 * days of grace that any basis has are over. Undefined: it rests on none.
 */
export const restsOver = ({ deal, policy, organisation }: DealView): { at: Instant; why: string } | undefined => {
  if (policy.confirmScope === undefined || deal.status !== 'out of scope') return undefined;
  const { confirmed, details } = deal;
  const calendar = calendarOf(organisation);
  if (confirmed?.deal === undefined) return undefined;
  const withdrawn = organisation.scopesDropped?.find(
    ({ product, kind, at }) => product === details.product.id && kind === details.endUser.kind && at > confirmed.at,
  );
  if (withdrawn)
    return {
      at: withdrawn.at,
      why: `The confirmation that it rested on was withdrawn on ${dayInWords(dayIn(withdrawn.at, calendar))}.`,
    };
  // What compliance says of the product as it sends one back, it says of it for any kind of end-user.
  const [back] = sentBackOf({ deal, organisation });
  if (back && back.at > confirmed.at)
    return {
      at: back.at,
      why: `Compliance sent another deal with this product, or one that is called much like it, back on ${dayInWords(dayIn(back.at, calendar))}.`,
    };
  const until = addMonths(dayIn(confirmed.at, calendar), STANDS_MONTHS);
  return {
    at: morningOf(addDays(until, REVIEW_DAYS + 1), calendar),
    why: `The confirmation that it rested on stood until ${dayInWords(until)}.`,
  };
};
