/** Lists of deals for one person, page by page. */

import type { PersonId } from '../../flows/ids.ts';
import type { Ask } from '../../flows/lists/asks.ts';
import { PARTS, type Part } from '../../flows/lists/mine.ts';
import type { Action, Block, Card } from '../card.ts';
import { count, listWords } from '../words.ts';
import { allButton, homeButton } from './actions-desk.ts';
import { newDealButton, row } from './actions.ts';
import { rowBlocks, type ListedRow } from './deal-row.ts';

/** Deals on one page: with all that stands between them they fit the blocks of a message. */
export const A_PAGE = 8;
type PlainBlock = Exclude<Block, { kind: 'title' }>;

/** One page of a list. */
export interface ListPage {
  rows: readonly ListedRow[];
  /** From 1. */
  page: number;
  /** Deals on all pages. */
  all: number;
}

const PART_WORDS: Record<Part, string> = {
  'for you': 'Waits for you',
  open: 'Open',
  approved: 'Approved',
  over: 'Closed',
};

/** Rows, with a heading where a part of the list begins, and a line between the others. */
const pageBlocks = ({ rows }: ListPage, person: PersonId): PlainBlock[] =>
  rows.flatMap((listed, i) => {
    const { part } = listed;
    const begins = part !== undefined && part !== rows[i - 1]?.part;
    const before: PlainBlock[] = i === 0 ? [] : [{ kind: 'divider' }];
    return [
      ...(begins ? [{ kind: 'heading', text: PART_WORDS[part] } satisfies PlainBlock] : before),
      ...rowBlocks(listed, person),
    ];
  });

export const pagesIn = ({ all }: Pick<ListPage, 'all'>): number => Math.max(1, Math.ceil(all / A_PAGE));

/** Names a list for its pages. */
export interface ListName {
  /** The name of its button. */
  button: string;
  /** What was searched; empty where nothing was. */
  query: string;
  /** What was typed for it, where words of that were left out: the pages that follow say so, too. */
  typed?: string | undefined;
  /** Its deals can be had as a file. */
  csv?: true | undefined;
}

/** Deals that fit what was asked, or all. */
export const found = (query: string, typed = query): ListName => ({ button: 'desk.find', query, typed, csv: true });

export const csvButton = (query: string): Action => ({
  name: 'desk.list-csv',
  value: query,
  label: 'CSV',
  opens: 'form',
  accessibleLabel: 'CSV: these deals as a file',
});

/** Buttons to the pages around this one. */
const pageButtons = ({ page, all }: ListPage, { button, query, typed = query, csv }: ListName): PlainBlock[] => {
  const to = (other: number, label: string): Action => ({
    name: button,
    value: `${other}${typed === '' ? '' : `/${typed}`}`,
    label,
    opens: 'form',
    accessibleLabel: `${label}: page ${other}`,
  });
  const buttons = row(
    page > 1 && to(page - 1, 'Back'),
    page < pagesIn({ all }) && to(page + 1, 'More'),
    csv && all > 0 && csvButton(query),
  );
  // What concerns all of them must not look like the last deal's.
  return csv && buttons.length > 0 ? [{ kind: 'divider' }, ...buttons] : buttons;
};

const placeWords = (list: ListPage): string => (pagesIn(list) === 1 ? '' : `Page ${list.page} of ${pagesIn(list)}.`);

/** Everything below a list's title. `lead`: a sentence above it. */
export const listBlocks = (list: ListPage, name: ListName, person: PersonId, lead = ''): PlainBlock[] => {
  const words = [lead, placeWords(list)].filter((text) => text !== '').join(' ');
  return [
    ...(words === '' ? [] : [{ kind: 'note', text: words } satisfies PlainBlock]),
    ...(list.rows.length === 0 ? [{ kind: 'text', text: 'Nothing stands here any more.' } satisfies PlainBlock] : []),
    ...pageBlocks(list, person),
    ...pageButtons(list, name),
  ];
};

const ASKED: Record<Ask['of'], string> = {
  training: 'training',
  laws: 'a note on laws',
  sheet: 'a product sheet or country brief',
  year: 'a yearly report',
};

/** What else waits for the reader of a list. */
export interface Besides {
  asks?: readonly Ask[];
  /** Deals that wait for their decision, where the list is not of these. */
  decisions?: number;
  /** Deals with something else for them to do, where the list is not of these. */
  work?: number;
}

/** `3 other things wait for you too: 2 deals for your decision and training.` Empty where there is none. */
export const besidesWords = ({ asks = [], decisions = 0, work = 0 }: Besides): string => {
  const others = decisions + work + asks.length;
  if (others === 0) return '';
  const of = [
    ...(decisions === 0 ? [] : [`${count(decisions, 'deal')} for your decision`]),
    ...(work === 0 ? [] : [`${count(work, 'deal')} to work on`]),
    ...new Set(asks.map((ask) => ASKED[ask.of])),
  ];
  return `${count(others, 'other thing waits', 'other things wait')} for you too: ${listWords(of)}.`;
};

