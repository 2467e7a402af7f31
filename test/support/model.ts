/** Random commands in random order, by anybody, under a clock that leaps and steps back: base of the model tests. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { Ballot, Condition } from '../../flows/deal/deal.ts';
import { decide } from '../../flows/deal/decide.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { replay } from '../../flows/deal/evolve.ts';
import { dutiesOf } from '../../flows/deal/owing/duties.ts';
import { seatOf } from '../../flows/deal/rights/seats.ts';
import { waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import { noDeal, type DealState, type OpenedDeal } from '../../flows/deal/state.ts';
import { dealView } from '../../flows/deal/view.ts';
import type { Instant } from '../../flows/ids.ts';
import type { Absence } from '../../flows/organisation.ts';
import { ballot, open } from './story.ts';
import { TIMED } from './ticking.ts';

const START = Date.parse('2027-03-01T09:00:00.000Z');
const HOUR = 3_600_000;
const WHOSE_TURN = 'whose turn it is';
const STANDS_IN = 'who stands in for them';
const SHOWN = 'in whose name the form showed it';
const PEOPLE = [...TIMED.organisation.people.map((p) => p.id), 'stranger'];
const person = fc.constantFrom(...PEOPLE);
const value = fc.constantFrom('yes', 'no', 'unknown');
const given = (v: string) => ({ value: v, sources: [] });
const reason = fc.constantFrom('', 'A reason that says enough.');
const step = fc.constantFrom(0, 1);

/** Makes a command that may need the current state (ids, hashes), as a real click does. */
export type Make = (state: DealState, at: Instant) => DealCommand;

const always = (command: fc.Arbitrary<DealCommand>): fc.Arbitrary<Make> => command.map((c) => () => c);
const section = fc.oneof(
  fc.record({ G1: fc.constantFrom('yes', 'yes', 'yes', 'no') }).map((v) => ['scope', v] as const),
  fc
    .record({ P1: value, P2: value, P4: fc.constantFrom('common', 'unique', 'bad') })
    .map((v) => ['product', v] as const),
  fc.record({ 'H-RF1': value, 'H-RF3': value, 'H-RF5': value }).map((v) => ['record', v] as const),
);

const dayAfter = (at: Instant, days: number): string =>
  new Date(Date.parse(at) + days * 24 * HOUR).toISOString().slice(0, 10);

/** Two conditions, of the product manager and of compliance, the second due soon. */
const conditionsFor = (outcome: string, at: Instant): Condition[] =>
  outcome === 'approve-with-conditions'
    ? [
        { id: `c1-${at}`, text: 'Limit use', owner: 'product-1', due: dayAfter(at, 20) },
        { id: `c2-${at}`, text: 'Train the users', owner: 'compliance-2', due: dayAfter(at, 2) },
      ]
    : [];

const conditionOf = (state: DealState, index: number): string =>
  (state.status === 'none' ? undefined : approvalOf(state)?.decision.conditions[index]?.id) ?? 'none';

const timeMakes: fc.Arbitrary<Make> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Make>(() => ({ type: 'Tick' })) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 12 })).map(([nth, days]): Make => (state, at) => {
      const view = state.status === 'none' ? undefined : dealView(state, TIMED.policy, TIMED.organisation, at);
      const duties = view ? dutiesOf(view).filter((d) => d.person !== undefined) : [];
      return { type: 'Snooze', duty: duties[nth % (duties.length || 1)]?.key ?? 'none', until: dayAfter(at, days) };
    }),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.nat({ max: 1 }), fc.constantFrom('MeetCondition', 'AcceptCondition', 'ReturnCondition'))
      .map(([index, type]): Make => (state) => {
        const condition = conditionOf(state, index);
        if (type === 'AcceptCondition') return { type, condition };
        return type === 'ReturnCondition'
          ? { type, condition, reason: 'Not enough' }
          : { type: 'MeetCondition', condition, text: 'Done.', sources: [] };
      }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat({ max: 1 }), person).map(([index, to]): Make => (state) => ({
      type: 'HandOverCondition',
      condition: conditionOf(state, index),
      to,
      reason: 'They run it',
    })),
  },
  { weight: 1, arbitrary: fc.constant<Make>(() => ({ type: 'LiftSuspension', reason: 'They are on it' })) },
);

