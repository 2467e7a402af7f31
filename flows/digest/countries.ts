/** The lines of country alerts and the watch list in a digest. Guidance: A5 and A6. */

import { calendarOf, dayIn } from '../calendar.ts';
import type { Instant } from '../ids.ts';
import { alertsSince, standingAlerts, type CountriesState } from '../registers/countries.ts';
import type { RegisterContext } from '../registers/register.ts';
import { watchStanding } from '../registers/watch-list.ts';
import { daysBetween, midnight, type DigestLine } from './digest.ts';

/** Makes one line for each alert, however many deals it reached, and for each country that nobody looked at in time. */
export const countryLines = (
  state: CountriesState,
  context: RegisterContext,
  since: Instant | undefined,
  now: Instant,
): DigestLine[] => {
  const today = midnight(dayIn(now, calendarOf(context.organisation)));
  const alerts = since === undefined ? standingAlerts(state) : alertsSince(state, since);
  return [
    ...watchStanding(state, context, now)
      .filter(({ overdue }) => overdue)
      .map(({ country, watcher, due }): DigestLine => ({
        of: 'country to look at',
        people: watcher === undefined ? [] : [watcher],
        days: daysBetween(midnight(due), today),
        about: country,
      })),
    ...alerts.map(({ country, at }): DigestLine => ({
      of: 'country alert',
      people: [],
      days: daysBetween(at, now),
      about: country,
    })),
  ];
};
