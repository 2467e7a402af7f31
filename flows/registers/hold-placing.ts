/** Whether compliance can place a hold, now or for a later day: who may, on what, and with which reason. */

import { addDays, calendarOf, dayIn, isDay } from '../calendar.ts';
import { endUserKey, sameEndUser } from '../end-user.ts';
import { tellsOfReport, TELLS_OF_REPORT } from '../hold-reason.ts';
import { HOLD_STOPS, type Hold, type HoldTarget, type Plan, type PlannedHold } from '../hold.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import { isOfCompliance, SYSTEM, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import { reasonProblem } from '../policy/sentence.ts';
import type { HoldCommand, HoldEvent, HoldsState } from './hold-shapes.ts';
import { keptAt } from './kept-ended.ts';
import { ownDealProblem } from './own-deal.ts';
import { refuseRegister, type RegisterContext, type RegisterDecided } from './register.ts';

export const standingHolds = ({ holds }: HoldsState): Hold[] => Object.values(holds);

/** Those whose day has not come: they stop nothing yet. */
export const plannedHolds = ({ planned = {} }: HoldsState): PlannedHold[] => Object.values(planned);

/** Those, and then those that somebody withdrew within the last year, the latest first. */
export const plansAt = (state: HoldsState, now: Instant): Plan[] => [
  ...plannedHolds(state).map((hold) => ({ hold })),
  ...keptAt(state.withdrawn ?? [], now)
    .toReversed()
    .map(({ hold, ...withdrawn }) => ({ hold, withdrawn })),
];

export const ONLY_COMPLIANCE = 'Only compliance can place and lift holds.';

export const rightsProblem = (
  organisation: Organisation,
  actor: PersonId,
  team: readonly PersonId[],
): string | undefined => {
  if (!isOfCompliance(organisation, actor)) return ONLY_COMPLIANCE;
  return ownDealProblem(organisation, actor, team);
};

/** A year is longer than any investigation should go without a review. */
export const MOST_UNTIL_REVIEW = 366;

const NO_DAY = 'Please give a date of the calendar.';

export const reviewProblem = (
  review: Day,
  at: Instant,
  organisation: Organisation,
  from?: Day | undefined,
): string | undefined => {
  const today = dayIn(at, calendarOf(organisation));
  if (!isDay(review)) return NO_DAY;
  if (review <= today) return 'Please choose a day after today.';
  if (from !== undefined && review <= from) return 'Please choose a day after the one on which it begins.';
  return review > addDays(today, MOST_UNTIL_REVIEW) ? 'Please choose a day within a year.' : undefined;
};

/** Longer than that, and it is no hold but an intention. */
const MOST_UNTIL_START = 92;

const startProblem = (from: Day, today: Day): string | undefined => {
  if (!isDay(from)) return NO_DAY;
  if (from < today) return 'Please choose today or a later day.';
  return from > addDays(today, MOST_UNTIL_START) ? 'Please choose a day within three months.' : undefined;
};

/** A reason of a hold, or why it can't be one. */
export const reasonIn = (text: string): { reason: string } | { silent: string } => {
  const reason = text.trim();
  const silent = reasonProblem(reason, 'Please say why. It stays on the record.');
  if (silent !== undefined) return { silent };
  return tellsOfReport(reason) ? { silent: TELLS_OF_REPORT } : { reason };
};

const PLANNED = 'is to be put on hold on a later day. Withdraw that first to place another.';

const targetOf = (
  { on, reach }: Extract<HoldCommand, { type: 'PlaceHold' }>,
  state: HoldsState,
): HoldTarget | RegisterDecided<never> => {
  if (on.of === 'deal') {
    if (reach.deals === 0) {
      return refuseRegister('not valid', 'There is no such deal, or it is over. Please check its number.', 'deal');
    }
    const is = (hold: Hold): boolean => hold.on.of === 'deal' && hold.on.deal === on.deal;
    if (plannedHolds(state).some(is)) return refuseRegister('not now', `This deal ${PLANNED}`, 'deal');
    const already = standingHolds(state).some(is);
    return already
      ? refuseRegister('not now', 'This deal is on hold already. Lift that hold first to place another.', 'deal')
      : on;
  }
  const key = endUserKey(on.name);
  if (key === '') return refuseRegister('not valid', 'Please write the name of the end-user.', 'name');
  const is = (hold: Hold): boolean => hold.on.of === 'end-user' && sameEndUser(hold.on.name, on.name);
  if (plannedHolds(state).some(is)) return refuseRegister('not now', `This end-user ${PLANNED}`, 'name');
  const twin = standingHolds(state).some(is);
  return twin
    ? refuseRegister('not now', 'This end-user is on hold already. Lift that hold first to place another.', 'name')
    : { of: 'end-user', name: on.name.trim(), key };
};

export const decidePlace = (
  command: Extract<HoldCommand, { type: 'PlaceHold' }>,
  state: HoldsState,
  { actor, at, id }: { actor: PersonId; at: Instant; id: string },
  { organisation }: RegisterContext,
): RegisterDecided<HoldEvent> => {
  const problem = rightsProblem(organisation, actor, command.reach.team);
  if (problem) return refuseRegister('not allowed', problem);
  const on = targetOf(command, state);
  if ('kind' in on) return on;
  const stop = HOLD_STOPS.filter((one) => command.stop.includes(one));
  if (stop.length === 0) return refuseRegister('not valid', 'Please choose what to stop.', 'stop');
  const read = reasonIn(command.reason);
  if ('silent' in read) return refuseRegister('not valid', read.silent, 'reason');
  const today = dayIn(at, calendarOf(organisation));
  const { because, review, from = today } = command;
  const never = startProblem(from, today);
  if (never) return refuseRegister('not valid', never, 'from');
  const wrong = reviewProblem(review, at, organisation, from);
  if (wrong) return refuseRegister('not valid', wrong, 'review');
  const hold: Hold = { id: `hold-${id}`, on, stop, because, reason: read.reason, review, by: actor, at };
  if (from > today)
    return { kind: 'accepted', events: [{ type: 'HoldPlanned', hold: { ...hold, from }, at, by: actor }] };
  return { kind: 'accepted', events: [{ type: 'HoldPlaced', hold, at, by: actor }] };
};

/** Deals that a planned hold names, of which whoever planned it was not told yet. */
export const decideMet = (
  { hold: id, deals }: Extract<HoldCommand, { type: 'NoteMet' }>,
  { planned = {}, met = {} }: HoldsState,
  { actor, at }: { actor: PersonId; at: Instant },
): RegisterDecided<HoldEvent> => {
  if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only Clearthread itself does this.');
  const known = own(met, id) ?? [];
  const fresh = [...new Set(deals)].filter((deal) => !known.includes(deal));
  return !own(planned, id) || fresh.length === 0
    ? refuseRegister('not now', 'Whoever planned this hold knows of these deals.')
    : { kind: 'accepted', events: [{ type: 'PlannedMet', hold: id, deals: fresh, at, by: actor }] };
};
