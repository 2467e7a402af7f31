/** The register of countries: who watches each, when it was looked at last, and the alerts that compliance issued. */
import { isOfCompliance, SYSTEM } from './access.ts';
import { addDays, calendarOf, dayIn, isDay } from './calendar.ts';
import { countryName } from './countries.ts';
import type { AlertId, CountryAlert } from './country-alert.ts';
import type { Day, Instant, Source } from './deal/deal.ts';
import type { ReminderStage } from './deal/events.ts';
import { person, type Organisation, type PersonId } from './organisation.ts';
import type { Reminders } from './policy/policy.ts';
import { usualWatch } from './policy/schema.ts';
import {
  earliest,
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterDecided,
  type RegisterTarget,
} from './register.ts';
import { reviewers, stageNow, stagesAround, type RegisterStage } from './register-reminders.ts';
import {
  decideSpread,
  evolveSpreads,
  newSpread,
  ownersAfter,
  spreadDueAt,
  without,
  type Reached,
  type Spread,
  type SpreadOn,
  type SpreadWent,
} from './spread.ts';

/** ISO 3166-1 alpha-2. */
export type CountryCode = string;

export interface Look {
  by: PersonId;
  at: Instant;
  note: string;
  source?: Source | undefined;
  found: 'nothing new' | 'something new';
}

export interface Watched {
  /** Absent: compliance. */
  watcher?: PersonId | undefined;
  /** Approved deals, when they were counted last. */
  deals: number;
  /** Since when it has some. */
  since: Instant;
  looked?: Look | undefined;
}

export type AlertErrand =
  | { of: 'issued'; alert: CountryAlert }
  | { of: 'ended'; alert: CountryAlert; reason: string; by: PersonId };

export interface CountriesState {
  /** Not ended, oldest first. */
  alerts: Readonly<Record<AlertId, CountryAlert>>;
  /** The last ones, ended or not, oldest first. */
  issued: readonly Pick<CountryAlert, 'id' | 'country' | 'at'>[];
  watch: Readonly<Record<CountryCode, Watched>>;
  /** When live deals were counted last. */
  counted?: Instant | undefined;
  spreads: Readonly<Record<string, Spread<AlertErrand>>>;
  reminded: Readonly<Record<string, number>>;
}

export type CountriesCommand =
  | { type: 'IssueAlert'; country: CountryCode; why: string; source?: Source | undefined; on: Day }
  | { type: 'EndAlert'; alert: AlertId; reason: string }
  | { type: 'SayLooked'; country: CountryCode; found: Look['found']; note: string; source?: Source | undefined }
  | { type: 'AssignWatcher'; country: CountryCode; watcher: PersonId }
  /** Approved deals by country, from the record. Only the bot itself sends it. */
  | { type: 'CountDeals'; deals: Readonly<Record<CountryCode, number>> }
  | SpreadOn
  | { type: 'Tick' };

interface Reminded {
  country: CountryCode;
  key: string;
  stage: number;
}

export type CountriesEvent =
  | SpreadWent
  | ({ at: Instant; by: PersonId } & (
      | { type: 'AlertIssued'; alert: CountryAlert }
      | { type: 'CountryAlertEnded'; alert: CountryAlert; reason: string }
      | { type: 'Looked'; country: CountryCode; look: Look }
      | { type: 'WatcherAssigned'; country: CountryCode; watcher: PersonId }
      | { type: 'DealsCounted'; deals: Readonly<Record<CountryCode, number>> }
      /** One message for all countries that are due for the same people. */
      | { type: 'WatchReminded'; of: ReminderStage; to: PersonId[]; countries: Reminded[] }
    ));

export type CountriesFact =
  | { fact: 'alert for deals'; alert: CountryAlert; reached: Reached }
  | { fact: 'something new'; country: CountryCode; look: Look }
  | { fact: 'watch assigned'; country: CountryCode; by: PersonId }
  | { fact: 'countries to look at'; countries: CountryCode[]; of: ReminderStage };

/** Kept for whoever asks what was issued since. */
const MOST_ISSUED = 200;
const COUNT_EVERY_MS = 24 * 60 * 60 * 1000;

