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
import { calledIn, countedThen, shortfalls, stepStanding, type Cast, type StepStanding } from './quorum.ts';

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
          chiefs: calledIn(organisation, steps[step], {
            asides: close.asides ?? [],
            barred: [...team, ...recused],
            away,
          }),
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

/** Returns the chiefs who vote in the open step, as nobody else of compliance stands apart from the deal (`calledIn`). */
export const chiefsCalled = (view: DealView, deal: DecidingDeal): PersonId[] => {
  if (view.policy.managerAlone !== false) return [];
  const { asides = [] } = closeOn(view);
  const barred = [...deal.team, ...recusedFrom(deal)];
  return calledIn(view.organisation, deal.route.steps[deal.step], { asides, barred, away: unheardNow(view) });
};

/** Returns who could vote in the open step and has not, of these. */
export const couldVote = (view: DealView, deal: DecidingDeal, ids: readonly PersonId[]): PersonId[] => {
  const { organisation } = view;
  const members = [...membersOf(organisation, deal.route.steps[deal.step]?.group ?? ''), ...chiefsCalled(view, deal)];
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
