/** `evolve(state, event) → state`: the deal's whole memory. Never refuses: events are facts. */

import type { PersonId } from '../ids.ts';
import * as gaps from './approval/evolve-gaps.ts';
import * as reviews from './approval/evolve-reassessments.ts';
import { acceptedAnew } from './approval/of-another.ts';
import { evolveBasis, withoutDenied } from './basis/evolve-basis.ts';
import type { DealEvent } from './events.ts';
import { saidOf } from './formerly.ts';
import { opened } from './opened.ts';
import * as votes from './rights/evolve-votes.ts';
import { countedThen } from './rights/quorum.ts';
import { endedAgainst, evolveApproval, overReopened, stoodAgainst } from './said/ended-against.ts';
import { evolveFlags, flagsAgain } from './said/evolve-flags.ts';
import { licenceSaid } from './said/evolve-licence.ts';
import { correctedBy, lightened } from './said/evolve-lighter.ts';
import { evolveSaid, outOfScopeBy, reopenedBy, stoppedBy } from './said/evolve-said.ts';
import { withBetweenBy, withPutIn } from './said/put-in.ts';
import { remarkOn } from './said/remarks.ts';
import { restedUntil } from './said/rested.ts';
import { reworded, rewordedBySheet } from './said/reworded.ts';
import { evolveScreened } from './screened/evolve-screened.ts';
import { afterCorrection, settledHit } from './screened/screened.ts';
import { evolveSection } from './sections/evolve-sections.ts';
import { noDeal, type DealState, type Opened, type OpenedDeal } from './state.ts';
import { cardRoundOf } from './telling/routed-alike.ts';

const withTeam = (deal: Opened, involved: readonly PersonId[] = []): Opened => {
  const kept = [...new Set([...deal.involved, ...involved])];
  const holders = Object.values(deal.handOvers).map((h) => h.to);
  return { ...deal, involved: kept, team: [...new Set([...kept, ...holders])] };
};

const without = <T>(record: Record<string, T>, key: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([k]) => k !== key));

