/** An export licence that is not settled, owed by the deal's owner from the approval until it is. Guidance: G7. */

import { addBusinessDays, calendarOf } from '../../calendar.ts';
import type { Instant } from '../../ids.ts';
import { own } from '../../own.ts';
import { licenceOpenSince, licenceWait } from '../approval/licence.ts';
import type { DealView } from '../view.ts';
import { later, type Ower, type Thing } from './owing.ts';

/** Some twenty years, should nobody ever settle it. */
const MOST = 500;

/** Every so many business days: those that have passed or were told of, and the next one. */
const stagesFrom = (
  { organisation, deal, now }: DealView,
  { key, since }: Pick<Ower, 'key' | 'since'>,
  every: number,
): Ower['stages'] => {
  const calendar = calendarOf(organisation, deal.owner);
  const told = own(deal.reminded, key) ?? 0;
  const times: Instant[] = [];
  let last = since;
  do {
    last = addBusinessDays(last, every, calendar);
    times.push(last);
  } while ((last <= now || times.length <= told) && times.length < MOST);
  return times.map((at) => ({ of: 'reminder', at }));
};

export const licenceOwed = (view: DealView): Thing[] => {
  const { deal, organisation, policy } = view;
  const rule = policy.reminders.licence;
  const open = licenceOpenSince(deal);
  if (!rule || open === undefined) return [];
  const { owner: person, ownedSince } = deal;
  const since = later(open, ownedSince);
  const key = `licence:${licenceWait(deal)}`;
  const ower = { person, key: `${key}:${person}:${since}`, since };
  // Whoever owns the deal now is reminded in their own time; the licence has waited since it was open.
  const inDays = (days: number): Instant => addBusinessDays(open, days, calendarOf(organisation, person));
  return [
    {
      key,
      owed: { kind: 'licence' },
      rule: { after: [rule.every], escalate: rule.escalate },
      owers: [{ ...ower, stages: stagesFrom(view, ower, rule.every), inDays }],
    },
  ];
};
