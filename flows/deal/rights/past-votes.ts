/** What votes of before said and nothing else of the deal does: reasons, and what compliance or seniors asked for. */

import { inTurn } from '../../in-turn.ts';
import type { DiscardedVote } from '../discarded-vote.ts';
import type { Opened } from '../state.ts';
import type { DealView } from '../view.ts';
import { discardedVotes, keptOf } from './carried.ts';

const keptWithBack = (vote: DiscardedVote): DiscardedVote => ({
  ...keptOf(vote),
  ...(vote.back ? { back: vote.back } : {}),
  ...(vote.isVoid ? { isVoid: true as const } : {}),
});

/** Of votes that no longer count, or never did. */
export const voidOf = (votes: readonly DiscardedVote[]): DiscardedVote[] =>
  votes.map((vote) => ({ ...vote, isVoid: true }));

/** Of one deal: what is older stands in the record. */
const MOST_PAST = 60;

/**
 * Keeps what votes said where nothing else of the deal does, the same words of one person once. Deals of before that was kept keep none.
 */
export const keepPast = (
  { keepsWords, pastVotes = [] }: Pick<Opened, 'keepsWords' | 'pastVotes'>,
  votes: readonly DiscardedVote[],
): Pick<Opened, 'pastVotes'> => {
  const said = (all: readonly DiscardedVote[]): Set<string> => new Set(all.map(wordsOfVote));
  const counted = said(pastVotes.filter(({ isVoid }) => !isVoid));
  const known = said(pastVotes);
  const more = votes.filter((vote) => !(vote.isVoid ? known : counted).has(wordsOfVote(vote)));
  // One that counted stands for the same that did not.
  const over = said(more.filter(({ isVoid }) => !isVoid));
  const before = pastVotes.filter((vote) => !vote.isVoid || !over.has(wordsOfVote(vote)));
  return keepsWords && more.length > 0 ? { pastVotes: [...before, ...more.map(keptWithBack)].slice(-MOST_PAST) } : {};
};

/** Names what somebody said with a vote, whenever they did. */
export const wordsOfVote = (vote: DiscardedVote): string => {
  const { at: _then, for: _absent, conditions, leftOut = [], ...said } = keptOf(vote);
  return JSON.stringify([
    said,
    vote.back,
    conditions.map(({ text }) => text),
    leftOut.map(({ condition: { text, owner }, reason }) => [text, owner, reason]),
  ]);
};

/** Returns what votes of before said and no vote that stands, or stands beside it, says: the latest first, each person in turn. */
export const pastVotes = (view: DealView): DiscardedVote[] => {
  const { deal } = view;
  const decided = deal.status === 'decided' ? deal.decision.votes : deal.status === 'deciding' ? deal.votes : [];
  const now = new Set([...decided, ...discardedVotes(view), ...(deal.standing?.decision.votes ?? [])].map(wordsOfVote));
  return inTurn((deal.pastVotes ?? []).filter((vote) => !now.has(wordsOfVote(vote))).toReversed());
};
