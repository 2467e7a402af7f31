/**
 * The work on a case after it arrived (items A7 to A9 and G12 of the Guidance): what handlers make of it, a hold, an
 * investigation, its outcome, remedy. Each step is sealed to the case's handlers like a message: these rules run in their
 * browsers, on what they opened. The server knows the day of a step, and not which it was.
 */

import { tellsOfReport, TELLS_OF_REPORT } from '../hold-reason.ts';
import { HOLD_STOPS, type HoldStop } from '../hold.ts';
import { FINDINGS, type CaseId, type Finding, type HandlerId } from './case.ts';
import type { Day } from './days.ts';

/** A person of the organisation file. */
export interface Known {
  id: string;
  name: string;
}

export const OUTCOMES = ['substantiated', 'partly', 'not'] as const;
export type CaseOutcome = (typeof OUTCOMES)[number];

/** `revoke`: the use of the product (item C7). */
export const FOR_THE_DEAL = ['nothing', 'reassess', 'revoke', 'end'] as const;
export type ForTheDeal = (typeof FOR_THE_DEAL)[number];

export interface PlacedHold {
  /** Deals or an end-user, in words. */
  on: string;
  stop: HoldStop[];
  /** The reason that stands in chat. */
  reason: string;
  day: Day;
  review: Day;
}

export type Step =
  /** `same`: another case that tells of the same. */
  | { kind: 'finding'; as: Finding; why: string; same?: CaseId | undefined }
  | { kind: 'joined'; other: CaseId }
  /** `infer`: who could find out who spoke. `help`: whether outsiders help, and why. `place` absent: no hold, by `why`. */
  | {
      kind: 'hold';
      infer: string;
      help: { asked: boolean; words: string };
      place?: PlacedHold | undefined;
      why: string;
    }
  | { kind: 'lifted'; words: string }
  /** `not`: people of the deals, and those whom it concerns. */
  | { kind: 'investigation'; who: Known[]; outside: string; not: Known[] }
  /** The investigation's end. `hold`: what becomes of it; absent where there is none. */
  | { kind: 'result'; words: string; hold?: 'lift' | 'keep' | undefined }
  | { kind: 'outcome'; as: CaseOutcome; deal: ForTheDeal; why: string }
  /** `by` absent: there is none, by what `what` says. */
  | { kind: 'remedy'; what: string; who: string; by?: Day | undefined }
  /** `remedy`: the number of the message in which it stands. */
  | { kind: 'remedied'; remedy: number; words: string }
  | { kind: 'claim'; stands: boolean; words: string };

/** A step that was opened, with its author. */
export interface Taken {
  number: number;
  by: HandlerId;
  step: Step;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isSome = (value: unknown): boolean => isText(value) && value.trim() !== '';
const isDay = (value: unknown): boolean => isText(value) && /^\d{4}-\d{2}-\d{2}$/.test(value);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isIn = (list: readonly string[], value: unknown): boolean => isText(value) && list.includes(value);
const arePeople = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => isRecord(one) && isText(one['id']) && isText(one['name']));
const isPlaced = (value: unknown): boolean =>
  isRecord(value) &&
  isSome(value['on']) &&
  Array.isArray(value['stop']) &&
  value['stop'].length > 0 &&
  value['stop'].every((stop) => isIn(HOLD_STOPS, stop)) &&
  isSome(value['reason']) &&
  isDay(value['day']) &&
  isDay(value['review']);

const FITS: Record<Step['kind'], (fields: Record<string, unknown>) => boolean> = {
  finding: ({ as, why, same }) => isIn(FINDINGS, as) && isSome(why) && (same === undefined || isSome(same)),
  joined: ({ other }) => isSome(other),
  hold: ({ infer, help, place, why }) =>
    isSome(infer) &&
    isRecord(help) &&
    typeof help['asked'] === 'boolean' &&
    isSome(help['words']) &&
    isText(why) &&
    (place === undefined ? isSome(why) : isPlaced(place)),
  lifted: ({ words }) => isSome(words),
  investigation: ({ who, outside, not }) => arePeople(who) && isText(outside) && arePeople(not),
  result: ({ words, hold }) => isSome(words) && (hold === undefined || isIn(['lift', 'keep'], hold)),
  outcome: ({ as, deal, why }) => isIn(OUTCOMES, as) && isIn(FOR_THE_DEAL, deal) && isSome(why),
  remedy: ({ what, who, by }) => isSome(what) && isText(who) && (by === undefined || (isDay(by) && isSome(who))),
  remedied: ({ remedy, words }) => Number.isSafeInteger(remedy) && isSome(words),
  claim: ({ stands, words }) => typeof stands === 'boolean' && isSome(words),
};

const isStep = (value: unknown): value is Step =>
  isRecord(value) &&
  isText(value['kind']) &&
  Object.hasOwn(FITS, value['kind']) &&
  FITS[value['kind'] as Step['kind']](value);

/** Returns the step in an opened message; undefined where there is none, or another version's. */
export const stepIn = (message: unknown): Step | undefined =>
  isRecord(message) && message['kind'] === 'step' && isStep(message['step']) ? message['step'] : undefined;

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** Where the work on a case stands. */
export interface Work {
  finding?: (StepOf<'finding'> & { by: HandlerId }) | undefined;
  joined: readonly CaseId[];
  hold?: StepOf<'hold'> | undefined;
  /** A hold was placed, and nobody said that it was lifted. */
  stands: boolean;
  investigation?: StepOf<'investigation'> | undefined;
  /** Of the latest investigation. */
  result?: StepOf<'result'> | undefined;
  outcome?: (StepOf<'outcome'> & { by: HandlerId }) | undefined;
  remedies: readonly (StepOf<'remedy'> & { number: number; done: boolean })[];
  claim: boolean;
}

