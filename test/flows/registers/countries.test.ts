/** Countries: who may issue an alert, what it shows and asks; who watches, and when watchers are reminded. */

import { describe, expect, it } from 'vitest';
import { countryFirst } from '../../../flows/countries.ts';
import type { CountryAlert } from '../../../flows/country-alert.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { decide } from '../../../flows/deal/decide.ts';
import {
  alertsSince,
  countDueAt,
  countries,
  standingAlerts,
  type CountriesCommand,
  type CountriesEvent,
  type CountriesState,
} from '../../../flows/registers/countries.ts';
import type { RegisterContext } from '../../../flows/registers/register.ts';
import { watchStanding } from '../../../flows/registers/watch-list.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { answer, answeredDeal, CONTEXT, open, story, type Story } from '../../support/story.ts';
import { noticesBetween, TIMED } from '../../support/ticking.ts';

const context: RegisterContext = { organisation: TIMED.organisation, policy: aPolicy() };
const MONDAY = '2027-03-01T09:00:00.000Z';
const issue = (more: Partial<Extract<CountriesCommand, { type: 'IssueAlert' }>> = {}): CountriesCommand => ({
  type: 'IssueAlert',
  country: 'CI',
  why: 'Elections were called off.',
  on: '2027-02-28',
  ...more,
});

interface Register {
  state: CountriesState;
  events: CountriesEvent[];
  and(actor: string, command: CountriesCommand, at?: string): Register;
  refused(actor: string, command: CountriesCommand, at?: string): string;
}
const register = (state: CountriesState = countries.none, events: CountriesEvent[] = []): Register => {
  const judge = (actor: string, command: CountriesCommand, at = MONDAY) =>
    countries.decide(command, state, { actor, at, id: `id-${events.length}` }, context);
  return {
    state,
    events,
    and: (actor, command, at) => {
      const decided = judge(actor, command, at);
      if (decided.kind === 'refused') throw new Error(decided.refusal.text);
      return register(decided.events.reduce(countries.evolve, state), [...events, ...decided.events]);
    },
    refused: (actor, command, at) => {
      const decided = judge(actor, command, at);
      if (decided.kind === 'accepted') throw new Error('it was accepted');
      return decided.refusal.text;
    },
  };
};
const issued = register().and('compliance-1', issue());
const idOf = ({ state }: Register): string => standingAlerts(state)[0]?.id ?? '';

describe('an alert', () => {
  it.each(['rep-1', 'senior-1', 'counsel-1', 'nobody-9', 'system'])('is neither issued nor ended by %s', (actor) => {
    expect(register().refused(actor, issue())).toMatch(/Only compliance/);
    expect(issued.refused(actor, { type: 'EndAlert', alert: idOf(issued), reason: 'Over.', team: [] })).toMatch(
      /Only compliance/,
    );
  });
  it.each<[Partial<Extract<CountriesCommand, { type: 'IssueAlert' }>>, RegExp]>([
    [{ country: 'XX' }, /country from the list/],
    [{ why: ' ' }, /what happened/],
    [{ on: '2027-03-02' }, /to come/],
    [{ on: '2027-02-30' }, /date of the calendar/],
  ])('says what is wrong with %o', (more, words) => {
    expect(register().refused('chief-1', issue(more))).toMatch(words);
  });
  it('stands until it is ended, once and with a reason', () => {
    expect(standingAlerts(issued.state)).toMatchObject([{ country: 'CI', by: 'compliance-1' }]);
    const end: CountriesCommand = { type: 'EndAlert', alert: idOf(issued), reason: 'They were held.', team: [] };
    expect(issued.refused('chief-1', { ...end, reason: '' })).toMatch(/say why/);
    const ended = issued.and('chief-1', end);
    expect(standingAlerts(ended.state)).toEqual([]);
    expect(Object.keys(ended.state.spreads)).toEqual([`${idOf(issued)}:ended`]);
    expect(ended.refused('compliance-1', end)).toMatch(/ended already/);
    expect(alertsSince(ended.state, '2027-03-01T08:00:00.000Z')).toMatchObject([{ country: 'CI' }]);
    expect(alertsSince(ended.state, MONDAY)).toEqual([]);
  });
  it('is not ended by somebody whose own deal it is about: the refusal says who can', () => {
    const end = (team: string[]): CountriesCommand => ({
      type: 'EndAlert',
      alert: idOf(issued),
      reason: 'They were held.',
      team,
    });
    const refused = issued.refused('compliance-1', end(['rep-1', 'compliance-1']));
    expect(refused).toContain('another compliance colleague must do it. Who can: Sample Compliance Two, Sample Chief');
    expect(issued.refused('compliance-1', end(['compliance-1', 'compliance-2', 'chief-1']))).toContain(
      'Nobody of compliance is apart',
    );
    expect(standingAlerts(issued.and('chief-1', end(['rep-1', 'compliance-1'])).state)).toEqual([]);
  });
  it('tells each owner once, however many of their deals and pages there are', () => {
    const spread = `${idOf(issued)}:issued`;
    const page = (from: number, done: boolean): CountriesCommand => ({
      type: 'SpreadOn',
      spread,
      ...(from === 0 ? {} : { from: `D-${from}` }),
      after: `D-${from + 8}`,
      passed: 8,
      of: 16,
      owners: { 'rep-1': Array.from({ length: 8 }, (_, i) => `D-${from + i}`) },
      done,
    });
    const half = issued.and('system', page(0, false));
    const done = half.and('system', page(8, true));
    const last = done.events.at(-1);
    const told = last && countries.tell(last, done.state, context, half.state);
    expect(told).toHaveLength(1);
    expect(told?.[0]).toMatchObject([
      { fact: 'alert for deals', reached: { deals: 16, first: { length: 10 } } },
      [{ to: 'person', person: 'rep-1' }],
    ]);
  });
});

