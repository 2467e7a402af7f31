/** `evolve(state, event) → state`: the deal's whole memory. Never refuses: events are facts. */

import type { PersonId } from '../ids.ts';
import { evolveCondition } from './approval/evolve-conditions.ts';
import * as gaps from './approval/evolve-gaps.ts';
import {
  askedAgain,
  decidedAnew,
  evolveRenewals,
  evolveRequired,
  evolveStarted,
  withoutApproval,
  evolveTakenBack,
} from './approval/evolve-reassessments.ts';
import type { Vote } from './deal.ts';
import type { DealEvent } from './events.ts';
import { seatOfVote } from './rights/quorum.ts';
import { noDeal, type DealState, type Opened, type OpenedDeal } from './state.ts';

const withTeam = (deal: Opened, involved: readonly PersonId[] = []): Opened => {
  const kept = [...new Set([...deal.involved, ...involved])];
  const holders = Object.values(deal.handOvers).map((h) => h.to);
  return { ...deal, involved: kept, team: [...new Set([...kept, ...holders])] };
};

const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));

type MemberOf<Deal> = Deal extends unknown ? keyof Deal : never;

/** The members of one status only. Everything else outlives a change of status. */
const OF_ONE_STATUS = {
  status: true,
  // out of scope, stopped, withdrawn
  reasons: true,
  reason: true,
  by: true,
  at: true,
  // deciding
  tier: true,
  step: true,
  votes: true,
  passed: true,
  stepSince: true,
  tookBack: true,
  // decided
  rule: true,
  route: true,
  decision: true,
  conditions: true,
  suspended: true,
  heldBackFor: true,
} satisfies Record<Exclude<MemberOf<OpenedDeal>, keyof Opened>, true>;

const opened = (deal: OpenedDeal): Opened => {
  const shared: Opened & { [M in keyof typeof OF_ONE_STATUS]?: unknown } = { ...deal };
  for (const member of Object.keys(OF_ONE_STATUS) as (keyof typeof OF_ONE_STATUS)[]) delete shared[member];
  return shared;
};

