/** The register of holds: compliance places and lifts them here, and they spread to the deals concerned. */

import { addDays, calendarOf, dayIn, isDay } from '../calendar.ts';
import { endUserKey, sameEndUser } from '../end-user.ts';
import { HOLD_STOPS, type Hold, type HoldId, type HoldTarget } from '../hold.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import { isOfCompliance, SYSTEM, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import type { Reminders } from '../policy/reminders.ts';
import { usualHolds } from '../policy/schema.ts';
import { reasonProblem } from '../policy/sentence.ts';
import {
  decideSpread,
  evolveSpreads,
  newFanOut,
  ownersToTell,
  spreadDueAt,
  without,
  type SpreadWent,
} from './fan-out.ts';
import type { HoldCommand, HoldEvent, HoldFact, HoldsState } from './hold-shapes.ts';
import {
  earliest,
  endersTold,
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterDecided,
  type RegisterTarget,
} from './register.ts';
import { reviewers, stageNow, stagesAround, type RegisterStage } from './reminders.ts';

export type HoldsRule = Reminders['holds'];

export const holdsRule = ({ policy }: Pick<RegisterContext, 'policy'>): HoldsRule =>
  policy?.reminders.holds ?? usualHolds;

export const standingHolds = ({ holds }: HoldsState): Hold[] => Object.values(holds);

type Held = HoldsState['holds'][HoldId];

const keyOf = ({ id, review, since }: Held): string => `${id}:${review}:${since}`;

const stagesOf = (held: Held, context: RegisterContext): RegisterStage[] => {
  const { organisation } = context;
  const { review: day, since } = held;
  return stagesAround(organisation, holdsRule(context), { day, since, to: reviewers(organisation) });
};

const told = (state: HoldsState, held: Held): number => state.reminded[keyOf(held)] ?? 0;

const dueNow = (state: HoldsState, now: Instant, context: RegisterContext) =>
  Object.values(state.holds).flatMap((held) => {
    const due = stageNow(stagesOf(held, context), told(state, held), now);
    return due ? [{ held, ...due }] : [];
  });

const OWN_DEAL = 'You are on the team of a deal that this is about, so another compliance colleague must do it.';
const ONLY_COMPLIANCE = 'Only compliance can place and lift holds.';

const rightsProblem = (organisation: Organisation, actor: PersonId, team: readonly PersonId[]): string | undefined => {
  if (!isOfCompliance(organisation, actor)) return ONLY_COMPLIANCE;
  return team.includes(actor) ? OWN_DEAL : undefined;
};

/** A year is longer than any investigation should go without a review. */
export const MOST_UNTIL_REVIEW = 366;

const reviewProblem = (review: Day, at: Instant, organisation: Organisation): string | undefined => {
  const today = dayIn(at, calendarOf(organisation));
  if (!isDay(review)) return 'Please give a date of the calendar.';
  if (review <= today) return 'Please choose a day after today.';
  return review > addDays(today, MOST_UNTIL_REVIEW) ? 'Please choose a day within a year.' : undefined;
};

const targetOf = (
  { on, reach }: Extract<HoldCommand, { type: 'PlaceHold' }>,
  state: HoldsState,
): HoldTarget | RegisterDecided<never> => {
  if (on.of === 'deal') {
    if (reach.deals === 0) {
      return refuseRegister('not valid', 'There is no such deal, or it is over. Please check its number.', 'deal');
    }
    const already = standingHolds(state).some((hold) => hold.on.of === 'deal' && hold.on.deal === on.deal);
    return already
      ? refuseRegister('not now', 'This deal is on hold already. Lift that hold first to place another.', 'deal')
      : on;
  }
  const key = endUserKey(on.name);
  if (key === '') return refuseRegister('not valid', 'Please write the name of the end-user.', 'name');
  const twin = standingHolds(state).find((hold) => hold.on.of === 'end-user' && sameEndUser(hold.on.name, on.name));
  return twin
    ? refuseRegister('not now', 'This end-user is on hold already. Lift that hold first to place another.', 'name')
    : { of: 'end-user', name: on.name.trim(), key };
};

const decidePlace = (
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
  const reason = command.reason.trim();
  const silent = reasonProblem(reason, 'Please say why. It stays on the record.');
  if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
  const wrong = reviewProblem(command.review, at, organisation);
  if (wrong) return refuseRegister('not valid', wrong, 'review');
  const { because, review } = command;
  const hold: Hold = { id: `hold-${id}`, on, stop, because, reason, review, by: actor, at };
  return { kind: 'accepted', events: [{ type: 'HoldPlaced', hold, at, by: actor }] };
};

const GONE = 'This hold was lifted already.';

const placed = (state: HoldsState, hold: Hold, at: Instant): HoldsState => {
  const spread = `${hold.id}:placed`;
  return {
    ...state,
    holds: { ...state.holds, [hold.id]: { ...hold, since: at } },
    spreads: { ...state.spreads, [spread]: newFanOut(spread, { of: 'placed', hold }, at) },
  };
};

