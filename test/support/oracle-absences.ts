/** Delegates of absent people, computed a second time from the rules as people are told them. */

import type { Owed, Vote } from '../../flows/deal/deal.ts';
import { waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Absence } from '../../flows/organisation.ts';
import { businessDaysLater, DAY, wallOf, type Clock } from './oracle-clock.ts';

export interface StandIns {
  clockOf(person: string): Clock;
  /** The person who gets what waits for `person` then: themselves or their delegate. `owed` absent: for information. */
  reader(person: string, owed: Owed | undefined, owers: readonly string[], at: number): string;
  /** The time at which a reminder of that moment arrives. */
  reach(person: string, owed: Owed | undefined, owers: readonly string[], at: number): number;
  absenceOf(person: string): Absence | undefined;
  awayAt(person: string, at: number): boolean;
}

export const standIns = (view: DealView): StandIns => {
  const { deal, organisation } = view;
  const absences = organisation.absences ?? [];
  const clockOf = (id: string): Clock => ({
    zone: organisation.people.find((p) => p.id === id)?.timeZone ?? organisation.timeZone,
    holidays: organisation.holidays,
  });
  const members = (group: string): string[] => organisation.groups.find((g) => g.id === group)?.members ?? [];
  const absenceOf = (person: string): Absence | undefined => absences.find((a) => a.person === person);
  const awayAt = (person: string, at: number): boolean => {
    const absence = absenceOf(person);
    if (!absence) return false;
    const wall = wallOf(at, clockOf(person).zone);
    return Date.parse(absence.from) <= wall && wall < Date.parse(absence.until) + DAY;
  };
  const actsFor = (delegate: string, at: number): string[] =>
    absences.flatMap((a) => (a.delegate === delegate && awayAt(a.person, at) ? [a.person] : []));
  const judges = [...members('compliance'), ...members('chief')];
  const deciding = [...judges, ...members('senior'), ...members('counsel')];
  const onTeam = (id: string): boolean => deal.team.includes(id);
  const votes: readonly Vote[] =
    deal.status === 'deciding' ? deal.votes : deal.status === 'decided' ? deal.decision.votes : [];
  const before = deal.standing?.decision.votes ?? [];
  const uses = (vote: Vote, id: string): boolean => vote.by === id || vote.for === id;

  const votesFor = (delegate: string, at: number): string | undefined => {
    if (deal.status !== 'deciding' || onTeam(delegate) || votes.some((v) => uses(v, delegate))) return undefined;
    const group = members(deal.route.steps[deal.step]?.group ?? '');
    const all = actsFor(delegate, at);
    if (group.includes(delegate) || all.some(onTeam)) return undefined;
    const free = all.filter((id) => group.includes(id) && !votes.some((v) => uses(v, id)));
    const wanted: readonly string[] = waitingFor(view).people;
    return free.find((id) => wanted.includes(id)) ?? free[0];
  };

  const judgesFor = (delegate: string, id: string, at: number): string | undefined => {
    const approval = deal.status === 'decided' ? deal : deal.standing;
    const progress = approval?.conditions?.[id];
    const owner = approval?.decision.conditions.find((c) => c.id === id)?.owner;
    const author = progress?.evidence.at(-1);
    const own = (who: string): boolean =>
      who === owner || who === author?.by || who === author?.for || deal.team.includes(who);
    const all = actsFor(delegate, at);
    if (own(delegate) || judges.includes(delegate) || all.some(own)) return undefined;
    return all.find((who) => judges.includes(who));
  };

  /** Delegates do the team's work only if they will not have to judge it. */
  const works = (delegate: string): boolean =>
    onTeam(delegate) || ![...deciding, ...[...votes, ...before].map((v) => v.by)].includes(delegate);

  const can = (delegate: string, person: string, owed: Owed, at: number): boolean => {
    switch (owed.kind) {
      case 'section':
      case 'information':
        return works(delegate);
      case 'votes':
        return votesFor(delegate, at) === person;
      case 'evidence':
        return judgesFor(delegate, owed.condition, at) === person;
      case 'scope':
      case 'lighter':
      case 'authority':
      case 'flag':
      case 'condition':
      case 'reassessment':
      case 'licence':
        return true;
      default: {
        const never: never = owed;
        return never;
      }
    }
  };

  const reader: StandIns['reader'] = (person, owed, owers, at) => {
    const delegate = awayAt(person, at) ? absenceOf(person)?.delegate : undefined;
    if (delegate === undefined || awayAt(delegate, at)) return person;
    const fit = owed ? can(delegate, person, owed, at) : !owers.includes(delegate);
    return fit ? delegate : person;
  };

  return {
    clockOf,
    absenceOf,
    awayAt,
    reader,
    reach: (person, owed, owers, at) => {
      const first = reader(person, owed, owers, at);
      if (first === person) return at;
      const there = businessDaysLater(at, 0, clockOf(first));
      const then = there === at ? first : reader(person, owed, owers, there);
      // Back by then, or there is nobody who could act.
      return then === person ? businessDaysLater(there, 0, clockOf(person)) : there;
    },
  };
};
