/** How an approver is called to a review: once, in a message of their own or by a mention in the deal's thread. */

import { CHATS } from '../../chats.ts';
import type { PersonId } from '../../ids.ts';
import { person } from '../../organisation.ts';
import type { DealView } from '../view.ts';

/** Tells whether a mention on the review's card calls them: where cards notify, and they read that chat. */
export const isCalledInThread = ({ deal, organisation }: DealView, id: PersonId): boolean => {
  const { platform } = deal.home;
  const who = person(organisation, id);
  if (organisation.calls !== 'thread' || !CHATS[platform].cardsNotify || who?.[platform] === undefined) return false;
  return who.chat === undefined || who.chat === platform;
};

/** Tells whether the step's card is a new message: an edit notifies nobody. */
export const isCardNew = ({ deal }: DealView): boolean => deal.status === 'deciding' && deal.cardRound === undefined;
