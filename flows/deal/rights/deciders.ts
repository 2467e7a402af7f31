/** Who decides on a deal and has no part in it: what they read of others they need for that. House rule. */

import type { PersonId } from '../../ids.ts';
import type { DealView } from '../view.ts';
import { isApprover } from './access.ts';
import { isRecused } from './seats.ts';

/** Tells whether somebody may decide on the deal, is none of its team, and did not step back. */
export const decidesOn = (view: DealView, person: PersonId): boolean =>
  isApprover(view, person) && !view.deal.team.includes(person) && !isRecused(view.deal, person);
