/** Who may read, from the few facts of a deal that say so: a list asks with them, and needs no deal for it. */

import type { GroupId, PersonId } from '../../ids.ts';
import { counselOf, inGroup, isOfCompliance, readsAll } from '../../organisation.ts';
import type { CompiledPolicy } from '../../policy/policy.ts';
import { decidingGroups } from '../../registers/absences.ts';
import { approvalOf, conditionsNow } from '../approval/in-force.ts';
import type { Readership } from '../readership.ts';
import type { OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { actsFor, mayLend, votesOn, worksFor } from './seats.ts';

type Today = Pick<DealView, 'organisation' | 'now'>;

export const approverGroupsOf = (deal: OpenedDeal): GroupId[] => {
  const own = deal.status === 'deciding' || deal.status === 'decided' ? deal.route.steps : [];
  return [...new Set([...own, ...(deal.standing?.route.steps ?? [])].map(({ group }) => group))];
};

const distinct = (people: readonly PersonId[]): PersonId[] => [...new Set(people)];

/** The same object for every deal of a policy: a hundred thousand deals share it. */
const lendingOf = new WeakMap<CompiledPolicy, Readership['policy']>();

const policyOf = (policy: CompiledPolicy): Readership['policy'] => {
  const known = lendingOf.get(policy);
  if (known) return known;
  const { delegates } = policy;
  const made = { deciders: decidingGroups(policy), ...(delegates === undefined ? {} : { delegates }) };
  lendingOf.set(policy, made);
  return made;
};

export const readershipOf = ({ deal, policy }: Pick<DealView, 'deal' | 'policy'>): Readership => ({
  team: deal.team,
  approverGroups: approverGroupsOf(deal),
  conditionOwners: distinct(conditionsNow(deal).map(({ owner }) => owner)),
  votedFor: distinct(votesOn(deal).flatMap((vote) => (vote.for === undefined ? [] : [vote.by]))),
  deciding: deal.status === 'deciding',
  wasStopped: (deal.stops?.length ?? 0) > 0,
  evidenceWaits: Object.values(approvalOf(deal)?.conditions ?? {}).some(({ status }) => status === 'met'),
  policy: policyOf(policy),
});

/** Tells whether something may wait for the absent person: only as much access is lent as there is to do. */
const mayBeAsked = (of: Readership, today: Today, absent: PersonId, delegate: PersonId): boolean => {
  const { organisation } = today;
  const lending = { ...today, policy: of.policy };
  const lends = (groups: readonly GroupId[]): boolean => mayLend(lending, { absent, delegate }, groups);
  const approves = (): boolean => of.approverGroups.some((group) => inGroup(organisation, group, absent));
  return (
    of.team.includes(absent) ||
    (of.deciding && approves() && lends(of.policy.deciders)) ||
    (of.conditionOwners.includes(absent) && worksFor(lending, delegate).includes(absent)) ||
    (of.evidenceWaits && isOfCompliance(organisation, absent) && lends([]))
  );
};

/**
 * Looks a person up once, and tells of any number of deals whether they may read: deal team, approvers, compliance, auditors,
 * owners of conditions, and their stand-ins.
 */
export const readerIn = (today: Today, person: PersonId): ((of: Readership) => boolean) => {
  const { organisation } = today;
  const readsEvery = readsAll(organisation, person);
  // Counsel is told of a stop, and reads what it rests on.
  const isCounsel = counselOf(organisation).includes(person);
  const groups = new Set(organisation.groups.flatMap(({ id, members }) => (members.includes(person) ? [id] : [])));
  const absents = actsFor(today, person);
  return (of) =>
    readsEvery ||
    of.team.includes(person) ||
    of.approverGroups.some((group) => groups.has(group)) ||
    of.conditionOwners.includes(person) ||
    (of.wasStopped && isCounsel) ||
    of.votedFor.includes(person) ||
    absents.some((absent) => mayBeAsked(of, today, absent, person));
};

export const mayRead = (of: Readership, today: Today, person: PersonId): boolean => readerIn(today, person)(of);
