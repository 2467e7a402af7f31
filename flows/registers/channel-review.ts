/** The yearly review of the reporting channel (C12): compliance reviews it and records its findings. */

import { addBusinessDays, addDays, addMonths, calendarOf, dayIn, isDay, morningOf } from '../calendar.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import { SYSTEM, OPERATOR, inGroup, membersOf, person as personOf, type Organisation } from '../organisation.ts';
import type { ChannelReview } from '../policy/reminders.ts';
import { MOST_SNOOZED, nextReminder } from './due-day.ts';
import { earliest, refuseRegister, toPeople, type Register, type RegisterContext } from './register.ts';

export interface Reviewed {
  at: Instant;
  by: PersonId;
  /** The day in the reviewer's own zone. */
  on: Day;
  note: string;
}

export interface ChannelState {
  /** Since when the policy asks for it. */
  since?: Instant | undefined;
  /** The last review. */
  reviewed?: Reviewed | undefined;
  /** The day on which each was last reminded. */
  reminded: Readonly<Record<PersonId, Day>>;
  /** The due date of which the chief was told. */
  escalated?: Day | undefined;
  snoozed: Readonly<Record<PersonId, Instant>>;
}

export type ChannelCommand =
  | { type: 'ReviewChannel'; note: string }
  | { type: 'SnoozeChannel'; until: Day }
  | { type: 'Tick' };

export type ChannelEvent = { at: Instant; by: PersonId } & (
  | { type: 'ChannelAsked' }
  | { type: 'ChannelReviewed'; on: Day; note: string }
  /** `days`: by the local calendar of each. */
  | { type: 'ChannelReminded'; due: Day; days: Record<PersonId, Day> }
  | { type: 'ChannelEscalated'; due: Day; to: PersonId[] }
  | { type: 'ChannelSnoozed'; until: Instant }
);

export type ChannelFact =
  | { fact: 'channel due'; due: Day }
  | { fact: 'channel late'; due: Day }
  | { fact: 'channel reviewed'; review: Reviewed };

/** A note on the review needs at least this many characters. */
export const MIN_NOTE = 20;

export const mayReviewChannel = (organisation: Organisation, id: PersonId): boolean =>
  inGroup(organisation, organisation.roles.compliance, id) || inGroup(organisation, organisation.roles.chief, id);

const owners = (organisation: Organisation): PersonId[] =>
  membersOf(organisation, organisation.roles.compliance).filter((id) => personOf(organisation, id) !== undefined);

/** Returns the last day in time for the review: counted from the last one, or from when the policy first asked. */
export const channelDue = (
  { since, reviewed }: ChannelState,
  rule: ChannelReview | undefined,
  organisation: Organisation,
): Day | undefined => {
  const from = reviewed?.on ?? (since === undefined ? undefined : dayIn(since, calendarOf(organisation)));
  return rule === undefined || from === undefined ? undefined : addMonths(from, rule.everyMonths);
};

const reminderFor = (
  state: ChannelState,
  rule: ChannelReview,
  organisation: Organisation,
  id: PersonId,
): Instant | undefined => {
  const due = channelDue(state, rule, organisation);
  if (due === undefined) return undefined;
  const calendar = calendarOf(organisation, id);
  const from = addMonths(due, -rule.everyMonths);
  const next = nextReminder({ due, from }, rule, state.reminded[id], calendar);
  const snoozed = state.snoozed[id];
  return next !== undefined && snoozed !== undefined && snoozed > next ? snoozed : next;
};

/** Returns when the chief is told, once for each date. */
const escalationOf = (state: ChannelState, rule: ChannelReview, organisation: Organisation): Instant | undefined => {
  const due = channelDue(state, rule, organisation);
  if (!rule.escalate || due === undefined || state.escalated === due) return undefined;
  const [chief] = membersOf(organisation, organisation.roles.chief);
  const late = morningOf(addDays(due, rule.escalate.after), calendarOf(organisation));
  return addBusinessDays(late, 0, calendarOf(organisation, chief));
};

const ruleIn = ({ policy }: RegisterContext): ChannelReview | undefined => policy?.reminders.channelReview;

