/** Refuses what Teams would refuse, drop or draw wrongly: an unknown element is an error here, never a blank. */

import type { CardJson } from '../page/teams/wire.ts';
import { ACTIONS, ELEMENTS, FLAGS, PARTS, TEXTS, WORDS, WORDS_OF, type Part } from './card-shapes.ts';

export type Checked = { ok: true; card: CardJson } | { ok: false; problems: string[] };

type Node = Record<string, unknown>;

/** Teams shows six actions of a set. */
const MOST_ACTIONS = 6;
/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views */
const MOST_USERS = 60;
/** Newest version that Teams draws in bots' cards. */
const VERSIONS = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

interface Check {
  problems: string[];
  inputs: Set<string>;
  /** Dialogs know no `Action.Execute`. */
  dialog: boolean;
}

const typeOf = (node: Node): string => (typeof node['type'] === 'string' ? node['type'] : '');

const checkValue = (check: Check, type: string, name: string, value: unknown, at: string): void => {
  const problem = (what: string): void => void check.problems.push(`${at}/${name} ${what}`);
  const words = WORDS_OF[`${type}.${name}`] ?? WORDS[name];
  if (words !== undefined && !(typeof value === 'string' && words.split(' ').includes(value.toLowerCase()))) {
    problem(`must be one of ${words}`);
  }
  if (FLAGS.has(name) && typeof value !== 'boolean') problem('must be true or false');
  if (TEXTS.has(name) && typeof value !== 'string') problem('must be a string');
  if (name === 'url' && typeof value === 'string' && !/^(?:https?:\/\/|data:image\/)/.test(value)) {
    problem('must be a web address');
  }
  if (name === 'maxLines' || name === 'maxLength') {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) problem('must be a whole number from 1');
  }
  if (name === 'value' && type.startsWith('Input.') && type !== 'Input.Number' && typeof value !== 'string') {
    problem('must be a string');
  }
  if (name === 'value' && type === 'Input.Number' && typeof value !== 'number') problem('must be a number');
  if (name === 'data' && !isNode(value)) problem('must be an object');
};

type Visit = (check: Check, raw: unknown, at: string) => void;

const list =
  (visit: Visit): Visit =>
  (check, raw, at) => {
    if (!Array.isArray(raw)) check.problems.push(`${at} must be a list`);
    else raw.forEach((each, n) => visit(check, each, `${at}/${n}`));
  };

const shaped = (check: Check, node: Node, type: string, shape: { needs: string; may: string }, at: string): void => {
  const needs = shape.needs.split(' ').filter((n) => n !== '');
  const may = new Set([...needs, ...shape.may.split(' ')]);
  for (const name of needs) if (node[name] === undefined) check.problems.push(`${at} needs ${name}`);
  for (const [name, value] of Object.entries(node)) {
    if (!may.has(name)) check.problems.push(`${at} has an unknown property ${name}`);
    checkValue(check, type, name, value, at);
    const inside = CHILDREN[`${type}.${name}`] ?? CHILDREN[name];
    inside?.(check, value, `${at}/${name}`);
  }
};

const element: Visit = (check, raw, at) => {
  const type = isNode(raw) ? typeOf(raw) : '';
  const shape = Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type] : undefined;
  if (!isNode(raw) || !shape) {
    check.problems.push(`${at} is no element of Adaptive Cards 1.5: ${type}`);
    return;
  }
  if (type.startsWith('Input.') && typeof raw['id'] === 'string') {
    if (check.inputs.has(raw['id'])) check.problems.push(`${at}/id names two inputs`);
    check.inputs.add(raw['id']);
  }
  shaped(check, raw, type, shape, at);
};

const action: Visit = (check, raw, at) => {
  const type = isNode(raw) ? typeOf(raw) : '';
  const shape = Object.hasOwn(ACTIONS, type) ? ACTIONS[type] : undefined;
  if (!isNode(raw) || !shape) {
    check.problems.push(`${at} is no action of Adaptive Cards 1.5: ${type}`);
    return;
  }
  if (type === 'Action.Execute' && raw['verb'] === '') check.problems.push(`${at}/verb is empty`);
  if (type === 'Action.Execute' && check.dialog) check.problems.push(`${at}: a dialog knows no Action.Execute`);
  shaped(check, raw, type, shape, at);
};

