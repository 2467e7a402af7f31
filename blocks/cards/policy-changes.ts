/** What changed in the policy file, a line each: what became weaker first. */

import { isWeaker } from '../../flows/policy/weaker.ts';
import type { Change } from '../../flows/registers/said.ts';
import type { Block, Text } from '../card.ts';
import { shorten } from '../words.ts';

const MOST_VALUE = 120;

/** Settings in words; every other member is named by its path. */
const NAMES: Readonly<Record<string, string>> = {
  name: 'The policy’s name',
  version: 'Its version',
  confirmScope: 'Confirming out of scope',
  lighter: 'A change that makes a deal lighter asks for',
  managerAlone: 'A manager’s vote alone completes a step',
  declareStake: 'Voters say that they have no stake',
  delegates: 'Who may stand in for a voter',
  euExporter: 'The company exports from the EU',
  ableCategories: 'Categories that can gather data about people',
  'kindNames security': 'Words that name a security service',
  'kindNames government': 'Words that name a government',
  'kindNames state-tied': 'Words that name a company close to a state',
  'yearlyReport approvers': 'Who approves the yearly report',
  'yearlyReport least': 'Deals that must be left behind a figure of the yearly report',
  'yearlyReport reportBy': 'Day by which the yearly report is published (month-day)',
  'reuse months': 'Months for which answers about an end-user are offered again',
};
/** What an empty place means. */
const NONE: Readonly<Record<string, string>> = {
  confirmScope: 'never',
  lighter: 'nothing',
  'yearlyReport approvers': 'chief, counsel',
};
const VALUES: Readonly<Record<string, string>> = {
  'confirmScope always': 'compliance, always',
  'confirmScope able': 'compliance, for products and end-users that could',
  'lighter reason': 'a reason',
  'lighter confirm': 'a reason and compliance',
  'yearlyReport approvers none': 'nobody',
  true: 'yes',
  false: 'no',
};

/** `sections product questions P1 weight` → `Question P1, weight`. */
const KINDS: readonly (readonly [path: RegExp, words: string])[] = [
  [/^sections \S+ questions (\S+)/, 'Question $1'],
  [/^sections (\S+)/, 'Section $1'],
  [/^flags (\S+)/, 'Red flag $1'],
  [/^safeguards (\S+)/, 'Safeguard $1'],
  [/^routes (\S+) steps (\d+)/, 'Route $1, step $2'],
  [/^routes (\S+)/, 'Route $1'],
  [/^picture cells (\S+)/, 'Risk picture, row $1'],
  [/^picture/, 'Risk picture'],
  [/^reminders (\S+)/, 'Reminders of $1'],
  [/^training/, 'Training'],
  [/^signature/, 'Signed votes'],
  [/^retention (\S+)/, 'Months kept, $1'],
  [/^scope/, 'Scope'],
  [/^weighing/, 'Weighing sheet'],
  [/^tiers (\S+)/, 'Tier rule $1'],
  [/^endUserKind/, 'Unknown end-user'],
  [/^principles (\S+)/, 'Principle $1'],
  [/^references (\S+)/, 'Reference $1'],
  [/^indicators (\S+)/, 'Indicator $1'],
  [/^\S+ order$/, 'Order of its parts'],
];

const labelOf = (path: string): string => {
  const named = NAMES[path];
  if (named !== undefined) return named;
  const kind = KINDS.find(([pattern]) => pattern.test(path));
  if (!kind) return `“${path}”`;
  const [pattern, words] = kind;
  const [matched = ''] = pattern.exec(path) ?? [];
  const label = matched.replace(pattern, words);
  // Steps are counted from 1 for people.
  const counted = label.replace(/step (\d+)$/u, (_, n: string) => `step ${Number(n) + 1}`);
  const rest = path.slice(matched.length).trim().replace(/ ?id$/u, '');
  return rest === '' ? counted : `${counted}, ${rest}`;
};

const valueOf = (path: string, value: string | undefined): string =>
  value === undefined
    ? (NONE[path] ?? 'none')
    : (VALUES[`${path} ${value}`] ?? VALUES[value] ?? shorten(value, MOST_VALUE));

export const policyChangeWords = ({ path, was, is }: Change): Text => {
  const label = labelOf(path);
  if (path.endsWith(' id')) return `${label}: ${is === undefined ? 'not there any more' : 'new'}.`;
  return `${label}: ${valueOf(path, is)} (was: ${valueOf(path, was)}).`;
};

/** Lists what changed under headings: weaker, and otherwise. */
export const policyChangeBlocks = (changes: readonly Change[]): Block[] => {
  const part = (heading: string, of: readonly Change[]): Block[] =>
    of.length === 0
      ? []
      : [
          { kind: 'heading', text: heading },
          { kind: 'list', items: of.map(policyChangeWords) },
        ];
  return [
    ...part('Weaker than before', changes.filter(isWeaker)),
    ...part(
      'Also changed',
      changes.filter((change) => !isWeaker(change)),
    ),
  ];
};
