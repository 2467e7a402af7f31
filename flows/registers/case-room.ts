/**
 * One sentence for the handlers of reports on every working day, and one for the chief in every working week (item C10 of
 * the Guidance: within a defined time). It comes whether there is a case or none: the bot can't know, so a chat tells nobody.
 */

import { addDays, calendarOf, dayIn, morningOf } from '../calendar.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import { membersOf, person, SYSTEM, type Organisation } from '../organisation.ts';
import { refuseRegister, toPeople, type Register } from './register.ts';

export interface CaseRoomState {
  /** Nothing is sent for a morning before it. */
  begun?: Instant | undefined;
  /** The last day on which it was sent. */
  sent?: Day | undefined;
}

interface CaseRoomCommand {
  type: 'Send';
}

export type CaseRoomEvent = { at: Instant; by: PersonId } & (
  | { type: 'SendingBegun' }
  | { type: 'SentForDay'; day: Day; chief: boolean }
);

export interface CaseRoomFact {
  fact: 'look' | 'ask whether they look';
}

const handlersIn = ({ voices, people }: Organisation): PersonId[] =>
  (voices?.handlers ?? []).filter((id) => person({ people }, id));

/** Number of the week since 1970 that a day is in; weeks begin on Mondays. */
const weekOf = (day: Day): number => Math.floor((Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 3) / 7);

/** The next morning for which it was not sent, which may be of today and over; null where there are no handlers. */
const nextMorning = ({ begun, sent }: CaseRoomState, now: Instant, organisation: Organisation): Instant | null => {
  if (handlersIn(organisation).length === 0) return null;
  const calendar = calendarOf(organisation);
  const today = dayIn(now, calendar);
  // What a bot that was away missed on days before is not made up: one sentence a day, never two.
  const morning = morningOf(sent !== undefined && sent >= today ? addDays(sent, 1) : today, calendar);
  return begun !== undefined && morning <= begun ? morningOf(addDays(dayIn(begun, calendar), 1), calendar) : morning;
};

export const caseRoom: Register<CaseRoomState, CaseRoomCommand, CaseRoomEvent, CaseRoomFact> = {
  name: 'case-room',
  none: {},
  evolve: (state, event) => {
    switch (event.type) {
      case 'SendingBegun':
        return { ...state, begun: event.at };
      case 'SentForDay':
        return { ...state, sent: event.day };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (_command, state, { actor, at }, { organisation }) => {
    if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
    const morning = nextMorning(state, at, organisation);
    if (morning === null) return refuseRegister('not now', 'The organisation file names no handlers.');
    const stamp = { at, by: actor };
    if (state.begun === undefined) return { kind: 'accepted', events: [{ ...stamp, type: 'SendingBegun' }] };
    if (morning > at) return refuseRegister('not now', 'It was sent, or nobody works today.');
    const day = dayIn(morning, calendarOf(organisation));
    const chief = state.sent === undefined || weekOf(state.sent) < weekOf(day);
    return { kind: 'accepted', events: [{ ...stamp, type: 'SentForDay', day, chief }] };
  },
  tell: (event, _state, { organisation }) => {
    if (event.type !== 'SentForDay') return [];
    const chief = event.chief ? membersOf(organisation, organisation.roles.chief) : [];
    return [
      [{ fact: 'look' }, toPeople(handlersIn(organisation))],
      [{ fact: 'ask whether they look' }, toPeople(chief)],
    ];
  },
  nextDueAt: (state, now, { organisation }) =>
    state.begun === undefined ? null : nextMorning(state, now, organisation),
  tick: { type: 'Send' },
};
