/** Who is away, until when, and who stands in. One announcement is enough: nothing of theirs waits unseen meanwhile. */

import { addDays, calendarOf, dayIn, isDay } from '../calendar.ts';
import type { Day, GroupId, Instant, PersonId } from '../ids.ts';
import {
  inGroup,
  isAuditor,
  isOfCompliance,
  isOfSales,
  membersOf,
  person,
  type Absence,
  type Organisation,
  type Person,
} from '../organisation.ts';
import { own } from '../own.ts';
import type { CompiledPolicy } from '../policy/policy.ts';
import { refuseRegister, toPeople, type Register, type RegisterContext } from './register.ts';

export interface AbsencesState {
  /** One for each person: the present one, or the next. */
  absences: Readonly<Record<PersonId, Absence>>;
}

export type AbsenceCommand =
  | { type: 'SetAway'; delegate: PersonId; from: Day; until: Day }
  /** Ends an absence: the person is back, or not going. */
  | { type: 'EndAway' };

export type AbsenceEvent = { at: Instant; by: PersonId } & (
  | { type: 'AwaySet'; absence: Absence }
  | { type: 'AwayEnded'; person: PersonId; delegate: PersonId }
);

export type AbsenceFact =
  | { fact: 'delegated'; absence: Absence }
  /** To compliance and the chief: a vote is lent. */
  | { fact: 'lent'; absence: Absence }
  | { fact: 'back'; person: PersonId };

const REVIEWED = ['low', 'elevated', 'high'] as const;

/** Calendar days. */
export const MOST_AWAY = 366;

type Kept = Pick<Organisation, 'people' | 'absences' | 'timeZone' | 'holidays'>;

/** Returns the absence of a person at that moment, by their own calendar. */
export const awayAt = (organisation: Kept, who: PersonId, at: Instant): Absence | undefined => {
  const theirs = organisation.absences?.find((absence) => absence.person === who);
  if (!theirs) return undefined;
  const day = dayIn(at, calendarOf(organisation, who));
  return theirs.from <= day && day <= theirs.until ? theirs : undefined;
};

/** Returns those who are away then and chose that delegate. An unknown person lends nothing and gets nothing. */
export const delegatorsOf = (organisation: Kept, delegate: PersonId, at: Instant): PersonId[] =>
  (organisation.absences ?? []).flatMap(({ person: who, delegate: chosen }) =>
    chosen === delegate && person(organisation, delegate) && person(organisation, who) && awayAt(organisation, who, at)
      ? [who]
      : [],
  );

/** Returns the groups whose votes or judgement the policy asks for. */
export const decidingGroups = (policy: Pick<CompiledPolicy, 'routeFor'> | undefined): GroupId[] => [
  ...new Set(
    (policy ? REVIEWED : []).flatMap(
      (tier) =>
        policy?.routeFor(tier).steps.flatMap((step) => [step.group, ...step.including.map(({ group }) => group)]) ?? [],
    ),
  ),
];

/** Tells whether votes of the absent person in these groups may be lent: to a named deputy, or to one of the group. */
export const lendsTo = (
  organisation: Organisation,
  { absent, delegate }: { absent: PersonId; delegate: PersonId },
  groups: readonly GroupId[],
): boolean =>
  (person(organisation, absent)?.deputies?.includes(delegate) ?? false) ||
  groups.some((group) => inGroup(organisation, group, absent) && inGroup(organisation, group, delegate));

/** Tells whether the absent person's rights must stay with compliance: nobody of sales has them, whoever allows it. */
export const isBarred = (
  organisation: Organisation,
  { absent, delegate }: { absent: PersonId; delegate: PersonId },
): boolean => isOfCompliance(organisation, absent) && isOfSales(organisation, delegate);

/** Tells whether a person decides or judges, so that their absence lends something. */
const decides = ({ organisation, policy }: RegisterContext, who: PersonId): boolean =>
  isOfCompliance(organisation, who) || decidingGroups(policy).some((group) => inGroup(organisation, group, who));

/** Tells whether a person is a deputy of somebody who decides or judges: that one's vote may be lent to them. */
const isDeputyOfJudge = (context: RegisterContext, who: PersonId): boolean =>
  context.organisation.people.some(
    ({ id, deputies }) =>
      deputies?.includes(who) === true &&
      decides(context, id) &&
      !isBarred(context.organisation, { absent: id, delegate: who }),
  );

/** Returns whom a person who decides may choose. The chief and compliance judge the same things. */
const possibleFor = ({ organisation, policy }: RegisterContext, who: PersonId): Person[] => {
  const groups = decidingGroups(policy);
  return organisation.people.filter(
    ({ id }) =>
      id !== who &&
      !isBarred(organisation, { absent: who, delegate: id }) &&
      (lendsTo(organisation, { absent: who, delegate: id }, groups) ||
        (isOfCompliance(organisation, who) && isOfCompliance(organisation, id))),
  );
};

/** A longer list is no help. */
const MOST_NAMED = 5;

/**
 * Returns why whoever decides nothing cannot choose somebody who does, or is a deputy of one who does, whatever the policy allows: the
 * stand-in for a rep would judge the rep's deals; and were their vote refused instead, a rep could silence an approver by choosing them.
 */