/** Events in the years of an approved deal. */
const yearMakes: fc.Arbitrary<Make> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat({ max: 400 }), fc.option(fc.nat({ max: 400 })))
      .map(([licence, contract]): Make => (_, at) => ({
        type: 'SetRenewals',
        licence: dayAfter(at, licence),
        contract: contract === null ? undefined : dayAfter(at, contract),
        reason: 'They signed',
      })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('granted', 'pending', 'not-needed').map((licence): Make => () => ({
      type: 'SetLicence',
      licence: licence as 'granted' | 'pending' | 'not-needed',
      reason: 'Said by the authority',
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('service', 'major'), fc.option(fc.nat({ max: 60 })))
      .map(([what, days]): Make => (_, at) => ({
        type: 'ReportChange',
        what: what as 'service' | 'major',
        why: 'They want more of it',
        on: days === null ? undefined : dayAfter(at, days),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 3 }).map((n): Make => () => ({
      type: 'RequireReassessment',
      trigger: 'A5',
      alert: `a${n}`,
      why: 'Elections were called off',
    })),
  },
  {
    weight: 2,
    arbitrary: fc.nat({ max: 2 }).map((n): Make => (state) => ({
      type: 'TakeChangeBack',
      task: (state.status === 'none' ? undefined : state.reassessments?.[n]?.id) ?? 'none',
      reason: 'It was for another customer',
    })),
  },
  { weight: 3, arbitrary: fc.constant<Make>(() => ({ type: 'StartReassessment' })) },
  {
    weight: 6,
    arbitrary: fc.constantFrom('scope', 'product', 'record').map((id): Make => () => ({
      type: 'ConfirmSection',
      section: id,
    })),
  },
);

const voteMakes: fc.Arbitrary<Make> = fc
  .record({
    outcome: fc.constantFrom('approve', 'approve-with-conditions', 'approve-with-conditions', 'decline'),
    stale: fc.boolean(),
    step: fc.option(step),
    absent: fc.oneof({ weight: 5, arbitrary: fc.constant<string>(SHOWN) }, { weight: 1, arbitrary: fc.option(person) }),
  })
  .map(({ outcome, stale, step: asked, absent }): Make => (state, at) => {
    const view = state.status === 'none' ? undefined : dealView(state, TIMED.policy, TIMED.organisation, at);
    const deciding = state.status === 'deciding' ? state : undefined;
    return {
      type: 'CastVote',
      step: asked ?? deciding?.step ?? 0,
      ...(typeof absent === 'string' ? { for: absent } : {}),
      factsHash: stale ? 'stale' : (deciding?.route.factsHash ?? 'none'),
      ballot: view
        ? ballot(view, { outcome: outcome as Ballot['outcome'], conditions: conditionsFor(outcome, at) })
        : { outcome: 'approve', flags: {}, conditions: [], rationale: '' },
    };
  });

const dealMakes: fc.Arbitrary<Make> = fc.oneof(
  {
    weight: 5,
    arbitrary: section.map(([id, values]): Make => () => ({
      type: 'AnswerSection',
      section: id,
      answers: Object.fromEntries(Object.entries(values).map(([q, v]) => [q, given(v)])),
    })),
  },
  { weight: 8, arbitrary: voteMakes },
  always(fc.record({ type: fc.constant('TakeVoteBack' as const), step })),
  always(fc.record({ type: fc.constant('AskForInformation' as const), step, question: reason })),
  fc.constant<Make>((state) => ({
    type: 'GiveInformation',
    request: state.status === 'none' ? 'none' : (state.requests.find((r) => !r.answer)?.id ?? 'none'),
    text: 'The ministry runs it.',
    sources: [],
  })),
  always(
    fc.record({
      type: fc.constant('HandOverSection' as const),
      section: fc.constantFrom('product', 'record'),
      to: person,
    }),
  ),
  always(fc.record({ type: fc.constant('TakeSectionBack' as const), section: fc.constantFrom('product', 'record') })),
  always(fc.record({ type: fc.constant('RaiseFlag' as const), title: fc.constant('Something worries me here') })),
  fc.boolean().map((admit): Make => (state) => {
    const flag = state.status === 'none' ? 'none' : (state.ownFlags.find((f) => f.status === 'pending')?.id ?? 'none');
    return admit
      ? { type: 'AdmitFlag', flag, weight: 'heavy' }
      : { type: 'DismissFlag', flag, reason: 'Not about this deal.' };
  }),
  always(fc.record({ type: fc.constant('Withdraw' as const), reason })),
  always(fc.record({ type: fc.constant('Reopen' as const), reason })),
  always(fc.record({ type: fc.constant('ReassignOwner' as const), to: person, reason })),
  always(fc.constant<DealCommand>({ type: 'Nudge' })),
);

/** Answered so that two steps and three approvers decide. */
export const waitingForVotes: readonly [actor: string, make: Make][] = [
  { section: 'product', answers: { P1: given('no'), P2: given('no'), P4: given('common') } },
  { section: 'record', answers: { 'H-RF1': given('yes'), 'H-RF3': given('no'), 'H-RF5': given('no') } },
].map((answers) => ['rep-1', () => ({ type: 'AnswerSection', ...answers })]);

/** Mostly a person the deal waits for or its owner, or few deals would ever be decided; else anybody. */
const actor = fc.oneof(
  { weight: 3, arbitrary: fc.constant(WHOSE_TURN) },
  { weight: 2, arbitrary: fc.constant(STANDS_IN) },
  { weight: 1, arbitrary: person },
);
/** Mostly an hour; a night, a week, a month; and back. */
const hours = fc.oneof(
  { weight: 8, arbitrary: fc.constant(1) },
  { weight: 4, arbitrary: fc.constantFrom(7, 26, 50, 24 * 7, 24 * 31) },
  { weight: 1, arbitrary: fc.constantFrom(-1, -30) },
);
const makes = fc.oneof(
  { weight: 6, arbitrary: dealMakes },
  { weight: 2, arbitrary: timeMakes },
  { weight: 1, arbitrary: yearMakes },
);
export type Script = [who: string, make: Make, hours: number][];
export const acts: fc.Arbitrary<Script> = fc.array(fc.tuple(actor, makes, hours), { minLength: 20, maxLength: 90 });
/** Acts on an approved deal, which is answered and decided again. */
export const yearActs: fc.Arbitrary<Script> = fc.array(
  fc.tuple(
    actor,
    fc.oneof(
      { weight: 3, arbitrary: yearMakes },
      { weight: 2, arbitrary: timeMakes },
      { weight: 3, arbitrary: voteMakes },
      { weight: 1, arbitrary: dealMakes },
    ),
    hours,
  ),
  { minLength: 20, maxLength: 90 },
);
/** Acts on a deal that only waits: ticks, and what people do about its duties. */
export const timeActs: fc.Arbitrary<Script> = fc.array(fc.tuple(actor, timeMakes, hours), {
  minLength: 10,
  maxLength: 60,
});

const APPROVERS = ['compliance-1', 'compliance-2', 'senior-1', 'senior-2', 'counsel-1'];

/** Absences of some people, at some time: chains, circles and the deal team among them. */
export const absencesOf: fc.Arbitrary<Absence[]> = fc
  .uniqueArray(
    fc.record({
      person: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...APPROVERS) }, { weight: 1, arbitrary: person }),
      delegate: fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom('boss-1', 'chief-1') },
        { weight: 1, arbitrary: person },
      ),
      first: fc.nat({ max: 40 }),
      days: fc.constantFrom(2, 30, 366, 366),
    }),
    { selector: (a) => a.person, maxLength: 8 },
  )
  .map((all) =>
    all.map(({ person: who, delegate, first, days }) => {
      const from = dayAfter(new Date(START).toISOString(), first - 30);
      return { person: who, delegate, from, until: dayAfter(`${from}T00:00:00.000Z`, days) };
    }),
  );

