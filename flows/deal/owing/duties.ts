/** A deal's duties by the calendar: who has to do what, and when they are reminded. Pure: same deal, same dates. */

import { addBusinessDays, calendarOf, dayIn, morningOf } from '../../calendar.ts';
import type { Instant } from '../../ids.ts';
import { person as personOf } from '../../organisation.ts';
import { own } from '../../own.ts';
import { awayAt } from '../../registers/absences.ts';
import { approvalOf } from '../approval/in-force.ts';
import { findingDueAt } from '../context/finding.ts';
import type { Acting, DutyKey } from '../deal.ts';
import type { DealView } from '../view.ts';
import { conditionsOwed } from './conditions.ts';
import { authorityOwed, flagsOwed, lighterOwed, scopeOwed } from './confirmations.ts';
import { escalations } from './escalating.ts';
import { completesAt } from './filled.ts';
import { licenceOwed } from './licence.ts';
import { decisionOwed, later, sectionsOwed, type Duty, type Ower, type Stage, type Thing } from './owing.ts';
import { reassessmentsOwed } from './reassessments.ts';
import { longOverAt } from './run-out.ts';
import { restsOver } from './scope-rests.ts';
import { absenceFor, actingOf } from './standing-in.ts';
import { suspensionsOf } from './suspensions.ts';

/** Returns the duties of an approval in force, during its reassessment too. */
const approvalThings = (view: DealView): Thing[] => {
  const approval = approvalOf(view.deal);
  return approval ? [...conditionsOwed(view, approval), ...reassessmentsOwed(view), ...licenceOwed(view)] : [];
};

const openThings = (view: DealView): Thing[] => {
  const { deal } = view;
  switch (deal.status) {
    case 'answering':
      return deal.scopeSaid ? scopeOwed(view, deal.scopeSaid) : sectionsOwed(view);
    case 'deciding':
      return decisionOwed(view, deal);
    case 'decided':
    case 'stopped':
    case 'out of scope':
    case 'withdrawn':
      return [];
    default: {
      const never: never = deal;
      return never;
    }
  }
};

const dutyOf = (view: DealView, { owed, owers }: Thing, { person, key, since, stages }: Ower): Duty[] => {
  if (person !== undefined && !personOf(view.organisation, person)) return [];
  const to = person === undefined ? [] : [person];
  const owing = person === undefined ? owers.flatMap((o) => o.person ?? []) : to;
  return [{ key, owed, person, owers: owing, since, stages: stages.map((stage) => ({ ...stage, to })) }];
};

/**
 * Tells a stand-in once of what waited before the absence: on its first morning, or when it was announced. Later
 * matters are passed on as they come up.
 */
const handedOn = (view: DealView, { key, owed, person, since, stages }: Duty): Duty[] => {
  const { organisation, now } = view;
  const absence = organisation.absences?.find((a) => a.person === person);
  if (person === undefined || !absence) return [];
  const { delegate, from, until, said } = absence;
  const calendar = calendarOf(organisation, person);
  if (dayIn(now, calendar) > until || (since >= (said ?? since) && awayAt(organisation, person, since))) return [];
  const begins = later(morningOf(from, calendar), said, since);
  // A task due in a year does not wait yet: its first reminder goes to the person present by then.
  const dated = owed.kind === 'condition' || owed.kind === 'reassessment';
  if (dated && !stages.some((stage) => stage.at <= begins)) return [];
  const at = addBusinessDays(begins, 0, calendarOf(organisation, delegate));
  if (!absenceFor(view, owed, person, at)) return [];
  const stage: Stage = { of: 'delegated', at, to: [delegate] };
  return [{ key: `${key}:${delegate}:delegated`, owed, owers: [person], since, stages: [stage] }];
};

export const dutiesOf = (view: DealView): Duty[] => {
  const duties = [
    ...openThings(view),
    ...approvalThings(view),
    ...lighterOwed(view),
    ...flagsOwed(view),
    ...authorityOwed(view),
  ].flatMap((thing) => [...thing.owers.flatMap((ower) => dutyOf(view, thing, ower)), ...escalations(view, thing)]);
  return view.organisation.absences?.length ? [...duties, ...duties.flatMap((duty) => handedOn(view, duty))] : duties;
};

