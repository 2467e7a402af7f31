/** Whom an event of a deal concerns: approvers, voters whose votes are gone, judges, owners of conditions. */

import type { PersonId } from '../../ids.ts';
import { membersOf, SYSTEM } from '../../organisation.ts';
import { conditionsIn } from '../approval/evolve-conditions.ts';
import { approvalOf, approvedOther, conditionsNow } from '../approval/in-force.ts';
import { latestLook } from '../approval/reassessments.ts';
import { usedBy } from '../approval/used-by.ts';
import type { Renewal, Vote } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { judgesOf } from '../owing/conditions.ts';
import { askedToSettle } from '../owing/settling.ts';
import type { OwnFlag } from '../own-flag.ts';
import { independentCompliance, unsettledFlags } from '../rights/access.ts';
import { askersOf, isFor } from '../rights/asked-together.ts';
import { completedVotes, lentTo, shortfallsNow, waitingFor } from '../rights/whose-turn.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';

export const approvers = (before: DealView | undefined): PersonId[] =>
  before?.deal.status === 'deciding' ? [...before.deal.votes.map((v) => v.by), ...waitingFor(before).people] : [];

/** Returns the chief, unless they are on the deal. */
export const chiefOutside = ({ deal, organisation }: DealView): PersonId[] =>
  membersOf(organisation, organisation.roles.chief).filter((id) => !deal.team.includes(id));

/** Returns who hears that a deal under reassessment became another than the one that was approved. */
export const anotherThanApproved = (before: DealView | undefined, now: DealView): PersonId[] =>
  before && approvedOther(now.deal) && !approvedOther(before.deal)
    ? [...independentCompliance(now), ...chiefOutside(now)]
    : [];

/** Returns who is told of a flag that waits: whoever settles it; compliance too, where that is the chief alone. */
export const toldOfFlag = (view: DealView, flag: OwnFlag | undefined): PersonId[] => [
  ...new Set([...(flag ? askedToSettle(view, flag) : []), ...independentCompliance(view)]),
];

export const votersOf = ({
  voters,
  seats,
}: Pick<Extract<DealEvent, { type: 'VotesVoided' }>, 'voters' | 'seats'>): PersonId[] => [
  ...voters,
  ...Object.values(seats ?? {}),
];

/** Returns the voters whose votes this act discarded. */
export const discardedNow = ({ deal: { lastVoided } }: DealView, { at }: DealEvent): PersonId[] =>
  lastVoided?.because !== undefined && lastVoided.at === at ? votersOf(lastVoided) : [];

/** Returns the votes of an approval, and those in completed steps: whoever recuses themself leaves them as they are. */
export const votesThatStay = ({ deal }: DealView, by: PersonId): Vote[] =>
  completedVotes(deal).filter((vote) => usedBy(vote).includes(by));

/**
 * Returns whose votes end with a recusal, whose vote was lent to whoever steps back, and compliance with the chief where a vote
 * stays, is owed again, those that are left are enough, or nobody else can complete the route or settle a flag.
 */
export const concernedByRecusal = (
  before: DealView | undefined,
  now: DealView,
  { by, voters = [], full }: Extract<DealEvent, { type: 'Recused' }>,
): PersonId[] => {
  const votes = before?.deal.status === 'deciding' ? before.deal.votes.filter((v) => voters.includes(v.by)) : [];
  const { organisation } = now;
  const chief = membersOf(organisation, organisation.roles.chief).filter((id) => id !== by);
  const isStuck = shortfallsNow(now).length > 0 || unsettledFlags(now).length > 0;
  // They say now that they stand close to it, and what they decided before stays.
  const lenders = now.deal.status === 'deciding' ? lentTo(now, now.deal, by) : [];
  const isTold = isStuck || full === true || lenders.length > 0 || votesThatStay(now, by).length > 0;
  const helpers = isTold ? [...independentCompliance(now), ...chief] : [];
  return [...new Set([...voters, ...votes.flatMap((vote) => vote.for ?? []), ...lenders, ...helpers])];
};

export const askerOf = ({ requests }: OpenedDeal, { request }: { request: string }): PersonId[] =>
  requests.filter(({ id }) => id === request).map(({ by }) => by);

export const concerned = ({ deal }: DealView, conditions: readonly string[]): PersonId[] => {
  const all = conditionsNow(deal);
  return [...all.filter(({ id }) => conditions.includes(id)).map(({ owner }) => owner), deal.owner];
};

/** Returns whose word these conditions are, and who took them over, with a vote that counted. */
export const placersOf = ({ deal }: DealView, conditions: readonly string[]): PersonId[] => {
  const { decision } = approvalOf(deal) ?? {};
  const meant = decision?.conditions.filter(({ id }) => conditions.includes(id)) ?? [];
  const placers = (decision?.votes ?? []).flatMap((vote) =>
    vote.conditions.flatMap((condition) =>
      meant.some((one) => isFor(one, condition))
        ? [vote.by, ...askersOf({ condition, askedBy: condition.askedBy ?? vote.by })]
        : [],
    ),
  );
  return [...new Set(placers)];
};

export const judges = (view: DealView, id: string): PersonId[] => {
  const approval = approvalOf(view.deal);
  if (!approval) return [];
  return conditionsIn(approval)
    .filter((c) => c.id === id)
    .flatMap((c) => judgesOf(view, approval, c));
};

/** Returns whom the end of an approval under reassessment concerns: condition owners, the deal's owner, compliance. */
export const affectedByEnd = (before: DealView | undefined, compliance: readonly PersonId[]): PersonId[] => {
  const standing = before?.deal.standing;
  if (!before || !standing) return [];
  return [...standing.decision.conditions.map(({ owner }) => owner), before.deal.owner, ...compliance];
};

/** Returns who approved what the decision of a reassessment replaces. */
export const replacedVoters = (before: DealView | undefined): PersonId[] =>
  (before?.deal.standing?.decision.votes ?? []).flatMap(({ by, for: absent }) => [by, ...(absent ? [absent] : [])]);

/** Returns the dates of before, where one of them was moved away or taken off: nobody would see the escape. */
export const putOff = (before: DealView | undefined, now: DealView): { before?: Pick<Renewal, 'of' | 'on'>[] } => {
  const dates = before?.deal.renewals?.dates ?? [];
  const isOff = dates.some(({ of, on }) => !now.deal.renewals?.dates.some((date) => date.of === of && date.on <= on));
  return isOff ? { before: dates.map(({ of, on }) => ({ of, on })) } : {};
};

/** Tells whether no renewal comes before the day by which the policy has the deal looked at again. */
export const comesLate = (now: DealView): boolean => {
  const latest = latestLook(now);
  return latest !== undefined && !now.deal.renewals?.dates.some(({ on }) => on <= latest);
};

/** Returns those whose reports, or declines, a decision is about: of what is reassessed, or was reopened over them. They hear what came of it. */
export const reportersOf = (before: DealView | undefined): PersonId[] => {
  const { standing, reassessments = [], endedAgainst = [] } = before?.deal ?? {};
  return [
    ...reassessments.flatMap(({ id, by }) => (by !== SYSTEM && standing?.covers.includes(id) ? [by] : [])),
    ...endedAgainst.flatMap(({ reopened, from }) => (reopened && from !== undefined ? [from] : [])),
  ];
};
