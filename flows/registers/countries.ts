/** The register of countries: the alerts that compliance issued, and the watch list. */

import { calendarOf, dayIn } from '../calendar.ts';
import type { CounselNote, ReplacedNote } from '../counsel-note.ts';
import { countryName } from '../countries.ts';
import type { AlertId, CountryAlert, EndedAlert } from '../country-alert.ts';
import type { Source, Day, Instant, PersonId } from '../ids.ts';
import { isAuditor, isOfCompliance, SYSTEM, person } from '../organisation.ts';
import { own } from '../own.ts';
import { reasonProblem } from '../policy/sentence.ts';
import { alertProblem } from './alert-issuing.ts';
import { decideNoteLaws, lawsTold, type LawsNoted, type NoteLaws } from './counsel.ts';
import type { CountriesFact } from './country-shapes.ts';
import {
  decideSpread,
  evolveSpreads,
  newFanOut,
  ownersToTell,
  spreadDueAt,
  without,
  type FanOut,
  type FanOutPage,
  type SpreadWent,
} from './fan-out.ts';
import { withEnded } from './kept-ended.ts';
import { ownDealProblem } from './own-deal.ts';
import {
  earliest,
  endersTold,
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterTarget,
} from './register.ts';
import { reviewers } from './reminders.ts';
import {
  lookKey,
  mayWatch,
  watchDueAt,
  watchedNow,
  watchReminders,
  withCounts,
  type CountryCode,
  type CountryReview,
  type WatchReminder,
  type WatchState,
} from './watch-list.ts';

export type AlertFanOut =
  | { of: 'laws'; note: CounselNote }
  | { of: 'issued'; alert: CountryAlert }
  | { of: 'ended'; alert: CountryAlert; reason: string; by: PersonId };

export interface CountriesState extends WatchState {
  /** Alerts not ended, oldest first. */
  alerts: Readonly<Record<AlertId, CountryAlert>>;
  /** The latest alerts, ended or not, oldest first. */
  issued: readonly Pick<CountryAlert, 'id' | 'country' | 'at'>[];
  /** Alerts ended within the year before the last was, oldest first. Absent: none, or in older snapshots. */
  ended?: readonly EndedAlert[] | undefined;
  /** Counsel's latest note on each country. Absent in older snapshots. */
  laws?: Readonly<Record<CountryCode, CounselNote>> | undefined;
  /** Notes that a colleague replaced within the year before the last was, oldest first. Absent: none, or in older snapshots. */
  lawsBefore?: readonly ReplacedNote[] | undefined;
  /** When live deals were counted last. */
  counted?: Instant | undefined;
  spreads: Readonly<Record<string, FanOut<AlertFanOut>>>;
}

export type CountriesCommand =
  | { type: 'IssueAlert'; country: CountryCode; why: string; source?: Source | undefined; on: Day }
  /** `team`: everybody on the team of a live deal that it is about, as the record has them. */
  | { type: 'EndAlert'; alert: AlertId; reason: string; team: readonly PersonId[] }
  | {
      type: 'SayLooked';
      country: CountryCode;
      found: CountryReview['found'];
      note: string;
      source?: Source | undefined;
    }
  | { type: 'AssignWatcher'; country: CountryCode; watcher: PersonId }
  /** Approved deals by country, from the record. Only the bot itself sends it. */
  | { type: 'CountDeals'; deals: Readonly<Record<CountryCode, number>> }
  | NoteLaws
  | FanOutPage
  | { type: 'Tick' };

export type CountriesEvent =
  | SpreadWent
  | LawsNoted
  | ({ at: Instant; by: PersonId } & (
      | { type: 'AlertIssued'; alert: CountryAlert }
      | { type: 'CountryAlertEnded'; alert: CountryAlert; reason: string }
      /** `news`: a colleague's look before it that found something new. Absent: none, or in older events. */
      | { type: 'Looked'; country: CountryCode; look: CountryReview; news?: CountryReview }
      | { type: 'WatcherAssigned'; country: CountryCode; watcher: PersonId }
      | { type: 'DealsCounted'; deals: Readonly<Record<CountryCode, number>> }
      | ({ type: 'WatchReminded' } & WatchReminder)
    ));

/** Alerts kept for questions about what was issued since some moment. */
const MOST_ISSUED = 200;
const COUNT_EVERY_MS = 24 * 60 * 60 * 1000;

export const standingAlerts = ({ alerts }: CountriesState): CountryAlert[] => Object.values(alerts);

/** Returns the alerts that compliance issued after that moment, ended or not. */
export const alertsSince = (
  { issued }: CountriesState,
  since: Instant,
): Pick<CountryAlert, 'id' | 'country' | 'at'>[] => issued.filter(({ at }) => at > since);

const ONLY_COMPLIANCE = 'Only compliance can issue and end country alerts. If you know of a reason for one, tell them.';

const NOTHING_FOUND = 'Please say in a sentence what you looked at and found.';

const ended = (
  state: CountriesState,
  // Absent in an event of November 2026 or earlier that ended an alert of an object's own name, `constructor`.
  alert: CountryAlert | undefined,
  reason: string,
  by: PersonId,
  at: Instant,
): CountriesState => {
  if (alert === undefined) return state;
  const spread = `${alert.id}:ended`;
  return {
    ...state,
    alerts: without(state.alerts, alert.id),
    ended: withEnded(state.ended, { alert, reason, by, at }),
    spreads: {
      ...without(state.spreads, `${alert.id}:issued`),
      [spread]: newFanOut(spread, { of: 'ended', alert, reason, by }, at),
    },
  };
};

