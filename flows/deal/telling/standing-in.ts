/** Tells stand-ins as well of requests to somebody who is away. */

import type { PersonId } from '../../ids.ts';
import { conditionsNow } from '../approval/in-force.ts';
import type { Owed } from '../deal.ts';
import { absenceFor, actingOf } from '../owing/standing-in.ts';
import { confirmers } from '../rights/confirmers.ts';
import { heldGap } from '../rights/finders.ts';
import { conditionStanding, waitingFor } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';
import type { Fact, NoticeTarget } from './notices.ts';

const votes = ({ deal }: DealView): Owed | undefined =>
  deal.status === 'deciding' ? { kind: 'votes', step: deal.step } : undefined;

/** Returns the deal's next step as a task that is owed. While it finds out, that is the section that they hold. */
const waiting = (view: DealView, person: PersonId): Owed | undefined => {
  const now = waitingFor(view);
  switch (now.for) {
    case 'section':
      return { kind: 'section', section: now.section };
    case 'information':
      return { kind: 'information', request: now.request };
    case 'votes':
      return { kind: 'votes', step: now.step };
    case 'scope':
      return { kind: 'scope' };
    case 'finding': {
      const section = heldGap(view, person);
      return section === undefined ? undefined : { kind: 'section', section };
    }
    case 'chief':
    case 'nothing':
      return undefined;
    default: {
      const never: never = now;
      return never;
    }
  }
};

const ownCondition = ({ deal }: DealView, person: PersonId): Owed | undefined => {
  const own = conditionsNow(deal).find(({ owner }) => owner === person);
  return own && { kind: 'condition', condition: own.id };
};

/** Returns what a nudge reminds the person of. */
export const nudgedFor = (view: DealView, person: PersonId): Owed | undefined => {
  if (view.lighterSaid && confirmers(view).includes(person)) return { kind: 'lighter' };
  const now = waiting(view, person);
  if (now || waitingFor(view).for !== 'nothing') return now;
  const standing = conditionStanding(view);
  const late = standing.find(({ condition, overdue }) => overdue && condition.owner === person);
  if (late?.progress.status === 'open') return { kind: 'condition', condition: late.condition.id };
  const met = standing.find(({ progress }) => progress.status === 'met');
  return met && person !== met.condition.owner ? { kind: 'evidence', condition: met.condition.id } : undefined;
};

/** Returns the task that a fact gives its recipient; undefined where it only informs. */
const askedBy = (view: DealView, fact: Fact, person: PersonId): Owed | undefined => {
  switch (fact.fact) {
    case 'section handed over':
      return { kind: 'section', section: fact.section };
    case 'information asked':
      return { kind: 'information', request: fact.request };
    case 'information given':
    case 'information taken back':
    case 'review wanted':
    case 'votes voided':
      return votes(view);
    case 'nudged':
    case 'owner reassigned':
    case 'reopened':
    case 'finding out':
      return waiting(view, person);
    case 'decided':
      return ownCondition(view, person);
    case 'condition returned':
    case 'condition handed over':
      return { kind: 'condition', condition: fact.condition };
    case 'reassessment asked':
      return { kind: 'reassessment', task: fact.task };
    case 'scope said':
      return { kind: 'scope' };
    case 'lighter said':
      return { kind: 'lighter' };
    case 'own flag raised':
      return { kind: 'flag', flag: fact.flag };
    case 'condition met':
      return { kind: 'evidence', condition: fact.condition };
    default:
      return undefined;
  }
};

/** Returns the targets, with stand-ins for some of them. `actor` knows it already. */
export const withStandIns = (
  view: DealView,
  fact: Fact,
  targets: readonly NoticeTarget[],
  actor: PersonId,
): readonly NoticeTarget[] => {
  if (!view.organisation.absences?.length) return targets;
  const told = new Set([actor, ...targets.flatMap((t) => (t.to === 'person' ? [t.person] : []))]);
  return targets.flatMap((target): NoticeTarget[] => {
    const owed = target.to === 'person' ? askedBy(view, fact, target.person) : undefined;
    const absence = target.to === 'person' && owed && absenceFor(view, owed, target.person, view.now);
    if (!absence || told.has(absence.delegate)) return [target];
    told.add(absence.delegate);
    return [target, { to: 'person', person: absence.delegate, acting: actingOf(absence) }];
  });
};
