/** Years of deals in ten time zones, moved by random people and by `nextDueAt` alone, beside an independent oracle. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { decide } from '../../flows/deal/decide.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { replay } from '../../flows/deal/evolve.ts';
import { dutiesOf, nextDueAt } from '../../flows/deal/owing/duties.ts';
import { noDeal, type DealState } from '../../flows/deal/state.ts';
import { dealView, type DealView } from '../../flows/deal/view.ts';
import { open } from './deal-lines.ts';
import { DAY } from './oracle-clock.ts';
import { noTally, oracle, sectionThing, type Tally } from './reminder-oracle.ts';
import { TIMED } from './ticking.ts';
import { behaviour, changesOf } from './years-people.ts';

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
const START = Date.parse('2027-01-04T00:00:00.000Z');
const HOLIDAYS = ['01-06', '03-29', '05-01', '12-24', '12-27'];

/** People in different zones, each with a manager who owes nothing. */
const world = (first: number): DealContext => {
  const { organisation } = TIMED;
  const people = organisation.people.map((p, i) => ({
    ...p,
    timeZone: ZONES[(first + i * 3) % ZONES.length],
    manager: i % 2 === 0 ? 'boss-1' : 'boss-2',
  }));
  people.push({ id: 'boss-2', name: 'Sample Manager Two', timeZone: ZONES[first], manager: 'boss-1' });
  const holidays = ['2027', '2028'].flatMap((year) => HOLIDAYS.map((day) => `${year}-${day}`));
  return { ...TIMED, organisation: { ...organisation, people, holidays } };
};

export interface Lived {
  tally: Tally;
  acts: number;
  reassessed: number;
  /** Votes cast as a delegate. */
  lent: number;
}

/** The oracle's name of a postponed duty. */
const snoozedId = (
  { owed }: Extract<DealEvent, { type: 'Snoozed' }>,
  person: string,
  state: Exclude<DealState, { status: 'none' }>,
): string => {
  switch (owed.kind) {
    case 'section':
      return `${sectionThing(state, owed.section, person)} ${person}`;
    case 'information':
      return `information ${owed.request} ${person}`;
    case 'votes':
      return `votes ${state.round}.${owed.step} ${person}`;
    case 'scope':
    case 'lighter':
    case 'authority':
      return `${owed.kind} ${person}`;
    case 'condition':
    case 'evidence': {
      const cycle = approvalOf(state)?.conditions?.[owed.condition]?.evidence.length ?? 0;
      return `${owed.kind} ${owed.condition} ${cycle} ${person}`;
    }
    case 'flag':
      return `flag ${owed.flag} ${person}`;
    case 'reassessment': {
      const date = state.renewals?.dates.find(({ of, on }) => owed.task === `renewal-${of}-${on}`);
      const since = date?.at ?? state.reassessments?.find(({ id }) => id === owed.task)?.since;
      return `reassessment ${owed.task}/${since} ${person}`;
    }
    case 'licence':
      return `licence ${person}`;
    default: {
      const never: never = owed;
      return never;
    }
  }
};

const life = (context: DealContext, days: number, random: () => number): Lived => {
  const { tally, observe, refresh, check, snooze } = oracle(context.organisation);
  const end = START + days * DAY;
  const changes = changesOf(context.organisation, START, end, random);
  let { organisation } = context;
  let state: DealState = noDeal;
  let [acts, lent, clock] = [0, 0, START + Math.floor(random() * 20 * DAY)];
  let coming: { due: string; at: number } | undefined;
  const view = (): DealView => {
    if (state.status === 'none') throw new Error('no deal');
    return dealView(state, context.policy, organisation, new Date(clock).toISOString());
  };
  const take = (actor: string, command: DealCommand): void => {
    const at = new Date(clock).toISOString();
    const decided = decide(command, state, { actor, at, id: `id${acts}` }, { ...context, organisation });
    acts += 1;
    if (decided.kind === 'refused') throw new Error(`${command.type}: ${decided.refusal.text}`);
    const events: DealEvent[] = decided.events;
    for (const event of events) {
      if (event.type === 'VoteCast' && event.for !== undefined) lent += 1;
      if (event.type !== 'Snoozed' || state.status === 'none') continue;
      const whose = dutiesOf(view()).find(({ key }) => key === event.duty)?.person ?? actor;
      snooze(snoozedId(event, whose, state), Date.parse(event.until));
    }
    state = replay(events, state);
    observe(view(), events);
  };
  const goAway = (): void => {
    for (let next = changes[0]; next && next.at <= clock; next = changes[0]) {
      organisation = { ...organisation, absences: next.absences };
      changes.shift();
    }
  };
  goAway();
  take('rep-1', open()[1]);
  for (;;) {
    const acting = clock + Math.ceil(random() * random() * 30 * DAY);
    for (;;) {
      const due = nextDueAt(view());
      // The ticker comes within a minute, whatever else happens meanwhile.
      if (due !== coming?.due) {
        coming =
          due === null ? undefined : { due, at: Math.max(clock, Date.parse(due)) + Math.floor(random() * 50_000) };
      }
      const ticking = coming?.at ?? Infinity;
      const change = changes[0]?.at ?? Infinity;
      const next = Math.min(ticking, change);
      if (next >= Math.min(acting, end)) break;
      clock = next;
      if (next === ticking) {
        coming = undefined;
        take('system', { type: 'Tick' });
      } else {
        check(clock);
        goAway();
        refresh(view());
      }
    }
    clock = acting;
    check(Math.min(clock, end));
    if (clock >= end) return { tally, acts, reassessed: view().deal.reassessed ?? 0, lent };
    const next = behaviour(view(), random);
    if (next) take(...next);
  }
};

export type Sum = Tally & Omit<Lived, 'tally'>;

export interface Share {
  /** Number of deals in all shares. */
  deals: number;
  days: number;
  /** Every so-many-th deal belongs to this share, from the `first` on. */
  every: number;
  first: number;
}

export const sumOf = (sums: readonly Sum[]): Sum => {
  const all: Sum = { ...noTally(), acts: 0, reassessed: 0, lent: 0 };
  for (const sum of sums) for (const [key, n] of Object.entries(sum)) all[key as keyof Sum] += n;
  return all;
};

/** A share of the deals, spread over the zones. */
export const live = ({ deals, days, every, first }: Share, chance: (seed: number) => () => number): Sum => {
  const sums: Sum[] = [];
  for (let deal = first; deal < deals; deal += every) {
    const zone = deal % ZONES.length;
    const { tally, ...rest } = life(world(zone), days, chance(zone * 10_007 + Math.floor(deal / ZONES.length)));
    sums.push({ ...tally, ...rest });
  }
  return sumOf(sums);
};