export const watchRule = ({ policy }: Pick<RegisterContext, 'policy'>): Reminders['watch'] =>
  policy?.reminders.watch ?? usualWatch;

export const standingAlerts = ({ alerts }: CountriesState): CountryAlert[] => Object.values(alerts);

/** What compliance issued after that moment, ended or not. */
export const alertsSince = (
  { issued }: CountriesState,
  since: Instant,
): Pick<CountryAlert, 'id' | 'country' | 'at'>[] => issued.filter(({ at }) => at > since);

const lookedAt = ({ looked, since }: Watched): Instant => looked?.at ?? since;

/** The day on which it should be looked at again. */
const dueDay = (watched: Watched, context: RegisterContext): Day =>
  addDays(dayIn(lookedAt(watched), calendarOf(context.organisation)), watchRule(context).every);

export interface WatchStanding extends Watched {
  country: CountryCode;
  due: Day;
  overdue: boolean;
}

/** Countries with live deals, what is overdue or due first on top. `deals`: counted just now, where somebody did. */
export const watchStanding = (
  state: CountriesState,
  context: RegisterContext,
  now: Instant,
  deals?: Readonly<Record<CountryCode, number>>,
): WatchStanding[] => {
  const today = dayIn(now, calendarOf(context.organisation));
  const counts = deals ?? Object.fromEntries(Object.entries(state.watch).map(([code, w]) => [code, w.deals]));
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([country, count]): WatchStanding => {
      const watched = { ...(state.watch[country] ?? { since: now }), deals: count };
      const due = dueDay(watched, context);
      return { ...watched, country, due, overdue: due < today };
    })
    .toSorted((a, b) => (a.due < b.due ? -1 : Number(a.due > b.due)) || (a.country < b.country ? -1 : 1));
};

const watchersOf = (organisation: Organisation, { watcher }: Watched): PersonId[] =>
  watcher !== undefined && person(organisation, watcher) ? [watcher] : reviewers(organisation);

const stagesOf = (watched: Watched, context: RegisterContext): RegisterStage[] =>
  watched.deals === 0
    ? []
    : stagesAround(context.organisation, watchRule(context), {
        day: dueDay(watched, context),
        since: lookedAt(watched),
        to: watchersOf(context.organisation, watched),
      });

const keyOf = (country: CountryCode, watched: Watched): string => `${country}:${lookedAt(watched)}`;
const told = (state: CountriesState, country: CountryCode, watched: Watched): number =>
  state.reminded[keyOf(country, watched)] ?? 0;

const remindersNow = (
  state: CountriesState,
  now: Instant,
  context: RegisterContext,
): Extract<CountriesEvent, { type: 'WatchReminded' }>[] => {
  const groups = new Map<string, { of: ReminderStage; to: PersonId[]; countries: Reminded[] }>();
  for (const [country, watched] of Object.entries(state.watch)) {
    const due = stageNow(stagesOf(watched, context), told(state, country, watched), now);
    if (!due) continue;
    const { of, to } = due.stage;
    const group = groups.get(`${of} ${to.join(' ')}`) ?? { of, to, countries: [] };
    group.countries.push({ country, key: keyOf(country, watched), stage: due.index + 1 });
    groups.set(`${of} ${to.join(' ')}`, group);
  }
  return [...groups.values()].map((group) => ({ ...group, type: 'WatchReminded', at: now, by: SYSTEM }));
};

const ONLY_COMPLIANCE = 'Only compliance can issue and end country alerts. If you know of a reason for one, tell them.';

const alertProblem = (
  { country, why, on }: Extract<CountriesCommand, { type: 'IssueAlert' }>,
  today: Day,
): RegisterDecided<never> | undefined => {
  if (countryName(country) === undefined) {
    return refuseRegister('not valid', 'Please choose a country from the list.', 'country');
  }
  if (why.trim() === '') return refuseRegister('not valid', 'Please say in a sentence what happened.', 'why');
  if (!isDay(on)) return refuseRegister('not valid', 'Please give a date of the calendar.', 'on');
  return on > today
    ? refuseRegister('not valid', 'This day is to come. Please say when it happened.', 'on')
    : undefined;
};

