/** What somebody can press while a deal finds out what is not known. */

import { counselToLook, heldGap } from '../../flows/deal/rights/finders.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Action } from '../card.ts';
import { lawsButton } from './actions-desk.ts';
import { answerButton, sendOnButton } from './actions.ts';

/** For whoever might know, the section that they hold or counsel's note; for the owner, to send it on. */
export const findingButton = (view: DealView, person: PersonId | undefined): Action => {
  const { deal, policy } = view;
  const held = person === undefined ? undefined : heldGap(view, person);
  const section = policy.sections.find(({ id }) => id === held);
  if (section) return answerButton(deal.id, section, 'Answer');
  return person !== undefined && person !== deal.owner && counselToLook(view).includes(person)
    ? lawsButton(deal.details.destination, 'Write the note')
    : sendOnButton(deal.id);
};