const NOTHING: Work = { joined: [], stands: false, remedies: [], claim: false };

const after = (work: Work, { number, by, step }: Taken): Work => {
  switch (step.kind) {
    case 'finding':
      return { ...work, finding: { ...step, by } };
    case 'joined':
      return { ...work, joined: [...work.joined, step.other] };
    case 'hold':
      return { ...work, hold: step, stands: step.place !== undefined };
    case 'lifted':
      return { ...work, stands: false };
    case 'investigation':
      return { ...work, investigation: step, result: undefined, outcome: undefined };
    case 'result':
      return { ...work, result: step };
    case 'outcome':
      return { ...work, outcome: { ...step, by } };
    case 'remedy':
      return { ...work, remedies: [...work.remedies, { ...step, number, done: step.by === undefined }] };
    case 'remedied':
      return {
        ...work,
        remedies: work.remedies.map((one) => (one.number === step.remedy ? { ...one, done: true } : one)),
      };
    case 'claim':
      return { ...work, claim: step.stands };
    default: {
      const never: never = step;
      return never;
    }
  }
};

/**
 * `taken`: in the order of their messages. A step that was not possible when it was taken counts for nothing. `concerns`:
 * names of those whom the case concerns.
 */
export const workOf = (taken: readonly Taken[], concerns: readonly string[] = []): Work =>
  taken.reduce((work, one) => (stepProblem(work, one.step, concerns) === undefined ? after(work, one) : work), NOTHING);

const sameName = (one: string, other: string): boolean =>
  one.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase() ===
  other.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Returns those who may not investigate: by id, or by the name of somebody whom it concerns. */
export const barred = (who: readonly Known[], not: readonly Known[], concerns: readonly string[]): Known[] =>
  who.filter(({ id, name }) => not.some((other) => other.id === id) || concerns.some((other) => sameName(other, name)));

const isLikely = ({ finding }: Work): boolean => finding?.as === 'credible' || finding?.as === 'significant';

/** Returns why a step can't be taken now, in words for who tries; undefined if it can. */
export const stepProblem = (work: Work, step: Step, concerns: readonly string[] = []): string | undefined => {
  const { finding, hold, stands, investigation, result, outcome, remedies, claim } = work;
  const runs = investigation !== undefined && result === undefined;
  switch (step.kind) {
    case 'finding':
      return investigation === undefined ? undefined : 'An investigation began. Its outcome says what to make of it.';
    case 'joined':
      return undefined;
    case 'hold':
      if (finding?.as !== 'significant') return 'A hold is considered once it is found credible and significant.';
      if (stands) return 'A hold stands already.';
      return step.place && tellsOfReport(step.place.reason) ? TELLS_OF_REPORT : undefined;
    case 'lifted':
      return stands ? undefined : 'No hold stands.';
    case 'investigation': {
      if (!isLikely(work)) return 'Say first that it is credible.';
      if (finding?.as === 'significant' && hold === undefined) return 'Consider a hold first.';
      if (runs) return 'An investigation runs already.';
      if (step.who.length === 0 && step.outside.trim() === '') return 'Say who investigates.';
      const [wrong] = barred(step.who, step.not, concerns);
      return wrong
        ? `${wrong.name} is of the deals, or it concerns them: somebody else has to investigate.`
        : undefined;
    }
    case 'result':
      if (!runs) return 'No investigation runs.';
      return stands && step.hold === undefined ? 'Say whether the hold is lifted or kept.' : undefined;
    case 'outcome':
      return result ? undefined : 'It has an outcome once its investigation ended.';
    case 'remedy':
      return outcome && outcome.as !== 'not' ? undefined : 'Remedy follows once misuse was found.';
    case 'remedied':
      return remedies.some(({ number, done }) => number === step.remedy && !done)
        ? undefined
        : 'This was done already, or never planned.';
    case 'claim':
      return claim === step.stands ? (claim ? 'A claim stands already.' : 'No claim stands.') : undefined;
    default: {
      const never: never = step;
      return never;
    }
  }
};

/** Returns the first day by which a remedy is due; undefined where none is open. */
export const workDue = ({ remedies }: Work): Day | undefined =>
  remedies.flatMap(({ by, done }) => (by === undefined || done ? [] : [by])).toSorted()[0];

/** Returns what still has to be done before a case is closed, in words; undefined where nothing stands in the way. */
export const closingProblem = (work: Work, { by, readers }: { by: HandlerId; readers: number }): string | undefined => {
  const { finding, stands, outcome, remedies, claim, investigation, result } = work;
  if (!finding) return 'Say first what you make of it.';
  if (investigation && !result) return 'Its investigation runs. End it first.';
  if (isLikely(work) && finding.same === undefined && !outcome) return 'Say first what its investigation found.';
  if (stands) return 'A hold stands. Lift it in chat and say so here; while it stands, the case is kept.';
  if (outcome && outcome.as !== 'not' && remedies.length === 0)
    return 'Say first what makes it good, or why nothing does.';
  if (remedies.some(({ done }) => !done)) return 'A remedy is not done yet.';
  if (claim) return 'A claim stands. While it does, the case is kept.';
  // Lighter takes two, where there are two.
  const lighter = outcome ? outcome.as === 'not' && outcome : isLikely(work) ? undefined : finding;
  return lighter && lighter.by === by && readers > 1
    ? 'You found that nothing is to be done. Another handler has to read it, and close it.'
    : undefined;
};
