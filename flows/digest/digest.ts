/** A digest: counts and lines with ids and dates, no names. Names are looked up when it is shown. */

import type { Decision } from '../deal/deal.ts';
import type { Day, Instant, DealId, PersonId } from '../ids.ts';
import { millisecondsOf } from '../milliseconds.ts';

/** The stages of a deal that is not closed. */
export const STAGES = ['answering', 'review', 'conditions', 'approved', 'suspended'] as const;
export type DigestStage = (typeof STAGES)[number];
/** Tiers, heaviest first; `unknown` has no tier yet. */
export const TIER_ROWS = ['prohibited', 'high', 'elevated', 'low', 'unknown'] as const;
export type TierRow = (typeof TIER_ROWS)[number];
export const CLOSED = ['declined', 'stopped', 'withdrawn', 'out of scope'] as const;
export type Closed = (typeof CLOSED)[number];
export type DigestPlace = { tier: TierRow; stage: DigestStage } | { closed: Closed };
export type DecidedOutcome = Decision['outcome'];

/** Bounds for the age of waiting approvals, in days: up to 2, up to 7, up to 14, longer. */
export const AGES = [2, 7, 14] as const;

/** Kinds of lines, most pressing first; within one kind, the longest-waiting or first-due line leads. */
export const LINE_KINDS = [
  'rows changed',
  'suspended',
  'condition overdue',
  'reassessment overdue',
  'authority to notify',
  'messages failed',
  'list not fetched',
  'nobody can vote',
  'hold to review',
  'evidence to look at',
  'scope to confirm',
  'change to confirm',
  'flag to settle',
  'waiting for votes',
  'waiting for information',
  'country to look at',
  'list old',
  'reassessment due',
  'waiting for answers',
  'condition open',
  'training missing',
  'training expired',
  'training expiring',
  'country alert',
  'hold',
  'stopped',
  'out of scope',
  'decided',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

export interface DigestLine {
  of: LineKind;
  deal?: DealId | undefined;
  /** The people who must act, or whom the line is about. */
  people: PersonId[];
  /** Days waiting or late; for future dates, days that are left. Of failed messages and changed rows: how many. */
  days: number;
  /** A condition, a course, a country, a hold, a list, an outcome. */
  about?: string | undefined;
}

export type Cells = Record<TierRow, Record<DigestStage, number>>;

export interface RecordRoot {
  /** Hex. */
  root: string;
  /** Number of commits in the log that has this root. Absent in older digests. */
  size?: number | undefined;
  /** Number of streams over whose heads the root of an older digest goes. */
  streams?: number | undefined;
}

export interface Digest {
  /** Absent for a first digest. */
  since?: Instant | undefined;
  until: Instant;
  /** Deals that are not closed. */
  cells: Cells;
  closed: Record<Closed, number>;
  /** Waiting approvals, by `AGES`. */
  ages: [number, number, number, number];
  /** Decisions since the last digest. */
  decisions: Record<DecidedOutcome, number>;
  /** Due within 30, 60 and 90 days. */
  reassessments: [number, number, number];
  /** Approved deals under a policy without a latest day for a new look. Absent: none, or made before it was counted. */
  undated?: number | undefined;
  /** Counts of every kind, including lines that are not kept. */
  counts: Partial<Record<LineKind, number>>;
  /** The most pressing lines, up to a limit. */
  lines: DigestLine[];
  checkpoint?: RecordRoot | undefined;
}

/** One person's queue. */
export interface PersonalDigest {
  until: Instant;
  /** Lines that wait for this person. */
  mine: DigestLine[];
  /** Lines of this person's own that wait for somebody else. */
  others: DigestLine[];
  /** Counts of all lines, including those that are not kept. */
  counts: { mine: number; others: number };
}

/** Reassessments are announced this many days ahead. */
export const AHEAD_DAYS = [30, 60, 90] as const;
/** The last of them: what is due later is not spoken of. */
export const FAR_AHEAD = Math.max(...AHEAD_DAYS);

/** Lines shown at first. */
export const MOST_SHOWN = 15;
/** So many of a kind come before those of other kinds that wait: dozens of one kind push nothing out. */
const MOST_OF_A_KIND = 4;

/** Returns the lines that a message shows: in their order, of each kind the first few, then more of them where there is room. */
export const shownFirst = (lines: readonly DigestLine[], most: number = MOST_SHOWN): DigestLine[] => {
  const counts = new Map<LineKind, number>();
  const isFirst = lines.map(({ of }) => {
    const n = (counts.get(of) ?? 0) + 1;
    counts.set(of, n);
    return n <= MOST_OF_A_KIND;
  });
  const before = lines.filter((_, i) => isFirst[i]).slice(0, most);
  const room = most - before.length;
  const kept = new Set([...before, ...lines.filter((_, i) => !isFirst[i]).slice(0, room)]);
  return lines.filter((line) => kept.has(line));
};
/** Lines kept for "show all"; the command line gives more. */
export const MOST_KEPT = 200;

const MOST_DAYS = 100_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts whole days from one instant to the other; 0 where the second is not later. */
export const daysBetween = (from: Instant, to: Instant): number =>
  Math.min(MOST_DAYS, Math.max(0, Math.floor((millisecondsOf(to) - millisecondsOf(from)) / DAY_MS)));

export const midnight = (day: Day): Instant => `${day}T00:00:00.000Z`;

const RANK = new Map<LineKind, number>(LINE_KINDS.map((kind, i) => [kind, i]));
/** Kinds of which the soonest is the most urgent; of all others it is the longest-waiting. */
const AHEAD = new Set<LineKind>([
  'condition open',
  'reassessment due',
  'training expiring',
  'hold',
  'decided',
  'out of scope',
  'stopped',
  'country alert',
]);

/** Compares lines for a sort: most urgent first, in a stable order. */
export const mostUrgentFirst = (a: DigestLine, b: DigestLine): number =>
  (RANK.get(a.of) ?? 0) - (RANK.get(b.of) ?? 0) ||
  (AHEAD.has(a.of) ? a.days - b.days : b.days - a.days) ||
  compare(a.deal, b.deal) ||
  compare(a.about, b.about) ||
  compare(a.people[0], b.people[0]);

const compare = (a: string | undefined = '', b: string | undefined = ''): number => (a < b ? -1 : a > b ? 1 : 0);

/** Keeps the most urgent of many lines without storing them all. */
export interface Keeper {
  add(line: DigestLine): void;
  /** Sorted. */
  kept(): DigestLine[];
}

export const keepMostUrgent = (most: number): Keeper => {
  let lines: DigestLine[] = [];
  const trim = (): void => {
    lines = shownFirst(lines.toSorted(mostUrgentFirst), most);
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
