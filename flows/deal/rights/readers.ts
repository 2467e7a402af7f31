/** Who may read, from the few facts of a deal that say so: a list asks with them, and needs no deal for it. */

import type { GroupId, PersonId } from '../../ids.ts';
import { counselOf, inGroup, isOfCompliance, type Organisation } from '../../organisation.ts';
import type { CompiledPolicy } from '../../policy/policy.ts';
import { decidingGroups } from '../../registers/absences.ts';
import { approvalOf, conditionsNow } from '../approval/in-force.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { actsFor, mayLend, votesOn, worksFor } from './seats.ts';

/** JSON, and nothing of the organisation: who is in a group is looked up when somebody asks. */
export interface Readership {
  /** The deal team. */
  team: readonly PersonId[];
  /** Groups that decide on its route, or did for its approval in force. */
  approverGroups: readonly GroupId[];
  conditionOwners: readonly PersonId[];
  /** Who cast a vote that stands for somebody who was away. */
  votedFor: readonly PersonId[];
  /** True while it is decided. */
  deciding: boolean;
  /** True where a rule of the policy ever stopped it. */
  wasStopped: boolean;
  /** True while somebody says that a condition is met, and nobody looked yet. */
  evidenceWaits: boolean;
  /** What its policy says of stand-ins, and which groups decide by it. */
  policy: Pick<CompiledPolicy, 'delegates'> & { deciders: readonly GroupId[] };
}

type Today = Pick<DealView, 'organisation' | 'now'>;

export const approverGroupsOf = (deal: OpenedDeal): GroupId[] => {
  const own = deal.status === 'deciding' || deal.status === 'decided' ? deal.route.steps : [];
  return [...new Set([...own, ...(deal.standing?.route.steps ?? [])].map(({ group }) => group))];
};

const distinct = (people: readonly PersonId[]): PersonId[] => [...new Set(people)];

export const readershipOf = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): Readership => ({
  team: deal.team,
  approverGroups: approverGroupsOf(deal),
  conditionOwners: distinct(conditionsNow(deal).map(({ owner }) => owner)),
  votedFor: distinct(votesOn(deal).flatMap((vote) => (vote.for === undefined ? [] : [vote.by]))),
  deciding: deal.status === 'deciding',
  wasStopped: (deal.stops?.length ?? 0) > 0,
  evidenceWaits: Object.values(approvalOf(deal)?.conditions ?? {}).some(({ status }) => status === 'met'),
  policy: {
    deciders: decidingGroups(policy),
    ...(policy.delegates === undefined ? {} : { delegates: policy.delegates }),
  },
});

const approves = ({ approverGroups }: Readership, organisation: Organisation, person: PersonId): boolean =>
  approverGroups.some((group) => inGroup(organisation, group, person));

/** Tells whether something may wait for the absent person: only as much access is lent as there is to do. */
const mayBeAsked = (of: Readership, today: Today, absent: PersonId, delegate: PersonId): boolean => {
  const { organisation } = today;
  const lending = { ...today, policy: of.policy };
  const lends = (groups: readonly GroupId[]): boolean => mayLend(lending, { absent, delegate }, groups);
  return (
    of.team.includes(absent) ||
    (of.deciding && approves(of, organisation, absent) && lends(of.policy.deciders)) ||
    (of.conditionOwners.includes(absent) && worksFor(lending, delegate).includes(absent)) ||
    (of.evidenceWaits && isOfCompliance(organisation, absent) && lends([]))
  );
};

/** Tells whether a person may read: deal team, approvers, compliance, owners of conditions, and their stand-ins. */
export const mayRead = (of: Readership, today: Today, person: PersonId): boolean => {
  const { organisation } = today;
  return (
    of.team.includes(person) ||
    isOfCompliance(organisation, person) ||
    approves(of, organisation, person) ||
    of.conditionOwners.includes(person) ||
    // Counsel is told of a stop, and reads what it rests on.
    (of.wasStopped && counselOf(organisation).includes(person)) ||
    of.votedFor.includes(person) ||
    actsFor(today, person).some((absent) => mayBeAsked(of, today, absent, person))
  );
};
