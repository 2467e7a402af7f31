/** A person's page: what waits for them, and their open deals. */

import type { PersonId } from '../../flows/ids.ts';
import type { Ask } from '../../flows/lists/asks.ts';
import type { Board } from '../../flows/lists/board.ts';
import type { Action, Block, Card, Span } from '../card.ts';
import { spansOf } from '../fallback.ts';
import { count, listWords } from '../words.ts';
import { standInBlocks, standInLines, type StandIns } from './absence.ts';
import { allButton, findButton, listButton } from './actions-desk.ts';
import { newDealButton, row } from './actions.ts';
import { askBlocks } from './asks.ts';
import { boardButton, shortBoard } from './board.ts';
import { rowBlocks, shortRowBlocks, type ListedRow } from './deal-row.ts';
import { MINE, partsWords, QUEUE, type PartCounts } from './lists.ts';

/** How much is shown: a page of its own has more room than a message. */
export interface HomeRoom {
  queue: number;
  /** Rows of deals at all, the queue's among them. */
  rows: number;
  /** Open deals that wait for others: in a message, only where nothing waits for the person. */
  open: number;
  asks: number;
}
export const PAGE_ROOM: HomeRoom = { queue: 5, rows: 13, open: 8, asks: 5 };
export const MESSAGE_ROOM: HomeRoom = { queue: 6, rows: 12, open: 3, asks: 3 };

/** `more`: how many are not shown. */
interface Some<T> {
  shown: readonly T[];
  more: number;
}

export interface HomeParts {
  /** What waits for the person's decision, the longest-waiting first. */
  queue: Some<ListedRow>;
  /**
   * Deals that wait for what the person does, and open ones: their part says which. `all`: how many there are of each part, as
   * “My deals” counts them; `more`: those that are not shown.
   */
  deals: { shown: readonly ListedRow[]; all: PartCounts; more: PartCounts };
  /** Notes, sheets and training, asked outside any deal. */
  asks: Some<Ask>;
  /** New deals can be cleared in this chat. */
  canOpen: boolean;
  /** The person may have a queue. */
  decides: boolean;
  /** The person reads every deal, and acts on none. */
  audits?: true | undefined;
  standIns?: StandIns | undefined;
  /** Of all deals, for compliance. */
  board?: Board | undefined;
  /** It is read from its top, with the ways to other places there. A message is read for its answer. */
  page?: true | undefined;
}

/** What to type: `/deal mine`. */
export interface HomeWords {
  mine: string;
  queue: string;
}

type PlainBlock = Exclude<Block, { kind: 'title' }>;

export const HELP = 'desk.help';

const helpButton: Action = { name: HELP, value: '', label: 'Help', opens: 'form' };

const rowsBlocks = (rows: readonly ListedRow[], person: PersonId): PlainBlock[] =>
  rows.flatMap((listed, i) => [...(i === 0 ? [] : [{ kind: 'divider' } as const]), ...rowBlocks(listed, person)]);

/** What waits, in full on a page; in a message each deal in a line. */
const waitingBlocks = (rows: readonly ListedRow[], person: PersonId, page: true | undefined): PlainBlock[] =>
  page ? rowsBlocks(rows, person) : rows.flatMap((listed) => shortRowBlocks(listed, person));

/** What is not shown, and where it stands. */
const moreWords = ({ queue, deals }: HomeParts, words: HomeWords): string => {
  const mine = partsWords(deals.more).replace(/\.$/u, '');
  return [
    ...(queue.more === 0 ? [] : [`${queue.more} more to decide: ${words.queue}`]),
    ...(mine === '' ? [] : [`Not shown here: ${mine}: ${words.mine}`]),
  ].join(' · ');
};

/** A heading over what there is; nothing where there is nothing. */
const part = (heading: string, inside: readonly PlainBlock[]): PlainBlock[] =>
  inside.length === 0 ? [] : [{ kind: 'divider' }, { kind: 'heading', text: heading }, ...inside];

/** Deals first, then what is asked outside any. */
const workBlocks = (waiting: readonly ListedRow[], { asks, page }: HomeParts, person: PersonId): PlainBlock[] => [
  ...waitingBlocks(waiting, person, page),
  ...(page && waiting.length > 0 && asks.shown.length > 0 ? [{ kind: 'divider' } as const] : []),
  ...askBlocks(asks.shown, asks.more),
];

const EMPTY: readonly PlainBlock[] = [
  {
    kind: 'text',
    text: 'Deals that you open stand here, with what is next and who has it. So does what others ask of you: sections, questions, conditions, votes.',
  },
];

const AUDITING: readonly PlainBlock[] = [
  { kind: 'text', text: 'You read every deal, and act on none. Find one by words, or look at all of them.' },
];

/** `3 deals to decide; 2 deals to work on`: as many as “My deals” says. Whoever decides reads of a decision in any case. */
const summary = ({ queue, deals, asks, decides }: HomeParts): string => {
  const toDecide = queue.shown.length + queue.more;
  const toDo = deals.all['for you'];
  const others = asks.shown.length + asks.more;
  const work = [...(toDo === 0 ? [] : [count(toDo, 'deal')]), ...(others === 0 ? [] : [count(others, 'other thing')])];
  return [
    ...(toDecide > 0 ? [`${count(toDecide, 'deal')} to decide`] : decides ? ['no deal to decide'] : []),
    ...(work.length === 0 ? [] : [`${listWords(work)} to work on`]),
  ].join('; ');
};

/** Draws the page. At most 100 blocks for `PAGE_ROOM`, 50 for `MESSAGE_ROOM`. */
export const homeCard = (parts: HomeParts, person: PersonId, words: HomeWords): Card => {
  const { queue, deals, asks, canOpen, decides, audits, board, standIns, page } = parts;
  const waiting = deals.shown.filter((one) => one.part === 'for you');
  const open = deals.shown.filter((one) => one.part !== 'for you');
  const more = moreWords(parts, words);
  const nothing = queue.shown.length + asks.shown.length + deals.all['for you'] === 0;
  const ways = row(
    canOpen && { ...newDealButton(''), style: nothing ? 'primary' : undefined },
    audits ? allButton : listButton(MINE.button, 'My deals'),
    decides && listButton(QUEUE.button, 'My queue'),
    board && boardButton('Board'),
    findButton,
    helpButton,
  );
  const empty = nothing && Object.values(deals.all).every((n) => n === 0);
  // A message has no room for more blocks.
  const told = page || !standIns ? [] : standInLines(standIns);
  const below = [...(more === '' ? [] : [more]), ...told].flatMap((text, i): Span[] => [
    ...(i === 0 ? [] : [' · ']),
    ...spansOf(text),
  ]);
  return {
    blocks: [
      { kind: 'title', text: nothing ? 'Nothing waits for you' : `What waits for you: ${summary(parts)}` },
      ...(page ? ways : []),
      ...(empty ? (audits ? AUDITING : EMPTY) : []),
      ...part(
        `Your decision: ${count(queue.shown.length + queue.more, 'deal')}`,
        waitingBlocks(queue.shown, person, page),
      ),
      ...part('Yours to do', workBlocks(waiting, parts, person)),
      ...part('My open deals', rowsBlocks(open, person)),
      ...(below.length === 0 ? [] : [{ kind: 'note', text: below } satisfies PlainBlock]),
      ...part('Away', page && standIns ? standInBlocks(standIns) : []),
      ...(board ? part('All deals', shortBoard(board)) : []),
      ...(page ? [] : ways),
    ],
  };
};
