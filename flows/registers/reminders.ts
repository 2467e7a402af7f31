/** When a register reminds compliance of a matter, and to whom it escalates when nobody reacts. */

import { addBusinessDays, addDays, calendarOf, morningOf } from '../calendar.ts';
import type { Day, Instant, ReminderStage, PersonId } from '../ids.ts';
import { membersOf, person, type Organisation } from '../organisation.ts';
import type { ReminderRule } from '../policy/reminders.ts';

export interface RegisterStage {
  of: ReminderStage;
  at: Instant;
  to: PersonId[];
}

const known = (organisation: Organisation, ids: readonly PersonId[]): PersonId[] =>
  [...new Set(ids)].filter((id) => person(organisation, id));

/** Returns compliance; where nobody is left there, the chief. */
export const reviewers = (organisation: Organisation): PersonId[] => {
  const compliance = known(organisation, membersOf(organisation, organisation.roles.compliance));
  return compliance.length > 0 ? compliance : known(organisation, membersOf(organisation, organisation.roles.chief));
};

const escalatedTo = (organisation: Organisation, told: readonly PersonId[], to: string): PersonId[] => {
  const managers = told.flatMap((id) => person(organisation, id)?.manager ?? []);
  const named = to === 'manager' ? managers : membersOf(organisation, to);
  const groups = [named, membersOf(organisation, organisation.roles.chief)];
  const others = groups.map((ids) => known(organisation, ids).filter((id) => !told.includes(id)));
  return others.find((ids) => ids.length > 0) ?? [];
};

/**
 * Returns the stages around `day`, earliest first, and only those after `since`. `to`: the people responsible. A group
 * has no zone of its own: the organisation's mornings count.
 */
export const stagesAround = (
  organisation: Organisation,
  { before = [], after, escalate }: ReminderRule & { before?: readonly number[] | undefined },
  { day, since, to }: { day: Day; since: Instant; to: PersonId[] },
): RegisterStage[] => {
  const calendar = calendarOf(organisation);
  const morning = morningOf(day, calendar);
  const stages: RegisterStage[] = [
    ...before.map((days) => ({ of: 'before' as const, at: morningOf(addDays(day, -days), calendar), to })),
    { of: 'reminder', at: morning, to },
    ...after.map((days) => ({ of: 'overdue' as const, at: addBusinessDays(morning, days, calendar), to })),
  ];
  if (escalate) {
    const others = escalatedTo(organisation, to, escalate.to);
    stages.push({ of: 'escalation', at: addBusinessDays(morning, escalate.after, calendar), to: others });
  }
  return stages
    .filter(({ to: ids, at }) => ids.length > 0 && at > since)
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
};

/** Returns the latest stage that is due at `now`, if any; the first `told` stages are done. */
export const stageNow = (
  stages: readonly RegisterStage[],
  told: number,
  now: Instant,
): { stage: RegisterStage; index: number } | undefined => {
  const next = stages[told];
  if (!next || next.at > now) return undefined;
  const index = stages.findLastIndex(({ at }) => at <= now);
  const stage = stages[index];
  return stage && { stage, index };
};
