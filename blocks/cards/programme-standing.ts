/** How each element of the programme stands: what the record itself shows, what people said, and what is missing. Guidance: G9, G12. */

import { addMonths } from '../../flows/calendar.ts';
import type { Day } from '../../flows/ids.ts';
import { person as personOf, type Organisation } from '../../flows/organisation.ts';
import type { CountedDeals, YearDecided } from '../../flows/programme/counting.ts';
import { ELEMENTS, type ElementId } from '../../flows/programme/elements.ts';
import type { ElementEntry, ProgrammeState } from '../../flows/programme/shapes.ts';
import type { NeedStatus } from '../../flows/registers/training/standing.ts';
import { count, dayWords } from '../words.ts';

/** What the record shows by itself. Nothing of it is typed on the programme page. */
export interface ProgrammeShown extends Pick<CountedDeals, 'years' | 'conditions'> {
  /** Absent: the policy asks for no training. */
  training?: Readonly<Record<NeedStatus, number>> | undefined;
  policy: { name: string; version: string; questions: number; flags: number };
  /** Points of the Guidance on single deals that the policy asks, raises or offers. `without`: ids of the others. */
  covered: { points: number; without: readonly string[] };
  /** Countries with approved deals, and how many of them somebody looked at in time. */
  watched: { countries: number; inTime: number };
  channel: { address?: string | undefined; reviewedOn?: Day | undefined; due?: Day | undefined };
  reports: { last?: { year: number; on: Day } | undefined; due?: Day | undefined };
  /** Deals in which we would cause or contribute to harm ourselves. */
  conflicts: number;
}

export interface ElementStanding {
  id: ElementId;
  entry: ElementEntry | undefined;
  /** What the record shows, a sentence each. */
  shows: string[];
  /** What is missing, a sentence each. Empty: it stands. */
  missing: string[];
}

export interface Around {
  organisation: Pick<Organisation, 'people'>;
  today: Day;
}

/** Older than this is no support, and nobody was asked. */
const RECENT_MONTHS = 12;

const yearLine = ({ year, decided, conditions, declined }: YearDecided): string =>
  `${year}: ${count(decided, 'deal')} decided, ${conditions} with conditions, ${declined} declined.`;

type Said = Pick<ElementStanding, 'shows' | 'missing'>;

const commitment = ({ policy }: ProgrammeState): Said =>
  policy
    ? {
        shows: [
          `Version ${policy.version}, approved by ${policy.approvedBy} on ${dayWords(policy.approvedOn)}. Its page was written on ${dayWords(policy.at)}.`,
          ...(policy.instruments.length > 0 ? [`It names: ${policy.instruments.join('; ')}.`] : []),
        ],
        missing: [
          ...(policy.address === undefined ? ['Nobody said at which address it is published.'] : []),
          ...(policy.instruments.length === 0 ? ['It names no human-rights instrument.'] : []),
        ],
      }
    : {
        shows: [],
        missing: [
          'No published policy is on record. The bot’s operator records it: clearthread report policy FILE --to DIR --publish.',
        ],
      };

const support = ({ entries: { support: entry } }: ProgrammeState, { today }: Around): Said => {
  if (entry?.on === undefined || entry.who === undefined)
    return { shows: [], missing: ['Nobody at the top has spoken for it on record.'] };
  return {
    shows: [],
    missing:
      entry.on < addMonths(today, -RECENT_MONTHS)
        ? [`The top spoke for it last on ${dayWords(entry.on)}, more than a year ago.`]
        : [],
  };
};

const training = ({ training: counts }: ProgrammeShown): Said => {
  if (!counts) return { shows: [], missing: ['The policy asks for no training.'] };
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const late = counts.missing + counts.expired;
  const inTime = counts.current + counts.expiring;
  return {
    shows: [
      `Courses that people need: ${all}. Taken and valid: ${inTime}. To take, still in time: ${counts['to take']}.`,
    ],
    missing: [
      ...(all === 0 ? ['Nobody needs a course by the policy.'] : []),
      ...(late > 0 ? [`Never taken in time, or run out: ${late}.`] : []),
    ],
  };
};

