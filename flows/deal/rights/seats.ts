/** Who may judge a deal, and for whom. Nobody lends a right they don't have, and one human has one vote on a route. */

import type { PersonId } from '../../ids.ts';
import type { GroupId } from '../../ids.ts';
import { inGroup, isAuditor, isOfCompliance, person as personOf } from '../../organisation.ts';
import type { CompiledPolicy, Step } from '../../policy/policy.ts';
import { decidingGroups, delegatorsOf, isBarred, lendsTo } from '../../registers/absences.ts';
import { usedBy } from '../approval/used-by.ts';
import type { Vote } from '../deal.ts';
import type { DecidingDeal, OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import type { Apart } from './apart.ts';
import { chiefsCalled, standingOf } from './whose-turn.ts';

/**
 * Tells whether a person is in any deciding group, of compliance, or the chief, who is on no route and yet reopens, lifts
 * and judges: if sales could put such people on the team, they could pick judges.
 */
export const mayBeNeeded = ({ policy, organisation }: DealView, id: PersonId): boolean =>
  isOfCompliance(organisation, id) || decidingGroups(policy).some((group) => inGroup(organisation, group, id));

/** Returns the present votes, those of the decision, and those of the approval in force. */
export const votesOn = (deal: OpenedDeal): readonly Vote[] => [
  ...(deal.status === 'deciding' ? deal.votes : deal.status === 'decided' ? deal.decision.votes : []),
  ...(deal.standing?.decision.votes ?? []),
];

/** Tells whether a person cast a vote that stands, or had one cast for them. */
export const hasVoted = ({ deal }: Pick<DealView, 'deal'>, id: PersonId): boolean =>
  votesOn(deal).some((vote) => usedBy(vote).includes(id));

export const actsFor = ({ organisation, now }: Pick<DealView, 'organisation' | 'now'>, person: PersonId): PersonId[] =>
  isAuditor(organisation, person) ? [] : delegatorsOf(organisation, person, now);

/** Tells whether a person is one of these, or one acts for the other, whichever of them is away: then a word of one is both's. */
export const actsWith = (
  view: Pick<DealView, 'organisation' | 'now'>,
  person: PersonId,
  others: readonly PersonId[],
): boolean =>
  [person, ...actsFor(view, person)].some((id) => others.includes(id)) ||
  others.some((other) => actsFor(view, other).includes(person));

/** What lending rests on: who is away today, and what the deal's policy says of stand-ins. */
type Lending = Pick<DealView, 'organisation' | 'now'> & { policy: Pick<CompiledPolicy, 'delegates'> };

/**
 * Tells whether the absent person's right in all these groups may be used by the delegate whom they chose; of no group,
 * whether by a deputy of theirs. What an older absence lends is looked at when it is used, on deals whose policy says who
 * may: even where anybody may, nobody of sales acts as compliance.
 */
export const mayLend = (
  { policy, organisation }: Omit<Lending, 'now'>,
  pair: { absent: PersonId; delegate: PersonId },
  groups: readonly GroupId[],
): boolean => {
  if (policy.delegates === undefined) return true;
  if (isBarred(organisation, pair)) return false;
  if (policy.delegates === 'anybody') return true;
  const asked = groups.filter((group) => inGroup(organisation, group, pair.absent));
  return lendsTo(organisation, pair, []) || (asked.length > 0 && asked.every((g) => lendsTo(organisation, pair, [g])));
};

/** Tells whether an absent person's vote in a step may be cast: as that of a group which must be heard, by one of it. */
const lendsIn = (view: DealView, step: Step, absent: PersonId, delegate: PersonId): boolean => {
  const named = step.including.map(({ group }) => group).filter((group) => inGroup(view.organisation, group, absent));
  return mayLend(view, { absent, delegate }, named.length > 0 ? named : [step.group]);
};

/** Tells whether a delegate may take back what the absent person asked the deal team: it is part of deciding. */
export const asksFor = (view: DealView, delegate: PersonId, absent: PersonId): boolean =>
  actsFor(view, delegate).includes(absent) && mayLend(view, { absent, delegate }, decidingGroups(view.policy));

/** Returns the absent people whose evidence to judge a person may look at for them. */
export const judgesFor = (view: DealView, delegate: PersonId): PersonId[] =>
  actsFor(view, delegate).filter((absent) => mayLend(view, { absent, delegate }, []));

/** Returns the absent people whose own conditions a person may do for them. To do it for a judge is to choose who judges. */
export const worksFor = (view: Lending, delegate: PersonId): PersonId[] =>
  actsFor(view, delegate).filter(
    (absent) =>
      !isOfCompliance(view.organisation, absent) ||
      isOfCompliance(view.organisation, delegate) ||
      mayLend(view, { absent, delegate }, []),
  );

/** Tells whether a person decides or judges now for somebody who is away. */
export const standsInForNeeded = (view: DealView, id: PersonId): boolean =>
  judgesFor(view, id).some((absent) => mayBeNeeded(view, absent));

export const nameOf = (
  { organisation }: Pick<DealView, 'organisation'>,
  id: PersonId,
  unknown: string = 'somebody',
): string => personOf(organisation, id)?.name ?? unknown;

export const isRecused = ({ recused }: Apart['deal'], id: PersonId): boolean =>
  recused?.some(({ by }) => by === id) ?? false;

export const RECUSED = 'You recused yourself from this deal, so others decide on it.';

export const OWN_DEAL = 'You are on the deal team, and nobody decides on their own deal.';

/** `of`: the person whose vote it would be now. Otherwise one sentence that says why there is none. */
export type Seat = { of: PersonId } | { no: string; voted?: boolean };

/** Finds the absent person to vote for: the first whose vote the step still waits for. */
const lentSeat = (view: DealView, deal: DecidingDeal, person: PersonId, step: Step): Seat => {
  const { organisation } = view;
  const all = actsFor(view, person);
  const { group } = step;
  const chosen = all.filter((id) => inGroup(organisation, group, id));
  const absent = chosen.filter((id) => lendsIn(view, step, id, person));
  const [first] = absent;
  if (first === undefined) {
    const [lender] = chosen;
    if (lender !== undefined && isBarred(organisation, { absent: lender, delegate: person })) {
      return {
        no: `You are of sales, which never votes as compliance, so you cannot vote for ${nameOf(view, lender)}.`,
      };
    }
    if (lender !== undefined) {
      return { no: `Only somebody of the same group, or a named deputy, can vote for ${nameOf(view, lender)}.` };
    }
    const name = organisation.groups.find((g) => g.id === group)?.name ?? group;
    // Votes that are asked for anew begin at the first step: whoever was about to vote in a later one is asked again.
    const isLater = deal.route.steps.slice(deal.step + 1).some((later) => inGroup(organisation, later.group, person));
    if (isLater) return { no: `${name} decides first. Your step comes after that, and you are asked then.` };
    return { no: `This step is decided by ${name}, and you are not in that group.` };
  }
  const apart = absent.filter((id) => !deal.team.includes(id) && !isRecused(deal, id));
  if (apart.length === 0) {
    if (isRecused(deal, first)) {
      return { no: `${nameOf(view, first)} is recused from this deal, so nobody can vote for them.` };
    }
    return { no: `${nameOf(view, first)} is on the deal team, so nobody can vote for them.` };
  }
  const onTeam = all.find((id) => deal.team.includes(id));
  if (onTeam !== undefined) {
    const absentName = nameOf(view, apart[0] ?? first);
    return {
      no: `You also act for ${nameOf(view, onTeam)}, who is on the deal team, so you cannot vote for ${absentName} here.`,
    };
  }
  const free = apart.filter((id) => !deal.votes.some((vote) => usedBy(vote).includes(id)));
  const { people } = standingOf(view, deal);
  const seat = free.find((id) => people.includes(id)) ?? free[0];
  return seat === undefined
    ? { no: `The vote of ${nameOf(view, apart[0] ?? first)} on this deal is cast already.` }
    : { of: seat };
};

/**
 * Returns whose vote a person can cast in the open step: their own, where they are in its group; else that of somebody
 * in it who is away and chose them. Never on their own deal, and never twice on one route, for anybody.
 */
export const seatOf = (view: DealView, deal: DecidingDeal, person: PersonId): Seat => {
  const step = deal.route.steps[deal.step];
  if (!step) return { no: 'This deal is not waiting for a decision.' };
  if (deal.team.includes(person)) return { no: OWN_DEAL };
  if (isRecused(deal, person)) return { no: RECUSED };
  // Before the group: somebody who just voted wants to hear that it counted.
  if (deal.votes.some((v) => v.by === person && v.step < deal.step)) {
    return { no: 'You decided in an earlier step of this deal, and that counts. Other people decide in this one.' };
  }
  const { counted } = standingOf(view, deal);
  if (counted.some((v) => v.by === person)) {
    return {
      no: 'You have voted in this step already. Take your vote back first if you want to change it.',
      voted: true,
    };
  }
  const acted = [...deal.votes.filter((v) => v.step < deal.step), ...counted].find((v) => v.for === person);
  if (acted) return { no: `${nameOf(view, acted.by)} voted for you while you were away, and that counts.` };
  const isSeated = inGroup(view.organisation, step.group, person) || chiefsCalled(view, deal).includes(person);
  return isSeated ? { of: person } : lentSeat(view, deal, person, step);
};
