/** A case: a report of misuse and its handling (item C9 of the Guidance). What people wrote is not here; it is sealed. */

import type { CaseDays, Day } from './clocks.ts';

/** Such as `C-7K2PQD4M`. */
export type CaseId = string;

/** Such as `h-3f9a`: made when they are invited. */
export type HandlerId = string;

export type CaseEvent = { day: Day } & (
  | { kind: 'acknowledged' | 'answered' | 'feedback' | 'closed' | 'opened again'; by: HandlerId }
  | { kind: 'found'; by: HandlerId; as: Finding }
  /** Another handler got the keys to what was there by then. */
  | { kind: 'let in'; by: HandlerId; reader: HandlerId }
  /** By who reported it. */
  | { kind: 'added' | 'withdrawn' }
);

export const FINDINGS = ['false alarm', 'not ours', 'credible', 'significant'] as const;

/** What a handler makes of a case at first. */
export type Finding = (typeof FINDINGS)[number];

export interface Case {
  id: CaseId;
  /** On which it arrived. */
  day: Day;
  /** To whom it is sealed: without those whom it concerns, with those who were let in later. */
  sealedTo: readonly HandlerId[];
  /** Whom it concerns, by who reported it. Absent: nobody is known. */
  concerns?: readonly HandlerId[] | undefined;
  /** Whether `concerns` says all of it: it was not kept at first. */
  ticksKept?: boolean | undefined;
  events: readonly CaseEvent[];
}

/** Tells whether a case is sealed to them, and does not concern them. */
export const mayRead = ({ sealedTo, concerns = [] }: Pick<Case, 'sealedTo' | 'concerns'>, id: HandlerId): boolean =>
  sealedTo.includes(id) && !concerns.includes(id);

const lastDay = (events: readonly CaseEvent[], kind: CaseEvent['kind']): Day | undefined =>
  events.findLast((event) => event.kind === kind)?.day;

/** Says since when nothing more is done: withdrawn for good, or closed and not opened again. */
const overSince = (events: readonly CaseEvent[]): Day | undefined =>
  lastDay(events, 'withdrawn') ??
  (events.findLast(({ kind }) => kind === 'closed' || kind === 'opened again')?.kind === 'closed'
    ? lastDay(events, 'closed')
    : undefined);

/** Returns the days on which the clocks rest. An answer to who spoke says that the report arrived, whatever it is called. */
export const caseDays = ({ day, events }: Pick<Case, 'day' | 'events'>): CaseDays => ({
  received: day,
  acknowledged: events.find(({ kind }) => kind === 'acknowledged' || kind === 'answered' || kind === 'feedback')?.day,
  feedback: events.find(({ kind }) => kind === 'feedback')?.day,
  over: overSince(events),
});

/** What a handler does to a case. `answer` and `acknowledge` come with a message to who reported it. */
export type CaseAction =
  | { do: 'acknowledge' | 'answer' | 'feedback' | 'note' }
  | { do: 'find'; as: Finding }
  | { do: 'close' }
  | { do: 'open again' };

/** Returns the event of what a handler does, `undefined` for a note, or why they can't. */
export const decideOnCase = (
  of: Case,
  action: CaseAction,
  by: HandlerId,
  day: Day,
): { event: CaseEvent | undefined } | { refused: string } => {
  const { acknowledged, over } = caseDays(of);
  if (!mayRead(of, by)) return { refused: 'There is no such case.' };
  if (of.events.some(({ kind }) => kind === 'withdrawn')) {
    return { refused: 'Whoever reported this took it back. What they had sent is erased.' };
  }
  if (action.do === 'open again') {
    return over === undefined ? { refused: 'This case is open.' } : { event: { kind: 'opened again', by, day } };
  }
  if (over !== undefined) return { refused: 'This case is closed. Open it again first.' };
  switch (action.do) {
    case 'acknowledge':
      return acknowledged === undefined
        ? { event: { kind: 'acknowledged', by, day } }
        : { refused: `It was said on ${acknowledged} that this arrived.` };
    case 'answer':
      return { event: { kind: 'answered', by, day } };
    case 'feedback':
      return { event: { kind: 'feedback', by, day } };
    case 'note':
      return { event: undefined };
    case 'find':
      return { event: { kind: 'found', by, day, as: action.as } };
    case 'close':
      return of.events.some(({ kind }) => kind === 'feedback')
        ? { event: { kind: 'closed', by, day } }
        : { refused: 'Say first what came of it: whoever reported this was told nothing yet.' };
    default: {
      const never: never = action;
      return never;
    }
  }
};
