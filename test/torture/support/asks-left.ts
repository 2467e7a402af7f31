/** Private messages that ask something, are owed, and were not posted: something else must answer for each of them. */

import type { OpenedDeal } from '../../../flows/deal/state.ts';
import { askOf, isAsked, namesOfAsk, type Asked } from '../../../flows/deal/telling/asks.ts';
import type { Fact } from '../../../flows/deal/telling/notices.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { PersonId } from '../../../flows/ids.ts';

export interface OwedNotice {
  id: string;
  fact: Fact;
  person: PersonId;
  posted: boolean;
}

/** Of the votes alone, told from the record: no word of the code that decides whether to send a call. */
const isVoteOver = (deal: OpenedDeal, step: number, person: PersonId): boolean =>
  deal.status !== 'deciding' ||
  deal.step !== step ||
  deal.votes.some((vote) => vote.step === step && (vote.by === person || vote.for === person));

const isOver = (view: DealView, asked: Asked, person: PersonId): boolean =>
  asked.kind === 'votes' ? isVoteOver(view.deal, asked.step, person) : !isAsked(view, asked, person);

/**
 * Returns what is wrong with the notices to single people, in the order of the record. One that only tells something is
 * posted. One that asks is posted, or it is over, or a later one that asks the same is posted, or, where it asks for a vote,
 * the list that the person was shown has the deal (`isListed`).
 */
export const asksLost = (
  view: DealView,
  owed: readonly OwedNotice[],
  isListed: (person: PersonId) => boolean,
): string[] => {
  const problems: string[] = [];
  const askedLater = new Set<string>();
  for (const { id, fact, person, posted } of owed.toReversed()) {
    const asked = askOf(fact, person, view.organisation);
    const names = asked ? namesOfAsk(asked).map((name) => `${person} ${name}`) : [];
    if (posted) for (const name of names) askedLater.add(name);
    else if (!asked) problems.push(`${id} of ${view.deal.id} was not delivered`);
    else if (!isOver(view, asked, person) && !names.every((name) => askedLater.has(name))) {
      if (asked.kind === 'votes' && isListed(person)) continue;
      problems.push(`${id} of ${view.deal.id} asks ${person} for ${names.join(', ')}, and nothing shows it`);
    }
  }
  return problems;
};
