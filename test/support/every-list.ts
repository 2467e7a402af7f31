/** Lists of deals: of every status and every duty, long ones, empty ones. */

import type { Card, Form } from '../../blocks/card.ts';
import type { ListedRow } from '../../blocks/cards/deal-row.ts';
import { findCard, onCardsCard } from '../../blocks/cards/find.ts';
import { elsewhereWords } from '../../blocks/cards/help.ts';
import { A_PAGE, allCard, found, MINE, mineCard, queueCard, type ListPage } from '../../blocks/cards/lists.ts';
import { pastedCard } from '../../blocks/cards/pasted.ts';
import { csvForm } from '../../blocks/forms/csv.ts';
import { cardForm, findForm, listForm } from '../../blocks/forms/lists.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import { turnsOf } from '../../flows/lists/waits.ts';
import { aDeal, anOrganisation, aView } from './deal-builders.ts';
import { everyReminder, everyStatus, lighterDeal, overTheYears, saidOut, withAPast } from './every-deal.ts';

type Named<T> = readonly [name: string, made: T];

const threadUrl = 'https://sample.slack.com/archives/C0CLEAR/p1';
const WORDS = { open: '/deal', find: '/deal find WORDS' };
const organisation = anOrganisation();
const READERS = ['rep-1', 'compliance-1'];

const deals: OpenedDeal[] = [
  ...Object.values(everyStatus),
  ...[...overTheYears, ...withAPast].map(([, deal]) => deal),
  ...everyReminder.map(({ deal }) => deal),
  saidOut,
  lighterDeal,
];

const rowOf = (deal: OpenedDeal, i: number, person: string): ListedRow => {
  const view = aView({ ...deal, id: `D-${(1_000_000 + i).toString(36).toUpperCase()}` }, { organisation });
  const turns = turnsOf(view, person);
  return { view, turns, part: turns.length > 0 ? 'for you' : 'open', ...(i % 2 ? { threadUrl } : {}) };
};

const LONG = 'Sample Agency for the Observation of Everything '.repeat(8);
export const longRows = (person: string, length = A_PAGE): ListedRow[] =>
  Array.from({ length }, (_, i) =>
    rowOf(
      aDeal({
        details: {
          ...aDeal().details,
          customer: LONG,
          endUser: { name: LONG, kind: 'security' },
          product: { id: 'other', name: LONG },
        },
      }),
      i,
      person,
    ),
  );

export const everyRow = (person: string): ListedRow[] =>
  deals.map((deal, i) => rowOf(deal, i, person)).toSorted((a, b) => b.turns.length - a.turns.length);

const pages = (person: string): Named<ListPage>[] => {
  const rows = everyRow(person);
  const all = rows.length;
  return [
    ...Array.from({ length: Math.ceil(all / A_PAGE) }, (_, i): Named<ListPage> => [
      `page ${i + 1}`,
      { rows: rows.slice(i * A_PAGE, (i + 1) * A_PAGE), page: i + 1, all },
    ]),
    ['long names', { rows: longRows(person), page: 1, all: 12 }],
    ['nothing', { rows: [], page: 1, all: 0 }],
  ];
};

const counts = { 'for you': 1, open: 2, approved: 3, over: 4 };