export const evolve = (state: DealState, event: DealEvent): DealState => {
  if (state.status === 'none') {
    if (event.type !== 'DealOpened') return state;
    return {
      status: 'answering',
      id: event.deal,
      home: event.home,
      requester: event.by,
      owner: event.owner,
      openedAt: event.at,
      waitingSince: event.at,
      details: event.details,
      policy: event.policy,
      answers: {},
      drafts: {},
      handOvers: {},
      ownFlags: [],
      involved: [...new Set([event.by, event.owner])],
      team: [...new Set([event.by, event.owner])],
      round: 0,
      requests: [],
    };
  }
  switch (event.type) {
    case 'DealOpened':
      return state;
    case 'DetailsCorrected': {
      const next: OpenedDeal = { ...state, ...gaps.evolveCorrected(state, event) };
      return { ...next, ...withTeam(next, [event.by]) };
    }
    case 'SectionSavedForLater': {
      const next: OpenedDeal = { ...state, ...gaps.evolveSaved(state, event) };
      return { ...next, ...withTeam(next, [event.by]) };
    }
    case 'SectionAnswered': {
      const next: OpenedDeal = {
        ...state,
        ...gaps.withoutAnswered(state, event),
        answers: { ...state.answers, [event.section]: event.answers },
        drafts: without(state.drafts, event.section),
        handOvers: without(state.handOvers, event.section),
        waitingSince: event.at,
      };
      return { ...next, ...withTeam(next, [event.by]) };
    }
    case 'SectionHandedOver': {
      const next: OpenedDeal = {
        ...state,
        handOvers: { ...state.handOvers, [event.section]: event.handOver },
        waitingSince: event.at,
      };
      return { ...next, ...withTeam(next) };
    }
    case 'HandOverEnded': {
      const next: OpenedDeal = { ...state, handOvers: without(state.handOvers, event.section), waitingSince: event.at };
      return { ...next, ...withTeam(next) };
    }
    case 'FoundOutOfScope':
      return {
        ...opened(state),
        ...withoutApproval(state),
        status: 'out of scope',
        reasons: event.reasons,
        by: event.by,
        at: event.at,
      };
    case 'FoundInScope':
      return { ...state, waitingSince: event.at };
    case 'FlagRaised': {
      const status = event.pending ? ('pending' as const) : ('admitted' as const);
      const flag = { id: event.flag, title: event.title, by: event.by, at: event.at, status, weight: event.weight };
      const next: OpenedDeal = { ...state, ownFlags: [...state.ownFlags, flag] };
      return event.pending ? next : { ...next, ...withTeam(next, [event.by]) };
    }
    case 'FlagAdmitted':
      return {
        ...state,
        ownFlags: state.ownFlags.map((f) =>
          f.id === event.flag ? { ...f, status: 'admitted', weight: event.weight, reason: event.reason } : f,
        ),
      };
    case 'FlagDismissed':
      return {
        ...state,
        ownFlags: state.ownFlags.map((f) =>
          f.id === event.flag ? { ...f, status: 'dismissed', reason: event.reason } : f,
        ),
      };
    case 'GapsAccepted':
    case 'FindingOut':
    case 'FindOutNudged':
    case 'SentOn':
      return { ...state, ...gaps.evolveSettled(state, event) };
    case 'DealRouted': {
      const { lastVoided, standing } = state;
      return {
        ...opened(state),
        standing: standing && { ...standing, covers: event.covers ?? standing.covers },
        status: 'deciding',
        tier: event.tier,
        rule: event.rule,
        route: event.route,
        step: 0,
        votes: [],
        passed: [],
        stepSince: event.at,
        round: state.round + 1,
        waitingSince: event.at,
        lastVoided: lastVoided && event.differences ? { ...lastVoided, differences: event.differences } : lastVoided,
      };
    }
    case 'DealStopped':
      return {
        ...opened(state),
        ...withoutApproval(state),
        status: 'stopped',
        rule: event.rule,
        at: event.at,
        waitingSince: event.at,
      };
    case 'QuestionsReopened':
      return { ...opened(state), status: 'answering', answeringSince: event.at, waitingSince: event.at };
    case 'VoteCast': {
      if (state.status !== 'deciding') return state;
      const { ballot, step, by, at, factsHash } = event;
      const vote: Vote = { ...ballot, step, by, at, factsHash, ...(event.for === undefined ? {} : { for: event.for }) };
      const votes = [...state.votes, vote];
      const seats = new Set(votes.map(seatOfVote));
      const { voters = [], seats: names = {} } = state.lastVoided ?? {};
      const owed = voters.some((voter) => !seats.has(names[voter] ?? voter));
      return { ...state, votes, baseline: owed ? state.baseline : gaps.basisOf(state) };
    }
    case 'VoteTakenBack': {
      if (state.status !== 'deciding') return state;
      const back = state.votes.find((v) => v.step === event.step && v.by === event.by);
      return {
        ...state,
        votes: state.votes.filter((v) => v !== back),
        tookBack: { ...state.tookBack, [back ? seatOfVote(back) : event.by]: event.at },
      };
    }
    case 'VotesVoided': {
      const { voters, seats, differences, at } = event;
      const lastVoided = { voters, differences, at, ...(seats ? { seats } : {}) };
      if (state.status !== 'deciding') return { ...state, lastVoided };
      return {
        ...state,
        votes: state.votes.filter((v) => !event.voters.includes(v.by)),
        lastVoided,
      };
    }
    case 'InformationAsked': {
      const { request: id, step, by, at, question } = event;
      const asked = { id, step, round: state.round, by, at, question };
      return { ...state, requests: [...state.requests, asked], waitingSince: at };
    }
    case 'InformationGiven': {
      const answer = { by: event.by, at: event.at, text: event.text, sources: event.sources };
      const next: OpenedDeal = {
        ...state,
        requests: state.requests.map((r) => (r.id === event.request ? { ...r, answer } : r)),
        waitingSince: event.at,
      };
      return { ...next, ...withTeam(next, [event.by]) };
    }
    case 'StepCompleted':
      if (state.status !== 'deciding' || event.outcome === 'declined') return state;
      return {
        ...state,
        step: event.step + 1,
        passed: [...state.passed, event.step],
        stepSince: event.at,
        tookBack: undefined,
        waitingSince: event.at,
      };
    case 'DealDecided':
      if (state.status !== 'deciding') return state;
      return {
        ...opened(state),
        ...decidedAnew(state, event),
        status: 'decided',
        rule: state.rule,
        route: state.route,
        decision: {
          outcome: event.outcome,
          votes: state.votes,
          conditions: event.conditions,
          at: event.at,
          tier: event.tier,
        },
      };
    case 'DealWithdrawn':
      return {
        ...opened(state),
        ...withoutApproval(state),
        status: 'withdrawn',
        reason: event.reason,
        by: event.by,
        at: event.at,
      };
    case 'DealReopened':
      return {
        ...opened(state),
        ...withoutApproval(state),
        ...askedAgain(state, event.askAgain),
        status: 'answering',
        answeringSince: event.at,
        waitingSince: event.at,
        ...gaps.withoutTaken(state),
        lastReopened: { by: event.by, at: event.at, reason: event.reason },
      };
    case 'RenewalsSet':
      return { ...state, ...evolveRenewals(state, event) };
    case 'ReassessmentRequired':
      return { ...state, ...evolveRequired(state, event) };
    case 'ChangeTakenBack':
      return { ...state, ...evolveTakenBack(state, event) };
    case 'ReassessmentStarted':
      if (state.status !== 'decided') return state;
      return { ...opened(state), ...evolveStarted(state, event), status: 'answering' };
    case 'OwnerReassigned': {
      const next: OpenedDeal = { ...state, owner: event.to, ownedSince: event.at, waitingSince: event.at };
      return { ...next, ...withTeam(next, [event.to]) };
    }
    case 'Nudged':
      return { ...state, lastNudge: event.at };
    case 'RecordExported':
      return state;
    case 'Reminded': {
      const { duty, stage, also = [] } = event;
      const reminded = { ...state.reminded, ...Object.fromEntries(also.map((key) => [key, 1])), [duty]: stage };
      return { ...state, reminded, snoozed: without(state.snoozed ?? {}, duty) };
    }
    case 'Snoozed': {
      const { duty, until } = event;
      // "Later" asks for a reminder: the last one sent is repeated on that day.
      const told = Math.max(0, (state.reminded?.[duty] ?? 0) - 1);
      return { ...state, reminded: { ...state.reminded, [duty]: told }, snoozed: { ...state.snoozed, [duty]: until } };
    }
    case 'ConditionMet':
    case 'ConditionAccepted':
    case 'ConditionReturned':
    case 'ConditionHandedOver':
    case 'DealSuspended':
    case 'SuspensionLifted':
      if (state.status === 'decided') return evolveCondition(state, event);
      return state.standing ? { ...state, standing: evolveCondition(state.standing, event) } : state;
    case 'AlertNoted':
      return { ...state, warned: [...(state.warned ?? []), event.alert.id] };
    case 'AlertEnded':
      return { ...state, warned: (state.warned ?? []).filter((id) => id !== event.alert) };
    case 'HoldNoted':
      return { ...state, holds: { ...state.holds, [event.hold.id]: event.hold } };
    case 'HoldEnded':
      return { ...state, holds: without(state.holds ?? {}, event.hold) };
    default: {
      const never: never = event;
      return never;
    }
  }
};

export const replay = (events: readonly DealEvent[], from: DealState = noDeal): DealState =>
  events.reduce(evolve, from);
