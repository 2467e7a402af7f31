/** The export licence of an approved deal: what was said of it, and the reminder while it is not settled. */

import { licenceNow, licenceOpenSince } from '../../flows/deal/approval/licence.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Text } from '../card.ts';
import { licenceWord, licenceWords, NO_LICENCE, NOT_A_LICENCE } from '../words.ts';
import { licenceButton } from './actions.ts';
import type { FactNamed, Told } from './told.ts';

/** Where it stands, and on whose word it is settled: nobody else looked at it. */
export const licenceSaid = (deal: OpenedDeal): Text => {
  const now = licenceNow(deal);
  const isSettled = now === 'granted' || now === 'not-needed';
  const said: Text = deal.licence?.licence === now ? [{ person: deal.licence.by }] : ['its team'];
  return isSettled ? [licenceWord(now), ', says ', ...said, ` (${NO_LICENCE})`] : [licenceWords(now)];
};

export const licenceSetTold = (_: DealView, { licence, reason, by }: FactNamed<'licence set'>): Told => ({
  blocks: [
    { kind: 'text', text: [{ person: by }, ' says of the export licence: ', { strong: licenceWord(licence) }, '.'] },
    { kind: 'quote', text: reason },
  ],
});

export const licenceTold = ({ deal }: DealView): Told => {
  const open = licenceOpenSince(deal) !== undefined;
  const stands = licenceWord(licenceNow(deal)).toLowerCase();
  return {
    title: open ? 'The export licence is not settled' : 'Export licence',
    blocks: [
      {
        kind: 'text',
        text: open
          ? `This deal is approved, and its export licence is: ${stands}. Say where it stands once that changes.`
          : `The export licence of this deal was open. By now: ${stands}.`,
      },
      { kind: 'note', text: NOT_A_LICENCE.replace('This', 'An approval here') },
    ],
    actions: open ? [licenceButton(deal.id)] : [],
  };
};
