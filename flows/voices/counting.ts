/**
 * What a closed case is counted by, for the yearly report (items R2 and C12 of the Guidance): classes and days, and no word
 * of what it was about. It is sealed to the case's handlers like a message, and outlives what is erased.
 */

import { caseDays, FINDINGS, type Case, type Finding } from './case.ts';
import { daysBetween } from './days.ts';
import { OUTCOMES, type CaseOutcome, type Work } from './steps.ts';

export interface CaseCount {
  /** In which it arrived. */
  year: number;
  found: Finding;
  outcome?: CaseOutcome | undefined;
  /** Whether something was made good. */
  remedied: boolean;
  /** Days until it was said that it arrived, and what came of it. */
  acknowledged?: number | undefined;
  answered?: number | undefined;
  reopened: boolean;
}

/** Undefined where nobody said what to make of it. */
export const countOf = (of: Pick<Case, 'day' | 'events'>, work: Work): CaseCount | undefined => {
  if (!work.finding) return undefined;
  const { acknowledged, feedback } = caseDays(of);
  return {
    year: Number(of.day.slice(0, 4)),
    found: work.finding.as,
    ...(work.outcome && { outcome: work.outcome.as }),
    remedied: work.remedies.some(({ by, done }) => by !== undefined && done),
    ...(acknowledged !== undefined && { acknowledged: daysBetween(of.day, acknowledged) }),
    ...(feedback !== undefined && { answered: daysBetween(of.day, feedback) }),
    reopened: of.events.some(({ kind }) => kind === 'opened again'),
  };
};

const isNumber = (value: unknown): boolean => value === undefined || typeof value === 'number';

/** Returns the count in an opened message; undefined where there is none. */
export const countIn = (message: unknown): CaseCount | undefined => {
  if (typeof message !== 'object' || message === null || !('kind' in message) || message.kind !== 'count')
    return undefined;
  const { count } = message as { count?: unknown };
  if (typeof count !== 'object' || count === null) return undefined;
  const { year, found, outcome, acknowledged, answered } = count as Record<string, unknown>;
  const fits =
    typeof year === 'number' &&
    FINDINGS.some((one) => one === found) &&
    (outcome === undefined || OUTCOMES.some((one) => one === outcome)) &&
    isNumber(acknowledged) &&
    isNumber(answered);
  return fits ? (count as CaseCount) : undefined;
};

const STEPS = [1, 5, 10, 25, 50, 100, 250, 500, 1000];

/** `none`, `1 to 4`, `5 to 9`, `10 to 24`…: an exact number of few tells who is one of them. */
export const rangeOf = (count: number): string => {
  if (count <= 0) return 'none';
  const at = STEPS.findLastIndex((step) => step <= count);
  const next = STEPS[at + 1];
  return next === undefined ? `${STEPS[at]} or more` : `${STEPS[at]} to ${next - 1}`;
};

const middle = (days: readonly number[]): string => {
  const sorted = days.toSorted((a, b) => a - b);
  const found = sorted[Math.floor((sorted.length - 1) / 2)];
  // Of few it would be somebody's own.
  return found === undefined || sorted.length < 5 ? 'not said of fewer than 5' : `${found}`;
};

/** Lines to hand to the yearly report. `closed`: of all years. */
export const yearLines = (closed: readonly CaseCount[], year: number): string[] => {
  const of = closed.filter((one) => one.year === year);
  const range = (is: (one: CaseCount) => boolean): string => rangeOf(of.filter(is).length);
  const days = (which: 'acknowledged' | 'answered'): string => middle(of.flatMap((one) => one[which] ?? []));
  return [
    `Reports that arrived in ${year} and are closed: ${rangeOf(of.length)}`,
    `Found credible: ${range(({ found }) => found === 'credible' || found === 'significant')}`,
    `Substantiated, at least in part: ${range(({ outcome }) => outcome === 'substantiated' || outcome === 'partly')}`,
    `Made good, at least in part: ${range(({ remedied }) => remedied)}`,
    `Opened again: ${range(({ reopened }) => reopened)}`,
    `Days until it was said that they arrived, in the middle: ${days('acknowledged')}`,
    `Days until it was said what came of them, in the middle: ${days('answered')}`,
  ];
};
