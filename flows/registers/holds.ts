/** The register of holds: compliance places and lifts them here, and they spread to the deals concerned. */

import { calendarOf, morningOf } from '../calendar.ts';
import type { Hold, HoldId, PlannedHold } from '../hold.ts';
import type { Instant, PersonId } from '../ids.ts';
import { isOfCompliance, membersOf, person, SYSTEM } from '../organisation.ts';
import { own } from '../own.ts';
import type { Reminders } from '../policy/reminders.ts';
import { usualHolds } from '../policy/schema.ts';
import {
  decideSpread,
  evolveSpreads,
  MOST_NAMED,
  newFanOut,
  ownersToTell,
  spreadDueAt,
  without,
  type SpreadWent,
} from './fan-out.ts';
import {
  decideMet,
  decidePlace,
  ONLY_COMPLIANCE,
  plannedHolds,
  reasonIn,
  reviewProblem,
  rightsProblem,
} from './hold-placing.ts';
import type { HoldCommand, HoldEvent, HoldFact, HoldsState } from './hold-shapes.ts';
import { withEnded } from './kept-ended.ts';
import {
  earliest,
  endersTold,
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterTarget,
} from './register.ts';
import { reviewers, stageNow, stagesAround, type RegisterStage } from './reminders.ts';

export type HoldsRule = Reminders['holds'];

export const holdsRule = ({ policy }: Pick<RegisterContext, 'policy'>): HoldsRule =>
  policy?.reminders.holds ?? usualHolds;

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

const GONE = 'This hold was lifted already.';

const startOf = ({ from }: PlannedHold, { organisation }: RegisterContext): Instant =>
  morningOf(from, calendarOf(organisation));

const withoutSince = ({ since: _since, ...hold }: Held): Hold => hold;

const withoutFrom = ({ from: _from, ...hold }: PlannedHold): Hold => hold;

const withoutPlan = ({ planned, met }: HoldsState, hold: HoldId): Pick<HoldsState, 'planned' | 'met'> => ({
  ...(planned && { planned: without(planned, hold) }),
  ...(met && { met: without(met, hold) }),
});

const placed = (state: HoldsState, hold: Hold, at: Instant): HoldsState => {
  const spread = `${hold.id}:placed`;
  return {
    ...state,
    ...withoutPlan(state, hold.id),
    holds: { ...state.holds, [hold.id]: { ...hold, since: at } },
    spreads: { ...state.spreads, [spread]: newFanOut(spread, { of: 'placed', hold }, at) },
  };
};

/** The rest of its placing need not spread any more. */
const lifted = (state: HoldsState, hold: Hold, reason: string, by: PersonId, at: Instant): HoldsState => {
  const plan = own(state.planned ?? {}, hold.id);
  if (plan)
    return {
      ...state,
      ...withoutPlan(state, hold.id),
      withdrawn: withEnded(state.withdrawn, { hold: plan, reason, by, at }),
    };
  const spread = `${hold.id}:lifted`;
  return {
    ...state,
    holds: without(state.holds, hold.id),
    lifted: withEnded(state.lifted, { hold, reason, by, at }),
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

/** No message about it goes to somebody who is not of compliance any more. */
const plannersTold = ({ by }: Hold, { organisation }: RegisterContext): RegisterTarget[] =>
  toPeople(isOfCompliance(organisation, by) ? [by] : membersOf(organisation, organisation.roles.compliance));

export const holds: Register<HoldsState, HoldCommand, HoldEvent, HoldFact> = {
  name: 'holds',
  none: { holds: {}, spreads: {}, reminded: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'HoldPlanned':
        return { ...state, planned: { ...state.planned, [event.hold.id]: event.hold } };
      case 'PlannedMet': {
        const { hold, deals } = event;
        return { ...state, met: { ...state.met, [hold]: [...(own(state.met ?? {}, hold) ?? []), ...deals] } };
      }
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
      case 'NoteMet':
        return decideMet(command, state, meta);
      case 'LiftHold': {
        const held = own(state.holds, command.hold);
        const planned = own(state.planned ?? {}, command.hold);
        const problem = rightsProblem(organisation, actor, command.reach.team);
        if (problem) return refuseRegister('not allowed', problem);
        if (!held && !planned) return refuseRegister('not now', GONE);
        const { others = [] } = command;
        // What a colleague says against a decision is not set aside by who made it alone. House rule.
        if (held && held.by !== actor && others.length > 0) {
          const names = others.map((id) => person(organisation, id)?.name ?? id).join(' or ');
          return refuseRegister(
            'not allowed',
            `You approved a deal that this is about, so a colleague lifts it: ${names}.`,
          );
        }
        const read = reasonIn(command.reason);
        if ('silent' in read) return refuseRegister('not valid', read.silent, 'reason');
        const hold = held ? withoutSince(held) : planned && withoutFrom(planned);
        return hold
          ? { kind: 'accepted', events: [{ ...stamp, type: 'HoldLifted', hold, reason: read.reason }] }
          : refuseRegister('not now', GONE);
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
        const begun = plannedHolds(state)
          .filter((planned) => startOf(planned, context) <= at)
          .map((planned): HoldEvent => ({ ...stamp, type: 'HoldPlaced', hold: { ...withoutFrom(planned), at } }));
        const reminded = dueNow(state, at, context).map(({ held, stage: { of, to }, index }): HoldEvent => ({
          ...stamp,
          type: 'HoldReminded',
          hold: held.id,
          key: keyOf(held),
          stage: index + 1,
          of,
          to,
        }));
        const events = [...begun, ...reminded];
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
        const from = own(before.planned ?? {}, hold.id)?.from;
        return [[{ fact: 'hold lifted', hold, reason, by, from }, endersTold(context.organisation, hold.by, by)]];
      }
      case 'PlannedMet': {
        const hold = own(now.planned ?? {}, event.hold);
        const { deals } = event;
        const reached = { deals: deals.length, first: deals.slice(0, MOST_NAMED) };
        return hold ? [[{ fact: 'planned hold met', hold, reached }, plannersTold(hold, context)]] : [];
      }
      case 'HoldPlaced':
      case 'HoldPlanned':
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
      case 'planned hold met':
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
      ...plannedHolds(state).map((planned) => startOf(planned, context)),
      ...Object.values(state.holds).map((held) => stagesOf(held, context)[told(state, held)]?.at ?? null),
    ]),
  tick: { type: 'Tick' },
  // One message for each person, however many deals it is about.
  bulk: false,
};
