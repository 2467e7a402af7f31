/** Adds deals to a digest one by one: it holds counts and the most urgent lines, never the deals. */

import type { Instant } from '../ids.ts';
import {
  AGES,
  AHEAD_DAYS,
  CLOSED,
  keepMostUrgent,
  LINE_KINDS,
  MOST_KEPT,
  STAGES,
  TIER_ROWS,
  type RecordRoot,
  type Digest,
  type DigestLine,
  type DigestPlace,
  type DigestStage,
  type LineKind,
} from './digest.ts';
import { linesIn, type DecisionTaken, type SaidInDigest } from './of-deal.ts';

/** The parts of a digest that come from outside the deals. */
export interface Beside {
  lines: readonly DigestLine[];
  checkpoint?: RecordRoot | undefined;
}

export interface Tally {
  add(said: SaidInDigest): void;
  /** Counts a deal of which there is nothing to say but where it stands. */
  count(place: DigestPlace): void;
  /** Returns the digest of everything added; decisions since `since`. */
  digest(span: { since?: Instant | undefined; until: Instant }, beside: Beside): Digest;
}

const zeros = <K extends string>(keys: readonly K[]): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;

const emptyCells = (): Digest['cells'] =>
  Object.fromEntries(TIER_ROWS.map((tier) => [tier, zeros(STAGES)])) as Digest['cells'];

const bucketOf = (days: number): 0 | 1 | 2 | 3 => {
  const [short, week, fortnight] = AGES;
  return days <= short ? 0 : days <= week ? 1 : days <= fortnight ? 2 : 3;
};

interface Lines {
  add(line: DigestLine): void;
  copy(): Lines;
  counted(): Pick<Digest, 'lines' | 'counts' | 'reassessments'>;
}

/** Collects lines: all are counted, the most urgent kept. */
const startLines = (
  most: number,
  kept: readonly DigestLine[] = [],
  counts: ReadonlyMap<LineKind, number> = new Map(),
  due: Readonly<Digest['reassessments']> = [0, 0, 0],
): Lines => {
  const keeper = keepMostUrgent(most);
  for (const line of kept) keeper.add(line);
  const total = new Map(counts);
  const reassessments: Digest['reassessments'] = [...due];
  return {
    add: (line) => {
      keeper.add(line);
      total.set(line.of, (total.get(line.of) ?? 0) + 1);
      if (line.of !== 'reassessment due') return;
      for (const [i, within] of AHEAD_DAYS.entries()) if (line.days <= within) reassessments[i as 0 | 1 | 2] += 1;
    },
    copy: () => startLines(most, keeper.kept(), total, reassessments),
    counted: () => ({
      lines: keeper.kept(),
      counts: Object.fromEntries(LINE_KINDS.flatMap((kind) => (total.has(kind) ? [[kind, total.get(kind)]] : []))),
      reassessments: [...reassessments],
    }),
  };
};

/** Ignores decisions older than `from`: a digest that nobody had for longer than that counts from there. */
export const startTally = ({ from, most = MOST_KEPT }: { from: Instant; most?: number | undefined }): Tally => {
  const cells = emptyCells();
  const closed = zeros(CLOSED);
  const ages: Digest['ages'] = [0, 0, 0, 0];
  const found = startLines(most);
  const decided: DecisionTaken[] = [];
  let undated = 0;

  const count = (place: DigestPlace): void => {
    if ('closed' in place) closed[place.closed] += 1;
    else cells[place.tier][place.stage] += 1;
  };

  return {
    count,
    add: (said) => {
      const { place, age, decision } = said;
      count(place);
      if (age !== undefined) ages[bucketOf(age)] += 1;
      for (const line of linesIn(said)) found.add(line);
      if (said.undated) undated += 1;
      if (decision && decision.at > from) decided.push(decision);
    },
    digest: ({ since, until }, { lines: others, checkpoint }) => {
      const after = since !== undefined && since > from ? since : from;
      const taken = decided.filter(({ at }) => at > after);
      const decisions: Digest['decisions'] = { approved: 0, 'approved with conditions': 0, declined: 0 };
      for (const { outcome } of taken) if (outcome !== undefined) decisions[outcome] += 1;
      const all = found.copy();
      for (const line of [...others, ...taken.map(({ line }) => line)]) all.add(line);
      return {
        since: since && after,
        until,
        cells: structuredClone(cells),
        closed: { ...closed },
        ages: [...ages],
        decisions,
        ...all.counted(),
        ...(undated > 0 ? { undated } : {}),
        checkpoint,
      };
    },
  };
};

export const totalOf = ({ counts }: Pick<Digest, 'counts'>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

/** Counts the deals that somebody works on, by stage; those with conditions wait for their owners. */
export const openAt = ({ cells }: Pick<Digest, 'cells'>, ...stages: readonly DigestStage[]): number =>
  Object.values(cells).reduce((sum, row) => stages.reduce((n, stage) => n + row[stage], sum), 0);

/** Tells whether nothing was decided, nothing waits for anybody anywhere, and nothing comes up. */
export const isQuiet = (digest: Digest): boolean =>
  totalOf(digest) === 0 && openAt(digest, 'answering', 'review', 'conditions', 'suspended') === 0;
