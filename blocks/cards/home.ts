/** A person's page: what waits for them, their open deals, and their conditions. */

import type { ConditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Ask } from '../../flows/lists/asks.ts';
import type { Board } from '../../flows/lists/board.ts';
import type { Action, Block, Card, Span } from '../card.ts';
import { spansOf } from '../fallback.ts';
import { count, dayWords, listWords, quoted } from '../words.ts';
import { standInBlocks, standInLines, type StandIns } from './absence.ts';
import { allButton, findButton, listButton } from './actions-desk.ts';
import { meetConditionButton, newDealButton, row } from './actions.ts';
import { askBlocks } from './asks.ts';
import { boardButton, shortBoard } from './board.ts';
import { numberOf } from './condition-state.ts';
import { MINE, QUEUE, rowBlocks, type ListedRow } from './lists.ts';
import { dealTitle } from './spans.ts';

const MOST_TEXT = 200;

/** How much of each part is shown: a page of its own has more room than a message. */
export interface HomeRoom {
  queue: number;
  /** Deals that wait for the person, and their open ones, together. */
  deals: number;
  conditions: number;
  asks: number;
}
export const PAGE_ROOM: HomeRoom = { queue: 5, deals: 8, conditions: 5, asks: 5 };
export const MESSAGE_ROOM: HomeRoom = { queue: 3, deals: 3, conditions: 2, asks: 3 };

export interface OwnCondition {
  view: DealView;
  standing: ConditionStanding;
}

/** `more`: how many are not shown. */
interface Some<T> {
  shown: readonly T[];
  more: number;
}

export interface HomeParts {
  /** What waits for the person's decision, the longest-waiting first. */
  queue: Some<ListedRow>;
  /**
   * Their part says whether they wait for the person. `more` counts deals that are decided and over, too; `waitMore`: how many
   * of those wait for the person.
   */
  deals: Some<ListedRow> & { waitMore: number };
  /** The earliest due first. `dealsAlone`: deals of which nothing but conditions waits for the person. */
  conditions: Some<OwnCondition> & { dealsAlone: number };
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

/** What is not shown, and where it stands. */
const moreWords = ({ queue, deals, conditions }: HomeParts, words: HomeWords): string => {
  const { waitMore } = deals;
  const others = deals.more - waitMore;
  const mine = [
    ...(waitMore === 0 ? [] : [`${count(waitMore, 'more deal')} that ${waitMore === 1 ? 'waits' : 'wait'} for you`]),
    ...(others === 0 ? [] : [count(others, waitMore === 0 ? 'more deal' : 'other deal')]),
    ...(conditions.more === 0 ? [] : [count(conditions.more, 'more condition')]),
  ];
  return [
    ...(queue.more === 0 ? [] : [`${queue.more} more to decide: ${words.queue}`]),
    ...(mine.length === 0 ? [] : [`${mine.join(', ')}: ${words.mine}`]),
  ].join(' · ');
};

/** A heading over what there is; nothing where there is nothing. */
const part = (heading: string, inside: readonly PlainBlock[]): PlainBlock[] =>
  inside.length === 0 ? [] : [{ kind: 'divider' }, { kind: 'heading', text: heading }, ...inside];

/** Deals first, then what is asked outside any. */
const workBlocks = (waiting: readonly ListedRow[], asks: Some<Ask>, person: PersonId): PlainBlock[] => [
  ...rowsBlocks(waiting, person),
  ...(waiting.length > 0 && asks.shown.length > 0 ? [{ kind: 'divider' } as const] : []),
  ...askBlocks(asks.shown, asks.more),
];

const conditionBlocks = ({ view, standing }: OwnCondition): PlainBlock[] => {
  const { condition, overdue } = standing;
  const { id } = view.deal;
  const number = numberOf(view, condition.id);
  return [
    {
      kind: 'text',
      text: [
        { strong: `${overdue ? 'Overdue since' : 'Due'} ${dayWords(condition.due)}` },
        `: ${number === undefined ? '' : `${number}. `}${quoted(condition.text, MOST_TEXT)} · ${dealTitle(view.deal)}`,
      ],
    },
    ...row({ ...meetConditionButton(id, condition), style: undefined }),
  ];
};

const EMPTY: readonly PlainBlock[] = [
  {
    kind: 'text',
    text: 'Deals that you open stand here, with what is next and who has it. So does what others ask of you: sections, questions, conditions, votes.',
  },
];

const AUDITING: readonly PlainBlock[] = [
  { kind: 'text', text: 'You read every deal, and act on none. Find one by words, or look at all of them.' },
];

/**
 * `3 deals to decide; 2 deals with 1 condition to work on`: as many deals as “mine” says. Whoever decides reads of a decision in
 * any case.
 */
const summary = ({ queue, deals, conditions, asks, decides }: HomeParts): string => {
  const toDecide = queue.shown.length + queue.more;
  const toDo = deals.shown.filter(({ part: of }) => of === 'for you').length + deals.waitMore + conditions.dealsAlone;
  const owed = conditions.shown.length + conditions.more;
  const others = asks.shown.length + asks.more;
  const work = [
    ...(toDo === 0 ? [] : [`${count(toDo, 'deal')}${owed === 0 ? '' : ` with ${count(owed, 'condition')}`}`]),
    ...(others === 0 ? [] : [count(others, 'other thing')]),
  ];
  return [
    ...(toDecide > 0 ? [`${count(toDecide, 'deal')} to decide`] : decides ? ['no deal to decide'] : []),
    ...(work.length === 0 ? [] : [`${listWords(work)} to work on`]),
  ].join('; ');
};

/** Draws the page. At most 100 blocks for `PAGE_ROOM`, 50 for `MESSAGE_ROOM`. */
export const homeCard = (parts: HomeParts, person: PersonId, words: HomeWords): Card => {
  const { queue, deals, conditions, asks, canOpen, decides, audits, board, standIns, page } = parts;
  const waiting = deals.shown.filter((one) => one.part === 'for you');
  const open = deals.shown.filter((one) => one.part !== 'for you');
  const more = moreWords(parts, words);
  const nothing = [queue.shown, waiting, conditions.shown, asks.shown].every((each) => each.length === 0);
  const ways = row(
    canOpen && { ...newDealButton(''), style: nothing ? 'primary' : undefined },
    audits ? allButton : listButton(MINE.button, 'My deals'),
    decides && listButton(QUEUE.button, 'My queue'),
    board && boardButton('Board'),
    findButton,
    helpButton,
  );
  const empty = nothing && open.length === 0 && deals.more === 0;
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
      ...part(`Your decision: ${count(queue.shown.length + queue.more, 'deal')}`, rowsBlocks(queue.shown, person)),
      ...part('Yours to do', workBlocks(waiting, asks, person)),
      ...part('My open deals', rowsBlocks(open, person)),
      ...part('My conditions', conditions.shown.flatMap(conditionBlocks)),
      ...(below.length === 0 ? [] : [{ kind: 'note', text: below } satisfies PlainBlock]),
      ...part('Away', page && standIns ? standInBlocks(standIns) : []),
      ...(board ? part('All deals', shortBoard(board)) : []),
      ...(page ? [] : ways),
    ],
  };
};
