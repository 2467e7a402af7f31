/** What a deal waits for, as facts of the deal alone; and whose turn that is in the organisation of today. */

import { addDays, calendarOf, dayIn } from '../calendar.ts';
import { conditionsIn, dueFirst, progressOf } from '../deal/approval/evolve-conditions.ts';
import { approvalOf } from '../deal/approval/in-force.ts';
import { licenceOpenSince } from '../deal/approval/licence.ts';
import { allReassessments } from '../deal/approval/reassessments.ts';
import type { Owed } from '../deal/deal.ts';
import { judgesOf } from '../deal/owing/conditions.ts';
import { sectionsOwed } from '../deal/owing/owing.ts';
import { askedToSettle } from '../deal/owing/settling.ts';
import { absenceFor } from '../deal/owing/standing-in.ts';
import { flagSince } from '../deal/own-flag.ts';
import { liftLeftBy } from '../deal/refusing/conditions.ts';
import { independentCompliance } from '../deal/rights/access.ts';
import { confirmers, whoConfirmsScope } from '../deal/rights/confirmers.ts';
import { counselMightKnow, counselToLook, holdersOfGaps } from '../deal/rights/finders.ts';
import { actsFor } from '../deal/rights/seats.ts';
import { openRequests, sectionProgress, standingOf } from '../deal/rights/whose-turn.ts';
import { scopeSaidOf } from '../deal/said/scope.ts';
import type { Approval } from '../deal/state.ts';
import type { DealView } from '../deal/view.ts';
import type { Day, GroupId, Instant, PersonId } from '../ids.ts';
import { inGroup, isCounsel, isOfCompliance, type Organisation } from '../organisation.ts';

/** What is decided, confirmed or judged by somebody outside the deal. */
export const DECIDING = ['votes', 'scope', 'lighter', 'flag', 'evidence', 'suspension', 'authority'] as const;
/** What is done by whoever works on the deal. */
const WORK = ['section', 'information', 'finding', 'condition', 'reassessment', 'licence'] as const;

export interface Wait {
  of: (typeof DECIDING)[number] | (typeof WORK)[number];
  since: Instant;
  /** The section, request, flag, condition or task; of votes the step, as a number. */
  about?: string | undefined;
  /** Those whom the deal itself names. */
  people?: readonly PersonId[] | undefined;
  /** Those of a group of the route, of compliance or of counsel, who are looked up when somebody asks. */
  group?: GroupId | undefined;
  role?: 'compliance' | 'counsel' | undefined;
  /** A day, or the instant at which a pause to find out ends. */
  due?: Day | Instant | undefined;
  /** The day from which it is asked for. */
  from?: Day | undefined;
}

const DECIDED_OUTSIDE: ReadonlySet<Wait['of']> = new Set(DECIDING);
export const isDeciding = ({ of }: Wait): boolean => DECIDED_OUTSIDE.has(of);

const sectionWaits = (view: DealView): Wait[] =>
  sectionsOwed(view).flatMap(({ owed, owers }) =>
    owers.flatMap(({ person, since }): Wait[] =>
      owed.kind === 'section' && person !== undefined
        ? [{ of: 'section', about: owed.section, people: [person], since }]
        : [],
    ),
  );

const answeringWaits = (view: DealView): Wait[] => {
  const { deal } = view;
  const said = scopeSaidOf(deal);
  if (said) return [{ of: 'scope', role: 'compliance', since: said.at }];
  if (sectionProgress(view).some(({ done }) => !done)) return sectionWaits(view);
  const { finding } = deal;
  if (!finding || finding.over) return [];
  const people = [...new Set([deal.owner, ...holdersOfGaps(view)])];
  const role = counselMightKnow(view) ? ({ role: 'counsel' } as const) : {};
  return [{ of: 'finding', people, ...role, since: finding.since, due: finding.until }];
};

const decidingWaits = ({ deal }: DealView): Wait[] => {
  if (deal.status !== 'deciding') return [];
  const asked = openRequests(deal);
  if (asked.length > 0) {
    return asked.map(({ id, at: first, again: at = first }): Wait => ({
      of: 'information',
      about: id,
      people: [deal.owner],
      since: at,
    }));
  }
  const step = deal.route.steps[deal.step];
  const since = deal.stepSince ?? deal.waitingSince;
  return step ? [{ of: 'votes', about: `${deal.step}`, group: step.group, since }] : [];
};

const conditionWaits = (approval: Approval): Wait[] =>
  conditionsIn(approval)
    .toSorted(dueFirst)
    .flatMap(({ id, owner, due }): Wait[] => {
      const { status, evidence, returned } = progressOf(approval, id);
      const handedIn = evidence.at(-1)?.at;
      if (status === 'met' && handedIn !== undefined)
        return [{ of: 'evidence', about: id, role: 'compliance', since: handedIn }];
      if (status === 'accepted') return [];
      return [{ of: 'condition', about: id, people: [owner], since: returned?.at ?? approval.decision.at, due }];
    });

/** None while it is reassessed: the questions that are asked again say so. */
const reassessmentWaits = (view: DealView): Wait[] => {
  if (view.deal.standing) return [];
  const earliest = Math.max(0, ...view.policy.reminders.reassessments.before);
  return allReassessments(view).map(({ id, trigger, since, due }): Wait => {
    const dated = trigger === 'A2' || trigger === 'house';
    const from = dated ? { from: addDays(due, -earliest) } : {};
    return { of: 'reassessment', about: id, people: [view.deal.owner], since, due, ...from };
  });
};

