/** What a digest says of one deal: where it stands, its lines, and what was decided. */

import { calendarOf, dayIn } from '../calendar.ts';
import { judgesAmong } from '../deal/owing/conditions.ts';
import { independentCompliance, settlersOf } from '../deal/rights/access.ts';
import type { Apart } from '../deal/rights/apart.ts';
import { confirmers } from '../deal/rights/confirmers.ts';
import { standingNow } from '../deal/rights/whose-turn.ts';
import type { DealView } from '../deal/view.ts';
import type { Day, Instant, PersonId } from '../ids.ts';
import { firstDue, type DigestDeal } from '../lists/digest-facts.ts';
import { hasConditions } from '../lists/stage.ts';
import type { Wait } from '../lists/waits.ts';
import { counselOf } from '../organisation.ts';
import { FAR_AHEAD, daysBetween, midnight, type DecidedOutcome, type DigestLine, type DigestPlace } from './digest.ts';

/** Answers requested longer ago than this are worth a line for compliance. */
const LONG_ASKED = 7;

/** The organisation and the time of a digest, with each person's own day. */
export interface DigestDay extends Pick<DealView, 'organisation' | 'now'> {
  today(person: PersonId): Day;
  /** Decisions of then and before are left out. Absent: none is. */
  from?: Instant | undefined;
}

/** Looks each person's day up once, for any number of deals. */
export const digestDay = ({
  organisation,
  now,
  from,
}: Pick<DealView, 'organisation' | 'now'> & Pick<DigestDay, 'from'>): DigestDay => {
  const days = new Map<PersonId, Day>();
  return {
    organisation,
    now,
    from,
    today: (person) => {
      const known = days.get(person) ?? dayIn(now, calendarOf(organisation, person));
      days.set(person, known);
      return known;
    },
  };
};

export interface DecisionTaken {
  /** Absent: it was found out of scope, or stopped. */
  outcome?: DecidedOutcome | undefined;
  at: Instant;
  line: DigestLine;
}

export interface SaidInDigest {
  owner: PersonId;
  place: DigestPlace;
  /** All that waits for somebody, or comes up. Decisions already taken are beside it. */
  moves: readonly DigestLine[];
  /** Number of days for which an approval has waited; absent where none waits. */
  age?: number | undefined;
  /** True where an approved deal need never be looked at again: its policy is from before there was a latest day. */
  undated: boolean;
  decision?: DecisionTaken | undefined;
}

const placeOf = ({ summary, facts }: DigestDeal): DigestPlace => {
  const { status, tier = 'unknown', decision, suspended } = summary;
  switch (status) {
    case 'answering':
      return { tier: facts.tier ?? tier, stage: 'answering' };
    case 'deciding':
      return { tier, stage: 'review' };
    case 'decided':
      if (!decision || decision.outcome === 'declined') return { closed: 'declined' };
      if (suspended) return { tier: decision.tier, stage: 'suspended' };
      return { tier: decision.tier, stage: hasConditions(summary) ? 'conditions' : 'approved' };
    case 'stopped':
    case 'withdrawn':
    case 'out of scope':
      return { closed: status };
    default: {
      const never: never = status;
      return never;
    }
  }
};

/** One deal on one day: what each kind of line is made of. */
interface Seen extends DigestDeal {
  day: DigestDay;
  apart: Apart;
}

const lineFor = (
  { summary: { id }, day: { now } }: Seen,
  of: DigestLine['of'],
  { since, people, about }: { since: Instant; people: readonly PersonId[]; about?: string | undefined },
): DigestLine => ({
  of,
  deal: id,
  people: [...people],
  days: daysBetween(since, now),
  ...(about === undefined ? {} : { about }),
});

const waitsOn = ({ summary }: Seen, of: Wait['of']): Wait[] => summary.waits.filter((wait) => wait.of === of);

const suspendedLines = (seen: Seen): DigestLine[] =>
  waitsOn(seen, 'suspension').map(({ since }) =>
    lineFor(seen, 'suspended', { since, people: independentCompliance(seen.apart) }),
  );

const conditionLines = (seen: Seen): DigestLine[] => {
  const { summary, facts, day } = seen;
  const { id: deal, conditions = [] } = summary;
  return conditions.flatMap(({ id, owner, due, state }): DigestLine[] => {
    if (state === 'accepted') return [];
    const handedIn = waitsOn(seen, 'evidence').find(({ about }) => about === id);
    if (handedIn) {
      const people = judgesAmong(seen.apart, { owner, ...facts.hands?.[id] });
      return [lineFor(seen, 'evidence to look at', { since: handedIn.since, people, about: id })];
    }
    const [dueAt, today] = [midnight(due), midnight(day.today(owner))];
    const [of, days] =
      today > dueAt
        ? (['condition overdue', daysBetween(dueAt, today)] as const)
        : (['condition open', daysBetween(today, dueAt)] as const);
    return [{ of, deal, people: [owner], days, about: id }];
  });
};

