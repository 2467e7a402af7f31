/** Evolves the votes of a review: a step is completed, votes are discarded, a question is taken back. */

import type { Vote } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import type { DecidingDeal, OpenedDeal } from '../state.ts';
import { keepCarried } from './carried.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;

export const evolveCompleted = (state: DecidingDeal, event: Of<'StepCompleted'>): DecidingDeal => {
  const counted = event.counted && { counted: { ...state.counted, [event.step]: event.counted } };
  if (event.outcome === 'declined') return counted ? { ...state, ...counted } : state;
  return {
    ...state,
    ...counted,
    step: event.step + 1,
    passed: [...state.passed, event.step],
    stepSince: event.at,
    tookBack: undefined,
    waitingSince: event.at,
  };
};

export const evolveVoided = (state: OpenedDeal, event: Of<'VotesVoided'>): OpenedDeal => {
  const { voters, seats, differences, at, because, discarded } = event;
  const lastVoided = { voters, differences, at, ...(seats ? { seats } : {}), ...(because ? { because } : {}) };
  const next = { ...state, lastVoided, ...(discarded ? { carried: keepCarried(state.carried, discarded) } : {}) };
  if (next.status !== 'deciding') return next;
  // Votes of an approval that ended may be of people who vote now.
  const isGone = ({ by, at: cast }: Vote): boolean =>
    discarded ? discarded.some((vote) => vote.by === by && vote.at === cast) : voters.includes(by);
  return { ...next, votes: next.votes.filter((vote) => !isGone(vote)) };
};

export const evolveQuestionBack = (state: OpenedDeal, event: Of<'InformationTakenBack'>): OpenedDeal => {
  const takenBack = { by: event.by, at: event.at };
  const requests = state.requests.map((r) => (r.id === event.request ? { ...r, takenBack } : r));
  const next = { ...state, requests, waitingSince: event.at };
  // The votes are waited for again from now on.
  return next.status === 'deciding' ? { ...next, stepSince: event.at } : next;
};