const part =
  (type: Part): Visit =>
  (check, raw, at) => {
    if (!isNode(raw)) check.problems.push(`${at} must be an object`);
    else if (raw['type'] !== undefined && raw['type'] !== type) check.problems.push(`${at}/type must be ${type}`);
    else shaped(check, raw, type, PARTS[type], at);
  };

const actionSet: Visit = (check, raw, at) => {
  list(action)(check, raw, at);
  if (Array.isArray(raw) && raw.length > MOST_ACTIONS)
    check.problems.push(`${at} has more than ${MOST_ACTIONS} actions`);
};

const fallback =
  (visit: Visit): Visit =>
  (check, raw, at) => {
    // Drawn in place of the other: the ids of its inputs may be the same.
    if (raw !== 'drop') visit({ ...check, inputs: new Set() }, raw, at);
  };

const refresh: Visit = (check, raw, at) => {
  if (!isNode(raw)) {
    check.problems.push(`${at} must be an object`);
    return;
  }
  const { type, action: pressed, userIds } = raw;
  if (type !== undefined && type !== 'Refresh') check.problems.push(`${at}/type must be Refresh`);
  action(check, pressed, `${at}/action`);
  if (isNode(pressed) && pressed['type'] !== 'Action.Execute') {
    check.problems.push(`${at}/action must be Action.Execute`);
  }
  if (userIds === undefined) return;
  if (!Array.isArray(userIds) || userIds.some((id) => typeof id !== 'string' || !id.startsWith('29:'))) {
    check.problems.push(`${at}/userIds must be ids that begin with 29:`);
  } else if (userIds.length > MOST_USERS) {
    check.problems.push(`${at}/userIds names more than ${MOST_USERS} people`);
  }
};

const inline: Visit = (check, raw, at) => {
  if (typeof raw === 'string') return;
  if (isNode(raw) && raw['type'] !== 'TextRun') check.problems.push(`${at} must be a string or a TextRun`);
  else part('TextRun')(check, raw, at);
};

const image: Visit = (check, raw, at) => {
  if (isNode(raw) && raw['type'] !== 'Image') check.problems.push(`${at} must be an Image`);
  else element(check, raw, at);
};

const selectable: Visit = (check, raw, at) => {
  if (isNode(raw) && raw['type'] === 'Action.ShowCard') check.problems.push(`${at} cannot be Action.ShowCard`);
  else action(check, raw, at);
};

const CHILDREN: Readonly<Record<string, Visit>> = {
  body: list(element),
  items: list(element),
  actions: actionSet,
  selectAction: selectable,
  inlineAction: selectable,
  'Action.ShowCard.card': part('AdaptiveCard'),
  'AdaptiveCard.refresh': refresh,
  'ColumnSet.columns': list(part('Column')),
  'Table.columns': list(part('TableColumnDefinition')),
  rows: list(part('TableRow')),
  cells: list(part('TableCell')),
  inlines: list(inline),
  images: list(image),
  facts: list(part('Fact')),
  choices: list(part('Input.Choice')),
  sources: list(part('MediaSource')),
  'Column.fallback': fallback(part('Column')),
  ...Object.fromEntries(Object.keys(ELEMENTS).map((type) => [`${type}.fallback`, fallback(element)])),
  ...Object.fromEntries(Object.keys(ACTIONS).map((type) => [`${type}.fallback`, fallback(action)])),
};

export const checkCard = (raw: unknown, where: 'message' | 'dialog'): Checked => {
  const check: Check = { problems: [], inputs: new Set(), dialog: where === 'dialog' };
  const isCard = (card: unknown): card is CardJson => isNode(card) && card['type'] === 'AdaptiveCard';
  if (!isCard(raw)) return { ok: false, problems: ['the card must be an AdaptiveCard'] };
  const { version } = raw;
  if (typeof version !== 'string' || !VERSIONS.includes(version)) check.problems.push('/version must be 1.0 to 1.5');
  part('AdaptiveCard')(check, raw, '');
  return check.problems.length > 0 ? { ok: false, problems: check.problems } : { ok: true, card: raw };
};
