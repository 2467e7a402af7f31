/** What an earlier vote asked for and a later one does without. */

import type { Vote } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Block } from '../card.ts';
import { voteWords } from '../words.ts';
import { raiseFlagButton } from './actions.ts';
import { leftOutItems, weakenedItems } from './carried-words.ts';
import { statusLine } from './next-line.ts';
import { doneBy, votesOf } from './spans.ts';
import type { FactNamed, Told } from './told.ts';

/** What an earlier vote asked for, and this one does not, or not so. */
export const leavingBlocks = ({ leftOut: all = [] }: Vote): Block[] => {
  const leftOut = leftOutItems(all);
  const weakened = weakenedItems(all);
  return [
    ...(leftOut.length === 0
      ? []
      : [
          { kind: 'text', text: 'Left out, though an earlier vote asked for it:' } satisfies Block,
          { kind: 'list', items: leftOut } satisfies Block,
        ]),
    ...(weakened.length === 0
      ? []
      : [
          { kind: 'text', text: 'Later, or somebody else’s, than an earlier vote asked for:' } satisfies Block,
          { kind: 'list', items: weakened } satisfies Block,
        ]),
  ];
};

/** To whoever asked for a condition, and the chief: somebody votes without it. */
export const conditionsLeftOutTold = (view: DealView, fact: FactNamed<'conditions left out'>): Told => {
  const vote = votesOf(view.deal).findLast((v) => v.step === fact.step && v.by === fact.by);
  if (!vote)
    return {
      blocks: [{ kind: 'text', text: [{ person: fact.by }, ' voted without a condition. That vote is gone.'] }],
    };
  return {
    title: 'A condition was left out',
    tone: 'attention',
    blocks: [
      {
        kind: 'text',
        text: [...doneBy(vote, ','), ' voted: ', { strong: voteWords(vote.outcome).toLowerCase() }, '.'],
      },
      ...leavingBlocks(vote),
      { kind: 'text', text: statusLine(view) },
    ],
    actions: [raiseFlagButton(view.deal.id)],
  };
};