const resolve = (who: string, state: DealState, command: DealCommand, at: Instant, context: DealContext): string => {
  if (who === STANDS_IN) {
    const person = resolve(WHOSE_TURN, state, command, at, context);
    return context.organisation.absences?.find((a) => a.person === person)?.delegate ?? person;
  }
  if (command.type === 'Tick' || command.type === 'RequireReassessment') return 'system';
  if (who !== WHOSE_TURN || state.status === 'none') return who;
  const owners = [
    'AnswerSection',
    'GiveInformation',
    'ConfirmSection',
    'SetRenewals',
    'SetLicence',
    'StartReassessment',
  ];
  if (owners.includes(command.type)) return state.owner;
  const view = dealView(state, TIMED.policy, TIMED.organisation, at);
  if (command.type === 'Snooze') return dutiesOf(view).find((d) => d.key === command.duty)?.person ?? state.owner;
  if (command.type === 'AcceptCondition' || command.type === 'ReturnCondition') return 'compliance-1';
  if (command.type === 'LiftSuspension') return 'compliance-1';
  return waitingFor(view).people[0] ?? state.owner;
};

/** The deal as a form shows it to the person who opens it. */
const asShown = (
  command: DealCommand,
  state: DealState,
  by: string,
  at: Instant,
  context: DealContext,
): DealCommand => {
  if (command.type !== 'CastVote' || command.for !== SHOWN) return command;
  const { for: _shown, ...own } = command;
  if (state.status !== 'deciding') return own;
  const seat = seatOf(dealView(state, context.policy, context.organisation, at), state, by);
  return 'of' in seat && seat.of !== by ? { ...own, for: seat.of } : own;
};