const approvalWaits = (view: DealView): Wait[] => {
  const { deal, policy } = view;
  const approval = approvalOf(deal);
  if (!approval) return [];
  const licence = policy.reminders.licence && deal.status === 'decided' ? licenceOpenSince(deal) : undefined;
  const { suspended } = approval;
  return [
    ...(suspended ? [{ of: 'suspension', role: 'compliance', since: suspended.at } as const] : []),
    ...conditionWaits(approval),
    ...reassessmentWaits(view),
    ...(licence === undefined ? [] : [{ of: 'licence', people: [deal.owner], since: licence } as const]),
  ];
};

/** Everything that a deal waits for. The same for the same deal, whoever works in the organisation. */
export const waitsOf = (view: DealView): Wait[] => {
  const { deal, lighterSaid } = view;
  const open = deal.status === 'answering' || deal.status === 'deciding';
  return [
    ...(deal.status === 'answering' ? answeringWaits(view) : decidingWaits(view)),
    ...approvalWaits(view),
    ...deal.ownFlags.flatMap((flag): Wait[] =>
      flag.status === 'pending' ? [{ of: 'flag', about: flag.id, role: 'compliance', since: flagSince(flag) }] : [],
    ),
    ...(open && lighterSaid ? [{ of: 'lighter', role: 'compliance', since: lighterSaid.at } as const] : []),
    ...(deal.authority && !deal.authority.done
      ? [{ of: 'authority', role: 'compliance', since: deal.authority.since } as const]
      : []),
  ];
};

/** Returns the people whose turn it is now. */
const peopleFor = (view: DealView, { of, about, people = [] }: Wait): readonly PersonId[] => {
  const { deal } = view;
  const approval = approvalOf(deal);
  switch (of) {
    case 'votes':
      return deal.status === 'deciding' ? standingOf(view, deal).people : [];
    case 'scope':
      return whoConfirmsScope(view);
    case 'lighter':
    case 'authority':
      return confirmers(view);
    case 'flag':
      return deal.ownFlags
        .filter(({ id }) => id === about)
        .flatMap((flag) => askedToSettle(view, flag).filter((id) => id !== flag.by));
    case 'suspension': {
      const left = liftLeftBy(view);
      return independentCompliance(view).filter((id) => !left.includes(id));
    }
    case 'evidence': {
      const condition = approval && conditionsIn(approval).find(({ id }) => id === about);
      return approval && condition ? judgesOf(view, approval, condition) : [];
    }
    case 'finding':
      return [...people, ...counselToLook(view)];
    case 'section':
    case 'information':
    case 'condition':
    case 'reassessment':
    case 'licence':
      return people;
    default: {
      const never: never = of;
      return never;
    }
  }
};

/** The task as stand-ins take it over; undefined where nobody can. */
const owedBy = ({ of, about = '' }: Wait): Owed | undefined => {
  switch (of) {
    case 'votes':
      return { kind: 'votes', step: Number(about) };
    case 'scope':
    case 'lighter':
    case 'authority':
    case 'licence':
      return { kind: of };
    case 'evidence':
    case 'condition':
      return { kind: of, condition: about };
    case 'section':
      return { kind: 'section', section: about };
    case 'information':
      return { kind: 'information', request: about };
    case 'reassessment':
      return { kind: 'reassessment', task: about };
    case 'flag':
      return { kind: 'flag', flag: about };
    case 'suspension':
    case 'finding':
      return undefined;
    default: {
      const never: never = of;
      return never;
    }
  }
};

export type Today = Pick<DealView, 'organisation' | 'now'>;

/** Tells whether it is asked for by now, by the calendar of whoever owes it. */
export const isAsked = ({ from, people }: Wait, { organisation, now }: Today): boolean =>
  from === undefined || from <= dayIn(now, calendarOf(organisation, people?.[0] ?? ''));

const isNamed = ({ people = [], group, role }: Wait, organisation: Organisation, person: PersonId): boolean =>
  people.includes(person) ||
  (group !== undefined && inGroup(organisation, group, person)) ||
  (role === 'compliance' && isOfCompliance(organisation, person)) ||
  (role === 'counsel' && isCounsel(organisation, person));

/** Tells whether it surely waits for the person: the deal names them, so nothing else has to be looked up. */
export const waitsForNamed = (wait: Wait, today: Today, person: PersonId): boolean =>
  (wait.people?.includes(person) ?? false) && isAsked(wait, today);

/** Returns the person and everybody for whom they act now. */
export const selves = (today: Today, person: PersonId): [PersonId, ...PersonId[]] => [
  person,
  ...actsFor(today, person),
];

/**
 * Tells whether it may wait for a person: `turnsOf` says for certain, and needs the deal. Never false where that says yes.
 *
 * @param as - the person's `selves`
 */
export const mayWaitFor = (wait: Wait, today: Today, as: readonly PersonId[]): boolean =>
  as.some((id) => isNamed(wait, today.organisation, id)) && isAsked(wait, today);

/** What waits for a person. `for`: the absent person whom they stand in for. */
export interface Turn {
  wait: Wait;
  for?: PersonId | undefined;
}

const turn = (view: DealView, wait: Wait, person: PersonId): Turn | undefined => {
  if (!isAsked(wait, view)) return undefined;
  const people = peopleFor(view, wait);
  if (people.includes(person)) return { wait };
  const owed = owedBy(wait);
  const absent = actsFor(view, person).find(
    (id) => owed && people.includes(id) && absenceFor(view, owed, id, view.now)?.delegate === person,
  );
  return absent === undefined ? undefined : { wait, for: absent };
};

/** Returns what waits for the person now, the longest-waiting first. */
export const turnsOf = (view: DealView, person: PersonId): Turn[] =>
  waitsOf(view)
    .flatMap((wait) => turn(view, wait, person) ?? [])
    .toSorted((a, b) => (a.wait.since < b.wait.since ? -1 : Number(a.wait.since > b.wait.since)));
