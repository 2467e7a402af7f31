/** A year of deals in ten time zones, moved by people at random and by `nextDueAt` alone, beside an oracle of its own. */
import { expect, it } from 'vitest';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { decide } from '../../flows/deal/decide.ts';
import type { DealContext } from '../../flows/deal/decision.ts';
import { dutiesOf, nextDueAt } from '../../flows/deal/duties.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { replay } from '../../flows/deal/evolve.ts';
import { approvalOf } from '../../flows/deal/in-force.ts';
import { confirmable } from '../../flows/deal/asked-again.ts';
import { waitingFor } from '../../flows/deal/next.ts';
import { askedReassessments } from '../../flows/deal/reassessments.ts';
import { noDeal, type Approval, type DealState } from '../../flows/deal/state.ts';
import { dealView, type DealView } from '../../flows/deal/view.ts';
import { oracle, sectionThing, type Tally } from '../support/reminder-oracle.ts';
import { open, voteOf } from '../support/story.ts';
import { TIMED } from '../support/ticking.ts';

const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Helsinki',
  'Africa/Nairobi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
];
const DEALS = 200;
const DEALS_IN_A_ZONE = DEALS / ZONES.length;
const DAY = 24 * 3_600_000;
const START = Date.parse('2027-01-04T00:00:00.000Z');
const END = START + 365 * DAY;

/** A seeded stream of numbers in [0, 1): mulberry32. */
const chance = (seed: number): (() => number) => {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Everybody in another zone, with a manager who owes nothing herself. */
const world = (first: number): DealContext => {
  const { organisation } = TIMED;
  const people = organisation.people.map((p, i) => ({
    ...p,
    timeZone: ZONES[(first + i * 3) % ZONES.length],
    manager: i % 2 === 0 ? 'boss-1' : 'boss-2',
  }));
  people.push({ id: 'boss-2', name: 'Sample Manager Two', timeZone: ZONES[first], manager: 'boss-1' });
  const holidays = ['2027-01-06', '2027-03-29', '2027-05-01', '2027-12-24', '2027-12-27'];
  return { ...TIMED, organisation: { ...organisation, people, holidays } };
};

const given = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, sources: [] }]));
const ANSWERS: Record<string, Record<string, string>> = {
  scope: { G1: 'yes' },
  product: { P1: 'no', P2: 'no', P4: 'common' },
};

/** What somebody does next, or undefined: nobody does anything. */
const behaviour = (view: DealView, random: () => number): [string, DealCommand] | undefined => {
  const { deal, now } = view;
  const luck = random();
  const day = (days: number): string => new Date(Date.parse(now) + days * DAY).toISOString().slice(0, 10);
  const mine = dutiesOf(view).filter((d) => d.person !== undefined);
  const duty = mine[Math.floor(random() * mine.length)];
  if (luck < 0.2 && duty?.person) {
    return [duty.person, { type: 'Snooze', duty: duty.key, until: day(2 + Math.floor(random() * 20)) }];
  }
  if (deal.standing && random() < 0.3) {
    const kept = promise(deal.standing, luck);
    if (kept) return kept;
  }
  if (deal.status === 'answering') {
    const section = ['scope', 'product', 'record'].find((s) => !deal.answers[s]) ?? 'record';
    const holder = deal.handOvers[section]?.to ?? deal.owner;
    if (luck < 0.35 && section !== 'scope' && !deal.handOvers[section]) {
      return ['rep-1', { type: 'HandOverSection', section, to: deal.owner === 'rep-1' ? 'product-1' : 'rep-1' }];
    }
    if (luck < 0.4 && deal.ownedSince === undefined) {
      const to = deal.owner === 'rep-1' ? 'product-1' : 'rep-1';
      return [deal.owner, { type: 'ReassignOwner', to, reason: 'Holiday' }];
    }
    if (luck < 0.5) return undefined;
    if (confirmable(view, section) && luck < 0.8) return [holder, { type: 'ConfirmSection', section }];
    const record = { 'H-RF1': random() < 0.4 ? 'yes' : 'no', 'H-RF3': 'no', 'H-RF5': 'no' };
    return [holder, { type: 'AnswerSection', section, answers: given(ANSWERS[section] ?? record) }];
  }
  if (deal.status === 'deciding') {
    const waiting = waitingFor(view);
    const person = waiting.people[Math.floor(random() * waiting.people.length)] ?? 'rep-1';
    if (luck < 0.3) return undefined;
    if (waiting.for === 'information') {
      return [person, { type: 'GiveInformation', request: waiting.request, text: 'The ministry.', sources: [] }];
    }
    if (luck < 0.45) return [person, { type: 'AskForInformation', step: deal.step, question: 'Who runs it?' }];
    const conditions = [
      { id: `a-${deal.round}`, text: 'Limit use', owner: 'product-1', due: day(10 + Math.floor(random() * 60)) },
      { id: `b-${deal.round}`, text: 'Train', owner: 'compliance-2', due: day(Math.floor(2 + random() * 20)) },
      { id: `c-${deal.round}`, text: 'Report', owner: 'rep-1', due: day(Math.floor(2 + random() * 90)) },
    ];
    const step =
      deal.step + 1 < deal.route.steps.length ? {} : { outcome: 'approve-with-conditions' as const, conditions };
    return [person, voteOf(view, step)];
  }
  if (deal.status !== 'decided' || luck < 0.25) return undefined;
  const turn = random();
  if (turn < 0.15) {
    const [licence, contract] = [day(2 + Math.floor(random() * 200)), day(2 + Math.floor(random() * 400))];
    return [deal.owner, { type: 'SetRenewals', licence, contract, reason: 'They signed' }];
  }
  if (turn < 0.25) {
    const on = random() < 0.5 ? day(Math.floor(2 + random() * 40)) : undefined;
    return ['compliance-1', { type: 'ReportChange', what: 'service', why: 'They want more of it', on }];
  }
  if (turn < 0.55 && askedReassessments(view).length > 0) return [deal.owner, { type: 'StartReassessment' }];
  return promise(deal, luck) ?? (luck < 0.4 ? ['compliance-1', { type: 'Reopen', reason: 'New facts' }] : undefined);
};