/** Who does what, with what a form shows them. */
export const actOf = (
  [who, make]: readonly [who: string, make: Make],
  state: DealState,
  at: Instant,
  context: DealContext = TIMED,
): { actor: string; command: DealCommand } => {
  const asked = make(state, at);
  const by = resolve(who, state, asked, at, context);
  return { actor: by, command: asShown(asked, state, by, at, context) };
};

export interface Act {
  before: DealState;
  command: DealCommand;
  at: Instant;
  actor: string;
  /** Empty if the command was refused. */
  events: DealEvent[];
  now: DealState;
}

export interface Run {
  states: DealState[];
  events: DealEvent[];
}

/** Opens a deal in scope, brings it further by `from`, then plays the script. `each` sees every act. */
export const play = (
  script: Script,
  each: (act: Act) => void,
  from: readonly [actor: string, make: Make][] = [],
  absences: Absence[] = [],
): Run => {
  const context = { ...TIMED, organisation: { ...TIMED.organisation, absences } };
  const run: Run = { states: [noDeal], events: [] };
  let clock = START;
  const take = (who: string, make: Make, i: number, hoursLater: number): void => {
    clock += hoursLater * HOUR;
    const at = new Date(clock).toISOString();
    const before = run.states.at(-1) ?? noDeal;
    const { actor: by, command } = actOf([who, make], before, at, context);
    const decided = decide(command, before, { actor: by, at, id: `id${i}` }, context);
    if (decided.kind === 'refused') {
      expect(decided.refusal.text).not.toBe('');
      each({ before, command, at, actor: by, events: [], now: before });
      return;
    }
    const now = replay(decided.events, before);
    each({ before, command, at, actor: by, events: decided.events, now });
    run.states.push(now);
    run.events.push(...decided.events);
  };
  const start: [string, Make][] = [
    ['rep-1', () => open()[1]],
    ['rep-1', () => ({ type: 'AnswerSection', section: 'scope', answers: { G1: given('yes') } })],
    ...from,
  ];
  start.forEach(([who, make], i) => take(who, make, i, 1));
  script.forEach(([who, make, later], i) => take(who, make, i + start.length, later));
  return run;
};

const givenAll = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, sources: [] }]));

/** Answers up to the decision. */
export const answered: [string, Make][] = [
  [
    'rep-1',
    () => ({ type: 'AnswerSection', section: 'product', answers: givenAll({ P1: 'no', P2: 'no', P4: 'common' }) }),
  ],
  [
    'rep-1',
    () => ({
      type: 'AnswerSection',
      section: 'record',
      answers: givenAll({ 'H-RF1': 'no', 'H-RF3': 'no', 'H-RF5': 'no' }),
    }),
  ],
];

/** Approved with two conditions. */
export const approved: [string, Make][] = [
  ...answered,
  [
    'compliance-1',
    (state: DealState, at) => ({
      type: 'CastVote',
      step: 0,
      factsHash: state.status === 'deciding' ? state.route.factsHash : '',
      ballot: ballot(dealView(state as OpenedDeal, TIMED.policy, TIMED.organisation, at), {
        outcome: 'approve-with-conditions',
        conditions: [
          { id: 'c1', text: 'Limit use', owner: 'product-1', due: '2027-03-20' },
          { id: 'c2', text: 'Train the users', owner: 'compliance-2', due: '2027-03-03' },
        ],
      }),
    }),
  ],
];

/** Approved, and something changed since. */
export const changed: [string, Make][] = [
  ...approved,
  ['rep-1', () => ({ type: 'ReportChange', what: 'service', why: 'They want more of it' })],
];
