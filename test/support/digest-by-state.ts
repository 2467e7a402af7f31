/** What a digest says of one deal, by its state: the slow way, which opens each of them. */

import { calendarOf, dayIn } from '../../flows/calendar.ts';
import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { allReassessments, isOverdue, latestLook } from '../../flows/deal/approval/reassessments.ts';
import { judgesOf } from '../../flows/deal/owing/conditions.ts';
import { independentCompliance, settlersOf } from '../../flows/deal/rights/access.ts';
import { confirmers } from '../../flows/deal/rights/confirmers.ts';
import { conditionStanding, sectionProgress, waitingFor, waitsSince } from '../../flows/deal/rights/whose-turn.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { Approval, DecidedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { AHEAD_DAYS, daysBetween, midnight, type DigestLine, type DigestPlace } from '../../flows/digest/digest.ts';
import type { DecisionTaken, SaidInDigest } from '../../flows/digest/of-deal.ts';
import type { Day, Instant, PersonId } from '../../flows/ids.ts';

const FAR_AHEAD = Math.max(...AHEAD_DAYS);

const decidedStanding = (view: DealView, deal: DecidedDeal): DigestPlace => {
  const { tier, outcome } = deal.decision;
  if (outcome === 'declined') return { closed: 'declined' };
  if (deal.suspended) return { tier, stage: 'suspended' };
  const open = conditionStanding(view).some(({ progress }) => progress.status !== 'accepted');
  return { tier, stage: open ? 'conditions' : 'approved' };
};

export const standingInDigest = (view: DealView): DigestPlace => {
  const { deal } = view;
  switch (deal.status) {
    case 'answering':
      return { tier: view.assessment.tier ?? 'unknown', stage: 'answering' };
    case 'deciding':
      return { tier: deal.tier, stage: 'review' };
    case 'decided':
      return decidedStanding(view, deal);
    case 'stopped':
    case 'withdrawn':
    case 'out of scope':
      return { closed: deal.status };
    default: {
      const never: never = deal;
      return never;
    }
  }
};

const today = (view: DealView, person: PersonId): Day => dayIn(view.now, calendarOf(view.organisation, person));
const daysPast = (view: DealView, due: Day, person: PersonId): number =>
  daysBetween(midnight(due), midnight(today(view, person)));
const daysLeft = (view: DealView, due: Day, person: PersonId): number =>
  daysBetween(midnight(today(view, person)), midnight(due));

const conditionLines = (view: DealView, approval: Approval): DigestLine[] =>
  conditionStanding(view).flatMap(({ condition, progress, overdue }): DigestLine[] => {
    const { id, owner, due } = condition;
    const handedIn = progress.evidence.at(-1)?.at;
    if (progress.status === 'met' && handedIn !== undefined) {
      const people = judgesOf(view, approval, condition);
      return [
        { of: 'evidence to look at', deal: view.deal.id, people, days: daysBetween(handedIn, view.now), about: id },
      ];
    }
    if (progress.status === 'accepted') return [];
    const [of, days] = overdue
      ? (['condition overdue', daysPast(view, due, owner)] as const)
      : (['condition open', daysLeft(view, due, owner)] as const);
    return [{ of, deal: view.deal.id, people: [owner], days, about: id }];
  });

/** Returns who has a section to answer: the owner for the first of their own, and all to whom one is handed over. */
const holdersOf = (view: DealView): PersonId[] => {
  const open = sectionProgress(view).flatMap(({ section, done }) => (done ? [] : [section.id]));
  const handed = open.flatMap((id) => view.deal.handOvers[id]?.to ?? []);
  return [...new Set([...waitingFor(view).people, ...handed])];
};

const waitingLines = (view: DealView): DigestLine[] => {
  const { deal, now } = view;
  const waiting = waitingFor(view);
  const line = (of: DigestLine['of'], since: Instant, people: readonly string[]): DigestLine => ({
    of,
    deal: deal.id,
    people: [...people],
    days: daysBetween(since, now),
  });
  switch (waiting.for) {
    case 'votes': {
      const since = waitsSince(view);
      return [line(waiting.people.length === 0 ? 'nobody can vote' : 'waiting for votes', since, waiting.people)];
    }
    case 'information': {
      const asked = deal.requests.find(({ id }) => id === waiting.request);
      return [line('waiting for information', asked?.at ?? deal.waitingSince, waiting.people)];
    }
    case 'finding':
      return [line('waiting for answers', deal.waitingSince, waiting.people)];
    case 'section':
      return [line('waiting for answers', deal.waitingSince, holdersOf(view))];
    case 'scope':
      return [line('scope to confirm', scopeSaidOf(deal)?.at ?? deal.waitingSince, waiting.people)];
    case 'chief':
    case 'nothing':
      return [];
    default: {
      const never: never = waiting;
      return never;
    }
  }
};