/** The same with the way to the page that has it. */
const besidesBlocks = (besides: Besides): PlainBlock[] => {
  const text = besidesWords(besides);
  return text === '' ? [] : [{ kind: 'divider' }, { kind: 'text', text }, ...row(homeButton)];
};

export const MINE: ListName = { button: 'desk.mine', query: '' };

/** How many of all parts there are. */
export type PartCounts = Readonly<Record<Part, number>>;

const PART_COUNTS: Record<Part, (n: number) => string> = {
  'for you': (n) => count(n, 'waits for you', 'wait for you'),
  open: (n) => `${n} open`,
  approved: (n) => `${n} approved`,
  over: (n) => `${n} closed`,
};

/** How many of these deals are of each part. */
export const partCounts = (parts: readonly Part[]): PartCounts => {
  const of = (part: Part): number => parts.filter((one) => one === part).length;
  return { 'for you': of('for you'), open: of('open'), approved: of('approved'), over: of('over') };
};

/** `2 wait for you, 3 open, 1 approved.` */
export const partsWords = (counts: PartCounts): string => {
  const parts = PARTS.flatMap((part) => (counts[part] > 0 ? [PART_COUNTS[part](counts[part])] : []));
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
};

/** Answers `/deal mine`. `words`: what to type for a new deal, and to find others; an auditor opens none. */
export const mineCard = (
  list: ListPage,
  counts: PartCounts,
  person: PersonId,
  words: { open: string | undefined; find: string },
  besides: Besides = {},
): Card => {
  if (list.all === 0 && words.open === undefined) {
    return {
      blocks: [
        { kind: 'title', text: 'No deal is yours' },
        { kind: 'text', text: `You read every deal, and act on none. Find one: ${words.find}.` },
        ...row(allButton),
      ],
    };
  }
  if (list.all === 0) {
    return {
      blocks: [
        { kind: 'title', text: 'You have no deals yet' },
        {
          kind: 'text',
          text: 'Deals that you open stand here, with what is next and who has it. So do sections, questions and conditions that somebody hands to you.',
        },
        { kind: 'note', text: `Clear a new deal: ${words.open}. Find a deal that you may read: ${words.find}.` },
        ...row(newDealButton('')),
        ...besidesBlocks(besides),
      ],
    };
  }
  return {
    blocks: [
      { kind: 'title', text: `Your deals: ${list.all}` },
      ...listBlocks(list, MINE, person, partsWords(counts)),
      ...besidesBlocks(besides),
    ],
  };
};

export const QUEUE: ListName = { button: 'desk.queue', query: '' };

/** Above a queue. `more`: deals that nobody looked at. */
export const queueWords = ({ all }: Pick<ListPage, 'all'>, more: number): string =>
  [
    all > 1 ? 'The longest-waiting first.' : '',
    more > 0 ? `${count(more, 'newer deal')} may wait for you too: they stand here when these are settled.` : '',
  ]
    .filter((text) => text !== '')
    .join(' ');

/** Answers `/deal queue`. `words`: what to type for one's own deals, and for all that waits. */
export const queueCard = (
  list: ListPage,
  more: number,
  person: PersonId,
  { mine, home }: { mine: string; home: string },
  besides: Besides = {},
): Card =>
  list.all === 0
    ? {
        blocks: [
          { kind: 'title', text: 'Nothing waits for your decision' },
          {
            kind: 'text',
            text: 'Votes, confirmations, raised flags and evidence to look at stand here, the longest-waiting first, also what you do for a colleague who is away.',
          },
          {
            kind: 'note',
            text: `All else that waits for you: ${home}. Your own deals, and what was handed to you: ${mine}.`,
          },
          ...besidesBlocks(besides),
        ],
      }
    : {
        blocks: [
          { kind: 'title', text: `${count(list.all, 'deal waits', 'deals wait')} for your decision` },
          ...listBlocks(list, QUEUE, person, queueWords(list, more)),
          ...besidesBlocks(besides),
        ],
      };

/** Answers `/deal list`: every deal that the person may read. `words`: what to type for a new deal, and for fewer; an auditor opens none. */
export const allCard = (list: ListPage, person: PersonId, words: { open: string | undefined; fewer: string }): Card => {
  if (list.all > 0)
    return {
      blocks: [
        { kind: 'title', text: `Deals that you may read: ${list.all}` },
        ...listBlocks(list, found(''), person, `Open ones first, then the newest. For fewer, type “${words.fewer}”.`),
      ],
    };
  if (words.open === undefined)
    return {
      blocks: [
        { kind: 'title', text: 'There are no deals yet' },
        { kind: 'text', text: 'You read every deal, and act on none. Deals stand here once somebody opens one.' },
      ],
    };
  return {
    blocks: [
      { kind: 'title', text: 'There are no deals that you may read' },
      {
        kind: 'text',
        text: 'Deals stand here once you open one, or once somebody hands you a section, a condition or a decision.',
      },
      { kind: 'note', text: `Clear a new deal: ${words.open}` },
      ...row(newDealButton('')),
    ],
  };
};
