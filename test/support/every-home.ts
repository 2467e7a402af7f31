/** Pages of people: of all kinds of rows, full ones, empty ones, long ones. */

import type { Card } from '../../blocks/card.ts';
import type { ListedRow } from '../../blocks/cards/deal-row.ts';
import { homeCard, MESSAGE_ROOM, PAGE_ROOM, type HomeRoom } from '../../blocks/cards/home.ts';
import type { Ask } from '../../flows/lists/asks.ts';
import { aBoard } from './every-board.ts';
import { everyRow, longRows } from './every-list.ts';

type Named<T> = readonly [name: string, made: T];

const WORDS = { mine: '/deal mine', queue: '/deal queue' };
const READERS = ['rep-1', 'compliance-1'];

const LONG = 'Sample course on everything that one has to know '.repeat(5);
const SINCE = '2026-05-04T09:00:00.000Z';
const ASKS: readonly Ask[] = [
  { of: 'training', course: 'long', title: LONG, status: 'missing', until: '2026-05-04' },
  { of: 'laws', country: 'NO', since: SINCE, deals: 1 },
  { of: 'sheet', on: { of: 'product', product: 'other', name: LONG }, since: SINCE },
  { of: 'laws', country: 'HM', since: SINCE, deals: 12 },
  { of: 'year', year: 2026, since: SINCE },
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

const NONE = { 'for you': 0, open: 0, approved: 0, over: 0 };

/** As many pages as all rows fill. */
const full = (rows: readonly ListedRow[], room: HomeRoom, person: string) => {
  const each = room.rows;
  return Array.from({ length: Math.ceil(rows.length / each) }, (_, i): Card => {
    const here = rows.slice(i * each, (i + 1) * each);
    return homeCard(
      {
        queue: { shown: here.slice(0, room.queue), more: 12 },
        deals: {
          // A message has open ones only where nothing waits.
          shown: here.slice(room.queue).map((row) => (room === PAGE_ROOM ? row : { ...row, part: 'for you' })),
          all: { 'for you': 12 + i, open: 20, approved: 100, over: 3 },
          more: { 'for you': i, open: 17, approved: 100, over: 3 },
        },
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

/** Nothing waits for the person; others have their deals. */
const quiet = (rows: readonly ListedRow[], room: HomeRoom, person: string): Card =>
  homeCard(
    {
      queue: none,
      deals: {
        shown: rows.slice(0, room.open).map((row) => ({ ...row, part: 'open' })),
        all: { ...NONE, open: 20 },
        more: { ...NONE, open: 20 - room.open },
      },
      asks: none,
      canOpen: true,
      decides: false,
    },
    person,
    WORDS,
  );

const empty = (person: string): Card =>
  homeCard(
    {
      queue: none,
      deals: { shown: [], all: NONE, more: NONE },
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
      deals: { shown: [], all: NONE, more: NONE },
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
    return [
      ...full(rows, room, person).map((card, i): Named<Card> => [`home ${i + 1} of ${person}`, card]),
      ...full(longRows(person, room.rows), room, person).map((card): Named<Card> => [
        `home of ${person}, long names`,
        card,
      ]),
      [`home of ${person}, only open ones`, quiet(rows, room, person)],
      [`home of ${person}, nothing`, empty(person)],
      [`home of ${person}, an auditor`, audits(person)],
    ];
  });

export const everyHomePage = (): Named<Card>[] => homes(PAGE_ROOM);
export const everyHomeCard = (): Named<Card>[] => homes(MESSAGE_ROOM);
