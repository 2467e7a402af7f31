/** Who decides on a deal and has no part in it: what they read of others they need for that. House rule. */

import type { PersonId } from '../../ids.ts';
import type { DealView } from '../view.ts';
import { isApprover } from './access.ts';
import { isRecused, seatOf, votesOn } from './seats.ts';

/** Tells whether somebody votes for an approver who is away, or did. */
const standsIn = (view: DealView, person: PersonId): boolean =>
  votesOn(view.deal).some(({ by }) => by === person) ||
  (view.deal.status === 'deciding' && 'of' in seatOf(view, view.deal, person));

/** Tells whether somebody may decide on the deal, also for who is away, is none of its team, and did not step back. */
export const decidesOn = (view: DealView, person: PersonId): boolean =>
  !view.deal.team.includes(person) &&
  !isRecused(view.deal, person) &&
  (isApprover(view, person) || standsIn(view, person));
