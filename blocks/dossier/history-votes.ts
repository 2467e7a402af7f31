/** How the dossier's history tells of votes that were discarded. */

import type { DiscardedBy, DiscardedVote } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { bullet, type Line } from './parts.ts';
import { byWords, conditionText } from './words.ts';

export const DISCARDED: Record<DiscardedBy | 'changed', string> = {
  changed: 'the facts changed',
  withdrawn: 'the deal was withdrawn',
  reopened: 'the deal was reopened',
  ended: 'the approval ended',
  recused: 'an approver stepped back',
};

export const carriedLines = (view: DealView, vote: DiscardedVote): Line[] =>
  vote.conditions.map((c) =>
    bullet(`Condition of ${byWords(view, vote)}, kept for the next vote`, conditionText(view, c)),
  );
