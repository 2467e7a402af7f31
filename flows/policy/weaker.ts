/** Tells which changes of a policy file make it weaker: fewer people, less asked for, lighter weights. House rule. */

import { TIERS, WEIGHTS } from './policy.ts';

/** A value of the policy that differs, by its path; `was` or `is` is absent where it did not or does not stand there. */
export interface PolicyChange {
  path: string;
  was?: string | undefined;
  is?: string | undefined;
}

/** Weakest first; '' where the policy does not say. */
const SCALES: readonly (readonly [path: RegExp, weakestFirst: readonly string[]])[] = [
  [/^confirmScope$/, ['never', 'able', 'always']],
  [/^lighter$/, ['', 'reason', 'confirm']],
  [/^managerAlone$/, ['true', 'false']],
  [/^declareStake$/, ['false', 'true']],
  [/^delegates$/, ['anybody', 'same-group']],
  [/^euExporter$/, ['false', 'true']],
  [/^picture bases$/, ['optional', 'required']],
  [/^picture (?:rules|exceptions) \S+ tier$/, TIERS],
  [/^tiers \S+ tier$/, TIERS],
  [/^flags \S+ weight$/, WEIGHTS],
  [/^routes \S+ weighing$/, ['false', 'true']],
  [/^signature from$/, ['high', 'elevated', 'low']],
  [/^signature without$/, ['allow', 'wait']],
  [/^signature passkeys$/, ['any', 'device-bound']],
  [/^sections \S+ questions \S+ (?:weighty|evidence|stops|mustBeKnown)$/, ['false', 'true']],
  [/^sections \S+ questions \S+ allowNotApplicable$/, ['true', 'false']],
  [/^sections \S+ questions \S+ openCounts$/, ['better', 'worse']],
  [/^sections \S+ questions \S+ basis$/, ['none', 'source', 'counsel']],
];

/** What a policy does where it does not say. */
const USUAL: Readonly<Record<string, string>> = {
  confirmScope: 'never',
  lighter: '',
  managerAlone: 'true',
  declareStake: 'false',
  delegates: 'anybody',
  euExporter: 'false',
  bases: 'optional',
  stops: 'false',
  mustBeKnown: 'false',
  openCounts: 'worse',
  basis: 'source',
  passkeys: 'any',
};

/** Numbers of which fewer are weaker. */
const FEWER = [
  /^routes \S+ steps \S+ quorum$/,
  /^routes \S+ steps \S+ including \S+ atLeast$/,
  /^sections \S+ questions \S+ publishersWhenHigh$/,
  /^retention \S+$/,
  /^indicators \S+ below$/,
  /^yearlyReport least$/,
];
/** Numbers of which more are weaker: days and months that pass before anything happens, and values that must be reached. */
const MORE = [
  /^reminders .*\b(?:after|every|suspend|within|everyMonths|high|others)$/,
  /^safeguards \S+ dueInDays$/,
  /^training graceDays$/,
  /^training courses \S+ validMonths$/,
  /^indicators \S+ atLeast$/,
  /^reuse months$/,
];

/** Parts that ask for something: without them less is asked. */
const ASKS = [
  /^flags \S+ id$/,
  /^sections \S+ id$/,
  /^sections \S+ questions \S+ id$/,
  /^safeguards \S+ id$/,
  /^picture (?:rules|rowDown) \S+ id$/,
  /^tiers \S+ id$/,
  /^routes \S+ steps \S+ id$/,
  /^routes \S+ steps \S+ including \S+ id$/,
  /^training courses \S+ id$/,
  /^training blocks \S+$/,
  /^signature from$/,
  /^flags \S+ modifiers \S+ id$/,
  /^reminders \S+ escalate to$/,
  /^weighing askWhy \S+$/,
  /^indicators \S+ id$/,
];
/** Parts that let something through: with them less is asked. */
const LETS = [/^scope out \S+ id$/, /^picture exceptions \S+ id$/, /^reuse months$/];

const fits = (patterns: readonly RegExp[], path: string): boolean => patterns.some((pattern) => pattern.test(path));

const usualOf = (path: string): string => USUAL[path.split(' ').at(-1) ?? ''] ?? '';

const firstNumber = (value: string): number => Number(/^-?\d+(?:\.\d+)?/u.exec(value)?.[0] ?? Number.NaN);

const cellsFell = (was: string, is: string): boolean => {
  const [had, has] = [was.split(', '), is.split(', ')];
  return had.some((tier, n) => TIERS.findIndex((one) => one === has[n]) < TIERS.findIndex((one) => one === tier));
};

const APPROVERS = 'yearlyReport approvers';
const approversIn = (list = 'chief, counsel'): string[] => list.split(', ').filter((group) => group !== 'none');

/** Tells whether less is asked, fewer people decide, or a deal weighs less than before. */
export const isWeaker = ({ path, was, is }: PolicyChange): boolean => {
  if (path === APPROVERS) return approversIn(was).some((group) => !approversIn(is).includes(group));
  if (was !== undefined && is === undefined && fits(ASKS, path)) return true;
  if (was === undefined && is !== undefined && fits(LETS, path)) return true;
  const scale = SCALES.find(([pattern]) => pattern.test(path))?.[1];
  if (scale) {
    const [had, has] = [was, is].map((value) => scale.indexOf(value ?? usualOf(path)));
    return had !== undefined && has !== undefined && has >= 0 && had > has;
  }
  if (was === undefined || is === undefined) return false;
  if (/^picture cells \S+$/.test(path)) return cellsFell(was, is);
  if (fits(FEWER, path)) return firstNumber(is) < firstNumber(was);
  if (fits(MORE, path)) return firstNumber(is) > firstNumber(was);
  return false;
};