describe('words that begin with a country', () => {
  it.each([
    ['Norway Elections were called off', 'NO', 'Elections were called off'],
    ['NO elections', 'NO', 'elections'],
    ['Guinea-Bissau: a coup', 'GW', 'a coup'],
    ['guinea a coup', 'GN', 'a coup'],
    ['Côte d’Ivoire', 'CI', ''],
    ["ivory coast, it's bad", 'CI', "it's bad"],
  ])('%s', (text, code, rest) => expect(countryFirst(text)).toEqual({ code, rest }));
  it.each(['', 'somewhere happened something', 'no country', '<!here>'])('are not these: %j', (text) =>
    expect(countryFirst(text)).toBeUndefined(),
  );
});

describe('a deal in that country', () => {
  const destination = story([open()]).view.deal.details.destination;
  const alert: CountryAlert = {
    id: 'alert-1',
    country: destination,
    why: 'Elections were called off.',
    on: '2027-02-28',
    by: 'compliance-1',
    at: MONDAY,
  };
  const under = { ...CONTEXT, organisation: { ...CONTEXT.organisation, alerts: [alert] } };
  it('that is opened under it says so in its record, with no message and no other fact', () => {
    const before = story(answeredDeal());
    const told = story(answeredDeal(), under);
    expect(told.events.filter(({ type }) => type === 'AlertNoted')).toMatchObject([{ by: 'system' }]);
    const hash = ({ view: { deal } }: Story) => deal.status === 'deciding' && deal.route.factsHash;
    expect(hash(told)).toBe(hash(before));
    const notices = noticesBetween(story([open()]), told);
    expect(notices.filter((n) => n.kind === 'fact' && JSON.stringify(n.fact).includes('alert'))).toEqual([]);
  });
  it('is reached by the bot alone, and by its own alerts', () => {
    const deal = story([open(), answer('scope', { G1: 'yes' })]);
    const tell = (command: DealCommand, actor = 'system', standing = [alert]) => {
      const around = { ...under, organisation: { ...under.organisation, alerts: standing } };
      const decided = decide(command, deal.state, { actor, at: '2027-03-02T09:00:00.000Z', id: 'id' }, around);
      return decided.kind === 'refused' ? decided.refusal.text : decided.events.map(({ type }) => type);
    };
    expect(tell({ type: 'NoteAlert', alert })).toEqual(['AlertNoted']);
    expect(tell({ type: 'NoteAlert', alert }, 'compliance-1')).toMatch(/Only the bot/);
    expect(tell({ type: 'NoteAlert', alert }, 'system', [])).toMatch(/not for this deal/);
    expect(tell({ type: 'NoteAlert', alert }, 'system', [{ ...alert, country: 'XX' }])).toMatch(/not for this deal/);
    expect(tell({ type: 'NoteAlertEnd', alert: 'alert-1', reason: 'Over.', by: 'chief-1' }, 'system', [])).toMatch(
      /no such alert/,
    );
  });
});

