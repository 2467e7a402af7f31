/** Steps, quorums and who can fill them. Rights are checked again each time a quorum is counted. */

import type { GroupId, PersonId } from '../../ids.ts';
import { inGroup, isChief, membersOf, person, type Organisation } from '../../organisation.ts';
import type { Step } from '../../policy/policy.ts';
import { usedBy } from '../approval/used-by.ts';
import type { Shortfall, Vote } from '../deal.ts';
import type { DecidingDeal } from '../state.ts';

/** What says of a vote whether it counts. */
export type Cast = Pick<Vote, 'by' | 'for' | 'step' | 'outcome'> & { factsHash?: string | undefined };

export interface StepStanding<V extends Cast = Vote> {
  /** Votes of this step that count: for a member of its group, by nobody on the deal team, on the present facts. */
  counted: V[];
  /** The least number of further approvals that completes the step, `including` taken into account. */
  missing: number;
  /** Groups that must still be heard, each with how many. */
  missingFrom: Missing[];
  /** Who can fill the gap. */
  people: PersonId[];
  /** Managers of the sellers, if one of the missing votes must come from somebody else. */
  besides?: PersonId[] | undefined;
  /** Two votes are needed, as everybody here stands close to the deal. */
  allClose?: true | undefined;
  /** More votes are needed, as each voter might be the manager of a seller who is gone. */
  mayManage?: true | undefined;
  outcome: 'open' | 'passed' | 'declined';
}

export interface StepFacts<V extends Cast = Vote> {
  steps: readonly Step[];
  index: number;
  votes: readonly V[];
  team: readonly PersonId[];
  /** Absent, as in the votes: all of them are on the present facts. */
  factsHash?: string | undefined;
  /** They cast no more votes. Those that they cast in a completed step stay. */
  recused?: readonly PersonId[] | undefined;
  /** Their votes alone complete no step for which somebody else is here. Absent: no such rule. */
  managers?: readonly PersonId[] | undefined;
  /** Of those the nearest, who don't suffice alone either while another of them is here, and nobody else is. */
  nearest?: readonly PersonId[] | undefined;
  /** They are among those whose votes alone complete nothing, and are asked all the same: they may decline. */
  called?: readonly PersonId[] | undefined;
  /** The manager of a seller is not known: anybody might be. */
  unknownManager?: boolean | undefined;
  /** Not here now. Asked only by the rule about managers. */
  away?: readonly PersonId[] | undefined;
  /** They vote in this step beside its group, of which nobody else stands apart from the deal (`calledIn`). */
  chiefs?: readonly PersonId[] | undefined;
}

/** Returns whose vote it is: the voter's own, or that of the person they act for. */
export const seatOfVote = ({ by, for: absent }: Pick<Vote, 'by' | 'for'>): PersonId => absent ?? by;

type Gap = Pick<StepStanding, 'missing' | 'people' | 'besides' | 'mayManage' | 'allClose'>;

interface Voters {
  counted: readonly Cast[];
  free: readonly PersonId[];
}

/**
 * Returns the gap with one vote of somebody else, where only managers of the sellers would have voted. Where everybody here is
 * one, as the deal team can bring about, two vote, and one of them manages neither requester nor owner.
 */
const besidesManagers = (
  gap: Gap,
  voters: Voters,
  { managers = [], nearest = [], away }: Pick<StepFacts, 'managers' | 'nearest' | 'away'>,
): Gap => {
  const isOther = voters.free.some((id) => !managers.includes(id) && !away?.includes(id));
  const isHeard = voters.counted.some((vote) => !usedBy(vote).some((id) => managers.includes(id)));
  if (isOther || isHeard) return besidesThese(gap, voters, { managers, away });
  const known = besidesThese(gap, voters, { managers: nearest, away });
  const here = voters.free.filter((id) => !away?.includes(id)).length;
  const more = Math.min(2 - voters.counted.length, here) - known.missing;
  return more > 0 && managers.length > 0
    ? { missing: known.missing + more, people: [...voters.free], allClose: true }
    : known;
};

const besidesThese = (
  gap: Gap,
  { counted, free }: Voters,
  { managers = [], away = [] }: Pick<StepFacts, 'managers' | 'away'>,
): Gap => {
  const isManager = (id: PersonId): boolean => managers.includes(id);
  const others = free.filter((id) => !isManager(id));
  const isHeard = counted.some((v) => !usedBy(v).some(isManager));
  const besides = managers.filter((id) => free.includes(id) || counted.some((v) => usedBy(v).includes(id)));
  const isNeeded = besides.length > 0 && !isHeard && others.some((id) => !away.includes(id));
  if (!isNeeded) return gap;
  const wanted = gap.people.filter((id) => !isManager(id));
  if (gap.missing === 0) return { missing: 1, people: others, besides };
  if (wanted.length > 0) return { missing: gap.missing, people: gap.missing === 1 ? wanted : gap.people, besides };
  return { missing: gap.missing + 1, people: free.filter((id) => gap.people.includes(id) || !isManager(id)), besides };
};