/** What is done about the conditions of an approval, while it is reassessed too. */
const promise = ({ decision, conditions, suspended }: Approval, luck: number): [string, DealCommand] | undefined => {
  const left = decision.conditions.filter((c) => conditions?.[c.id]?.status !== 'accepted');
  const condition = left[Math.floor(luck * 7919) % (left.length || 1)];
  if (suspended && luck < 0.5) return ['compliance-1', { type: 'LiftSuspension', reason: 'They are on it' }];
  if (!condition) return undefined;
  if (conditions?.[condition.id]?.status !== 'met') {
    return [condition.owner, { type: 'MeetCondition', condition: condition.id, text: 'Done.', sources: [] }];
  }
  return luck < 0.6
    ? ['compliance-1', { type: 'ReturnCondition', condition: condition.id, reason: 'Not enough' }]
    : ['compliance-1', { type: 'AcceptCondition', condition: condition.id }];
};

const year = (context: DealContext, random: () => number): { tally: Tally; acts: number; reassessed: number } => {
  const { tally, observe, check, snooze } = oracle(context.organisation);
  let state: DealState = noDeal;
  let acts = 0;
  const at = (ms: number): string => new Date(ms).toISOString();
  const take = (actor: string, command: DealCommand, ms: number): void => {
    const decided = decide(command, state, { actor, at: at(ms), id: `id${acts}` }, context);
    acts += 1;
    if (decided.kind === 'refused') throw new Error(`${command.type}: ${decided.refusal.text}`);
    const events: DealEvent[] = decided.events;
    for (const event of events) {
      if (event.type === 'Snoozed') snooze(snoozedId(event, actor, state), Date.parse(event.until));
    }
    state = replay(events, state);
    if (state.status !== 'none') observe(dealView(state, context.policy, context.organisation, at(ms)), events);
  };
  const view = (ms: number): DealView => {
    if (state.status === 'none') throw new Error('no deal');
    return dealView(state, context.policy, context.organisation, at(ms));
  };
  let clock = START + Math.floor(random() * 20 * DAY);
  take('rep-1', open()[1], clock);
  for (;;) {
    const acting = clock + Math.ceil(random() * random() * 30 * DAY);
    for (;;) {
      const due = nextDueAt(view(clock));
      // The ticker comes within a minute.
      const ticking = due === null ? Infinity : Math.max(clock, Date.parse(due)) + Math.floor(random() * 50_000);
      if (ticking >= Math.min(acting, END)) break;
      clock = ticking;
      take('system', { type: 'Tick' }, clock);
    }
    clock = acting;
    check(Math.min(clock, END));
    if (clock >= END) return { tally, acts, reassessed: view(clock).deal.reassessed ?? 0 };
    const next = behaviour(view(clock), random);
    if (next) take(...next, clock);
  }
};

/** The oracle's name of what was put off. */
const snoozedId = ({ owed }: Extract<DealEvent, { type: 'Snoozed' }>, person: string, state: DealState): string => {
  if (state.status === 'none') return '';
  switch (owed.kind) {
    case 'section':
      return `${sectionThing(state, owed.section, person)} ${person}`;
    case 'information':
      return `information ${owed.request} ${person}`;
    case 'votes':
      return `votes ${state.round}.${owed.step} ${person}`;
    case 'condition':
    case 'evidence': {
      const cycle = approvalOf(state)?.conditions?.[owed.condition]?.evidence.length ?? 0;
      return `${owed.kind} ${owed.condition} ${cycle} ${person}`;
    }
    case 'reassessment': {
      const date = state.renewals?.dates.find(({ of, on }) => owed.task === `renewal-${of}-${on}`);
      const since = date?.at ?? state.reassessments?.find(({ id }) => id === owed.task)?.since;
      return `reassessment ${owed.task}/${since} ${person}`;
    }
    default: {
      const never: never = owed;
      return never;
    }
  }
};

it(`${DEALS} deals in ten time zones for a year: nothing missed, nothing doubled, each within its minute`, () => {
  const sum = { told: 0, missed: 0, doubled: 0, late: 0, suspensions: 0, acts: 0, reassessed: 0 };
  for (const zone of ZONES.keys()) {
    const context = world(zone);
    for (let deal = 0; deal < DEALS_IN_A_ZONE; deal += 1) {
      const { tally, acts, reassessed } = year(context, chance(zone * 10_007 + deal));
      for (const key of ['told', 'missed', 'doubled', 'late', 'suspensions'] as const) sum[key] += tally[key];
      sum.acts += acts;
      sum.reassessed += reassessed;
    }
  }
  process.stdout.write(`simulated a year of ${DEALS} deals in ${ZONES.length} time zones: ${JSON.stringify(sum)}\n`);
  expect(sum).toMatchObject({ missed: 0, doubled: 0, late: 0 });
  expect(sum.told).toBeGreaterThan(10_000);
  expect(sum.suspensions).toBeGreaterThan(10);
  expect(sum.reassessed).toBeGreaterThan(100);
}, 300_000);
