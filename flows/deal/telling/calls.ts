/** How an approver is called to a review: once, in a message of their own or by a mention in the deal's thread. */

import type { PersonId } from '../../ids.ts';
import { person } from '../../organisation.ts';
import type { DealView } from '../view.ts';

/** Tells whether a mention on the review's card calls them. In Teams a card notifies nobody. */
export const isCalledInThread = ({ deal, organisation }: DealView, id: PersonId): boolean => {
  const { slack, chat } = person(organisation, id) ?? {};
  return organisation.calls === 'thread' && deal.home.platform === 'slack' && slack !== undefined && chat !== 'teams';
};

/** Tells whether the step's card is a new message: an edit notifies nobody. */
export const isCardNew = ({ deal }: DealView): boolean => deal.status === 'deciding' && deal.cardRound === undefined;