const NOTHING_FOUND = 'Please say in a sentence what you looked at and found.';

/** Who may say that they looked: whoever watches the country, and compliance. */
export const mayWatch = (
  organisation: Organisation,
  state: CountriesState,
  country: CountryCode,
  id: PersonId,
): boolean => isOfCompliance(organisation, id) || state.watch[country]?.watcher === id;

const counted = (state: CountriesState, deals: Readonly<Record<CountryCode, number>>, at: Instant): CountriesState => {
  const codes = [...new Set([...Object.keys(state.watch), ...Object.keys(deals)])];
  const watch = codes.map((country): [CountryCode, Watched] => {
    const before = state.watch[country];
    const now = deals[country] ?? 0;
    // Deals in a country that had none begin a new time.
    const since = before && (before.deals > 0 || now === 0) ? before.since : at;
    return [country, { ...before, deals: now, since }];
  });
  return { ...state, watch: Object.fromEntries(watch), counted: at };
};

const watchedNow = (state: CountriesState, country: CountryCode, at: Instant): Watched =>
  state.watch[country] ?? { deals: 0, since: at };

const ended = (
  state: CountriesState,
  alert: CountryAlert,
  reason: string,
  by: PersonId,
  at: Instant,
): CountriesState => {
  const spread = `${alert.id}:ended`;
  return {
    ...state,
    alerts: without(state.alerts, alert.id),
    spreads: {
      ...without(state.spreads, `${alert.id}:issued`),
      [spread]: newSpread(spread, { of: 'ended', alert, reason, by }, at),
    },
  };
};

/** One message for each owner, when all of their deals were reached. */
const spreadTold = (
  event: SpreadWent,
  before: CountriesState,
  { organisation }: RegisterContext,
): [CountriesFact, RegisterTarget[]][] => {
  const spread = before.spreads[event.spread];
  if (!spread || !event.done || spread.what.of !== 'issued') return [];
  const { alert } = spread.what;
  return Object.entries(ownersAfter(spread, event))
    .filter(([owner]) => person(organisation, owner))
    .map(([owner, reached]) => [{ fact: 'alert for deals', alert, reached }, toPeople([owner])]);
};

