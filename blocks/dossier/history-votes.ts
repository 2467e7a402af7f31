/** How the dossier's history tells of votes that were discarded. */

import type { DiscardedBy, DiscardedVote } from '../../flows/deal/discarded-vote.ts';
import type { SeatsNow } from '../../flows/deal/seat-shapes.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { bullet, line, type Line } from './parts.ts';
import { askedText, byWords, namesOf } from './words.ts';

export const DISCARDED: Record<DiscardedBy | 'changed', string> = {
  changed: 'the facts changed',
  withdrawn: 'the deal was withdrawn',
  reopened: 'the deal was reopened',
  ended: 'the approval ended',
  recused: 'an approver stepped back',
};

export const carriedLines = (view: DealView, vote: DiscardedVote): Line[] =>
  vote.conditions.map((c) => bullet(`Condition of ${byWords(view, vote)}, kept for the next vote`, askedText(view, c)));

/** Who is asked and who is not any more, as the organisation file changed. */
export const seatLines = (view: DealView, { calls, gone, full, short }: SeatsNow): Line[] => {
  const called = [...new Set(calls.flatMap(({ people }) => people))];
  return [
    ...(called.length > 0 ? [bullet('Asked from now on', namesOf(view, called))] : []),
    ...(gone.length > 0 ? [bullet('Not asked any more', namesOf(view, gone))] : []),
    ...(full ? [line('The votes that are there are enough for the open step')] : []),
    ...(short ? [line('Too few people are left for the route')] : []),
  ];
};