/** Returns the gap with votes of two who manage no seller, as one of them might manage the seller who is gone. */
const besidesAnybody = (
  gap: Gap,
  { counted, free }: Voters,
  { managers = [], unknownManager, away = [] }: Pick<StepFacts, 'managers' | 'unknownManager' | 'away'>,
): Gap => {
  if (!unknownManager) return gap;
  const isManager = (id: PersonId): boolean => managers.includes(id);
  const heard = counted.filter((vote) => !usedBy(vote).some(isManager)).length;
  const others = free.filter((id) => !isManager(id));
  const here = others.filter((id) => !away.includes(id)).length;
  const needed = Math.min(2 - heard, here);
  if (needed <= 0) return gap;
  // Of the votes that are missing anyway, those that others may cast.
  const anyway = Math.min(gap.missing, gap.people.filter((id) => !isManager(id)).length);
  const more = needed - anyway;
  if (more <= 0) return gap;
  return {
    ...gap,
    missing: gap.missing + more,
    people: free.filter((id) => gap.people.includes(id) || !isManager(id)),
    mayManage: true,
  };
};

/**
 * Returns the votes that counted when their step was completed, and all votes of a step that was not. A completed step
 * is history: its votes stay, whoever leaves a group or the organisation file afterwards.
 */
export const countedThen = ({ votes, counted }: Pick<DecidingDeal, 'votes' | 'counted'>): Vote[] =>
  votes.filter(({ step, by }) => counted?.[step]?.includes(by) ?? true);

const mayCallIn = ({ roles }: Organisation, { group }: Step): boolean => group === roles.compliance;

/**
 * Returns the chief compliance officers who vote in a step of compliance, as nobody else of it is here who did not set aside what others
 * said against the deal: neither a dismissed flag nor a colleague who recuses themself lets one person judge over their own word.
 */
export const calledIn = (
  organisation: Organisation,
  step: Step | undefined,
  { asides, barred, away }: { asides: readonly PersonId[]; barred: readonly PersonId[]; away: readonly PersonId[] },
): PersonId[] => {
  if (!step || asides.length === 0 || !mayCallIn(organisation, step)) return [];
  const here = membersOf(organisation, step.group).filter((id) => !barred.includes(id) && !away.includes(id));
  if (here.length === 0 || !here.every((id) => asides.includes(id))) return [];
  return membersOf(organisation, organisation.roles.chief).filter((id) => !barred.includes(id) && !asides.includes(id));
};

interface Missing {
  group: GroupId;
  count: number;
}

/** Returns the least number of people of whom at least `count` are in each group; each counts in all of theirs. */
const leastPeople = (wanted: readonly Missing[], groupsOf: readonly (readonly GroupId[])[]): number => {
  const [first] = wanted;
  if (!first) return 0;
  const fits = groupsOf.filter((groups) => groups.includes(first.group));
  const kinds = new Map(fits.map((groups) => [groups.join(' '), groups]));
  const tries = [...kinds.values()].map((groups) => {
    const at = groupsOf.indexOf(groups);
    const left = wanted.map(({ group, count }) => ({ group, count: groups.includes(group) ? count - 1 : count }));
    return (
      1 +
      leastPeople(
        left.filter(({ count }) => count > 0),
        groupsOf.filter((_, i) => i !== at),
      )
    );
  });
  return Math.min(...tries);
};

/** Returns the least number of votes that fills each group: of those who are free, then of people yet to be added. */
const leastVotes = (organisation: Organisation, wanted: readonly Missing[], free: readonly PersonId[]): number => {
  const groupsOf = free.map((id) => wanted.flatMap(({ group }) => (inGroup(organisation, group, id) ? [group] : [])));
  const there = wanted.map(({ group, count }) => ({
    group,
    count: Math.min(count, groupsOf.filter((groups) => groups.includes(group)).length),
  }));
  const beyond = wanted.map(({ count }, i) => count - (there[i]?.count ?? 0));
  return (
    leastPeople(
      there.filter(({ count }) => count > 0),
      groupsOf,
    ) + Math.max(0, ...beyond)
  );
};

