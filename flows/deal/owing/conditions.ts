/** Duties from the conditions of an approval: who owes them, by when. Guidance: T and C items. */

import type { PersonId, Day, Instant } from '../../ids.ts';
import { isOfCompliance, membersOf, type Organisation } from '../../organisation.ts';
import type { ReminderRule } from '../../policy/reminders.ts';
import { conditionsIn, progressOf } from '../approval/evolve-conditions.ts';
import type { Evidence } from '../condition-shapes.ts';
import type { Condition } from '../deal.ts';
import { independentCompliance, isIndependentCompliance } from '../rights/access.ts';
import type { Apart } from '../rights/apart.ts';
import { actsFor, isRecused, judgesFor } from '../rights/seats.ts';
import type { Approval } from '../state.ts';
import type { DealView } from '../view.ts';
import { datedOwers, lateness } from './dated.ts';
import { later, reminded, type Ower, type Thing } from './owing.ts';

/** Returns since when an open condition is owed: since the approval, or since compliance returned it. */
export const openSince = (approval: Approval, { id }: Condition): Instant =>
  progressOf(approval, id).returned?.at ?? approval.decision.at;

const openConditions = (approval: Approval): Condition[] =>
  conditionsIn(approval).filter(({ id }) => progressOf(approval, id).status === 'open');

/**
 * Reminds a new owner from the moment of the hand-over. Others are told when they would have been: a late condition
 * does not become early by changing hands.
 */
const handedOwers = (
  view: DealView,
  rule: ReminderRule & { before: readonly number[] },
  dated: { key: string; due: Day; since: Instant; person: PersonId },
  at: Instant,
): Ower[] => {
  const [own, ...thread] = datedOwers(view, rule, { ...dated, counted: at });
  return own ? [{ ...own, key: `${own.key}:${at}` }, ...thread] : thread;
};

const openThing = (view: DealView, approval: Approval, condition: Condition): Thing => {
  const rule = view.policy.reminders.conditions;
  const since = openSince(approval, condition);
  const key = `condition:${condition.id}:${since}`;
  const { due, owner: person } = condition;
  const handed = progressOf(approval, condition.id).handed;
  const owers = handed
    ? handedOwers(view, rule, { key, due, since, person }, handed.at)
    : datedOwers(view, rule, { key, due, since, person });
  const { owner, ownedSince } = view.deal;
  if (owner !== person) {
    const owned = later(since, ownedSince);
    const at = lateness(view, { due, person: owner, since: owned }).overdueAt;
    owers.push({ person: owner, key: `${key}:${owner}`, since: owned, stages: [{ of: 'overdue', at }] });
  }
  return { key, owed: { kind: 'condition', condition: condition.id }, rule, owers };
};

/** Whose hands a condition went through. */
export interface Hands {
  owner: PersonId;
  /** Who handed it over last. */
  handedBy?: PersonId | undefined;
  /** Who said last that it is done, and for whom. */
  met?: Pick<Evidence, 'by' | 'for'> | undefined;
}

export const handsOf = (approval: Approval, { id, owner }: Pick<Condition, 'id' | 'owner'>): Hands => {
  const { handed, evidence } = progressOf(approval, id);
  return { owner, handedBy: handed?.by, met: evidence.at(-1) };
};

/**
 * Tells whether a condition keeps its owner from judging it. One that sales handed to compliance, when that was still
 * possible, does not: the strictest judge could be put out of the way.
 */
const isDutyOf = (organisation: Organisation, { owner, handedBy }: Hands, id: PersonId): boolean => {
  const wasPutAside =
    handedBy !== undefined && !isOfCompliance(organisation, handedBy) && isOfCompliance(organisation, id);
  return id === owner && !wasPutAside;
};

export const isOwnDuty = (
  { organisation }: DealView,
  approval: Approval,
  condition: Condition,
  id: PersonId,
): boolean => isDutyOf(organisation, handsOf(approval, condition), id);

/** Tells whether it is none of a person's own work: not its author's, the condition's owner's or the deal team's. */
const isIndependent = ({ deal, organisation }: Apart, hands: Hands, id: PersonId): boolean => {
  const isAuthor = id === hands.met?.by || id === hands.met?.for;
  const isOff = !deal.team.includes(id) && !isRecused(deal, id);
  return !isAuthor && !isDutyOf(organisation, hands, id) && isOff;
};

/** Returns who judges what went through these hands: compliance outside the deal, and never its author or the condition's owner. */
export const judgesAmong = (view: Apart, hands: Hands): PersonId[] => {
  const { organisation } = view;
  const fit = (id: PersonId): boolean => isIndependent(view, hands, id);
  const judges = independentCompliance(view).filter(fit);
  return judges.length > 0 ? judges : membersOf(organisation, organisation.roles.chief).filter(fit);
};

export const judgesOf = (view: DealView, approval: Approval, condition: Condition): PersonId[] =>
  judgesAmong(view, handsOf(approval, condition));

/** Returns for whom a person judges: themselves, else a judge who is away and chose them; undefined for nobody. */
export const judgeSeat = (
  view: DealView,
  approval: Approval,
  condition: Condition,
  person: PersonId,
): PersonId | undefined => {
  const hands = handsOf(approval, condition);
  if (!isIndependent(view, hands, person)) return undefined;
  if (isIndependentCompliance(view, person)) return person;
  if (actsFor(view, person).some((id) => !isIndependent(view, hands, id))) return undefined;
  return judgesFor(view, person).find((id) => isIndependentCompliance(view, id));
};

const metThing = (view: DealView, approval: Approval, condition: Condition): Thing[] => {
  const { status, evidence, again = '' } = progressOf(approval, condition.id);
  const given = evidence.at(-1)?.at;
  if (status !== 'met' || given === undefined) return [];
  const since = given < again ? again : given;
  const rule = view.policy.reminders.evidence;
  const key = `evidence:${condition.id}:${evidence.length}:${since}`;
  return [
    {
      key,
      owed: { kind: 'evidence', condition: condition.id },
      rule,
      owers: judgesOf(view, approval, condition).map((person) =>
        reminded(view, rule, { person, key: `${key}:${person}`, since }),
      ),
    },
  ];
};

export const conditionsOwed = (view: DealView, approval: Approval): Thing[] => [
  ...openConditions(approval).map((condition) => openThing(view, approval, condition)),
  ...conditionsIn(approval).flatMap((condition) => metThing(view, approval, condition)),
];
