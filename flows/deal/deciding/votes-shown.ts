/** The votes that a review lists with their reasons: whoever signs it has read what each says. */

import { smallSum } from '../../sum.ts';
import type { Vote } from '../deal.ts';
import { countedVotes } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';

/** Names a vote: whoever votes anew gives other reasons. */
export const voteShown = ({ by, at }: Vote): string => `${by} ${at}`;

export const votesShown = (view: DealView): string[] =>
  view.deal.status === 'deciding' ? countedVotes(view, view.deal).map(voteShown) : [];

/** Differs if a page lists other votes. Empty: it lists none. */
export const votesSum = (view: DealView): string => {
  const votes = votesShown(view);
  return votes.length === 0 ? '' : smallSum(JSON.stringify(votes));
};
