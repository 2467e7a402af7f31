/** What was said of one deal concerns settled ones: compliance reads of all of them in one message. */

import type { DealView } from '../../flows/deal/view.ts';
import { setApart } from '../../flows/set-apart.ts';
import { count, listWords } from '../words.ts';
import type { FactNamed, Told } from './told.ts';

/** Numbers that fit a message on a phone. */
const MOST_NAMED = 60;

export const heardElsewhereTold = (view: DealView, { deals }: FactNamed<'heard elsewhere'>): Told => {
  const { endUser } = view.deal.details;
  const more = deals.length - MOST_NAMED;
  const named = [...deals.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])];
  return {
    title: `${count(deals.length, 'settled deal')} may need another look`,
    tone: 'attention',
    blocks: [
      {
        kind: 'text',
        text: `What was said of this deal, or how it ended, speaks against ${count(deals.length, 'deal')} that ${deals.length === 1 ? 'was' : 'were'} approved or found out of scope: ${listWords(named)}.`,
      },
      {
        kind: 'note',
        text: `Each deal’s thread says what it is. To list them, say “find ${setApart(endUser.name)}” to Clearthread; other deals with the same parties are in that list, too.`,
      },
    ],
  };
};
