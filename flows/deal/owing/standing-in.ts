/** Stand-ins: a task that waits for somebody who is away goes to the person they chose, if that person can do it. */

import type { PersonId, Instant } from '../../ids.ts';
import { person as personOf, type Absence } from '../../organisation.ts';
import { awayAt } from '../../registers/absences.ts';
import { approvalOf, conditionsNow } from '../approval/in-force.ts';
import type { Acting, Owed } from '../deal.ts';
import { refusal, settleRefusal } from '../rights/access.ts';
import { seatOf, worksFor } from '../rights/seats.ts';
import type { DealView } from '../view.ts';
import { judgeSeat } from './conditions.ts';

/** Tells whether the stand-in can do the task at `view.now`. */
const canDoIt = (view: DealView, owed: Owed, { person, delegate }: Absence): boolean => {
  const { deal } = view;
  switch (owed.kind) {
    case 'section':
      return refusal(view, delegate, 'answer') === undefined;
    case 'information':
      return refusal(view, delegate, 'give information') === undefined;
    case 'votes': {
      const seat = deal.status === 'deciding' ? seatOf(view, deal, delegate) : undefined;
      const mine = seat !== undefined && 'of' in seat && seat.of === person;
      return mine && refusal(view, delegate, 'vote') === undefined;
    }
    case 'condition':
      return worksFor(view, delegate).includes(person) && refusal(view, delegate, 'meet condition') === undefined;
    case 'scope':
    case 'lighter':
    case 'authority':
      return refusal(view, delegate, 'confirm') === undefined;
    case 'flag':
      return (
        settleRefusal(
          view,
          delegate,
          deal.ownFlags.find(({ id }) => id === owed.flag),
        ) === undefined
      );
    case 'reassessment':
      return refusal(view, delegate, 'reassess') === undefined;
    case 'licence':
      return refusal(view, delegate, 'set licence') === undefined;
    case 'evidence': {
      const approval = approvalOf(deal);
      const condition = conditionsNow(deal).find((c) => c.id === owed.condition);
      return approval && condition ? judgeSeat(view, approval, condition, delegate) === person : false;
    }
    default: {
      const never: never = owed;
      return never;
    }
  }
};

/**
 * Returns the absence for which a stand-in gets the task at that moment; undefined where the person gets it. `owed`
 * absent: they need only know. A stand-in who is away is skipped: one absence is not passed on to a third person.
 */
export const absenceFor = (
  view: DealView,
  owed: Owed | undefined,
  person: PersonId,
  at: Instant,
): Absence | undefined => {
  const { organisation } = view;
  const absence = awayAt(organisation, person, at);
  if (!absence || !personOf(organisation, absence.delegate) || awayAt(organisation, absence.delegate, at)) {
    return undefined;
  }
  return owed === undefined || canDoIt({ ...view, now: at }, owed, absence) ? absence : undefined;
};

export const actingOf = ({ person, until }: Absence): Acting => ({ for: person, until });
