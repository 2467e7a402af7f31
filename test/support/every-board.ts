/** Boards: full ones, of one tier, filtered, empty; and their filters as a form. */

import type { Card, Form } from '../../blocks/card.ts';
import { boardCard } from '../../blocks/cards/board.ts';
import { numbersCard } from '../../blocks/cards/numbers.ts';
import { boardFilterForm, valuesFor } from '../../blocks/forms/board.ts';
import { cardForm } from '../../blocks/forms/lists.ts';
import { deleteViewForm, saveViewForm, viewsForm } from '../../blocks/forms/views.ts';
import { WORRIES, type Board, type Cell, type TierRow, type Waited } from '../../flows/lists/board.ts';
import type { Period } from '../../flows/lists/numbers.ts';
import { STAGES, TIERS } from '../../flows/lists/stage.ts';
import type { SavedView } from '../../flows/registers/views.ts';
import { anOrganisation } from './deal-builders.ts';

type Named<T> = readonly [name: string, made: T];

const organisation = anOrganisation();
const WAITED: readonly Waited[] = [
  { of: 'compliance' },
  { of: 'counsel' },
  { of: 'requester' },
  { of: 'group', group: 'senior' },
];

/** Every cell, with numbers that differ. */
const rows = (tiers: readonly TierRow['tier'][]): TierRow[] =>
  tiers.map((tier, i) => ({
    tier,
    count: 1234 + i,
    filters: `tier:${tier}`,
    stages: STAGES.map((what, n) => ({ what, count: 100 * i + n, filters: `tier:${tier} status:${n}` })),
    review: WAITED.map((what, n): Cell<Waited> => ({ what, count: 10 * i + n, filters: `tier:${tier} waiting:${n}` })),
  }));

const worries: Board['worries'] = WORRIES.map((what, n) => ({ what, count: n + 1, filters: `overdue:${n}` }));

export const aBoard: Board = { count: 6180, open: 3000, tiers: rows(TIERS), worries };
const oneTier: Board = { count: 1234, open: 30, tiers: rows(['high']), worries };
const noDeals: Board = { count: 0, open: 0, tiers: [], worries: [] };

const LONG = 'x'.repeat(200);
const QUERIES = ['', 'country:Vietnam', `"${LONG}" *bold* <!channel>`];

const someViews: SavedView[] = Array.from({ length: 6 }, (_, n) => ({
  id: `view-${n}`,
  name: n === 0 ? '<!channel> *x* '.repeat(4) : `High ${n}`,
  query: n === 1 ? 'country:Vietnam' : `tier:high year:${2020 + n}`,
  by: 'compliance-1',
  at: '2027-03-12T09:00:00.000Z',
}));

const FLAGS = Array.from({ length: 23 }, (_, i) => ({
  id: `H-RF${i + 1}`,
  title: `Flag ${i + 1}, ${LONG}`,
  citation: `Guidance 2, red flag ${i + 1}`,
}));

export const everyBoardCard = (): Named<Card>[] =>
  QUERIES.flatMap((query, i) =>
    Object.entries({ full: aBoard, 'one tier': oneTier, empty: noDeals }).map(([name, board]): Named<Card> => [
      `board ${i}, ${name}`,
      boardCard(board, { query, organisation, open: '/deal', views: i === 0 ? [] : someViews }),
    ]),
  );

const period = (id: string, n: number): Period => ({
  id,
  opened: 3 * n,
  decided: n,
  outcomes: { approved: n, 'approved with conditions': n % 3, declined: n % 2 },
  tiers: { low: n, elevated: n % 2, high: n % 3, prohibited: 0 },
  ends: { 'out of scope': n % 4, stopped: n % 2, withdrawn: 1 },
  ...(n % 3 === 0 ? {} : { days: n }),
  overdue: n % 2,
  flags: ['NO', 'VN', 'US', 'FR', 'DE', 'MM'].slice(0, n % 7).map((country, i) => ({ country, count: 9 - i })),
});
export const somePeriods: Period[] = Array.from({ length: 30 }, (_, n) =>
  period(`${2025 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`, n * 41),
);
const quarters: Period[] = Array.from({ length: 9 }, (_, n) =>
  period(`${2025 + Math.floor(n / 4)}-Q${(n % 4) + 1}`, n),
);

export const everyNumbersCard = (): Named<Card>[] =>
  QUERIES.flatMap((query, i): Named<Card>[] => [
    [`numbers ${i} by month`, numbersCard(somePeriods, { span: 'month', query })],
    [`numbers ${i} by quarter`, numbersCard(quarters, { span: 'quarter', query })],
    [`numbers ${i} of nothing`, numbersCard([], { span: 'month', query })],
    [
      `numbers ${i} of long ago`,
      numbersCard(
        [
          period('2024-01', 1),
          ...Array.from({ length: 12 }, (_, n) => ({
            ...period(`2025-${String(n + 1).padStart(2, '0')}`, 0),
            ends: { 'out of scope': 0, stopped: 0, withdrawn: 0 },
          })),
        ],
        { span: 'month', query },
      ),
    ],
  ]);

export const everyBoardForm = (): Named<Form>[] => [
  [
    'numbers in a window',
    cardForm(
      'Numbers',
      { button: 'desk.numbers', query: '' },
      numbersCard(somePeriods, { span: 'month', query: '' }, true),
    ),
  ],
  ['views', viewsForm(someViews, '“Old” is deleted.')],
  ['no views', viewsForm([])],
  ['a new view', saveViewForm('tier:high', { title: 'High' })],
  ...someViews.slice(0, 1).map((view) => ['the end of a view', deleteViewForm(view)] as const),
  ['filter of all deals', boardFilterForm(organisation, {})],
  ['filter with flags to choose from', boardFilterForm(organisation, { flag: 'H-RF2' }, FLAGS)],
  [
    'filter of some',
    boardFilterForm(
      organisation,
      valuesFor(
        `tier:high status:in-review waiting:senior country:Norway flag:H-RF1 product:x kind:security owner:rep-1 year:2027 overdue:yes hold:yes ${LONG}`,
        organisation,
      ),
    ),
  ],
];