export const channelReview: Register<ChannelState, ChannelCommand, ChannelEvent, ChannelFact> = {
  name: 'channel-review',
  none: { reminded: {}, snoozed: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ChannelAsked':
        return { ...state, since: event.at };
      case 'ChannelReviewed': {
        const { at, by, on, note } = event;
        return { since: state.since, reviewed: { at, by, on, note }, reminded: {}, snoozed: {} };
      }
      case 'ChannelReminded':
        return { ...state, reminded: { ...state.reminded, ...event.days } };
      case 'ChannelEscalated':
        return { ...state, escalated: event.due };
      case 'ChannelSnoozed':
        return { ...state, snoozed: { ...state.snoozed, [event.by]: event.until } };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at }, context) => {
    const { organisation } = context;
    const rule = ruleIn(context);
    if (!rule) return refuseRegister('not now', 'The policy asks for no review of the reporting channel.');
    const stamp = { at, by: actor };
    const calendar = calendarOf(organisation, actor);
    const today = dayIn(at, calendar);
    switch (command.type) {
      case 'ReviewChannel': {
        if (actor !== OPERATOR && !mayReviewChannel(organisation, actor)) {
          return refuseRegister('not allowed', 'Only compliance can say that the reporting channel was reviewed.');
        }
        const note = command.note.trim();
        if (note.length < MIN_NOTE) {
          return refuseRegister('not valid', 'Please say in a sentence what you looked at, and what changed.', 'note');
        }
        return { kind: 'accepted', events: [{ ...stamp, type: 'ChannelReviewed', on: today, note }] };
      }
      case 'SnoozeChannel': {
        if (!mayReviewChannel(organisation, actor)) {
          return refuseRegister('not allowed', 'Only the person who is reminded can put a reminder off.');
        }
        const { until } = command;
        if (!isDay(until)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'until');
        if (until <= today) return refuseRegister('not valid', 'Please choose a day after today.', 'until');
        if (until > addDays(today, MOST_SNOOZED)) {
          return refuseRegister('not valid', `Please choose a day within the next ${MOST_SNOOZED} days.`, 'until');
        }
        return { kind: 'accepted', events: [{ ...stamp, type: 'ChannelSnoozed', until: morningOf(until, calendar) }] };
      }
      case 'Tick': {
        if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
        const asked: ChannelEvent[] = state.since === undefined ? [{ ...stamp, type: 'ChannelAsked' }] : [];
        const now = asked.reduce(channelReview.evolve, state);
        const due = channelDue(now, rule, organisation) ?? '';
        const days = Object.fromEntries(
          owners(organisation).flatMap((id) => {
            const next = reminderFor(now, rule, organisation, id);
            return next !== undefined && next <= at ? [[id, dayIn(at, calendarOf(organisation, id))] as const] : [];
          }),
        );
        const told: ChannelEvent[] =
          Object.keys(days).length > 0 ? [{ ...stamp, type: 'ChannelReminded', due, days }] : [];
        const late = escalationOf(now, rule, organisation);
        const to = membersOf(organisation, organisation.roles.chief);
        const escalated: ChannelEvent[] =
          late !== undefined && late <= at ? [{ ...stamp, type: 'ChannelEscalated', due, to }] : [];
        const events = [...asked, ...told, ...escalated];
        return events.length > 0
          ? { kind: 'accepted', events }
          : refuseRegister('not now', 'Nobody is to be reminded of the reporting channel now.');
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, _now, { organisation }) => {
    switch (event.type) {
      case 'ChannelReminded':
        return [[{ fact: 'channel due', due: event.due }, toPeople(Object.keys(event.days))]];
      case 'ChannelEscalated':
        return [[{ fact: 'channel late', due: event.due }, toPeople(event.to)]];
      case 'ChannelReviewed': {
        const { at, by, on, note } = event;
        return [[{ fact: 'channel reviewed', review: { at, by, on, note } }, toPeople(owners(organisation))]];
      }
      case 'ChannelAsked':
      case 'ChannelSnoozed':
        return [];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  nextDueAt: (state, now, context) => {
    const rule = ruleIn(context);
    if (!rule) return null;
    if (state.since === undefined) return now;
    const { organisation } = context;
    return earliest([
      ...owners(organisation).map((id) => reminderFor(state, rule, organisation, id) ?? null),
      escalationOf(state, rule, organisation) ?? null,
    ]);
  },
  tick: { type: 'Tick' },
};