const evolveAlone = (state: DealState, event: DealEvent): DealState => {
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
      ...(event.oneCard ? { oneCard: true } : {}),
      ...(event.keepsWords ? { keepsWords: true } : {}),
    };
  }
  switch (event.type) {
    case 'DealOpened':
    case 'RecordExported':
    case 'HeardElsewhere':
      return state;
    case 'DetailsCorrected': {
      const next: OpenedDeal = {
        ...state,
        ...correctedBy(state, event),
        ...withPutIn(state, event),
        ...withBetweenBy(state, event),
        ...gaps.evolveCorrected(state, event),
      };
      if (event.flagsAgain) next.ownFlags = flagsAgain(state.ownFlags, event);
      next.requests = votes.questionsAgain(state, event, event.details);
      return { ...next, ...withTeam(next, [event.by]) };
    }
    case 'SectionSavedForLater': {
      const next: OpenedDeal = {
        ...state,
        ...gaps.evolveSaved(state, event),
        ...evolveSection(state, event),
        ...reworded(state, event),
      };
      return { ...next, ...withTeam(next, [event.by]) };
    }
    case 'SectionAnswered': {
      const next: OpenedDeal = {
        ...state,
        ...gaps.withoutAnswered(state, event),
        ...evolveSection(state, event),
        ...lightened(state, event),
        ...reworded(state, event),
      };
      return { ...next, ...withTeam(next, [event.by]) };
    }
    case 'CounselAsked':
    case 'LawsTaken':
    case 'BasisObjected':
    case 'BasisEnded':
      return { ...state, ...evolveBasis(state, event) };
    case 'SheetMoved':
      return { ...state, ...evolveBasis(state, event), ...rewordedBySheet(state, event) };
    case 'SectionHandedOver':
    case 'HandOverEnded': {
      const next: OpenedDeal = { ...state, ...evolveSection(state, event) };
      return { ...next, ...withTeam(next) };
    }
    case 'FoundOutOfScope':
      return {
        ...opened(state),
        ...reviews.withoutApproval(state),
        ...outOfScopeBy(event),
        status: 'out of scope',
      };
    case 'ScopeSaid':
    case 'ScopeConfirmed':
    case 'ScopeRefused':
    case 'FoundInScope':
    case 'LighterConfirmed':
    case 'LighterAskedAgain':
    case 'AuthorityNoted':
    case 'OthersNoted':
      return evolveSaid(state, event, opened(state));
    case 'LighterRefused': {
      const next = { ...evolveSaid(state, event, opened(state)), ...reworded(state, event) };
      return {
        ...next,
        requests: votes.questionsAgain(state, event, next.details),
        ...(event.flagsAgain ? { ownFlags: flagsAgain(state.ownFlags, event) } : {}),
        ...(event.stakesAgain ? { noStake: undefined } : {}),
      };
    }
    case 'FlagRaised': {
      const next: OpenedDeal = { ...state, ownFlags: evolveFlags(state, event) };
      return event.pending ? next : { ...next, ...withTeam(next, [event.by]) };
    }
    case 'FlagAdmitted':
    case 'FlagDismissed': {
      const screened = settledHit(state, event.flag, event.at);
      const ownFlags = evolveFlags(state, event);
      return { ...state, ...(screened ? { screened } : {}), ownFlags };
    }
    case 'GapsAccepted':
    case 'GapsTakenBack':
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
        cardRound: event.alike ? cardRoundOf(state) : undefined,
        waitingSince: event.at,
        lastVoided: lastVoided && event.differences ? { ...lastVoided, differences: event.differences } : lastVoided,
      };
    }
    case 'DealStopped':
      return {
        ...opened(state),
        ...reviews.withoutApproval(state),
        ...stoppedBy(state, event),
        status: 'stopped',
        rule: event.rule,
        at: event.at,
        waitingSince: event.at,
      };
    case 'QuestionsReopened':
      return { ...opened(state), status: 'answering', answeringSince: event.at, waitingSince: event.at };
    case 'VoteCast':
      return state.status === 'deciding' ? votes.evolveCast(state, event) : state;
    case 'Recused':
      return votes.evolveRecused(state, event);
    case 'VoteTakenBack':
      return state.status === 'deciding' ? votes.evolveVoteBack(state, event) : state;
    case 'VotesVoided':
      return votes.evolveVoided(state, event);
    case 'SeatsNoted':
      return votes.evolveSeats(state, event);
    case 'InformationAsked': {
      const { request: id, step, by, at, question, holds } = event;
      const asked = { id, step, round: state.round, by, at, question, ...(holds ? { holds } : {}) };
      return { ...state, requests: [...state.requests, asked], waitingSince: at };
    }
    case 'InformationTakenBack':
      return votes.evolveQuestionBack(state, event);
    case 'InformationGiven': {
      const answer = { by: event.by, at: event.at, text: event.text, sources: event.sources };
      const of = state.keepsWords ? { of: saidOf(state.details) } : {};
      const next: OpenedDeal = {
        ...state,
        requests: state.requests.map((r) => (r.id === event.request ? { ...r, answer, ...of } : r)),
        waitingSince: event.at,
      };
      return { ...next, ...withTeam(next, [event.by]) };
    }
    case 'StepCompleted':
      return state.status === 'deciding' ? votes.evolveCompleted(state, event) : state;
    case 'DealDecided':
      if (state.status !== 'deciding') return state;
      return {
        ...opened(state),
        ...reviews.decidedAnew(state, event),
        ...votes.settled(state, event),
        // What was kept may weigh in the next reassessment.
        lighterSaid: undefined,
        status: 'decided',
        rule: state.rule,
        route: state.route,
        decision: {
          outcome: event.outcome,
          votes: countedThen(state),
          conditions: event.conditions,
          at: event.at,
          tier: event.tier,
        },
      };
    case 'DealWithdrawn':
      return {
        ...opened(state),
        ...reviews.withoutApproval(state),
        ...('scopeSaid' in state ? { scopeSaid: state.scopeSaid } : {}),
        status: 'withdrawn',
        reason: event.reason,
        by: event.by,
        at: event.at,
      };
    case 'DealReopened': {
      const heard = { ...state, ...withoutDenied(state) };
      return {
        ...opened(heard),
        ...reviews.withoutApproval(state),
        ...reviews.askedAgain(heard, event.askAgain),
        ...reopenedBy(state, event),
        ...overReopened(state, event),
        status: 'answering',
        answeringSince: event.at,
        waitingSince: event.at,
        ...gaps.withoutTaken(state, event),
        lastReopened: { by: event.by, at: event.at, reason: event.reason },
      };
    }
    case 'RenewalsSet':
      return { ...state, ...reviews.evolveRenewals(state, event) };
    case 'LicenceSet':
      return { ...state, ...licenceSaid(state, event) };
    case 'ReassessmentRequired':
      return { ...state, ...reviews.evolveRequired(state, event), ...stoodAgainst(state, event) };
    case 'ChangeTakenBack':
      return { ...state, ...reviews.evolveTakenBack(state, event), ...endedAgainst(state, event) };
    case 'ReassessmentStarted':
      if (state.status !== 'decided') return state;
      return { ...opened(state), ...reviews.evolveStarted(state, event), status: 'answering' };
    case 'OwnerReassigned': {
      const owned = event.from === undefined ? {} : { owned: [...new Set([...(state.owned ?? []), event.from])] };
      const since = { ownedSince: event.at, waitingSince: event.at };
      const next: OpenedDeal = { ...state, ...owned, ...since, owner: event.to };
      return { ...next, ...withTeam(next, [event.to]) };
    }
    case 'FlagsAskedAgain':
      return { ...state, ownFlags: flagsAgain(state.ownFlags, event) };
    case 'Nudged':
      return { ...state, lastNudge: event.at };
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
      return evolveApproval(state, event);
    case 'AlertNoted':
      return { ...state, warned: [...(state.warned ?? []), event.alert.id] };
    case 'AlertEnded':
      return {
        ...state,
        warned: (state.warned ?? []).filter((id) => id !== event.alert),
        ...endedAgainst(state, event),
      };
    case 'PartyScreened':
      return { ...state, screened: evolveScreened(state, event) };
    case 'HoldNoted':
      return { ...state, holds: { ...state.holds, [event.hold.id]: event.hold } };
    case 'HoldEnded':
      return { ...state, holds: without(state.holds ?? {}, event.hold), ...endedAgainst(state, event) };
    default: {
      const never: never = event;
      return never;
    }
  }
};

/** Whoever is named anew is compared anew. */
export const evolve = (state: DealState, event: DealEvent): DealState => {
  const alone = evolveAlone(state, event);
  const more = { ...restedUntil(state, alone, event), ...remarkOn(state, event), ...acceptedAnew(state, alone, event) };
  const next = alone.status === 'none' || Object.keys(more).length === 0 ? alone : { ...alone, ...more };
  if (next.status === 'none' || !next.screened) return next;
  if (event.type === 'DealReopened') return { ...next, screened: { ...next.screened, parties: [] } };
  return state.status !== 'none' && state.details !== next.details
    ? { ...next, screened: afterCorrection(next) }
    : next;
};

export const replay = (events: readonly DealEvent[], from: DealState = noDeal): DealState =>
  events.reduce(evolve, from);