describe('the watch list', () => {
  const COUNT: CountriesCommand = { type: 'CountDeals', deals: { CI: 3, NO: 1 } };
  const counted = register().and('system', COUNT);
  /** `2027-05-31T09:00 reminder compliance-1 compliance-2: CI NO` */
  const calendar = (from: Register, last: string): string[] => {
    const lines: string[] = [];
    let now = from;
    for (;;) {
      // Deals are counted each day, and stay the same.
      const daily = countDueAt(now.state);
      const due = countries.nextDueAt({ ...now.state, counted: undefined, spreads: {} }, MONDAY, context);
      if (due === null || due > last) return lines;
      if (daily !== null && daily < due) now = now.and('system', COUNT, daily);
      else {
        const next = now.and('system', { type: 'Tick' }, due);
        for (const e of next.events.slice(now.events.length)) {
          if (e.type !== 'WatchReminded') continue;
          const codes = e.countries.map(({ country }) => country).join(' ');
          lines.push(`${due.slice(0, 16)} ${e.of} ${e.to.join(' ')}: ${codes}`);
        }
        now = next;
      }
    }
  };
  it('is of the countries that approved deals go to, watched by compliance', () => {
    expect(watchStanding(counted.state, context, MONDAY)).toMatchObject([
      { country: 'CI', deals: 3, due: '2027-05-30', overdue: false },
      { country: 'NO', deals: 1 },
    ]);
    expect(counted.refused('compliance-1', COUNT)).toMatch(/Only the bot/);
    expect(countDueAt(counted.state)).toBe('2027-03-02T09:00:00.000Z');
  });
  it('brings one message for all that are due, then again, then to somebody else', () => {
    expect(calendar(counted, '2027-08-01')).toEqual([
      '2027-05-31T09:00 reminder compliance-1 compliance-2: CI NO',
      '2027-06-07T09:00 overdue compliance-1 compliance-2: CI NO',
      '2027-06-14T09:00 escalation chief-1: CI NO',
    ]);
    expect(watchStanding(counted.state, context, '2027-06-01T09:00:00.000Z')[0]?.overdue).toBe(true);
  });
  it('begins anew for what was looked at, and goes to whoever watches', () => {
    const looked = counted
      .and('compliance-1', { type: 'AssignWatcher', country: 'CI', watcher: 'counsel-1' })
      .and(
        'counsel-1',
        { type: 'SayLooked', country: 'CI', found: 'nothing new', note: 'Read the press.' },
        '2027-04-01T09:00:00.000Z',
      );
    expect(calendar(looked, '2027-06-01')).toEqual(['2027-05-31T09:00 reminder compliance-1 compliance-2: NO']);
    expect(calendar(looked, '2027-07-01')).toContain('2027-06-30T09:00 reminder counsel-1: CI');
  });
  it('asks nothing about countries without deals', () => {
    const none = counted.and('system', { type: 'CountDeals', deals: { CI: 3 } }, '2027-03-02T09:00:00.000Z');
    expect(watchStanding(none.state, context, MONDAY).map(({ country }) => country)).toEqual(['CI']);
  });
  it('begins anew where deals come back to a country that had none', () => {
    const none = counted.and('system', { type: 'CountDeals', deals: { CI: 3 } }, '2027-03-02T09:00:00.000Z');
    const back = none.and('system', COUNT, '2027-05-01T09:00:00.000Z');
    expect(watchStanding(back.state, context, '2027-05-01T09:00:00.000Z')).toMatchObject([
      { country: 'CI', due: '2027-05-30' },
      { country: 'NO', due: '2027-07-30' },
    ]);
  });
  it('is assigned by compliance, and looked at by whoever watches and compliance', () => {
    const look = (note = 'Read the press.'): CountriesCommand => ({
      type: 'SayLooked',
      country: 'NO',
      found: 'nothing new',
      note,
    });
    const assign: CountriesCommand = { type: 'AssignWatcher', country: 'NO', watcher: 'counsel-1' };
    expect(counted.refused('counsel-1', assign)).toMatch(/Only compliance/);
    expect(counted.refused('compliance-1', { ...assign, watcher: 'nobody-9' })).toMatch(/someone in the organisation/);
    const { organisation } = context;
    const auditing = { ...organisation, roles: { ...organisation.roles, auditors: 'counsel' } };
    const meta = { actor: 'compliance-1', at: MONDAY, id: 'id-9' };
    expect(countries.decide(assign, counted.state, meta, { ...context, organisation: auditing }).kind).toBe('refused');
    expect(counted.refused('counsel-1', look())).toMatch(/Only the person who watches/);
    const assigned = counted.and('chief-1', assign);
    expect(assigned.refused('counsel-1', look(' '))).toMatch(/say in a sentence/);
    expect(watchStanding(assigned.and('counsel-1', look()).state, context, MONDAY)).toContainEqual(
      expect.objectContaining({
        country: 'NO',
        watcher: 'counsel-1',
        looked: expect.objectContaining({ by: 'counsel-1' }),
      }),
    );
  });
  it('tells compliance what is new, and the watcher what is theirs', () => {
    const look: CountriesCommand = { type: 'SayLooked', country: 'NO', found: 'something new', note: 'A new law.' };
    const told = (after: Register, before: Register) => {
      const last = after.events.at(-1);
      return last ? countries.tell(last, after.state, context, before.state).map(([, to]) => to) : [];
    };
    const found = counted.and('compliance-1', look);
    expect(told(found, counted)).toMatchObject([[{ person: 'compliance-1' }, { person: 'compliance-2' }]]);
    const assigned = counted.and('chief-1', { type: 'AssignWatcher', country: 'NO', watcher: 'counsel-1' });
    expect(told(assigned, counted)).toMatchObject([[{ person: 'counsel-1' }]]);
  });
});
