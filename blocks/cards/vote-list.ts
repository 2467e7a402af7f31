/** A person's list of deals that wait for their vote, as one private message. */

import { tierShown } from '../../flows/deal/context/tier.ts';
import { openRequests, waitsSince } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Block, Card, Span } from '../card.ts';
import { count, tierWord } from '../words.ts';
import { listButton } from './actions-desk.ts';
import { reviewButton, row } from './actions.ts';
import { QUEUE } from './lists.ts';
import { dealTitle, heaviestLine } from './spans.ts';

const MOST_SHOWN = 10;

/** Tells whether an open question holds it: no vote is waited for until that is answered, as the queue says. */
const isHeld = ({ deal }: DealView): boolean => deal.status === 'deciding' && openRequests(deal).length > 0;

const heldSpans = ({ deal }: DealView): Span[] => [
  ' An open question holds it: ',
  { person: deal.owner },
  ' answers first.',
];

const dealBlocks = (view: DealView): Block[] => {
  const { deal } = view;
  const tier = tierShown(view);
  const step = deal.status === 'deciding' ? deal.step : 0;
  return [
    {
      kind: 'text',
      text: [
        { strong: dealTitle(deal) },
        `. ${tier === undefined ? '' : `${tierWord(tier)}. `}${heaviestLine(view)} Asked `,
        { since: waitsSince(view) },
        '.',
        ...(isHeld(view) ? heldSpans(view) : []),
      ],
    },
    ...row({ ...reviewButton(deal.id, step), style: undefined }),
  ];
};

/** Those of them that the list has room for: the longest-waiting, the oldest first. */
export const shownInVoteList = (views: readonly DealView[]): DealView[] =>
  views
    .toSorted((a, b) => (waitsSince(a) < waitsSince(b) ? -1 : Number(waitsSince(a) > waitsSince(b))))
    .slice(0, MOST_SHOWN);

/** As many as the queue has: what a question holds is counted by itself. */
const titleOf = (all: readonly DealView[]): string => {
  const held = all.filter(isHeld).length;
  const asked = all.length - held;
  if (held === 0) return `${count(asked, 'deal waits', 'deals wait')} for your decision`;
  if (asked === 0) return `Nothing waits for your decision: ${count(held, 'deal is', 'deals are')} held by a question`;
  const more = count(held, 'more is', 'more are');
  return `${count(asked, 'deal waits', 'deals wait')} for your decision, ${more} held by a question`;
};

/** The oldest first; where some have no room, with a button to all. */
export const voteListCard = (all: readonly DealView[]): Card => {
  const shown = shownInVoteList(all);
  const more = all.length - shown.length;
  return {
    blocks:
      all.length === 0
        ? [{ kind: 'title', text: 'Nothing waits for your decision in this list any more' }]
        : [
            { kind: 'title', text: titleOf(all) },
            ...shown.flatMap(dealBlocks),
            ...(more > 0
              ? [
                  {
                    kind: 'note',
                    text: `And ${count(more, 'more deal')}, shown here when others are decided.`,
                  } satisfies Block,
                  ...row(listButton(QUEUE.button, 'My queue')),
                ]
              : []),
          ],
  };
};

export const voteListBelowCard = (): Card => ({ blocks: [{ kind: 'text', text: 'A newer list is below.' }] });
