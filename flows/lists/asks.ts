/** What is asked of a person outside any deal: notes on the laws of countries, sheets and briefs, training, a yearly report. */

import { hasRunOut } from '../calendar.ts';
import type { CounselNote } from '../counsel-note.ts';
import type { Day, DealId, Instant, PersonId } from '../ids.ts';
import { isCounsel, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import type { CourseId, Training } from '../policy/reminders.ts';
import { askedFor, sheetIdOf } from '../registers/sheet-owners.ts';
import type { SheetsState } from '../registers/sheet-shapes.ts';
import { needsFor } from '../registers/training/needs.ts';
import { statusOf, type NeedStatus } from '../registers/training/standing.ts';
import type { TrainingState } from '../registers/training/state.ts';
import type { SheetOf } from '../sheet.ts';

export type Ask =
  | { of: 'training'; course: CourseId; title: string; status: NeedStatus; until: Day }
  /** `deals`: how many wait for the note. */
  | { of: 'laws'; country: string; since: Instant; deals: number }
  | { of: 'sheet'; on: SheetOf; since: Instant }
  /** A yearly report that waits for the person's word. */
  | { of: 'year'; year: number; since: Instant };

interface AskedDeal {
  id: DealId;
  destination: string;
  team: readonly PersonId[];
  lawsAsked?: Instant | undefined;
}

export interface AskedIn {
  organisation: Organisation;
  now: Instant;
  deals: readonly AskedDeal[];
  sheets: Pick<SheetsState, 'sheets' | 'asked'>;
  training: { state: TrainingState; rule: Training | undefined };
  laws: Readonly<Record<string, CounselNote>>;
}

const URGENCY: readonly NeedStatus[] = ['missing', 'expired', 'to take', 'expiring'];

const trainingAsks = ({ organisation, now, training }: AskedIn, person: PersonId): Ask[] =>
  needsFor(training.state, organisation, training.rule, person, now)
    .map((need) => {
      const { id: course, title } = need.course;
      return { of: 'training' as const, course, title, status: statusOf(organisation, need, now), until: need.until };
    })
    .filter(({ status }) => status !== 'current')
    .toSorted((a, b) => URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status) || (a.until < b.until ? -1 : 1));

/** One that a deal takes by itself in a moment is asked for no more. */
const lawsAsks = ({ organisation, now, deals, laws }: AskedIn, person: PersonId): Ask[] => {
  if (!isCounsel(organisation, person)) return [];
  const found = new Map<string, { since: Instant; deals: number }>();
  for (const { destination, lawsAsked, team } of deals) {
    if (lawsAsked === undefined || team.includes(person)) continue;
    const note = own(laws, destination);
    if (note && !team.includes(note.by) && !hasRunOut(note, { organisation, now })) continue;
    const known = found.get(destination);
    found.set(destination, {
      since: known && known.since < lawsAsked ? known.since : lawsAsked,
      deals: (known?.deals ?? 0) + 1,
    });
  }
  return [...found].map(([country, asked]) => ({ of: 'laws', country, ...asked }));
};

const sheetAsks = ({ organisation, sheets }: AskedIn, person: PersonId): Ask[] =>
  Object.values(sheets.asked).flatMap(({ on, at }): Ask[] =>
    own(sheets.sheets, sheetIdOf(on)) === undefined && askedFor(organisation, on).includes(person)
      ? [{ of: 'sheet', on, since: at }]
      : [],
  );

const sinceOf = (ask: Ask): Instant => (ask.of === 'training' ? '' : ask.since);

/** Returns what is asked of the person: training first, the most urgent before others, then what waits longest. */
export const asksOf = (asked: AskedIn, person: PersonId): Ask[] => [
  ...trainingAsks(asked, person),
  ...[...lawsAsks(asked, person), ...sheetAsks(asked, person)].toSorted((a, b) =>
    sinceOf(a) < sinceOf(b) ? -1 : Number(sinceOf(a) > sinceOf(b)),
  ),
];
