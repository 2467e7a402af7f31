/** The deal's next step and the people who must take it, as the root card shows them. */

import { addBusinessDays, calendarOf, dayIn } from '../../calendar.ts';
import type { GroupId, Instant, PersonId } from '../../ids.ts';
import { membersOf, type Organisation } from '../../organisation.ts';
import { perObject } from '../../per-object.ts';
import type { CompiledPolicy, Facts, Section, SectionId, Step } from '../../policy/policy.ts';
import { awayAt, delegatorsOf } from '../../registers/absences.ts';
import { progressOf } from '../approval/evolve-conditions.ts';
import { approvalOf, conditionsNow } from '../approval/in-force.ts';
import { usedBy } from '../approval/used-by.ts';
import type { ConditionProgress } from '../condition-shapes.ts';
import type { Condition, InformationRequest, Shortfall, Vote } from '../deal.ts';
import type { DecidingDeal, OpenedDeal } from '../state.ts';
import type { DealView } from '../view.ts';
import { recusedFrom } from './apart.ts';
import { closeOn, managersAmong, mayBeManaged, partial, type Close } from './close.ts';
import { whoConfirmsScope } from './confirmers.ts';
import { findersOf } from './finders.ts';
import { countedThen, shortfalls, stepStanding, type Cast, type StepStanding } from './quorum.ts';

export type Waiting =
  | { for: 'section'; section: SectionId; people: PersonId[] }
  | { for: 'information'; request: string; people: PersonId[] }
  | { for: 'votes'; step: number; group: GroupId; needed: number; people: PersonId[] }
  /** Said to be out of scope: compliance confirms it or sends it back. */
  | { for: 'scope'; people: PersonId[] }
  /** Something is not known: its owner sends it on, or they and others who might know find out. */
  | { for: 'finding'; people: PersonId[] }
  /** Stopped: only the chief compliance officer can reopen. */
  | { for: 'chief'; people: PersonId[] }
  | { for: 'nothing'; people: [] };

const askedUnder = perObject((policy: CompiledPolicy) =>
  perObject((facts: Facts) =>
    policy.sectionsFor(facts).map((section) => ({ section, questions: policy.questionsFor(section.id, facts) })),
  ),
);

/** Returns the sections that apply, each with what it asks. */
export const askedOf = ({ policy, facts }: DealView): ReturnType<ReturnType<typeof askedUnder>> =>
  askedUnder(policy)(facts);

/** Returns the sections that apply, each with whether its answers are complete. */
export const sectionProgress = perObject((view: DealView): readonly { section: Section; done: boolean }[] =>
  askedOf(view).map(({ section, questions }) => {
    const given = view.deal.answers[section.id];
    return { section, done: given !== undefined && questions.every((q) => given[q.id] !== undefined) };
  }),
);

/** What says whose votes a deal waits for, of the deal alone. JSON. */
export interface Voting<V extends Cast = Vote> {
  steps: readonly Step[];
  /** The open one. */
  step: number;
  votes: readonly V[];
  factsHash?: string | undefined;
  team: readonly PersonId[];
  recused: readonly PersonId[];
  /** Whose managers do not decide alone, and on whose word its answers stand. Absent: its policy has no such rule. */
  close?: Close | undefined;
}

export const votingOn = (view: DealView, deal: DecidingDeal): Voting => ({
  steps: deal.route.steps,
  step: deal.step,
  votes: deal.votes,
  factsHash: deal.route.factsHash,
  team: deal.team,
  recused: recusedFrom(deal),
  ...(view.policy.managerAlone === false ? { close: closeOn(view) } : {}),
});

type Today = Pick<DealView, 'organisation' | 'now'>;

