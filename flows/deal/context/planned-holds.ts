/** Holds of a later day that name a party of a deal already, or did until somebody withdrew them. They stop nothing, and compliance alone may see them. */

import type { Plan, PlannedHold } from '../../hold.ts';
import type { PersonId } from '../../ids.ts';
import { isOfCompliance } from '../../organisation.ts';
import { perObject } from '../../per-object.ts';
import type { DealView } from '../view.ts';
import { holdsOn } from './holds.ts';
import { similarHolds } from './similar-holds.ts';

export interface PlannedOn {
  plan: Plan;
  /** As the deal names those who are only called much like that. None: the hold reaches the deal itself. */
  like: readonly string[];
}

/** Similar names are looked for in an index that is kept for the same array of holds. */
const holdsOf = perObject((plans: readonly Plan[]): PlannedHold[] => plans.map(({ hold }) => hold));

/** Returns the planned holds that reach a deal, or name somebody much like a party of it: as if they stood. None where it is over. */
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
    const like = similar.flatMap((one) => (one.hold.id === id ? [one.party] : []));
    return reaching.has(id) || like.length > 0 ? [{ plan, like }] : [];
  });
};

/** Returns those of which this person may know: none but for compliance. */
export const plannedShown = (view: DealView, plans: readonly Plan[], person: PersonId): PlannedOn[] =>
  isOfCompliance(view.organisation, person) ? plannedOn(view, plans) : [];
