/** What a digest holds: counts and lines with ids and dates, no names. Names are looked up when it is shown. */

import type { Decision } from '../deal/deal.ts';
import type { Day, Instant, DealId, PersonId } from '../ids.ts';

/** Where a deal that is not closed stands. */
export const STAGES = ['answering', 'review', 'conditions', 'approved', 'suspended'] as const;
export type DigestStage = (typeof STAGES)[number];
/** Heaviest first; `unknown` has no tier yet. */
export const TIER_ROWS = ['prohibited', 'high', 'elevated', 'low', 'unknown'] as const;
export type TierRow = (typeof TIER_ROWS)[number];
export const CLOSED = ['declined', 'stopped', 'withdrawn', 'out of scope'] as const;
export type Closed = (typeof CLOSED)[number];
export type DecidedOutcome = Decision['outcome'];

/** How long approvals wait, in days: up to 2, up to 7, up to 14, longer. */
export const AGES = [2, 7, 14] as const;

/** What needs somebody most comes first; within one kind, what has waited longest or is due first. */
export const LINE_KINDS = [
  'suspended',
  'condition overdue',
  'reassessment overdue',
  'messages failed',
  'nobody can vote',
  'hold to review',
  'evidence to look at',
  'flag to settle',
  'waiting for votes',
  'waiting for information',
  'country to look at',
  'reassessment due',
  'waiting for answers',
  'condition open',
  'training missing',
  'training expired',
  'training expiring',
  'country alert',
  'hold',
  'decided',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export interface DigestLine {
  of: LineKind;
  deal?: DealId | undefined;
  /** Whose move it is, or whom it is about. */
  people: PersonId[];
  /** Days that it waits or is late; for what comes, days that are left. Of failed messages: how many. */
  days: number;
  /** A condition, a course, a country, a hold, an outcome. */
  about?: string | undefined;
}

export type Cells = Record<TierRow, Record<DigestStage, number>>;

export interface RecordRoot {
  /** Over the heads of all streams. */
  root: string;
  streams: number;
}

export interface Digest {
  /** Absent: there was none before. */
  since?: Instant | undefined;
  until: Instant;
  /** Deals that are not closed. */
  cells: Cells;
  closed: Record<Closed, number>;
  /** Approvals that wait, by `AGES`. */
  ages: [number, number, number, number];
  /** Since the last digest. */
  decisions: Record<DecidedOutcome, number>;
  /** Due within 30, 60 and 90 days. */
  reassessments: [number, number, number];
  /** Of every kind, those that are not kept among the lines too. */
  counts: Partial<Record<LineKind, number>>;
  /** By what needs somebody most; the first so many of them. */
  lines: DigestLine[];
  checkpoint?: RecordRoot | undefined;
}

/** One person's queue. */
export interface PersonalDigest {
  until: Instant;
  /** What waits for them. */
  mine: DigestLine[];
  /** What is theirs and waits for somebody else. */
  others: DigestLine[];
  /** All of them, those that are not kept too. */
  counts: { mine: number; others: number };
}

/** Reassessments are told that many days ahead. */
export const AHEAD_DAYS = [30, 60, 90] as const;

/** Shown at first. */
export const MOST_SHOWN = 15;
/** Kept for "show all"; who wants more asks the command line. */
export const MOST_KEPT = 200;

const MOST_DAYS = 100_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days from one instant to the other, 0 where the second is not later. */
export const daysBetween = (from: Instant, to: Instant): number =>
  Math.min(MOST_DAYS, Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS)));

export const midnight = (day: Day): Instant => `${day}T00:00:00.000Z`;

const RANK = new Map<LineKind, number>(LINE_KINDS.map((kind, i) => [kind, i]));
/** Of these the soonest is the most urgent; of all others what has waited longest. */
const AHEAD = new Set<LineKind>([
  'condition open',
  'reassessment due',
  'training expiring',
  'hold',
  'decided',
  'country alert',
]);

/** For a sort: what needs somebody most first, and always the same order. */
export const mostUrgentFirst = (a: DigestLine, b: DigestLine): number =>
  (RANK.get(a.of) ?? 0) - (RANK.get(b.of) ?? 0) ||
  (AHEAD.has(a.of) ? a.days - b.days : b.days - a.days) ||
  compare(a.deal, b.deal) ||
  compare(a.about, b.about) ||
  compare(a.people[0], b.people[0]);

const compare = (a: string | undefined = '', b: string | undefined = ''): number => (a < b ? -1 : a > b ? 1 : 0);

/** The most urgent of many, without keeping them all. */
export interface Keeper {
  add(line: DigestLine): void;
  /** Sorted. */
  kept(): DigestLine[];
}

export const keepMostUrgent = (most: number): Keeper => {
  let lines: DigestLine[] = [];
  const trim = (): void => {
    lines = lines.toSorted(mostUrgentFirst).slice(0, most);
  };
  return {
    add: (line) => {
      lines.push(line);
      if (lines.length >= most * 2) trim();
    },
    kept: () => {
      trim();
      return [...lines];
    },
  };
};
