/** Evolves the votes of a review: a step is completed, votes are discarded, a question is taken back. */

import { basisOf } from '../approval/evolve-gaps.ts';
import { usedBy } from '../approval/used-by.ts';
import type { GivenInformation, InformationRequest, Vote } from '../deal.ts';
import type { DealEvent } from '../events.ts';
import { isSaidOf, saidOf } from '../formerly.ts';
import type { DecidingDeal, Opened, OpenedDeal } from '../state.ts';
import { carryOn, keptOf } from './carried.ts';
import { keepPast, voidOf } from './past-votes.ts';
import { countedThen, seatOfVote } from './quorum.ts';

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
    full: undefined,
    waitingSince: event.at,
  };
};

/**
 * An approval settles what earlier votes asked for; what these said, and those of the approval that it renews, is kept. A decision against
 * the deal settles nothing: what votes that did not count in it asked for is carried on.
 */
export const settled = (state: DecidingDeal, { outcome }: Of<'DealDecided'>): Pick<Opened, 'carried' | 'pastVotes'> => {
  const { carried = [], standing, keepsWords } = state;
  const counted = countedThen(state);
  const others = keepsWords ? state.votes.filter((vote) => !counted.includes(vote)).map(keptOf) : [];
  const before = standing?.decision.votes ?? [];
  if (outcome === 'declined') {
    const on = carryOn(carried, others);
    return {
      ...(others.length > 0 ? { carried: on.carried } : {}),
      ...keepPast(state, [...before, ...voidOf(on.replaced)]),
    };
  }
  return {
    ...(state.carried ? { carried: undefined } : {}),
    ...keepPast(state, [...before, ...voidOf([...carried, ...others])]),
  };
};

export const evolveVoided = (state: OpenedDeal, event: Of<'VotesVoided'>): OpenedDeal => {
  const { voters, seats, differences, at, because, discarded } = event;
  const on = discarded && carryOn(state.carried, discarded);
  const carried = on ? { carried: on.carried, ...keepPast(state, voidOf(on.replaced)) } : {};
  const why = { ...(seats ? { seats } : {}), ...(because && because !== 'recused' ? { because } : {}) };
  const lastVoided = because === 'recused' ? {} : { lastVoided: { voters, differences, at, ...why } };
  const next = { ...state, ...lastVoided, ...carried };
  if (next.status !== 'deciding') return next;
  // Votes of an approval that ended may be of people who vote now.
  const isGone = ({ by, at: cast }: Vote): boolean =>
    discarded ? discarded.some((vote) => vote.by === by && vote.at === cast) : voters.includes(by);
  const owed =
    because === 'recused' && discarded
      ? { tookBack: { ...next.tookBack, ...Object.fromEntries(discarded.map((vote) => [seatOfVote(vote), at])) } }
      : {};
  return { ...next, ...owed, votes: next.votes.filter((vote) => !isGone(vote)) };
};

export const evolveQuestionBack = (state: OpenedDeal, event: Of<'InformationTakenBack'>): OpenedDeal => {
  const { by, at, reason } = event;
  const takenBack = { by, at, ...(reason === undefined ? {} : { reason }) };
  const requests = state.requests.map((r) => (r.id === event.request ? { ...r, takenBack } : r));
  const next = { ...state, requests, waitingSince: event.at };
  // The votes are waited for again from now on.
  return next.status === 'deciding' ? { ...next, stepSince: event.at } : next;
};

/** What was answered of something else stays readable as that, and is asked again; what was answered of what the deal is of once more counts again. */
export const questionsAgain = (
  { requests, details: was }: Pick<OpenedDeal, 'requests' | 'details'>,
  { questionsAgain: again = [], at }: Of<'DetailsCorrected' | 'LighterRefused'>,
  now: OpenedDeal['details'],
): InformationRequest[] =>
  requests.map((request) => {
    const { answer, of = saidOf(was), before = [], again: _then, ...asked } = request;
    const then = answer && again.includes(request.id) ? [{ ...answer, of }] : [];
    if (then.length === 0 && (answer !== undefined || before.length === 0)) return request;
    const all = [...before, ...then];
    const found = all.findLast((one) => isSaidOf(one.of, now));
    const left = all.filter((one) => one !== found);
    const { of: same, ...back } = found ?? {};
    return {
      ...asked,
      ...(left.length > 0 ? { before: left } : {}),
      ...(found
        ? { answer: back as GivenInformation, of: same }
        : { again: request.answer ? at : (request.again ?? at) }),
    };
  });

export const evolveRecused = (state: OpenedDeal, { by, at, reason, full }: Of<'Recused'>): OpenedDeal => {
  const recused = [...(state.recused ?? []), { by, at, reason }];
  if (state.status !== 'deciding') return { ...state, recused };
  const votes = state.votes.filter((v) => v.step !== state.step || !usedBy(v).includes(by));
  return { ...state, recused, votes, ...(full ? { full: at } : {}) };
};

export const evolveVoteBack = (state: DecidingDeal, event: Of<'VoteTakenBack'>): DecidingDeal => {
  const { step, by, at, reason } = event;
  const back = state.votes.find((v) => v.step === step && v.by === by);
  const votes = state.votes.filter((v) => v !== back);
  const vote = back && { ...keptOf(back), back: reason === undefined ? {} : { reason } };
  const on = vote && carryOn(state.carried, [vote]);
  return {
    ...state,
    ...(on && state.keepsWords ? { carried: on.carried, ...keepPast(state, voidOf(on.replaced)) } : {}),
    votes,
    tookBack: { ...state.tookBack, [back ? seatOfVote(back) : by]: at },
  };
};

export const evolveCast = (state: DecidingDeal, event: Of<'VoteCast'>): DecidingDeal => {
  const { ballot, step, by, at, factsHash } = event;
  const name = event.for === undefined ? {} : { for: event.for };
  const signed = event.signature ? { signedWith: event.signature.key } : {};
  const vote: Vote = { ...ballot, step, by, at, factsHash, ...name, ...signed };
  const votes = [...state.votes, vote];
  const seats = new Set(votes.map(seatOfVote));
  const { voters = [], seats: names = {} } = state.lastVoided ?? {};
  const owed = voters.map((voter) => names[voter] ?? voter).filter((seat) => !seats.has(seat));
  // Who recused themself owes no vote.
  const isOwed = owed.some((seat) => !state.recused?.some((recusal) => recusal.by === seat));
  const noStake = ballot.noStake ? { noStake: [...(state.noStake ?? []), by] } : {};
  return { ...state, votes, baseline: isOwed ? state.baseline : basisOf(state), ...noStake };
};

export const evolveSeats = (state: OpenedDeal, { full, short, at }: Of<'SeatsNoted'>): OpenedDeal =>
  state.status === 'deciding'
    ? { ...state, full: full ? (state.full ?? at) : undefined, short: short ?? false }
    : state;
