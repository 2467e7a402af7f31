/** Holds of a later day that are about a deal or a party of it already, or were until somebody withdrew them. They stop nothing, and compliance alone may see them. */

import { endUserKey } from '../../end-user.ts';
import type { Hold, Plan } from '../../hold.ts';
import type { PersonId } from '../../ids.ts';
import { isOfCompliance } from '../../organisation.ts';
import { perObject } from '../../per-object.ts';
import type { DealView } from '../view.ts';
import { holdsOn } from './holds.ts';
import { plansNaming } from './named-by-officers.ts';
import { similarHolds } from './similar-holds.ts';

export interface PlannedOn {
  plan: Plan;
  /** As the deal names those who are only called much like whom it is about. */
  like: readonly string[];
  /** Its reason alone names the deal's product or a party of it, or words of the deal name whom it is on. */
  named?: true;
}

/** One on another deal is on its parties, too. Similar names are looked for in an index that is kept for the same array of holds. */
const holdsOf = perObject((plans: readonly Plan[]): Hold[] =>
  plans.flatMap(({ hold, parties = [] }) => [
    hold,
    ...parties.map((name): Hold => ({ ...hold, on: { of: 'end-user', name, key: endUserKey(name) } })),
  ]),
);

/** Returns the planned holds that are about a deal or a party of it, or about somebody much like one: as if they stood. None where it is over. */
export const plannedOn = (
  { deal, organisation }: Pick<DealView, 'deal' | 'organisation'>,
  plans: readonly Plan[],
): PlannedOn[] => {
  if (plans.length === 0) return [];
  const then = { deal, organisation: { ...organisation, holds: holdsOf(plans) } };
  const reaching = new Set(holdsOn(then).map(({ id }) => id));
  const similar = similarHolds(then);
  return plans.flatMap((plan): PlannedOn[] => {
    const { id } = plan.hold;
    const like = [...new Set(similar.flatMap((one) => (one.hold.id === id ? [one.party] : [])))];
    return reaching.has(id) || like.length > 0 ? [{ plan, like }] : [];
  });
};

/** Returns those, and after them those that the deal is only named with: of which this person may know, none but for compliance. */
export const plannedShown = (view: DealView, plans: readonly Plan[], person: PersonId): PlannedOn[] => {
  if (!isOfCompliance(view.organisation, person)) return [];
  const about = plannedOn(view, plans);
  const known = new Set(about.map(({ plan }) => plan));
  const rest = plans.filter((plan) => !known.has(plan));
  return [...about, ...plansNaming(view, rest).map((plan): PlannedOn => ({ plan, like: [], named: true }))];
};