const standingIn = <V extends Cast>(
  organisation: Organisation,
  { steps, step, votes, factsHash, team, recused, close }: Voting<V>,
  away: readonly PersonId[],
): StepStanding<V> =>
  stepStanding(organisation, {
    steps,
    index: step,
    votes,
    team,
    factsHash,
    recused,
    ...(close
      ? {
          managers: partial(organisation, close, steps[step]?.group),
          nearest: managersAmong(organisation, close.own ?? []),
          // Whoever opens, owns, answers or is named is the team's choice: it takes nobody off the call.
          called: partial(organisation, close, steps[step]?.group),
          unknownManager: mayBeManaged(organisation, steps[step]?.group, close),
          away,
        }
      : {}),
  });

/** Returns the standing of a step with these votes, one that is being cast among them. */
export const standingWith = (
  view: DealView,
  deal: DecidingDeal,
  { votes, step, away }: { votes: readonly Vote[]; step: number; away: readonly PersonId[] },
): StepStanding => standingIn(view.organisation, { ...votingOn(view, deal), votes, step }, away);

const awayNow = ({ organisation, now }: Today): PersonId[] =>
  (organisation.absences ?? []).flatMap(({ person }) => (awayAt(organisation, person, now) ? [person] : []));

/** An absence, or another stand-in, lets nobody who stands close to a deal decide it alone on the day it is said. House rule. */
const saidJustNow = ({ organisation, now }: Today, id: PersonId): boolean => {
  const said = awayAt(organisation, id, now)?.said;
  return said !== undefined && now < addBusinessDays(said, 1, calendarOf(organisation, id));
};

/** Whose stand-in recused themself lent a vote that was not cast: it is owed again, and can be lent to somebody else. */
const unheard = (today: Today, { team }: Pick<Voting, 'team'>, close: Close): PersonId[] => {
  const { organisation, now } = today;
  const away = awayNow(today).filter((id) => !saidJustNow(today, id));
  if (away.length === 0) return away;
  const barred = [...partial(organisation, close), ...team, ...away];
  const stood = organisation.people
    .filter(({ id }) => !barred.includes(id))
    .flatMap(({ id }) => delegatorsOf(organisation, id, now));
  return away.filter((id) => !stood.includes(id));
};

/** Returns those who are away and whom nobody stands in for but a seller's manager: then there is nobody else to wait for. */
export const unheardNow = (view: DealView): PersonId[] => unheard(view, view.deal, closeOn(view));

/** Returns who could vote in the open step and has not, of these. */
export const couldVote = ({ organisation }: DealView, deal: DecidingDeal, ids: readonly PersonId[]): PersonId[] => {
  const members = membersOf(organisation, deal.route.steps[deal.step]?.group ?? '');
  const out = new Set([...deal.team, ...recusedFrom(deal), ...deal.votes.flatMap(usedBy)]);
  return ids.filter((id) => members.includes(id) && !out.has(id));
};

/** Returns who is away, lent their vote in the open step to this person, and has not voted. */
export const lentTo = (view: DealView, deal: DecidingDeal, delegate: PersonId): PersonId[] =>
  couldVote(view, deal, delegatorsOf(view.organisation, delegate, view.now));

/** Returns who is away and not waited for, where those who stand close to the deal can complete the step alone because of it. */
export const notWaitedFor = (view: DealView, deal: DecidingDeal): PersonId[] => {
  if (view.policy.managerAlone !== false) return [];
  const away = couldVote(view, deal, unheardNow(view));
  if (away.length === 0) return [];
  const standing = (gone: readonly PersonId[]): StepStanding =>
    standingWith(view, deal, { votes: deal.votes, step: deal.step, away: gone });
  const [now, others] = [standing(unheardNow(view)), standing([])];
  const isLess =
    now.missing < others.missing ||
    (others.besides !== undefined && now.besides === undefined) ||
    (others.mayManage === true && !now.mayManage);
  return isLess ? away : [];
};

