/** A case: a report of misuse and its handling (item C9 of the Guidance). What people wrote is not here; it is sealed. */

import type { CaseDays } from './clocks.ts';
import type { Day } from './days.ts';

/** Such as `C-7K2PQD4M`. */
export type CaseId = string;

/** Such as `h-3f9a`: made when they are invited. */
export type HandlerId = string;

export type CaseEvent = { day: Day } & (
  | { kind: 'acknowledged' | 'answered' | 'feedback' | 'closed' | 'opened again'; by: HandlerId }
  /**
   * A step of flows/voices/steps.ts or exporting.ts, which is sealed. `due`: the first day by which something has to be done from then on,
   * null where nothing has; absent: as before.
   */
  | { kind: 'worked'; by: HandlerId; due?: Day | null | undefined }
  /** Who reported it was asked whether anybody harmed them for it, or handlers looked for that without asking. */
  | { kind: 'asked'; by: HandlerId }
  /** Of earlier versions, which kept it in the clear. */
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

/** Days on which they were asked, since they were last told what came of it. */
const asksOf = (events: readonly CaseEvent[]): Day[] =>
  events
    .slice(events.findLastIndex(({ kind }) => kind === 'feedback') + 1)
    .flatMap(({ kind, day }) => (kind === 'asked' ? [day] : []));

/** Returns the days on which the clocks rest. An answer to who spoke says that the report arrived, whatever it is called. */
export const caseDays = ({ day, events }: Pick<Case, 'day' | 'events'>): CaseDays => ({
  received: day,
  acknowledged: events.find(({ kind }) => kind === 'acknowledged' || kind === 'answered' || kind === 'feedback')?.day,
  feedback: events.find(({ kind }) => kind === 'feedback')?.day,
  told: lastDay(events, 'feedback'),
  asked: asksOf(events),
  work:
    events.flatMap((event) => (event.kind === 'worked' && event.due !== undefined ? [event.due] : [])).at(-1) ??
    undefined,
  over: overSince(events),
  erased: lastDay(events, 'withdrawn') !== undefined,
});

/**
 * What a handler does to a case. `acknowledge`, `answer`, `feedback` and `ask` come with a message to who reported it; a
 * `note`, `work`, `investigate`, `export` and `close` with one for handlers alone.
 */
export type CaseAction =
  | { do: 'acknowledge' | 'answer' | 'feedback' | 'note' }
  | { do: 'ask' }
  | { do: 'work'; due?: Day | null | undefined }
  /** Who investigates, and who may not: ids of the organisation file. They are checked, and not kept. */
  | { do: 'investigate'; who: readonly string[]; not: readonly string[] }
  /** A step of its way to a court or an authority. */
  | { do: 'export' }
  | { do: 'close' }
  | { do: 'open again' };

/** Returns the event of what a handler does, `undefined` for a note, or why they can't. */
export const decideOnCase = (
  of: Case,
  action: CaseAction,
  by: HandlerId,
  day: Day,
): { event: CaseEvent | undefined } | { refused: string } => {
  const { acknowledged, feedback, over } = caseDays(of);
  if (!mayRead(of, by)) return { refused: 'There is no such case.' };
  if (of.events.some(({ kind }) => kind === 'withdrawn')) {
    return {
      refused:
        'Whoever reported this took it back. What they had sent is erased, and what was written here of it. A hold that was placed stays until it is lifted in chat.',
    };
  }
  if (action.do === 'open again') {
    return over === undefined ? { refused: 'This case is open.' } : { event: { kind: 'opened again', by, day } };
  }
  // What happens to who spoke, happens after a case is closed as well.
  if (action.do === 'ask') {
    return feedback === undefined
      ? { refused: 'Say first what came of it: whoever reported this was told nothing yet.' }
      : { event: { kind: 'asked', by, day } };
  }
  // A court asks for closed ones, too.
  if (action.do === 'export') return { event: { kind: 'worked', by, day } };
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
    case 'work':
      return { event: { kind: 'worked', by, day, ...(action.due !== undefined && { due: action.due }) } };
    case 'investigate':
      return { event: { kind: 'worked', by, day } };
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