const suspendedLines = (view: DealView, { suspended }: Approval): DigestLine[] =>
  suspended
    ? [
        {
          of: 'suspended',
          deal: view.deal.id,
          people: independentCompliance(view),
          days: daysBetween(suspended.at, view.now),
        },
      ]
    : [];

/** One reassessment settles all its reasons: the first that is due stands for them. One under way waits for answers. */
const reassessmentLines = (view: DealView): DigestLine[] => {
  const { id: deal, owner, standing } = view.deal;
  const [task] = allReassessments(view).toSorted((a, b) => (a.due < b.due ? -1 : Number(a.due > b.due)));
  if (!task) return [];
  const of = isOverdue(view, task) ? 'reassessment overdue' : 'reassessment due';
  if (of === 'reassessment due' && standing) return [];
  const days = (of === 'reassessment due' ? daysLeft : daysPast)(view, task.due, owner);
  return of === 'reassessment due' && days > FAR_AHEAD ? [] : [{ of, deal, people: [owner], days, about: task.id }];
};

const lighterLines = (view: DealView): DigestLine[] => {
  const { id: deal, status } = view.deal;
  const { lighterSaid } = view;
  if (!lighterSaid || (status !== 'answering' && status !== 'deciding')) return [];
  return [{ of: 'change to confirm', deal, people: confirmers(view), days: daysBetween(lighterSaid.at, view.now) }];
};

const authorityLines = (view: DealView): DigestLine[] => {
  const { id: deal, authority } = view.deal;
  if (!authority || authority.done) return [];
  const days = daysBetween(authority.since, view.now);
  return [{ of: 'authority to notify', deal, people: confirmers(view), days }];
};

const flagLines = (view: DealView): DigestLine[] =>
  view.deal.ownFlags
    .filter(({ status }) => status === 'pending')
    .map((flag) => ({
      of: 'flag to settle',
      deal: view.deal.id,
      people: settlersOf(view, flag),
      days: daysBetween(flag.at, view.now),
      about: flag.id,
    }));

const movesOf = (view: DealView): DigestLine[] => {
  const approval = approvalOf(view.deal);
  return [
    ...(approval ? [...suspendedLines(view, approval), ...conditionLines(view, approval)] : []),
    ...reassessmentLines(view),
    ...waitingLines(view),
    ...flagLines(view),
    ...lighterLines(view),
    ...authorityLines(view),
  ];
};

/** Tells whether an approved deal need never be looked at again: its policy is from before there was a latest day. */
const isUndated = (view: DealView): boolean => approvalOf(view.deal) !== undefined && latestLook(view) === undefined;

/** Counts the days for which an approval has waited; undefined where none waits. */
const approvalAge = (view: DealView): number | undefined =>
  waitingFor(view).for === 'votes' ? daysBetween(waitsSince(view), view.now) : undefined;

const decisionIn = ({ deal, now }: DealView): DecisionTaken | undefined => {
  if (deal.status === 'out of scope') {
    const at = deal.confirmed && deal.confirmed.deal === undefined ? deal.confirmed.at : deal.at;
    return { at, line: { of: 'out of scope', deal: deal.id, people: [deal.owner], days: daysBetween(at, now) } };
  }
  if (deal.status === 'stopped') {
    const { id, at, owner } = deal;
    return { at, line: { of: 'stopped', deal: id, people: [owner], days: daysBetween(at, now) } };
  }
  if (deal.status !== 'decided') return undefined;
  const { outcome, at } = deal.decision;
  return {
    outcome,
    at,
    line: { of: 'decided', deal: deal.id, people: [deal.owner], days: daysBetween(at, now), about: outcome },
  };
};

export const saidByState = (view: DealView): SaidInDigest => {
  const [age, decision] = [approvalAge(view), decisionIn(view)];
  return {
    owner: view.deal.owner,
    place: standingInDigest(view),
    moves: movesOf(view),
    ...(age === undefined ? {} : { age }),
    undated: isUndated(view),
    decision,
  };
};