const judgeRefusal = (context: RegisterContext, who: PersonId, delegate: Person): string | undefined => {
  const mayJudge = (id: PersonId): boolean => decides(context, id) || isDeputyOfJudge(context, id);
  if (decides(context, who) || !mayJudge(delegate.id)) return undefined;
  const others = context.organisation.people.filter(({ id }) => id !== who && !mayJudge(id));
  const names = others.slice(0, MOST_NAMED).map(({ name }) => name);
  const choose =
    names.length === 0
      ? 'Nobody else can: ask compliance to hand over what waits for you.'
      : `Please choose ${names.join(' or ')}${others.length > names.length ? ', or another who decides on none' : ''}.`;
  const judges = decides(context, delegate.id) ? 'decides on deals' : 'is a deputy of somebody who decides on deals';
  return `${delegate.name} ${judges}, and nobody judges a deal of somebody they act for. ${choose}`;
};

/**
 * Returns why not. A declaration keeps to today's policy, whatever older deals allow: a register belongs to no policy, and
 * an absence of last year is no reason to lend a vote of today.
 */
const lendingRefusal = (context: RegisterContext, who: PersonId, delegate: Person): string | undefined => {
  const barred = isBarred(context.organisation, { absent: who, delegate: delegate.id });
  if (!barred && (context.policy?.delegates === 'anybody' || !decides(context, who))) return undefined;
  const possible = possibleFor(context, who);
  if (possible.some(({ id }) => id === delegate.id)) return undefined;
  const names = possible.slice(0, MOST_NAMED).map(({ name }) => name);
  const choose =
    names.length === 0
      ? 'Nobody can yet: ask whoever keeps the organisation file to name a deputy for you.'
      : `Please choose ${names.join(' or ')}${possible.length > names.length ? ', or another of your group' : ''}.`;
  if (barred) return `${delegate.name} is of sales, which never votes as compliance, and cannot act for you. ${choose}`;
  return `You decide on deals, so ${delegate.name} cannot act for you: only somebody of your group can, or a deputy of yours. ${choose}`;
};

const overlaps = (a: Absence, from: Day, until: Day): boolean => a.from <= until && from <= a.until;

export const absences: Register<AbsencesState, AbsenceCommand, AbsenceEvent, AbsenceFact> = {
  name: 'absences',
  none: { absences: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'AwaySet': {
        const { person: who, delegate, from, until } = event.absence;
        const before = own(state.absences, who);
        // Changed, not new: the stand-in has known of it since then.
        const known = before && before.delegate === delegate && overlaps(before, from, until) ? before.said : undefined;
        return { absences: { ...state.absences, [who]: { ...event.absence, said: known ?? event.at } } };
      }
      case 'AwayEnded': {
        const { [event.person]: _over, ...others } = state.absences;
        return { absences: others };
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at }, context) => {
    const { organisation } = context;
    if (!person(organisation, actor)) {
      return refuseRegister('not allowed', 'Clearthread does not know you. Ask compliance to add you.');
    }
    const stamp = { at, by: actor };
    const today = dayIn(at, calendarOf(organisation, actor));
    switch (command.type) {
      case 'SetAway': {
        const { delegate, from, until } = command;
        const chosen = person(organisation, delegate);
        if (chosen === undefined)
          return refuseRegister('not valid', 'Please choose someone in the organisation.', 'delegate');
        if (delegate === actor) return refuseRegister('not valid', 'Please choose somebody else.', 'delegate');
        if (!isDay(from)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'from');
        if (!isDay(until)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'until');
        if (until < from) return refuseRegister('not valid', 'This day is before the first one.', 'until');
        if (until < today) return refuseRegister('not valid', 'This day is past. Please choose a later one.', 'until');
        if (until > addDays(from, MOST_AWAY - 1)) {
          return refuseRegister('not valid', 'Please choose a day within a year of the first one.', 'until');
        }
        if (isAuditor(organisation, delegate)) {
          const why = `${chosen.name} is an auditor, who acts for nobody. Please choose somebody else.`;
          return refuseRegister('not valid', why, 'delegate');
        }
        const theirs = own(state.absences, delegate);
        if (theirs && overlaps(theirs, from, until)) {
          return refuseRegister(
            'not valid',
            `${chosen.name} is away then too. Please choose somebody else.`,
            'delegate',
          );
        }
        const lending = judgeRefusal(context, actor, chosen) ?? lendingRefusal(context, actor, chosen);
        if (lending !== undefined) return refuseRegister('not valid', lending, 'delegate');
        return {
          kind: 'accepted',
          events: [{ ...stamp, type: 'AwaySet', absence: { person: actor, delegate, from, until } }],
        };
      }
      case 'EndAway': {
        const mine = own(state.absences, actor);
        if (!mine || mine.until < today)
          return refuseRegister('not now', 'You are not away, and no absence is planned.');
        return {
          kind: 'accepted',
          events: [{ ...stamp, type: 'AwayEnded', person: actor, delegate: mine.delegate }],
        };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, _now, context) => {
    switch (event.type) {
      case 'AwaySet': {
        const { absence } = event;
        const { compliance, chief } = context.organisation.roles;
        const told = [compliance, chief]
          .flatMap((group) => membersOf(context.organisation, group))
          .filter((id) => id !== absence.person && id !== absence.delegate);
        return [
          [{ fact: 'delegated', absence }, toPeople([absence.delegate])],
          ...(decides(context, absence.person) ? [[{ fact: 'lent', absence }, toPeople(told)] as const] : []),
        ];
      }
      case 'AwayEnded':
        return [[{ fact: 'back', person: event.person }, toPeople([event.delegate])]];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  nextDueAt: () => null,
  tick: undefined,
};
