/** What the register of countries may hold. */

import type { AlertFanOut, CountriesEvent, CountriesState } from '../registers/countries.ts';
import type { CountryReview } from '../registers/watch-list.ts';
import { owners, spread, spreadWent, stage } from './registers.ts';
import type { Known, Shape } from './shape.ts';
import { alert, counselNote, endedAlert, source } from './shapes.ts';

const alertFanOut: Shape<AlertFanOut> = {
  has: {
    of: { oneOf: { laws: true, issued: true, ended: true } },
    note: counselNote,
    alert,
    reason: true,
    by: true,
  },
};

const look: Shape<CountryReview> = {
  has: {
    by: true,
    at: true,
    note: true,
    source,
    found: { oneOf: { 'nothing new': true, 'something new': true } },
  },
};

export const knownCountries: Known<CountriesState, CountriesEvent> = {
  format: 1,
  state: {
    has: {
      watch: { each: { has: { watcher: true, deals: true, since: true, looked: look, news: look } } },
      reminded: { each: true },
      alerts: { each: alert },
      ended: endedAlert,
      issued: { has: { id: true, country: true, at: true } },
      laws: { each: counselNote },
      lawsBefore: { has: { note: counselNote, by: true, at: true } },
      counted: true,
      spreads: { each: { has: { ...spread, what: alertFanOut, owners } } },
    },
  },
  events: {
    SpreadWent: spreadWent,
    LawsNoted: { note: counselNote, before: counselNote },
    AlertIssued: { alert },
    CountryAlertEnded: { alert, reason: true },
    Looked: { country: true, look, news: look },
    WatcherAssigned: { country: true, watcher: true },
    DealsCounted: { deals: { each: true } },
    WatchReminded: { of: stage, to: true, countries: { has: { country: true, key: true, stage: true } } },
  },
};
