/** Who might know what is not known of a complete deal: those who hold a section of it, and counsel. House rule. */

import type { PersonId } from '../../ids.ts';
import { counselOf } from '../../organisation.ts';
import { own } from '../../own.ts';
import type { SectionId } from '../../policy/policy.ts';
import { lawsOf } from '../basis/laws.ts';
import type { DealView } from '../view.ts';

const openOf = ({ policy, assessment }: DealView) =>
  assessment.openQuestions.flatMap(({ id, accepted }) => (accepted ? [] : (policy.question(id) ?? [])));

/** Returns the section that somebody else than the owner holds, and of which something is not known. */
export const heldGap = (view: DealView, person: PersonId): SectionId | undefined =>
  openOf(view).find(({ section }) => own(view.deal.handOvers, section)?.to === person)?.section;

/** Tells whether counsel could write the note for which answers on the laws wait. */
export const counselMightKnow = (view: DealView): boolean =>
  !lawsOf(view.deal) && openOf(view).some(({ basis }) => basis === 'counsel');

/** Returns those of counsel who could. */
export const counselToLook = (view: DealView): PersonId[] =>
  counselMightKnow(view) ? counselOf(view.organisation).filter((id) => !view.deal.team.includes(id)) : [];

/** Returns who holds a section of which something is not known. */
export const holdersOfGaps = (view: DealView): PersonId[] =>
  openOf(view).flatMap(({ section }) => own(view.deal.handOvers, section)?.to ?? []);

/** Returns everybody besides the deal's owner. */
export const findersOf = (view: DealView): PersonId[] => [...new Set([...holdersOfGaps(view), ...counselToLook(view)])];