/** Returns the standing of the step that is open, or of another one. */
export const standingNow = <V extends Cast>(
  today: Today,
  voting: Voting<V>,
  step: number = voting.step,
): StepStanding<V> => {
  const { organisation } = today;
  const asked = { ...voting, step };
  // Only the rule about managers asks who is away.
  const standing = standingIn(organisation, asked, voting.close ? unheard(today, voting, voting.close) : []);
  // Somebody who leaves completes nothing: only a vote does.
  const isOver = step !== voting.step || standing.outcome !== 'passed';
  if (isOver) return standing;
  const here = standingIn(organisation, asked, []);
  // A changed organisation file may leave nothing to wait for.
  return here.outcome === 'passed' ? { ...here, people: [] } : here;
};

export const standingOf = (view: DealView, deal: DecidingDeal, step: number = deal.step): StepStanding =>
  standingNow(view, votingOn(view, deal), step);

/** Returns the steps still to come that cannot be completed, in the organisation as it is now. */
export const shortfallsNow = ({ deal, organisation }: DealView): Shortfall[] => {
  if (deal.status !== 'deciding') return [];
  const spent = deal.votes.filter((v) => v.step < deal.step).flatMap(usedBy);
  const barred = [...deal.team, ...recusedFrom(deal), ...spent];
  const open = deal.route.steps.slice(deal.step);
  return shortfalls(organisation, open, barred).map((short) => ({ ...short, step: short.step + deal.step }));
};

/** Returns the votes that count: those of the completed steps as they counted then, those of the open step now. */
export const countedVotes = (view: DealView, deal: DecidingDeal): Vote[] => [
  ...countedThen(deal).filter(({ step }) => step < deal.step),
  ...standingOf(view, deal).counted,
];

/** Returns the votes that nothing takes back any more: of an approval, and of completed steps. */
export const completedVotes = (deal: OpenedDeal): readonly Vote[] => [
  ...(approvalOf(deal)?.decision.votes ?? []),
  ...(deal.status === 'deciding' ? countedThen(deal).filter(({ step }) => step < deal.step) : []),
];

/** Returns the questions to the deal team that hold the deal: neither answered nor taken back. */
export const openRequests = ({ requests, round, step }: DecidingDeal): InformationRequest[] =>
  requests.filter((r) => !r.answer && !r.takenBack && (r.holds === true || (r.round === round && r.step === step)));

/** Tells whether whoever asked has voted since the answer. */
const isSeen = ({ votes }: DecidingDeal, { by, answer }: InformationRequest): boolean =>
  answer !== undefined && votes.some((vote) => usedBy(vote).includes(by) && vote.at >= answer.at);

/** Tells whether somebody votes among these today, by themselves or as a stand-in. */
const isAmong = (
  { organisation, now }: Pick<DealView, 'organisation' | 'now'>,
  person: PersonId,
  voters: readonly PersonId[],
): boolean => [person, ...delegatorsOf(organisation, person, now)].some((id) => voters.includes(id));

/**
 * Returns until when whoever asked may look at an answer first: a business day of theirs on which the deal waits for votes. While it
 * is withdrawn, or starts over, nobody looks.
 */
export const looksUntil = (
  view: Pick<DealView, 'organisation' | 'now'>,
  deal: DecidingDeal,
  { by, answer }: InformationRequest,
): Instant | undefined => {
  if (!answer) return undefined;
  const { organisation } = view;
  const group = deal.route.steps[deal.step]?.group;
  // Somebody's stand-in looks in the step of whom they stand in for.
  const isTheirs = deal.step === 0 || (group !== undefined && isAmong(view, by, membersOf(organisation, group)));
  const since = deal.stepSince ?? answer.at;
  return addBusinessDays(isTheirs && since > answer.at ? since : answer.at, 1, calendarOf(organisation, by));
};

/**
 * Returns the questions whose answers whoever asked has not looked at yet, unless a later step is theirs: a vote of
 * theirs says that they did, and one business day is enough. A milder colleague could take any words for an answer.
 */