export const countries: Register<CountriesState, CountriesCommand, CountriesEvent, CountriesFact> = {
  name: 'countries',
  none: { alerts: {}, issued: [], watch: {}, spreads: {}, reminded: {} },
  evolve: (state, event) => {
    const { at } = event;
    switch (event.type) {
      case 'AlertIssued': {
        const { alert } = event;
        const spread = `${alert.id}:issued`;
        const issued = { id: alert.id, country: alert.country, at };
        return {
          ...state,
          alerts: { ...state.alerts, [alert.id]: alert },
          issued: [...state.issued, issued].slice(-MOST_ISSUED),
          spreads: { ...state.spreads, [spread]: newSpread(spread, { of: 'issued', alert }, at) },
        };
      }
      case 'CountryAlertEnded':
        return ended(state, event.alert, event.reason, event.by, at);
      case 'Looked': {
        const { country, look } = event;
        const watched = watchedNow(state, country, at);
        return {
          ...state,
          watch: { ...state.watch, [country]: { ...watched, looked: look } },
          reminded: without(state.reminded, keyOf(country, watched)),
        };
      }
      case 'WatcherAssigned': {
        const { country, watcher } = event;
        return { ...state, watch: { ...state.watch, [country]: { ...watchedNow(state, country, at), watcher } } };
      }
      case 'DealsCounted':
        return counted(state, event.deals, at);
      case 'WatchReminded': {
        const stages = event.countries.map(({ key, stage }) => [key, stage]);
        return { ...state, reminded: { ...state.reminded, ...Object.fromEntries(stages) } };
      }
      case 'SpreadWent':
        return { ...state, spreads: evolveSpreads(state.spreads, event) };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, meta, context) => {
    const { actor, at, id } = meta;
    const { organisation } = context;
    const stamp = { at, by: actor };
    switch (command.type) {
      case 'IssueAlert': {
        if (!isOfCompliance(organisation, actor)) return refuseRegister('not allowed', ONLY_COMPLIANCE);
        const problem = alertProblem(command, dayIn(at, calendarOf(organisation, actor)));
        if (problem) return problem;
        const { country, why, source, on } = command;
        const alert: CountryAlert = { id: `alert-${id}`, country, why: why.trim(), source, on, by: actor, at };
        return { kind: 'accepted', events: [{ ...stamp, type: 'AlertIssued', alert }] };
      }
      case 'EndAlert': {
        if (!isOfCompliance(organisation, actor)) return refuseRegister('not allowed', ONLY_COMPLIANCE);
        const alert = state.alerts[command.alert];
        if (!alert) return refuseRegister('not now', 'This alert was ended already.');
        const reason = command.reason.trim();
        if (reason === '') return refuseRegister('not valid', 'Please say why. It stays on the record.', 'reason');
        return { kind: 'accepted', events: [{ ...stamp, type: 'CountryAlertEnded', alert, reason }] };
      }
      case 'SayLooked': {
        const { country, found, source } = command;
        if (!mayWatch(organisation, state, country, actor)) {
          return refuseRegister('not allowed', 'Only whoever watches this country, and compliance, can say that.');
        }
        if (countryName(country) === undefined) return refuseRegister('not valid', 'There is no such country.');
        const note = command.note.trim();
        if (note === '') return refuseRegister('not valid', NOTHING_FOUND, 'note');
        const look: Look = { by: actor, at, note, source, found };
        return { kind: 'accepted', events: [{ ...stamp, type: 'Looked', country, look }] };
      }
      case 'AssignWatcher': {
        const { country, watcher } = command;
        if (!isOfCompliance(organisation, actor)) {
          return refuseRegister('not allowed', 'Only compliance can say who watches a country.');
        }
        if (countryName(country) === undefined) return refuseRegister('not valid', 'There is no such country.');
        if (!person(organisation, watcher)) {
          return refuseRegister('not valid', 'Please choose somebody who is here.', 'watcher');
        }
        return { kind: 'accepted', events: [{ ...stamp, type: 'WatcherAssigned', country, watcher }] };
      }
      case 'CountDeals':
        if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only the bot itself does this.');
        return { kind: 'accepted', events: [{ ...stamp, type: 'DealsCounted', deals: command.deals }] };
      case 'SpreadOn':
        return decideSpread(command, state.spreads, meta);
      case 'Tick': {
        if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
        const events = remindersNow(state, at, context);
        return events.length === 0
          ? refuseRegister('not now', 'Nothing is due here now.')
          : { kind: 'accepted', events };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, _now, context, before) => {
    switch (event.type) {
      case 'SpreadWent':
        return spreadTold(event, before, context);
      case 'Looked': {
        const { country, look } = event;
        const new_ = look.found === 'something new' ? toPeople(reviewers(context.organisation)) : [];
        return [[{ fact: 'something new', country, look }, new_]];
      }
      case 'WatcherAssigned':
        return [[{ fact: 'watch assigned', country: event.country, by: event.by }, toPeople([event.watcher])]];
      case 'WatchReminded': {
        const fact: CountriesFact = {
          fact: 'countries to look at',
          countries: event.countries.map(({ country }) => country),
          of: event.of,
        };
        return [[fact, toPeople(event.to)]];
      }
      case 'AlertIssued':
      case 'CountryAlertEnded':
      case 'DealsCounted':
        return [];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  about: (fact) => (fact.fact === 'alert for deals' ? fact.reached.first : []),
  nextDueAt: (state, _now, context) =>
    earliest([
      spreadDueAt(state.spreads),
      countDueAt(state),
      ...Object.entries(state.watch).map(
        ([country, watched]) => stagesOf(watched, context)[told(state, country, watched)]?.at ?? null,
      ),
    ]),
  tick: { type: 'Tick' },
  // One message for each person, however many deals it is about.
  bulk: false,
};

/** When live deals are counted again: each day. Null before the first time. */
export const countDueAt = ({ counted: at }: CountriesState): Instant | null =>
  at === undefined ? null : new Date(Date.parse(at) + COUNT_EVERY_MS).toISOString();