export const everyListCard = (): Named<Card>[] => [
  ['a deal that somebody pasted', pastedCard('D-7K3QXM')],
  ...READERS.flatMap((person): Named<Card>[] => [
    ...pages(person).map(([name, page]): Named<Card> => [
      `mine of ${person}, ${name}`,
      mineCard(page, counts, person, WORDS),
    ]),
    [
      `mine of ${person}, with what else waits`,
      mineCard({ rows: [], page: 1, all: 0 }, counts, person, WORDS, { decisions: 2 }),
    ],
    [
      `queue of ${person}, with what else waits`,
      queueCard({ rows: [], page: 1, all: 0 }, 0, person, { mine: '/deal mine', home: '/deal home' }, { work: 2 }),
    ],
    ...pages(person).map(([name, page]): Named<Card> => [
      `all of ${person}, ${name}`,
      allCard(page, person, { open: '/deal', fewer: '/deal list tier:high' }),
    ]),
    [
      `all of ${person}, an auditor, nothing`,
      allCard({ rows: [], page: 1, all: 0 }, person, { open: undefined, fewer: '/deal list tier:high' }),
    ],
    ...pages(person)
      .slice(-2)
      .map(([name, page], i): Named<Card> => [
        `queue of ${person}, ${name}`,
        queueCard(page, i === 0 ? 12 : 0, person, { mine: '/deal mine', home: '/deal home' }),
      ]),
    ...pages(person)
      .slice(-2)
      .flatMap(([name, page]): Named<Card>[] =>
        ['police', '', '*bold* <!channel> [a](https://b.example) '.repeat(4)].map((query, i) => [
          `found by ${person} with ${i}, ${name}`,
          findCard(page, query, person, {
            example: '/deal find high',
            readsAll: false,
            elsewhere: elsewhereWords(true, 'the channel deals', 'police'),
            readAs: i === 0 ? undefined : ['high', 'Vietnam', `H-RF4 (${LONG})`, '2026'],
          }),
        ]),
      ),
  ]),
  [
    'found nothing, with the words that keep all out',
    findCard({ rows: [], page: 1, all: 0 }, 'high Vietnam 2025', 'rep-1', {
      example: '/deal find high',
      readsAll: false,
      blamed: [
        { said: '2025', text: 'high Vietnam', fitting: 2 },
        { said: '*bold* <!channel> '.repeat(9), text: '2025', fitting: 1 },
      ],
    }),
  ],
  ['on a card that the reader sees', onCardsCard([{ view: aView(), threadUrl }], 1, 'police')],
  [
    'on more cards than are named',
    onCardsCard(
      [
        { view: aView(), threadUrl },
        { view: aView({ ...everyStatus.withdrawn, id: 'D-7K3QXN' }), threadUrl: `${threadUrl}2` },
        { view: aView(saidOut) },
      ],
      12,
      '*bold* <!channel> [a](https://b.example) '.repeat(4),
    ),
  ],
];

/** Rows that say different things, with different buttons: the loss of one is seen. */
const distinct = (person: string): ListedRow[] =>
  [person === 'rep-1' ? everyStatus.answering : everyStatus.deciding, everyStatus.withdrawn].map((deal, i) =>
    rowOf({ ...deal, details: { ...deal.details, endUser: { name: `Sample ${i}`, kind: 'security' } } }, i, person),
  );

export const everyListForm = (): Named<Form>[] => [
  ['what to find', findForm()],
  ['what to find, typed', findForm({ words: 'high Vietnam' })],
  ...READERS.flatMap((person): Named<Form>[] => [
    [
      `list of ${person}`,
      listForm('Your deals', { rows: distinct(person), page: 2, all: 3 * A_PAGE }, MINE, person, '3 open.'),
    ],
    [
      `no list of ${person}, an auditor`,
      cardForm(
        'Your deals',
        MINE,
        mineCard({ rows: [], page: 1, all: 0 }, counts, person, { ...WORDS, open: undefined }),
      ),
    ],
    [
      `no list of ${person}`,
      cardForm('Your deals', MINE, mineCard({ rows: [], page: 1, all: 0 }, counts, person, WORDS)),
    ],
    [
      `list of ${person} as CSV`,
      csvForm({ name: 'desk.list-csv', command: 'clearthread deals list --csv' }, 'deal,tier\r\n', ['D-1,low\r\n']),
    ],
    [
      `found by ${person}`,
      listForm('Deals found', { rows: distinct(person), page: 2, all: 3 * A_PAGE }, found('x y'), person),
    ],
    [`list of ${person}, nothing any more`, listForm('Your deals', { rows: [], page: 1, all: 0 }, MINE, person)],
  ]),
];
