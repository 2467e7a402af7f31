/** Holds of a later day that name a party of a deal already. They stop nothing yet, and compliance alone may see them. */

import type { PlannedHold } from '../../hold.ts';
import type { PersonId } from '../../ids.ts';
import { isOfCompliance } from '../../organisation.ts';
import type { DealView } from '../view.ts';
import { holdsOn } from './holds.ts';
import { similarHolds } from './similar-holds.ts';

export interface PlannedOn {
  hold: PlannedHold;
  /** As the deal names those who are only called much like that. None: the hold reaches the deal itself. */
  like: readonly string[];
}

/** Returns the planned holds that reach a deal, or name somebody much like a party of it: as if they stood. None where it is over. */
export const plannedOn = (
  { deal, organisation }: Pick<DealView, 'deal' | 'organisation'>,
  planned: readonly PlannedHold[],
): PlannedOn[] => {
  if (planned.length === 0) return [];
  const then = { deal, organisation: { ...organisation, holds: planned } };
  const reaching = new Set(holdsOn(then).map(({ id }) => id));
  const similar = similarHolds(then);
  return planned.flatMap((hold): PlannedOn[] => {
    const like = similar.flatMap((one) => (one.hold.id === hold.id ? [one.party] : []));
    return reaching.has(hold.id) || like.length > 0 ? [{ hold, like }] : [];
  });
};

/** Returns those of which this person may know: none but for compliance. */
export const plannedShown = (view: DealView, planned: readonly PlannedHold[], person: PersonId): PlannedOn[] =>
  isOfCompliance(view.organisation, person) ? plannedOn(view, planned) : [];
