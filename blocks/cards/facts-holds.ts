/** A hold that reached a deal, or was lifted: what to stop, and for those who may read the deal also why. */

import { holdsOn } from '../../flows/deal/context/holds.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { stopsOf } from '../../flows/hold.ts';
import { capital, dayWords, quotedSentence, LONGEST_SAID } from '../words.ts';
import { whyButton } from './actions.ts';
import { heldWords, holdWhy, stopWords } from './hold-words.ts';
import type { FactNamed, Told } from './told.ts';

export const putOnHoldTold = (view: DealView, { hold }: FactNamed<'put on hold'>, direct: boolean): Told => ({
  title: 'On hold',
  tone: 'stop',
  blocks: [
    { kind: 'text', text: `${capital(stopWords(hold.stop))}. Start nothing new until compliance lifts this.` },
    ...(direct
      ? holdWhy(hold)
      : [
          { kind: 'text', text: [{ person: hold.by }, ` put ${heldWords(hold, true)} on hold.`] } as const,
          {
            kind: 'note',
            text: `To be looked at again by ${dayWords(hold.review)}. Anyone who may read the deal finds the reason under “Why?”.`,
          } as const,
        ]),
  ],
  actions: [whyButton(view.deal.id)],
});

export const holdLiftedTold = (view: DealView, fact: FactNamed<'hold lifted'>, direct: boolean): Told => {
  const { hold, reason, by } = fact;
  const left = holdsOn(view).filter(({ id }) => id !== hold.id);
  return {
    title: 'Hold lifted',
    blocks: [
      { kind: 'text', text: [{ person: by }, ` lifted the hold on ${heldWords(hold, true)}.`] },
      ...(direct ? [{ kind: 'text', text: `Reason: ${quotedSentence(reason, LONGEST_SAID)}` } as const] : []),
      {
        kind: 'text',
        text:
          left.length === 0 ? 'What was stopped can go on.' : `Another hold still stands: ${stopWords(stopsOf(left))}.`,
      },
    ],
  };
};