/** The rest of its placing need not spread any more. */
const lifted = (state: HoldsState, hold: Hold, reason: string, by: PersonId, at: Instant): HoldsState => {
  const spread = `${hold.id}:lifted`;
  return {
    holds: without(state.holds, hold.id),
    spreads: {
      ...without(state.spreads, `${hold.id}:placed`),
      [spread]: newFanOut(spread, { of: 'lifted', hold, reason, by }, at),
    },
    reminded: Object.fromEntries(Object.entries(state.reminded).filter(([key]) => !key.startsWith(`${hold.id}:`))),
  };
};

/** For a hold on one deal, its own thread tells the owner. */
const spreadTold = (
  event: SpreadWent,
  before: HoldsState,
  { organisation }: RegisterContext,
): [HoldFact, RegisterTarget[]][] =>
  ownersToTell(event, before.spreads, organisation).flatMap(({ owner, what, reached }) => {
    const { hold } = what;
    if (hold.on.of === 'deal') return [];
    const fact: HoldFact =
      what.of === 'placed'
        ? { fact: 'deals held', hold, reached }
        : { fact: 'deals released', hold, reason: what.reason, by: what.by, reached };
    return [[fact, toPeople([owner])]];
  });

export const holds: Register<HoldsState, HoldCommand, HoldEvent, HoldFact> = {
  name: 'holds',
  none: { holds: {}, spreads: {}, reminded: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'HoldPlaced':
        return placed(state, event.hold, event.at);
      case 'HoldLifted':
        return lifted(state, event.hold, event.reason, event.by, event.at);
      case 'ReviewMoved': {
        const held = own(state.holds, event.hold);
        if (!held) return state;
        return {
          ...state,
          holds: { ...state.holds, [held.id]: { ...held, review: event.review, since: event.at } },
          reminded: without(state.reminded, keyOf(held)),
        };
      }
      case 'HoldReminded':
        return { ...state, reminded: { ...state.reminded, [event.key]: event.stage } };
      case 'SpreadWent':
        return { ...state, spreads: evolveSpreads(state.spreads, event) };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, meta, context) => {
    const { actor, at } = meta;
    const { organisation } = context;
    const stamp = { at, by: actor };
    switch (command.type) {
      case 'PlaceHold':
        return decidePlace(command, state, meta, context);
      case 'LiftHold': {
        const held = own(state.holds, command.hold);
        const problem = rightsProblem(organisation, actor, command.reach.team);
        if (problem) return refuseRegister('not allowed', problem);
        if (!held) return refuseRegister('not now', GONE);
        const reason = command.reason.trim();
        const silent = reasonProblem(reason, 'Please say why. It stays on the record.');
        if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
        const { since: _since, ...hold } = held;
        return { kind: 'accepted', events: [{ ...stamp, type: 'HoldLifted', hold, reason }] };
      }
      case 'MoveReview': {
        const held = own(state.holds, command.hold);
        if (!isOfCompliance(organisation, actor)) return refuseRegister('not allowed', ONLY_COMPLIANCE);
        if (!held) return refuseRegister('not now', GONE);
        const wrong = reviewProblem(command.review, at, organisation);
        if (wrong) return refuseRegister('not valid', wrong, 'review');
        return {
          kind: 'accepted',
          events: [{ ...stamp, type: 'ReviewMoved', hold: held.id, review: command.review }],
        };
      }
      case 'SpreadOn':
        return decideSpread(command, state.spreads, meta);
      case 'Tick': {
        if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
        const events = dueNow(state, at, context).map(({ held, stage: { of, to }, index }): HoldEvent => ({
          ...stamp,
          type: 'HoldReminded',
          hold: held.id,
          key: keyOf(held),
          stage: index + 1,
          of,
          to,
        }));
        return events.length === 0
          ? refuseRegister('not now', 'Nothing is due here now.')
          : { kind: 'accepted', events };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, now, context, before) => {
    switch (event.type) {
      case 'HoldReminded': {
        const hold = own(now.holds, event.hold);
        return hold ? [[{ fact: 'hold to review', hold, of: event.of }, toPeople(event.to)]] : [];
      }
      case 'SpreadWent':
        return spreadTold(event, before, context);
      case 'HoldLifted': {
        const { hold, reason, by } = event;
        return [[{ fact: 'hold lifted', hold, reason, by }, endersTold(context.organisation, hold.by, by)]];
      }
      case 'HoldPlaced':
      case 'ReviewMoved':
        return [];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  about: (fact) => {
    switch (fact.fact) {
      case 'deals held':
      case 'deals released':
        return fact.reached.first;
      case 'hold lifted':
      case 'hold to review':
        return fact.hold.on.of === 'deal' ? [fact.hold.on.deal] : [];
      default: {
        const never: never = fact;
        return never;
      }
    }
  },
  nextDueAt: (state, _now, context) =>
    earliest([
      spreadDueAt(state.spreads),
      ...Object.values(state.holds).map((held) => stagesOf(held, context)[told(state, held)]?.at ?? null),
    ]),
  tick: { type: 'Tick' },
  // One message for each person, however many deals it is about.
  bulk: false,
};