export const unseenAnswers = (view: DealView, deal: DecidingDeal): InformationRequest[] => {
  const { organisation, now } = view;
  const [here, ...later] = deal.route.steps.slice(deal.step).map(({ group }) => membersOf(organisation, group));
  // Putting whoever asked on the deal team is no way around it.
  const out = recusedFrom(deal);
  return deal.requests.filter((request) => {
    const { answer, by, holds } = request;
    if (!answer || !holds || out.includes(by)) return false;
    const isIn = (voters: readonly PersonId[]): boolean => isAmong(view, by, voters);
    if (!(here && isIn(here)) && later.some(isIn)) return false;
    return !isSeen(deal, request) && now < (looksUntil(view, deal, request) ?? now);
  });
};

/** Returns who asked and has not looked at the answer, each once. */
export const unseenBy = (view: DealView, deal: DecidingDeal): PersonId[] => [
  ...new Set(unseenAnswers(view, deal).map(({ by }) => by)),
];

/**
 * Returns who asked and has not looked at the answer in the time that they had, each once: they may have been away. Whoever votes in
 * a later step still has it.
 */
export const neverSeenBy = (view: DealView, deal: DecidingDeal): PersonId[] => {
  const later = deal.route.steps.slice(deal.step + 1).flatMap(({ group }) => membersOf(view.organisation, group));
  const isOver = (request: InformationRequest): boolean => view.now >= (looksUntil(view, deal, request) ?? view.now);
  const over = deal.requests.filter(
    (request) =>
      request.answer && request.holds && !isSeen(deal, request) && isOver(request) && !isAmong(view, request.by, later),
  );
  return [...new Set(over.map(({ by }) => by))];
};

export const waitingFor = (view: DealView): Waiting => {
  const { deal, organisation } = view;
  switch (deal.status) {
    case 'answering': {
      if (deal.scopeSaid) return { for: 'scope', people: whoConfirmsScope(view) };
      const open = sectionProgress(view).find((s) => !s.done);
      if (!open) {
        return deal.finding && !deal.finding.over
          ? { for: 'finding', people: [...new Set([deal.owner, ...findersOf(view)])] }
          : { for: 'nothing', people: [] };
      }
      const handed = deal.handOvers[open.section.id];
      return { for: 'section', section: open.section.id, people: [handed?.to ?? deal.owner] };
    }
    case 'deciding': {
      const [asked] = openRequests(deal);
      if (asked) return { for: 'information', request: asked.id, people: [deal.owner] };
      const step = deal.route.steps[deal.step];
      if (!step) return { for: 'nothing', people: [] };
      const { missing, people } = standingOf(view, deal);
      return { for: 'votes', step: deal.step, group: step.group, needed: missing, people };
    }
    case 'stopped':
      return { for: 'chief', people: membersOf(organisation, organisation.roles.chief) };
    case 'out of scope':
    case 'decided':
    case 'withdrawn':
      return { for: 'nothing', people: [] };
    default: {
      const never: never = deal;
      return never;
    }
  }
};

/** Returns since when a deal has waited for the people who must act. */
export const waitsSince = ({ deal }: Pick<DealView, 'deal'>): Instant =>
  deal.status === 'deciding' ? (deal.stepSince ?? deal.waitingSince) : deal.waitingSince;

export interface ConditionStanding {
  condition: Condition;
  progress: ConditionProgress;
  /** Its day has passed, by its owner's calendar: it is open, or was handed in too late and is not accepted yet. */
  overdue: boolean;
}

/** Returns the standing of each condition of an approval, in the decision's order. None where there is no approval. */
export const conditionStanding = ({ deal, organisation, now }: DealView): ConditionStanding[] => {
  const approval = approvalOf(deal);
  if (!approval) return [];
  return conditionsNow(deal).map((condition) => {
    const progress = progressOf(approval, condition.id);
    const until = progress.status === 'met' ? (progress.evidence.at(-1)?.at ?? now) : now;
    const late = dayIn(until, calendarOf(organisation, condition.owner)) > condition.due;
    return { condition, progress, overdue: progress.status !== 'accepted' && late };
  });
};
