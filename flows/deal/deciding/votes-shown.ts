/** The votes that a review lists with their reasons: whoever signs it has read what each says. */

import { smallSum } from '../../sum.ts';
import { countedVotes } from '../rights/whose-turn.ts';
import type { DealView } from '../view.ts';

/** Differs if a page lists other votes: whoever votes anew gives other reasons. Empty: it lists none. */
export const votesSum = (view: DealView): string => {
  const votes = view.deal.status === 'deciding' ? countedVotes(view, view.deal) : [];
  return votes.length === 0 ? '' : smallSum(JSON.stringify(votes.map(({ by, at }) => [by, at])));
};
