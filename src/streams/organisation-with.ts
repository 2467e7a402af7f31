/** The organisation of its file, with what registers say of a day. */

import { addDays } from '../../flows/calendar.ts';
import type { Instant } from '../../flows/ids.ts';
import type { Organisation, TrainingHeld } from '../../flows/organisation.ts';
import type { ProgrammeState } from '../../flows/programme/shapes.ts';
import type { AbsencesState } from '../../flows/registers/absences.ts';
import { counselNotes } from '../../flows/registers/counsel.ts';
import { standingAlerts, type CountriesState } from '../../flows/registers/countries.ts';
import type { FilesState } from '../../flows/registers/files.ts';
import { acceptancesOver, standingAcceptances, type GapsState } from '../../flows/registers/gaps.ts';
import { standingHolds } from '../../flows/registers/hold-placing.ts';
import type { HoldsState } from '../../flows/registers/hold-shapes.ts';
import { keptAt } from '../../flows/registers/kept-ended.ts';
import type { ScopesState } from '../../flows/registers/scopes.ts';
import { listsNow, type ScreeningState } from '../../flows/registers/screening.ts';
import type { SheetsState } from '../../flows/registers/sheet-shapes.ts';
import { allSheets } from '../../flows/registers/sheets.ts';

/** States of the registers that say something about deals. */
interface RegisterStates {
  absences: AbsencesState;
  holds: HoldsState;
  countries: CountriesState;
  scopes: ScopesState;
  gaps: GapsState;
  sheets: SheetsState;
  screening: ScreeningState;
  files: Pick<FilesState, 'places'>;
  programme: Pick<ProgrammeState, 'asked'>;
}

const someOf = <Name extends string, One>(name: Name, all: One[]): Partial<Record<Name, One[]>> =>
  all.length > 0 ? ({ [name]: all } as Record<Name, One[]>) : {};

/** The organisation of its file, with what registers say on that day: an instant of it, or the day alone. */
export const organisationWith = (
  file: Organisation,
  {
    absences: absent,
    holds: stopped,
    countries: alerted,
    scopes: scoped,
    gaps: accepted,
    sheets: filled,
    screening: listed,
    files: { places },
    programme: { asked },
  }: RegisterStates,
  held: TrainingHeld | undefined,
  now: Instant,
): Organisation => ({
  ...file,
  absences: Object.values(absent.absences),
  holds: standingHolds(stopped),
  training: held,
  alerts: standingAlerts(alerted),
  ...someOf('lifted', keptAt(stopped.lifted ?? [], now)),
  ...someOf('alertsEnded', keptAt(alerted.ended ?? [], now)),
  counselNotes: counselNotes(alerted),
  ...someOf('notesReplaced', keptAt(alerted.lawsBefore ?? [], now)),
  scopes: scoped.scopes,
  ...someOf('scopesSentBack', keptAt(scoped.back ?? [], now)),
  ...(scoped.dropped ? { scopesDropped: scoped.dropped } : {}),
  // West of UTC its last day is not over yet: the deal looks again, by the calendar of whoever accepted it.
  acceptances: standingAcceptances(accepted, addDays(now.slice(0, 10), -1)),
  ...someOf('acceptancesOver', acceptancesOver(accepted, addDays(now.slice(0, 10), -1))),
  ...(places ? { places } : {}),
  ...(asked.length > 0 ? { asked } : {}),
  sheets: allSheets(filled),
  sheetsAsked: Object.values(filled.asked),
  ...(Object.keys(listed.lists).length > 0 ? { lists: listsNow(listed) } : {}),
  acceptancesEnded: Object.entries(accepted.ended)
    .filter(([, { until, kept = until }]) => kept >= now.slice(0, 10))
    .map(([id, ended]) => ({ id, ...ended })),
});