const process = ({ policy: { name, version, questions, flags }, covered }: ProgrammeShown): Said => ({
  shows: [
    `Policy in use: ${name}, version ${version}; ${count(questions, 'question')}, ${count(flags, 'red flag')}.`,
    `Of the Guidance’s ${covered.points} points on single deals it names ${covered.points - covered.without.length}.`,
  ],
  missing: covered.without.length > 0 ? [`It does not name: ${covered.without.join(', ')}.`] : [],
});

const working = ({ entries }: ProgrammeState, { years, conditions, watched, conflicts }: ProgrammeShown): Said => ({
  shows: [
    ...years.map(yearLine),
    `Conditions of approvals in force: ${conditions.all}, of which overdue: ${conditions.overdue}.`,
    `Countries with approved deals: ${watched.countries}, of which looked at in time: ${watched.inTime}.`,
    `Deals in which we would cause or contribute to harm ourselves: ${conflicts}.`,
  ],
  missing: entries.working ? [] : ['Nobody said yet what the figures told us, and what was changed for it.'],
});

const asked = ({ asked: all }: ProgrammeState, { today }: Around): Said => {
  const open = all.filter(({ came }) => came === undefined).length;
  const recent = all.filter(({ on }) => on >= addMonths(today, -RECENT_MONTHS)).length;
  return {
    shows: all.length > 0 ? [`Asked so far: ${all.length}, of which in the last 12 months: ${recent}.`] : [],
    missing: [
      ...(recent === 0 ? ['Nobody outside was asked in the last 12 months.'] : []),
      ...(open > 0 ? [`Of ${open} nobody said yet what came of it.`] : []),
    ],
  };
};

const channel = ({ channel: { address, reviewedOn, due } }: ProgrammeShown, { today }: Around): Said => ({
  shows: [
    ...(address === undefined ? [] : [`People report at ${address}.`]),
    ...(reviewedOn === undefined
      ? []
      : [
          `Reviewed on ${dayWords(reviewedOn)}.${due === undefined ? '' : ` The next review is due by ${dayWords(due)}.`}`,
        ]),
  ],
  missing: [
    ...(address === undefined ? ['It has no address for reports.'] : []),
    ...(reviewedOn === undefined ? ['The channel was not reviewed yet.'] : []),
    ...(due !== undefined && due < today ? [`Its review was due on ${dayWords(due)}.`] : []),
  ],
});

const reporting = (
  { reports: { last, due } }: ProgrammeShown,
  { policy, entries }: ProgrammeState,
  { today }: Around,
): Said => {
  const lastYear = Number(today.slice(0, 4)) - 1;
  return {
    shows: last ? [`The report of ${last.year} was published on ${dayWords(last.on)}.`] : [],
    missing: [
      ...(last === undefined || last.year < lastYear
        ? [
            `The report of ${lastYear} is not published.${due === undefined ? '' : due < today ? ` It was due on ${dayWords(due)}.` : ` It is due by ${dayWords(due)}.`}`,
          ]
        : []),
      ...(last && (entries.reporting?.at.slice(0, 10) ?? '') < last.on
        ? [`Nobody said since where people find the report of ${last.year}.`]
        : []),
      ...(policy ? [] : ['The human-rights policy has no public page.']),
    ],
  };
};

const entryMissing = (entry: ElementEntry | undefined, { organisation, today }: Around): string[] => {
  if (!entry) return ['It has no owner, next date and evidence yet.'];
  return [
    ...(personOf(organisation, entry.owner) ? [] : ['Its owner is not in the organisation file any more.']),
    ...(entry.next < today ? [`The next look was due on ${dayWords(entry.next)}.`] : []),
    ...(entry.evidence === undefined ? ['It has no evidence.'] : []),
  ];
};

/** All elements, in order. */
export const programmeStanding = (state: ProgrammeState, shown: ProgrammeShown, around: Around): ElementStanding[] => {
  const said: Readonly<Record<ElementId, Said>> = {
    commitment: commitment(state),
    support: support(state, around),
    training: training(shown),
    process: process(shown),
    working: working(state, shown),
    asked: asked(state, around),
    channel: channel(shown, around),
    remedy: { shows: [], missing: [] },
    reporting: reporting(shown, state, around),
  };
  return ELEMENTS.map((id) => {
    const entry = state.entries[id];
    const { shows, missing } = said[id];
    return { id, entry, shows, missing: [...missing, ...entryMissing(entry, around)] };
  });
};
