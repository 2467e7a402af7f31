/** The watch list: the countries to stay aware of, who looks at each, and who is reminded. Guidance: A6. */

import { addDays, calendarOf, dayIn } from '../calendar.ts';
import type { Source, Day, Instant, ReminderStage, PersonId } from '../ids.ts';
import { isOfCompliance, person, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import type { Reminders } from '../policy/reminders.ts';
import { usualWatch } from '../policy/schema.ts';
import type { RegisterContext } from './register.ts';
import { reviewers, stageNow, stagesAround, type RegisterStage } from './reminders.ts';

/** ISO 3166-1 alpha-2. */
export type CountryCode = string;

export interface CountryReview {
  by: PersonId;
  at: Instant;
  note: string;
  source?: Source | undefined;
  found: 'nothing new' | 'something new';
}

export interface Watched {
  /** Absent: compliance. */
  watcher?: PersonId | undefined;
  /** Approved deals at the last count. */
  deals: number;
  /** Since when it has some. */
  since: Instant;
  looked?: CountryReview | undefined;
  /** The last look that found something new and over which somebody else looked since. Absent: none, or in older snapshots. */
  news?: CountryReview | undefined;
}

/** The watching part of the state of the register of countries. */
export interface WatchState {
  watch: Readonly<Record<CountryCode, Watched>>;
  /** How many stages of each look are done. */
  reminded: Readonly<Record<string, number>>;
}

/** A country of which somebody is reminded: `stage` counts the stages done for that look. */
export interface Reminded {
  country: CountryCode;
  key: string;
  stage: number;
}

export const watchRule = ({ policy }: Pick<RegisterContext, 'policy'>): Reminders['watch'] =>
  policy?.reminders.watch ?? usualWatch;

const lookedAt = ({ looked, since }: Watched): Instant => looked?.at ?? since;

const dueDay = (watched: Watched, context: RegisterContext): Day =>
  addDays(dayIn(lookedAt(watched), calendarOf(context.organisation)), watchRule(context).every);

export interface WatchStanding extends Watched {
  country: CountryCode;
  due: Day;
  overdue: boolean;
}

/** Returns countries with live deals, overdue or first-due ones on top. `deals`: a fresh count, if there is one. */
export const watchStanding = (
  state: WatchState,
  context: RegisterContext,
  now: Instant,
  deals?: Readonly<Record<CountryCode, number>>,
): WatchStanding[] => {
  const today = dayIn(now, calendarOf(context.organisation));
  const counts = deals ?? Object.fromEntries(Object.entries(state.watch).map(([code, w]) => [code, w.deals]));
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([country, count]): WatchStanding => {
      const watched = { ...(own(state.watch, country) ?? { since: now }), deals: count };
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

/** Names one look, so that reminders of the next one start over. */
export const lookKey = (country: CountryCode, watched: Watched): string => `${country}:${lookedAt(watched)}`;
const told = (state: WatchState, country: CountryCode, watched: Watched): number =>
  state.reminded[lookKey(country, watched)] ?? 0;

/** One message for all countries that are due for the same people. */
export interface WatchReminder {
  of: ReminderStage;
  to: PersonId[];
  countries: Reminded[];
}

export const watchReminders = (state: WatchState, now: Instant, context: RegisterContext): WatchReminder[] => {
  const groups = new Map<string, WatchReminder>();
  for (const [country, watched] of Object.entries(state.watch)) {
    const due = stageNow(stagesOf(watched, context), told(state, country, watched), now);
    if (!due) continue;
    const { of, to } = due.stage;
    const group = groups.get(`${of} ${to.join(' ')}`) ?? { of, to, countries: [] };
    group.countries.push({ country, key: lookKey(country, watched), stage: due.index + 1 });
    groups.set(`${of} ${to.join(' ')}`, group);
  }
  return [...groups.values()];
};

/** Returns when somebody is next reminded of each country; null where nobody is. */
export const watchDueAt = (state: WatchState, context: RegisterContext): (Instant | null)[] =>
  Object.entries(state.watch).map(
    ([country, watched]) => stagesOf(watched, context)[told(state, country, watched)]?.at ?? null,
  );

/** Tells whether a person may record a look: the country's watcher, and compliance. */
export const mayWatch = (organisation: Organisation, state: WatchState, country: CountryCode, id: PersonId): boolean =>
  isOfCompliance(organisation, id) || own(state.watch, country)?.watcher === id;

export const withCounts = (
  { watch: known }: WatchState,
  deals: Readonly<Record<CountryCode, number>>,
  at: Instant,
): WatchState['watch'] => {
  const codes = [...new Set([...Object.keys(known), ...Object.keys(deals)])];
  const watch = codes.map((country): [CountryCode, Watched] => {
    const before = known[country];
    const now = deals[country] ?? 0;
    // Deals in a country that had none start a new period.
    const since = before && (before.deals > 0 || now === 0) ? before.since : at;
    return [country, { ...before, deals: now, since }];
  });
  return Object.fromEntries(watch);
};

export const watchedNow = (state: WatchState, country: CountryCode, at: Instant): Watched =>
  own(state.watch, country) ?? { deals: 0, since: at };
