/** When a vote, or a question to the deal team, is not to be given or taken back, or not by this person. */

import type { PersonId } from '../../ids.ts';
import { isOpen } from '../context/alerts.ts';
import { mayTakeBack, refusal, takesBackWords } from '../rights/access.ts';
import { nameOf } from '../rights/seats.ts';
import type { DealView } from '../view.ts';
import { notAllowed, notNow, type No } from './attempt.ts';

export const decidingRefused = (
  view: DealView,
  person: PersonId,
  action: 'vote' | 'ask for information',
): No | undefined =>
  view.deal.status === 'deciding'
    ? notAllowed(refusal(view, person, action))
    : notNow('This deal is not waiting for a decision any more.');

export const voteBackRefused = ({ deal }: DealView, person: PersonId, step: number): No | undefined => {
  if (deal.status !== 'deciding') return notNow('The deal is decided, so votes stand. Compliance can reopen it.');
  if (!deal.votes.some((vote) => vote.by === person && vote.step === step))
    return notNow('You have no vote to take back in this step.');
  return step === deal.step ? undefined : notNow('That step is complete, so its votes stand.');
};

export const questionBackRefused = (view: DealView, person: PersonId, id: string): No | undefined => {
  const { deal } = view;
  if (!isOpen(deal)) return notNow(`This deal is ${deal.status}, so this question holds nobody up.`);
  const request = deal.requests.find((one) => one.id === id);
  if (!request) return { code: 'not valid', text: 'This question is not part of the deal.' };
  if (request.answer) return notNow('This question was answered already.');
  if (request.takenBack) return notNow('This question was taken back already.');
  const no = notAllowed(refusal(view, person, 'take question back'));
  if (no || mayTakeBack(view, person, request)) return no;
  return notAllowed(`Only ${nameOf(view, request.by, 'the person who asked')}, ${takesBackWords(view, request)}`);
};