/** Counts the stages that are done: told, or due before the duty began. */
const stagesDone = ({ deal }: DealView, { key, since, stages }: Duty): number =>
  Math.max(own(deal.reminded, key) ?? 0, stages.filter(({ at, of }) => of !== 'delegated' && at <= since).length);

/** Returns the absence for which a stand-in is told at that moment. For an escalation they need only know. */
const standIn = (view: DealView, { owed, person, owers }: Duty, { of, to: [to] }: Stage, at: Instant) => {
  if (to === undefined || of === 'delegated') return undefined;
  const absence = absenceFor(view, person === undefined ? undefined : owed, to, at);
  return absence && person === undefined && owers.includes(absence.delegate) ? undefined : absence;
};

/** Returns when a Tick next has something to do for the duty: a stand-in is told in their own working hours. */
const nextOf = (view: DealView, duty: Duty): Instant | undefined => {
  const stage = duty.stages[stagesDone(view, duty)];
  if (!stage) return undefined;
  const at = later(stage.at, own(view.deal.snoozed, duty.key));
  const absence = standIn(view, duty, stage, at);
  if (!absence) return at;
  const there = addBusinessDays(at, 0, calendarOf(view.organisation, absence.delegate));
  if (there === at || standIn(view, duty, stage, there)) return there;
  // The absence is over by then.
  return addBusinessDays(there, 0, calendarOf(view.organisation, absence.person));
};

/** Returns the earliest instant at which a Tick has something to do, or null. */
export const nextDueAt = (view: DealView): Instant | null =>
  [
    ...dutiesOf(view).flatMap((duty) => nextOf(view, duty) ?? []),
    ...suspensionsOf(view).map(({ at }) => at),
    ...[findingDueAt(view), longOverAt(view), completesAt(view) ?? null, restsOver(view)?.at ?? null].filter(
      (at) => at !== null,
    ),
  ].reduce<Instant | null>((first, at) => (first === null || at < first ? at : first), null);

export interface Due {
  duty: Duty;
  stage: Stage;
  index: number;
  /** `stage.to` stands in for somebody. */
  acting?: Acting | undefined;
  /** Duties covered by the same message. */
  also?: DutyKey[] | undefined;
}

/** Returns the stage addressed to the person present now. */
const addressed = (view: DealView, duty: Duty, stage: Stage): Pick<Due, 'stage' | 'acting'> => {
  const [whose] = duty.owers;
  if (stage.of === 'delegated' && whose !== undefined) {
    const absence = awayAt(view.organisation, whose, view.now);
    return absence ? { stage, acting: actingOf(absence) } : { stage };
  }
  const absence = standIn(view, duty, stage, view.now);
  return absence ? { stage: { ...stage, to: [absence.delegate] }, acting: actingOf(absence) } : { stage };
};

/** Returns what a Tick at `view.now` does: for each duty the latest stage that is due and was not told. */
export const dueNow = (view: DealView): Due[] => {
  const due = dutiesOf(view).flatMap((duty): Due[] => {
    const next = nextOf(view, duty);
    if (next === undefined || next > view.now) return [];
    const index = duty.stages.findLastIndex(({ at }) => at <= view.now);
    const stage = duty.stages[index];
    return stage ? [{ duty, index, ...addressed(view, duty, stage) }] : [];
  });
  // A stand-in who is reminded in the same moment need not also hear that it was passed on.
  const told = (one: Due): DutyKey | undefined =>
    due.find(
      ({ duty, stage, acting }) => acting !== undefined && one.duty.key === `${duty.key}:${stage.to[0]}:delegated`,
    )?.duty.key;
  return due.flatMap((one): Due[] => {
    if (told(one) !== undefined) return [];
    const also = due.filter((other) => told(other) === one.duty.key).map(({ duty }) => duty.key);
    return [also.length > 0 ? { ...one, also } : one];
  });
};