/**
 * Returns a step's votes and what is missing. A vote in an earlier step spends the voter and the person voted for:
 * nobody decides twice on one route. Absence was checked when the vote was cast.
 */
export const stepStanding = <V extends Cast>(
  organisation: Organisation,
  { steps, index, votes, team, factsHash, recused = [], called = [], chiefs = [], ...present }: StepFacts<V>,
): StepStanding<V> => {
  const step = steps[index];
  if (!step) return { counted: [], missing: 0, missingFrom: [], people: [], outcome: 'passed' };
  const earlier = new Set(votes.filter((v) => v.step < index).flatMap(usedBy));
  // Whoever was called in once has voted, whoever is back since.
  const isSeated = (id: PersonId): boolean =>
    inGroup(organisation, step.group, id) || (mayCallIn(organisation, step) && isChief(organisation, id));
  const mayVote = (id: PersonId): boolean => isSeated(id) && !team.includes(id) && !earlier.has(id);
  const voted = new Set<PersonId>();
  const counted = votes.filter((v) => {
    const hands = usedBy(v);
    const barred = hands.some((id) => team.includes(id) || earlier.has(id) || voted.has(id));
    if (v.step !== index || v.factsHash !== factsHash || barred || !mayVote(seatOfVote(v))) return false;
    if (v.for !== undefined && !person(organisation, v.by)) return false;
    for (const id of hands) voted.add(id);
    return true;
  });
  const missingFrom = step.including
    .map(({ group, atLeast }) => ({
      group,
      count: Math.max(0, atLeast - counted.filter((v) => inGroup(organisation, group, seatOfVote(v))).length),
    }))
    .filter(({ count }) => count > 0);
  const byNumber = Math.max(0, step.quorum - counted.length);
  const free = [...new Set([...membersOf(organisation, step.group), ...chiefs])].filter(
    (id) => mayVote(id) && !voted.has(id) && !recused.includes(id),
  );
  const byGroup = leastVotes(organisation, missingFrom, free);
  const enough = Math.max(byNumber, byGroup);
  // When every missing vote must come from a named group, asking anybody else would be noise.
  const onlyGroups = missingFrom.length > 0 && byNumber <= byGroup;
  const able = onlyGroups
    ? free.filter((id) => missingFrom.some(({ group }) => inGroup(organisation, group, id)))
    : free;
  const known = besidesManagers({ missing: enough, people: able }, { counted, free }, present);
  const gap = besidesAnybody(known, { counted, free }, present);
  const also = gap.missing === 0 ? [] : able.filter((id) => called.includes(id) && !gap.people.includes(id));
  const declined = counted.some((v) => v.outcome === 'decline');
  const people = [...gap.people, ...also];
  return {
    counted,
    missingFrom,
    ...gap,
    people,
    outcome: declined ? 'declined' : gap.missing === 0 ? 'passed' : 'open',
  };
};

interface Slot {
  step: number;
  fits: PersonId[];
}

/** Makes one slot for each vote that a route needs, with the people who could fill it. */
const slotsOf = (organisation: Organisation, steps: readonly Step[], barred: readonly PersonId[]): Slot[] =>
  steps.flatMap((step, index) => {
    const free = membersOf(organisation, step.group).filter((id) => !barred.includes(id));
    const named = step.including.flatMap(({ group, atLeast }) =>
      Array.from({ length: atLeast }, () => ({
        step: index,
        fits: free.filter((id) => inGroup(organisation, group, id)),
      })),
    );
    const rest = Array.from({ length: Math.max(0, step.quorum - named.length) }, () => ({ step: index, fits: free }));
    return [...named, ...rest];
  });

/**
 * Returns the steps whose quorum cannot be reached by distinct people outside `barred` (the deal team). A maximum
 * matching of people to votes, so that one person needed twice is seen as missing once.
 */
export const shortfalls = (
  organisation: Organisation,
  steps: readonly Step[],
  barred: readonly PersonId[],
): Shortfall[] => {
  const slots = slotsOf(organisation, steps, barred);
  const taken = new Map<PersonId, number>();
  const place = (slot: number, seen: Set<PersonId>): boolean => {
    for (const id of slots[slot]?.fits ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      const holder = taken.get(id);
      if (holder === undefined || place(holder, seen)) {
        taken.set(id, slot);
        return true;
      }
    }
    return false;
  };
  const filled = slots.map((_, slot) => place(slot, new Set()));
  return steps.flatMap((step, index) => {
    const wanted = slots.filter((s) => s.step === index).length;
    const found = slots.filter((s, i) => s.step === index && filled[i]).length;
    return found < wanted ? [{ step: index, group: step.group, needed: wanted, available: found }] : [];
  });
};