/** One reassessment settles all its reasons: the first that is due stands for them. One under way waits for answers. */
const reassessmentLines = (seen: Seen): DigestLine[] => {
  const { summary, facts, day } = seen;
  const { id: deal, owner, reassessed } = summary;
  const task = reassessed ? facts.again : firstDue(waitsOn(seen, 'reassessment'));
  if (task?.due === undefined) return [];
  const about = 'id' in task ? task.id : task.about;
  const [dueAt, today] = [midnight(task.due), midnight(day.today(owner))];
  if (today > dueAt)
    return [{ of: 'reassessment overdue', deal, people: [owner], days: daysBetween(dueAt, today), about }];
  const days = daysBetween(today, dueAt);
  return reassessed || days > FAR_AHEAD ? [] : [{ of: 'reassessment due', deal, people: [owner], days, about }];
};

const votesLines = (seen: Seen): DigestLine[] => {
  const { summary, facts, day } = seen;
  const { voting } = facts;
  if (!voting) return [];
  return waitsOn(seen, 'votes').map(({ since }) => {
    const { people } = standingNow(day, { ...voting, team: summary.team, recused: facts.recused ?? [] });
    return lineFor(seen, people.length === 0 ? 'nobody can vote' : 'waiting for votes', { since, people });
  });
};

const waitingLines = (seen: Seen): DigestLine[] => {
  const { summary, facts, apart, day } = seen;
  const [asked] = waitsOn(seen, 'information');
  if (asked) return [lineFor(seen, 'waiting for information', { since: asked.since, people: [summary.owner] })];
  const [scope] = waitsOn(seen, 'scope');
  if (scope) return [lineFor(seen, 'scope to confirm', { since: scope.since, people: confirmers(apart) })];
  const { since } = summary;
  if (facts.answering) return [lineFor(seen, 'waiting for answers', { since, people: facts.answering })];
  const [finding] = waitsOn(seen, 'finding');
  if (!finding) return votesLines(seen);
  const counsel =
    finding.role === 'counsel' ? counselOf(day.organisation).filter((id) => !summary.team.includes(id)) : [];
  const people = new Set([...(finding.people ?? []), ...counsel]);
  return [lineFor(seen, 'waiting for answers', { since, people: [...people] })];
};

const flagLines = (seen: Seen): DigestLine[] =>
  waitsOn(seen, 'flag').map(({ since, about = '' }) => {
    const flag = seen.facts.stops?.includes(about) ? { stops: {} } : undefined;
    return lineFor(seen, 'flag to settle', { since, people: settlersOf(seen.apart, flag), about });
  });

const confirmingLines = (seen: Seen, wait: Wait['of'], of: DigestLine['of']): DigestLine[] =>
  waitsOn(seen, wait).map(({ since }) => lineFor(seen, of, { since, people: confirmers(seen.apart) }));

const isLater = ({ of }: Wait): boolean => of === 'reassessment' || of === 'licence';

const movesOf = (seen: Seen): DigestLine[] => {
  const { waits, reassessed, status, conditions } = seen.summary;
  // A condition that waits for somebody is among the waits, and so is all else but what is answered, and asked again.
  if (waits.length === 0 && !reassessed && status !== 'answering') return [];
  // So are most: approved, and looked at again some day.
  if (status === 'decided' && conditions === undefined && waits.every(isLater)) return reassessmentLines(seen);
  return [
    ...suspendedLines(seen),
    ...conditionLines(seen),
    ...reassessmentLines(seen),
    ...waitingLines(seen),
    ...flagLines(seen),
    ...confirmingLines(seen, 'lighter', 'change to confirm'),
    ...confirmingLines(seen, 'authority', 'authority to notify'),
  ];
};

const decisionIn = (
  { summary, facts }: DigestDeal,
  { now, from = '' }: Pick<DigestDay, 'now' | 'from'>,
): DecisionTaken | undefined => {
  const { id: deal, status, owner, decision, endedAt } = summary;
  const taken = (of: DigestLine['of'], at: Instant, about?: string): DecisionTaken['line'] => ({
    of,
    deal,
    people: [owner],
    days: daysBetween(at, now),
    ...(about === undefined ? {} : { about }),
  });
  if (status === 'out of scope' || status === 'stopped') {
    const at = facts.ended ?? endedAt;
    return at === undefined || at <= from ? undefined : { at, line: taken(status, at) };
  }
  if (status !== 'decided' || !decision || decision.at <= from) return undefined;
  const { outcome, at } = decision;
  return { outcome, at, line: taken('decided', at, outcome) };
};

export const saidInDigest = (deal: DigestDeal, day: DigestDay): SaidInDigest => {
  const { summary, facts } = deal;
  const { team, owner } = summary;
  const recused = facts.recused?.map((by) => ({ by }));
  const apart: Apart = { deal: { team, recused }, organisation: day.organisation };
  const votes = summary.waits.find(({ of }) => of === 'votes');
  return {
    owner,
    place: placeOf(deal),
    moves: movesOf({ ...deal, day, apart }),
    ...(votes ? { age: daysBetween(votes.since, day.now) } : {}),
    undated: facts.undated === true,
    decision: decisionIn(deal, day),
  };
};

/** Returns what compliance is told: not what is open in time, or was asked this week. */
export const linesIn = ({ moves }: Pick<SaidInDigest, 'moves'>): DigestLine[] =>
  moves.filter(({ of, days }) => of !== 'condition open' && (of !== 'waiting for answers' || days > LONG_ASKED));