/** The end of an alert is announced to none of the owners. */
const spreadTold = (
  event: SpreadWent,
  before: CountriesState,
  { organisation }: RegisterContext,
): [CountriesFact, RegisterTarget[]][] =>
  ownersToTell(event, before.spreads, organisation).flatMap(
    ({ owner, what, reached }): [CountriesFact, RegisterTarget[]][] =>
      what.of === 'issued'
        ? [[{ fact: 'alert for deals', alert: what.alert, reached }, toPeople([owner])]]
        : what.of === 'laws'
          ? [[{ fact: 'laws noted for deals', note: what.note, reached }, toPeople([owner])]]
          : [],
  );

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
          spreads: { ...state.spreads, [spread]: newFanOut(spread, { of: 'issued', alert }, at) },
        };
      }
      case 'CountryAlertEnded':
        return ended(state, event.alert, event.reason, event.by, at);
      case 'Looked': {
        const { country, look, news } = event;
        const watched = watchedNow(state, country, at);
        return {
          ...state,
          watch: { ...state.watch, [country]: { ...watched, looked: look, ...(news ? { news } : {}) } },
          reminded: without(state.reminded, lookKey(country, watched)),
        };
      }
      case 'WatcherAssigned': {
        const { country, watcher } = event;
        return { ...state, watch: { ...state.watch, [country]: { ...watchedNow(state, country, at), watcher } } };
      }
      case 'LawsNoted': {
        const { note, before, by } = event;
        const spread = `${note.id}:laws`;
        return {
          ...state,
          laws: { ...state.laws, [note.country]: note },
          ...(before ? { lawsBefore: withEnded(state.lawsBefore, { note: before, by, at }) } : {}),
          spreads: { ...state.spreads, [spread]: newFanOut(spread, { of: 'laws', note }, at) },
        };
      }
      case 'DealsCounted':
        return { ...state, watch: withCounts(state, event.deals, at), counted: at };
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
        const alert = own(state.alerts, command.alert);
        if (!alert) return refuseRegister('not now', 'This alert was ended already.');
        const ownDeal = ownDealProblem(organisation, actor, command.team);
        if (ownDeal !== undefined) return refuseRegister('not allowed', ownDeal);
        const reason = command.reason.trim();
        const silent = reasonProblem(reason, 'Please say why. It stays on the record.');
        if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
        return { kind: 'accepted', events: [{ ...stamp, type: 'CountryAlertEnded', alert, reason }] };
      }
      case 'SayLooked': {
        const { country, found, source } = command;
        if (!mayWatch(organisation, state, country, actor)) {
          return refuseRegister(
            'not allowed',
            'Only the person who watches this country, and compliance, can say that.',
          );
        }
        if (countryName(country) === undefined) return refuseRegister('not valid', 'There is no such country.');
        const note = command.note.trim();
        if (note === '') return refuseRegister('not valid', NOTHING_FOUND, 'note');
        const look: CountryReview = { by: actor, at, note, source, found };
        const before = own(state.watch, country)?.looked;
        const news = before?.found === 'something new' && before.by !== actor ? { news: before } : {};
        return { kind: 'accepted', events: [{ ...stamp, type: 'Looked', country, look, ...news }] };
      }
      case 'AssignWatcher': {
        const { country, watcher } = command;
        if (!isOfCompliance(organisation, actor)) {
          return refuseRegister('not allowed', 'Only compliance can say who watches a country.');
        }
        if (countryName(country) === undefined) return refuseRegister('not valid', 'There is no such country.');
        if (!person(organisation, watcher) || isAuditor(organisation, watcher)) {
          return refuseRegister('not valid', 'Please choose someone in the organisation.', 'watcher');
        }
        return { kind: 'accepted', events: [{ ...stamp, type: 'WatcherAssigned', country, watcher }] };
      }
      case 'NoteLaws':
        return decideNoteLaws(command, state, meta, organisation);
      case 'CountDeals':
        if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only the bot itself does this.');
        return { kind: 'accepted', events: [{ ...stamp, type: 'DealsCounted', deals: command.deals }] };
      case 'SpreadOn':
        return decideSpread(command, state.spreads, meta);
      case 'Tick': {
        if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
        const events = watchReminders(state, at, context).map(
          (reminder) => ({ ...stamp, ...reminder, type: 'WatchReminded' }) as const,
        );
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
      case 'CountryAlertEnded': {
        const { alert, reason, by } = event;
        return [[{ fact: 'alert ended', alert, reason, by }, endersTold(context.organisation, alert.by, by)]];
      }
      case 'LawsNoted':
        return lawsTold(event, before, context.organisation);
      case 'AlertIssued':
      case 'DealsCounted':
        return [];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  about: (fact) => ('reached' in fact ? fact.reached.first : []),
  nextDueAt: (state, _now, context) =>
    earliest([spreadDueAt(state.spreads), countDueAt(state), ...watchDueAt(state, context)]),
  tick: { type: 'Tick' },
  // One message for each person, however many deals it is about.
  bulk: false,
};

/** Returns when live deals are counted next: each day. Null before the first count. */
export const countDueAt = ({ counted: at }: CountriesState): Instant | null =>
  at === undefined ? null : new Date(Date.parse(at) + COUNT_EVERY_MS).toISOString();
