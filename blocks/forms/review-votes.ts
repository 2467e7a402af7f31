/** What others decided on a deal: votes that count and those that no longer do, their conditions, and what compliance accepted. */

import type { Vote } from '../../flows/deal/deal.ts';
import { countedVotes } from '../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock, Text } from '../card.ts';
import { leftOutItems, weakenedItems } from '../cards/carried-words.ts';
import { gapItems, standingGapItems, takenBackItems } from '../cards/gap-words.ts';
import { alsoAsked, alsoWhy, castItem, conditionItems, doneBy, voteSpans } from '../cards/spans.ts';
import { count, endsOf, sentence, LONGEST_SAID } from '../words.ts';
import { discardedItems, pastVoteItems } from './review-carried.ts';
import { part, STAYS } from './review-room.ts';

/** `brief`: where their reasons were shown before. */
export const votesBlocks = (view: DealView, deal: DecidingDeal, brief = false): FormBlock[] => {
  const items = countedVotes(view, deal).map((vote): Text => [
    ...voteSpans(vote),
    brief ? '.' : `. ${endsOf(sentence(vote.rationale), LONGEST_SAID)}`,
    ...(brief ? [] : alsoWhy(view, vote, LONGEST_SAID)),
    vote.conditions.length === 0 ? '' : ` With ${count(vote.conditions.length, 'condition')}.`,
  ]);
  return part('What others decided', items, 'more vote', STAYS);
};

/** Votes that count, and the conditions they ask for. */
export const othersBlocks = (view: DealView, deal: DecidingDeal): FormBlock[] => {
  const each = (items: (vote: Vote) => Text[], says: string): Text[] =>
    countedVotes(view, deal).flatMap((vote) =>
      items(vote).map((text): Text => [...[text].flat(), says, ...doneBy(vote), '.']),
    );
  return [
    ...votesBlocks(view, deal),
    ...part(
      'Conditions so far',
      countedVotes(view, deal).flatMap((vote) =>
        vote.conditions.flatMap((one) =>
          conditionItems([one.askedBy === undefined ? { ...one, askedAlso: undefined } : one]).map((text): Text => [
            ...[text].flat(),
            ...(one.askedBy === undefined
              ? [' Asked for by ', ...doneBy(vote), ...alsoAsked(one)]
              : [' Taken over by ', ...doneBy(vote)]),
            '.',
          ]),
        ),
      ),
      'more condition',
    ),
    ...part(
      'Left out so far',
      each(({ leftOut = [] }) => leftOutItems(leftOut), ' Says '),
      'more condition',
    ),
    ...part(
      'Later, or somebody else’s, than was asked for',
      each(({ leftOut = [] }) => weakenedItems(leftOut), ' Says '),
      'more condition',
    ),
  ];
};

/** What compliance accepted as not known, and took back, and votes that no longer count. */
export const acceptedBlocks = (view: DealView): FormBlock[] => [
  ...part('Not known, and accepted by compliance', gapItems(view), 'more line'),
  ...part('Accepted as not known in the approval that is reassessed', standingGapItems(view), 'more line'),
  ...part('Accepted by compliance, and taken back', takenBackItems(view), 'more line'),
  ...part('Votes that no longer count', discardedItems(view), 'more vote'),
  ...part('Votes of before', pastVoteItems(view), 'more vote'),
];

/** Votes of the approval that is reassessed, with their reasons. */
export const standingVotesBlocks = (view: DealView): FormBlock[] =>
  part(
    'Votes of the approval that is reassessed',
    (view.deal.standing?.decision.votes ?? []).map((vote) => castItem(view, vote)),
    'more vote',
  );
