/** Escalation: somebody who does not owe the task is told, when the person who does has not reacted or cannot. */

import { addBusinessDays, calendarOf } from '../../calendar.ts';
import type { PersonId, Instant } from '../../ids.ts';
import { membersOf, person as personOf } from '../../organisation.ts';
import type { EscalateTo } from '../../policy/reminders.ts';
import type { ReminderRule } from '../../policy/reminders.ts';
import { awayAt } from '../../registers/absences.ts';
import { independentCompliance } from '../rights/access.ts';
import type { DealView } from '../view.ts';
import type { Duty, Ower, Thing } from './owing.ts';

const isKnown = ({ organisation }: DealView, id: PersonId): boolean => personOf(organisation, id) !== undefined;

/** Returns who is told: the people named by the rule, else compliance outside the deal, else the chief. */
const toldOf = (
  view: DealView,
  ower: PersonId | undefined,
  to: EscalateTo,
  owing: ReadonlySet<PersonId>,
): PersonId[] => {
  const { organisation } = view;
  const manager = ower === undefined ? undefined : personOf(organisation, ower)?.manager;
  const byPerson = to === 'manager' || to === 'delegate';
  const named = byPerson ? (manager === undefined ? [] : [manager]) : membersOf(organisation, to);
  const reachable = [named, independentCompliance(view), membersOf(organisation, organisation.roles.chief)].map((ids) =>
    ids.filter((id) => !owing.has(id) && isKnown(view, id)),
  );
  return reachable.find((ids) => ids.length > 0) ?? [];
};

/** Returns the rule. A person who has left no longer reacts: somebody else is told on the day of the first reminder. */
const escalationOf = (
  view: DealView,
  { after, escalate }: ReminderRule,
  ower: PersonId,
): { after: number; to: EscalateTo } | undefined => {
  if (isKnown(view, ower)) return escalate;
  const first = Math.min(...after, escalate?.after ?? Infinity);
  return Number.isFinite(first) ? { after: first, to: 'manager' } : undefined;
};

/** Returns the chosen stand-in, if the person is away by then. Undefined: none, so it goes to their manager. */
const delegateAt = (
  view: DealView,
  ower: PersonId,
  at: Instant,
  owing: ReadonlySet<PersonId>,
): PersonId | undefined => {
  const delegate = awayAt(view.organisation, ower, at)?.delegate;
  return delegate !== undefined && isKnown(view, delegate) && !owing.has(delegate) ? delegate : undefined;
};

const dutyFor = (
  { key, owed }: Thing,
  name: PersonId,
  to: PersonId,
  { at, since, owers }: { at: Instant; since: Instant; owers: readonly PersonId[] },
): Duty => ({
  key: `${key}:${name}:escalation`,
  owed,
  owers,
  since,
  stages: [{ of: 'escalation', at, to: [to] }],
});

/** Names the duty after the person who owes it, not the recipient: a change of stand-ins tells nobody else. */
const toDelegates = (view: DealView, thing: Thing, owers: readonly Ower[], owing: ReadonlySet<PersonId>): Duty[] => {
  const { escalate } = thing.rule;
  if (escalate?.to !== 'delegate') return [];
  return owers.flatMap(({ person: ower, inDays, since }) => {
    const from = inDays?.(escalate.after);
    const delegate = ower === undefined || from === undefined ? undefined : delegateAt(view, ower, from, owing);
    if (ower === undefined || from === undefined || delegate === undefined) return [];
    const at = addBusinessDays(from, 0, calendarOf(view.organisation, delegate));
    return [dutyFor(thing, ower, delegate, { at, since, owers: [ower] })];
  });
};

/** Makes one duty for each person told: in their own working hours, and once, however many owe the task. */
export const escalations = (view: DealView, thing: Thing): Duty[] => {
  const { key, rule, owers, stuck } = thing;
  const { reminded } = view.deal;
  const owing = new Set(owers.flatMap(({ person }) => person ?? []));
  const delegated = toDelegates(view, thing, owers, owing);
  const done = new Set(delegated.map((duty) => duty.key));
  const told = new Map<PersonId, { at: Instant; since: Instant; owers: PersonId[] }>();
  const tell = (ower: PersonId | undefined, to: EscalateTo, from: Instant, since: Instant): void => {
    for (const person of toldOf(view, ower, to, owing)) {
      const at = addBusinessDays(from, 0, calendarOf(view.organisation, person));
      const known = told.get(person);
      told.set(person, {
        at: known && known.at < at ? known.at : at,
        since: known && known.since < since ? known.since : since,
        owers: [...(known?.owers ?? []), ...(ower === undefined ? [] : [ower])],
      });
    }
  };
  for (const { person: ower, inDays, since, stages } of owers) {
    if (ower === undefined || !inDays) continue;
    const escalate = escalationOf(view, rule, ower);
    const own = `${key}:${ower}:escalation`;
    if (!escalate || done.has(own) || reminded?.[own] !== undefined) continue;
    const first = isKnown(view, ower) ? undefined : stages.find(({ at }) => at > since)?.at;
    tell(ower, escalate.to, first ?? inDays(escalate.after), since);
  }
  if (stuck) tell(undefined, view.organisation.roles.compliance, stuck.at, stuck.since);
  return [...delegated, ...[...told].map(([person, found]) => dutyFor(thing, person, person, found))];
};
