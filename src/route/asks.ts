/** What is asked of a person outside any deal: a yearly report, notes, sheets and training. */

import type { PersonId } from '../../flows/ids.ts';
import { asksOf, type Ask } from '../../flows/lists/asks.ts';
import type { Today } from '../../flows/lists/waits.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import { waitedFor, yearSeat, type YearToday } from '../../flows/yearly/approvers.ts';
import { openQuestions } from '../../flows/yearly/deciding.ts';
import type { YearlyState } from '../../flows/yearly/register-shapes.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import type { Desk } from './desk.ts';

interface AllDeals {
  deals: readonly IndexedDeal[];
  today: Today;
}

/** Reports that somebody of the person's group has to approve, and nobody has: a question on one holds it. */
const yearAsks = (yearly: RegisterContext, { drafts }: YearlyState, today: YearToday, person: PersonId): Ask[] =>
  Object.entries(drafts).flatMap(([year, draft]): Ask[] => {
    if (!draft.sent || openQuestions(draft).length > 0) return [];
    const seat = yearSeat(draft, person, yearly, today);
    const missing = waitedFor(draft.sent, yearly);
    return 'of' in seat && seat.groups.some((group) => missing.includes(group))
      ? [{ of: 'year', year: Number(year), since: draft.sent.at }]
      : [];
  });

/** The most urgent first. */
export const asksNow = async (
  desk: Desk,
  { deals, today: { organisation, now } }: AllDeals,
  person: PersonId,
): Promise<Ask[]> => {
  const { training, sheets, countries, yearly, policy } = desk.registers;
  const [trained, filled, noted, reported] = await Promise.all([
    training.now(),
    sheets.now(),
    countries.now(),
    yearly.now(),
  ]);
  const today = { away: organisation.absences ?? [], at: now };
  const others = asksOf(
    {
      organisation,
      now,
      deals,
      sheets: filled.state,
      training: { state: trained.state, rule: policy()?.training },
      laws: noted.state.laws ?? {},
    },
    person,
  );
  return [...yearAsks(yearly.context(), reported.state, today, person), ...others];
};
