/** Pages of people: of all kinds of rows, full ones, empty ones, long ones. */

import type { Card } from '../../blocks/card.ts';
import { homeCard, MESSAGE_ROOM, PAGE_ROOM, type HomeRoom, type OwnCondition } from '../../blocks/cards/home.ts';
import type { ListedRow } from '../../blocks/cards/lists.ts';
import { conditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { Ask } from '../../flows/lists/asks.ts';
import { aBoard } from './every-board.ts';
import { everyRow as listedRows, longRows } from './every-list.ts';

type Named<T> = readonly [name: string, made: T];

const WORDS = { mine: '/deal mine', queue: '/deal queue' };
const READERS = ['rep-1', 'compliance-1'];
/** Conditions have a part of their own. */
const everyRow = (person: string): ListedRow[] =>
  listedRows(person).map((row) => ({ ...row, turns: row.turns.filter(({ wait }) => wait.of !== 'condition') }));

const LONG = 'Sample course on everything that one has to know '.repeat(5);
const SINCE = '2026-05-04T09:00:00.000Z';
const ASKS: readonly Ask[] = [
  { of: 'training', course: 'long', title: LONG, status: 'missing', until: '2026-05-04' },
  { of: 'laws', country: 'NO', since: SINCE, deals: 1 },
  { of: 'sheet', on: { of: 'product', product: 'other', name: LONG }, since: SINCE },
  { of: 'laws', country: 'HM', since: SINCE, deals: 12 },
  { of: 'sheet', on: { of: 'country', country: 'NO' }, since: SINCE },
];

const AWAY = {
  mine: { person: 'rep-1', delegate: 'product-1', from: '2027-03-01', until: '2027-03-12' },
  lent: Array.from({ length: 7 }, (_, n) => ({
    person: `senior-${n}`,
    delegate: 'rep-1',
    from: '2027-03-01',
    until: '2027-03-20',
  })),
};

const none = { shown: [], more: 0 };

const conditionsIn = (rows: readonly ListedRow[]): OwnCondition[] =>
  rows.flatMap(({ view }) => conditionStanding(view).map((standing) => ({ view, standing })));

/** As many pages as all rows fill. */
const full = (rows: readonly ListedRow[], conditions: readonly OwnCondition[], room: HomeRoom, person: string) => {
  const each = room.queue + room.deals;
  return Array.from({ length: Math.ceil(rows.length / each) }, (_, i): Card => {
    const here = rows.slice(i * each, (i + 1) * each);
    const from = (i * room.conditions) % Math.max(1, conditions.length);
    return homeCard(
      {
        queue: { shown: here.slice(0, room.queue), more: 12 },
        deals: { shown: here.slice(room.queue), more: 120, waitMore: i },
        conditions: { shown: conditions.slice(from, from + room.conditions), more: 3, dealsAlone: 2 },
        asks: { shown: ASKS.slice(0, room.asks), more: 2 },
        canOpen: true,
        decides: true,
        standIns: AWAY,
        board: aBoard,
        ...(room === PAGE_ROOM ? { page: true as const } : {}),
      },
      person,
      WORDS,
    );
  });
};

const empty = (person: string): Card =>
  homeCard(
    {
      queue: none,
      deals: { ...none, waitMore: 0 },
      conditions: { ...none, dealsAlone: 0 },
      asks: none,
      canOpen: false,
      decides: false,
    },
    person,
    WORDS,
  );

const audits = (person: string): Card =>
  homeCard(
    {
      queue: none,
      deals: { ...none, waitMore: 0 },
      conditions: { ...none, dealsAlone: 0 },
      asks: none,
      canOpen: false,
      decides: false,
      audits: true,
    },
    person,
    WORDS,
  );

const homes = (room: HomeRoom): Named<Card>[] =>
  READERS.flatMap((person) => {
    const rows = everyRow(person);
    const conditions = conditionsIn(rows);
    return [
      ...full(rows, conditions, room, person).map((card, i): Named<Card> => [`home ${i + 1} of ${person}`, card]),
      ...full(longRows(person, room.queue + room.deals), conditions, room, person).map((card): Named<Card> => [
        `home of ${person}, long names`,
        card,
      ]),
      [`home of ${person}, nothing`, empty(person)],
      [`home of ${person}, an auditor`, audits(person)],
    ];
  });

export const everyHomePage = (): Named<Card>[] => homes(PAGE_ROOM);
export const everyHomeCard = (): Named<Card>[] => homes(MESSAGE_ROOM);
