/** The filters of a board as a form: each input is one filter of what can be typed, and the rest goes into free words. */

import { clausesIn, clauseText, FILTERS, type Filter } from '../../flows/lists/clauses.ts';
import { OFFERED, offeredFor } from '../../flows/lists/filters.ts';
import type { FlagName } from '../../flows/lists/flags-named.ts';
import { person, type Organisation } from '../../flows/organisation.ts';
import type { Choice, Form, FormValues } from '../card.ts';
import { tierOrNoneWord } from '../cards/board.ts';
import { capital, endUserKindWords, shorten } from '../words.ts';
import { lineInput, makeForm, menuInput, personInput, textOf, ticksInput, ticksOf } from './inputs.ts';

const LINES = ['country', 'flag', 'product', 'year'] as const;
const MENUS = ['tier', 'status', 'waiting', 'kind'] as const;
const ONLY = ['overdue', 'hold'] as const;

type Menu = (typeof MENUS)[number];
const isMenu = (filter: string): filter is Menu => MENUS.some((menu) => menu === filter);

const spaced = (value: string): string => capital(value.replaceAll('-', ' '));
const WAITING_LABELS: Readonly<Record<string, string>> = { requester: 'The owner', approvers: 'Any approver' };
const STATUS_LABELS: Readonly<Record<string, string>> = {
  conditions: 'With open conditions',
  'out-of-scope': 'Out of scope',
};

const choicesOf = (menu: Menu, organisation: Organisation): Choice[] => {
  switch (menu) {
    case 'tier':
      return OFFERED.tier.map((value) => ({ value, label: tierOrNoneWord(value) }));
    case 'kind':
      return OFFERED.kind.map((value) => ({ value, label: capital(endUserKindWords(value)) }));
    case 'status':
      return OFFERED.status.map((value) => ({ value, label: STATUS_LABELS[value] ?? spaced(value) }));
    case 'waiting': {
      const roles = OFFERED.waiting.map((value) => ({ value, label: WAITING_LABELS[value] ?? spaced(value) }));
      const known = new Set(roles.map(({ value }) => value));
      const groups = organisation.groups.filter(
        ({ id }) => !known.has(id) && id !== organisation.roles.compliance && id !== organisation.roles.counsel,
      );
      return [...roles, ...groups.map(({ id, name }) => ({ value: id, label: name }))].slice(0, 100);
    }
    default: {
      const never: never = menu;
      return never;
    }
  }
};

/** Returns what the inputs show for a query. What no input can hold stands in the free words, as it is typed. */
export const valuesFor = (query: string, organisation: Organisation, flags: readonly FlagName[] = []): FormValues => {
  const { clauses, words, quoted } = clausesIn(query);
  const values: Record<string, string | string[]> = {};
  const rest: string[] = [];
  const put = (filter: string, said: readonly string[]): boolean => {
    const [only = '', another] = said;
    if (Object.hasOwn(values, filter)) return false;
    if (filter === 'flag' && flags.length > 0) {
      const found = another === undefined ? flags.find(({ id }) => id.toUpperCase() === only.toUpperCase()) : undefined;
      if (found) values[filter] = found.id;
      return found !== undefined;
    }
    // A value with a comma in it can't stand in a line of values.
    if (LINES.some((line) => line === filter) && said.every((one) => !/[,;]/u.test(one))) {
      values[filter] = said.join(', ');
      return true;
    }
    if (another !== undefined) return false;
    if (isMenu(filter)) {
      const known = choicesOf(filter, organisation).map(({ value }) => value);
      const value = offeredFor(filter, only) ?? only;
      if (known.includes(value)) values[filter] = value;
      return known.includes(value);
    }
    if (filter === 'owner' && person(organisation, only)) {
      values[filter] = only;
      return true;
    }
    return false;
  };
  const ticks: string[] = [];
  for (const { filter, values: said } of clauses) {
    if (ONLY.some((one) => one === filter) && said.join() === 'yes') ticks.push(filter);
    else if (!put(filter, said))
      rest.push(
        FILTERS.some((one) => one === filter) ? clauseText(filter as Filter, said) : `${filter}:${said.join()}`,
      );
  }
  return {
    ...values,
    ...(ticks.length > 0 ? { only: ticks } : {}),
    words: [...rest, ...words, ...quoted.map((text) => `"${text}"`)].join(' '),
  };
};

/** Returns the query of each input, by its name; an empty one is left out. */
export const queriesIn = (values: FormValues): Record<string, string> => {
  const found: [string, string][] = [
    ...LINES.map((name): [string, string] => [name, clauseText(name, (textOf(values, name) ?? '').split(/[,;\n]/u))]),
    ...MENUS.map((name): [string, string] => [name, clauseText(name, [textOf(values, name) ?? ''])]),
    ['owner', clauseText('owner', [textOf(values, 'owner') ?? ''])],
    [
      'only',
      ticksOf(values, 'only')
        .flatMap((tick) => ONLY.filter((one) => one === tick))
        .map((filter) => clauseText(filter, ['yes']))
        .join(' '),
    ],
    ['words', (textOf(values, 'words') ?? '').trim()],
  ];
  return Object.fromEntries(found.filter(([, query]) => query !== ''));
};

const MOST_FLAGS = 100;

/** `flags`: those of today's policy, to choose from; without any, one is typed. */
export const boardFilterForm = (
  organisation: Organisation,
  values: FormValues,
  flags: readonly FlagName[] = [],
): Form => {
  const optional = { optional: true } as const;
  const menu = (name: Menu, label: string, placeholder: string) =>
    menuInput(name, label, choicesOf(name, organisation), textOf(values, name), { ...optional, placeholder });
  const line = (name: (typeof LINES)[number], label: string, placeholder: string) =>
    lineInput(name, label, textOf(values, name), { ...optional, placeholder });
  return makeForm({
    name: 'desk.board-filter',
    title: 'Filter the board',
    submit: 'Show',
    context: {},
    blocks: [
      menu('tier', 'Tier', 'Any tier'),
      menu('status', 'Where it stands', 'Anywhere'),
      menu('waiting', 'Waits for', 'Anybody'),
      line('country', 'Country', 'Vietnam'),
      flags.length === 0
        ? line('flag', 'Red flag', 'H-RF4')
        : menuInput(
            'flag',
            'Red flag',
            flags.slice(0, MOST_FLAGS).map(({ id, title }) => ({ value: id, label: shorten(`${id} · ${title}`, 75) })),
            textOf(values, 'flag'),
            { ...optional, placeholder: 'Any' },
          ),
      line('product', 'Product', 'Any product'),
      menu('kind', 'Kind of end-user', 'Any kind'),
      personInput('owner', 'Owner', textOf(values, 'owner'), { ...optional, placeholder: 'Anybody' }),
      line('year', 'Opened, decided or over in the year', '2026'),
      ticksInput(
        'only',
        'Only deals that are',
        [
          { value: 'overdue', label: 'Overdue' },
          { value: 'hold', label: 'On hold' },
        ],
        ticksOf(values, 'only'),
        optional,
      ),
      lineInput('words', 'Other words', textOf(values, 'words'), {
        ...optional,
        hint: 'A customer, an end-user, words of a red flag, or filters as you type them: since:2026-01 until:2026-06 sort:waiting',
      }),
    ],
  });
};
