/** The board of compliance: how many deals stand where, in short lines, with the way to each list. */

import type { Board, Cell, TierRow, Waited, Worry } from '../../flows/lists/board.ts';
import type { Stage, TierOrNone } from '../../flows/lists/stage.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { SavedView } from '../../flows/registers/views.ts';
import type { Action, Block, Card } from '../card.ts';
import { capital, count, groupName, quoted, shorten, tierWord } from '../words.ts';
import { newDealButton, row, spoken } from './actions.ts';
import { csvButton } from './lists.ts';

type PlainBlock = Exclude<Block, { kind: 'title' }>;

export const BOARD = 'desk.board';
/** Five fit a row on a phone, and Teams hides more than six. */
const A_ROW = 5;
const MOST_QUERY = 80;
const MOST_VIEW_NAME = 30;

const STAGE_WORDS: Record<Stage, string> = {
  answering: 'answering',
  'scope to confirm': 'scope to confirm',
  'in review': 'in review',
  approved: 'approved',
  declined: 'declined',
  stopped: 'stopped',
  withdrawn: 'withdrawn',
  'out of scope': 'out of scope',
};

const WORRY_WORDS: Record<Worry, string> = {
  overdue: 'overdue',
  'on hold': 'on hold',
  suspended: 'suspended',
  'conditions open': 'with open conditions',
  reassessment: 'reassessed',
};

export const tierOrNoneWord = (tier: TierOrNone): string => (tier === 'none' ? 'No tier' : tierWord(tier));

const waitedWords = (waited: Waited, organisation: Organisation): string => {
  switch (waited.of) {
    case 'compliance':
      return 'compliance';
    case 'counsel':
      return 'counsel';
    case 'requester':
      return 'the owner';
    case 'group':
      return groupName(organisation, waited.group);
    default: {
      const never: never = waited;
      return never;
    }
  }
};

export interface BoardWords {
  /** The filters of the board, as they were typed; empty: all deals. */
  query: string;
  organisation: Organisation;
  /** What to type for a new deal. */
  open: string;
  /** By name. */
  views: readonly SavedView[];
}

/** Adds filters to those of the board that it does not have yet. */
const together = (query: string, filters: string): string => {
  const said = query.split(' ');
  return [query, ...filters.split(' ').filter((one) => !said.includes(one))].filter((text) => text !== '').join(' ');
};

const reviewWords = ({ review }: TierRow, organisation: Organisation): string =>
  review.length === 0
    ? ''
    : ` (${review.map(({ what, count: n }) => `${n} for ${waitedWords(what, organisation)}`).join(', ')})`;

/** How many a tier has stands on its button. */
const tierLine = (tiers: TierRow, { organisation }: BoardWords): PlainBlock => {
  const stages = tiers.stages.map(
    ({ what, count: n }) => `${n} ${STAGE_WORDS[what]}${what === 'in review' ? reviewWords(tiers, organisation) : ''}`,
  );
  return {
    kind: 'text',
    text: [{ strong: `${tierOrNoneWord(tiers.tier)}:` }, ` ${stages.join(' · ')}`],
  };
};

const worryLine = (worries: readonly Cell<Worry>[]): PlainBlock[] =>
  worries.length === 0 ? [] : [{ kind: 'text', text: [{ strong: 'To be seen to' }] }];

const inRows = (actions: readonly Action[]): PlainBlock[] =>
  Array.from({ length: Math.ceil(actions.length / A_ROW) }, (_, i) =>
    row(...actions.slice(i * A_ROW, (i + 1) * A_ROW)),
  ).flat();

/** Opens the list of a cell. */
const listOf = (label: string, query: string): Action => ({
  name: 'desk.find',
  value: `1/${query}`,
  label,
  opens: 'form',
  accessibleLabel: spoken(`${label}: list of these deals`),
});

const tierButton = ({ tier, count: n, filters }: TierRow, query: string): Action =>
  listOf(`${tierOrNoneWord(tier)} (${n})`, together(query, filters));

/** `, for compliance`, where a review waits for one alone: several have buttons of their own. */
const forOne = ([first, ...others]: TierRow['review'], organisation: Organisation): string =>
  first && others.length === 0 ? `, for ${waitedWords(first.what, organisation)}` : '';

const cellButtons = ({ stages, review }: TierRow, { query, organisation }: BoardWords): Action[] => [
  ...stages.map(({ what, count: n, filters }) =>
    listOf(
      `${capital(STAGE_WORDS[what])}${what === 'in review' ? forOne(review, organisation) : ''} (${n})`,
      together(query, filters),
    ),
  ),
  ...(review.length < 2 ? [] : review).map(({ what, count: n, filters }) =>
    listOf(`For ${waitedWords(what, organisation)} (${n})`, together(query, filters)),
  ),
];

const worryButtons = (worries: readonly Cell<Worry>[], { query }: BoardWords): Action[] =>
  worries.map(({ what, count: n, filters }) =>
    listOf(`${capital(WORRY_WORDS[what])} (${n})`, together(query, filters)),
  );

const filterButton = (query: string): Action => ({
  name: 'desk.board-filter',
  value: query,
  label: 'Filter',
  opens: 'form',
});
export const boardButton = (label: string, query = ''): Action => ({ name: BOARD, value: query, label, opens: 'form' });
const numbersButton = (query: string): Action => ({
  name: 'desk.numbers',
  value: `month/${query}`,
  label: 'Numbers',
  opens: 'form',
});
/** Shown on the board itself; the others are a press away. */
const MOST_VIEWS = 4;

const viewButtons = ({ query, views }: BoardWords): PlainBlock[] =>
  row(
    ...views
      .filter((view) => view.query !== query)
      .slice(0, MOST_VIEWS)
      .map((view): Action => ({
        ...boardButton(shorten(view.name, MOST_VIEW_NAME), view.query),
        accessibleLabel: spoken(`${view.name}: saved view`),
      })),
    (views.length > 0 || query === '') && { name: 'desk.views', value: '', label: 'Saved views', opens: 'form' },
  );

const saveButton = ({ query, views }: BoardWords): Action | false =>
  query !== '' &&
  views.every((view) => view.query !== query) && {
    name: 'desk.save-view',
    value: query,
    label: 'Save view',
    opens: 'form',
  };

const forWhat = ({ query, views }: BoardWords): PlainBlock[] => {
  if (query === '') return [];
  const saved = views.find((view) => view.query === query);
  return [
    {
      kind: 'note',
      text: saved
        ? `${quoted(saved.name, MOST_QUERY)}: ${shorten(query, MOST_QUERY)}`
        : `For ${quoted(query, MOST_QUERY)}.`,
    },
  ];
};

const emptyBlocks = ({ query, open }: BoardWords): Block[] =>
  query === ''
    ? [
        { kind: 'title', text: 'No deals yet' },
        {
          kind: 'text',
          text: 'Here stands how many deals are answered, wait for approval, were decided or need to be seen to, by tier, with the list behind each number.',
        },
        { kind: 'note', text: `Clear a new deal: ${open}` },
        ...row(newDealButton('')),
      ]
    : [
        { kind: 'title', text: 'No deal fits' },
        { kind: 'text', text: `No deal fits ${quoted(query, MOST_QUERY)}. Take a filter away, or look at all deals.` },
        ...row(filterButton(query), boardButton('All deals')),
      ];

/**
 * Draws the board of the deals that fit `query`. Each number of a tier or a worry stands on a button that lists its deals; a
 * board of one tier has such buttons for its stages.
 */
export const boardCard = (board: Board, words: BoardWords): Card => {
  const { query } = words;
  if (board.count === 0) return { blocks: emptyBlocks(words) };
  const [first, ...others] = board.tiers;
  const cells = first && others.length === 0 ? cellButtons(first, words) : [];
  return {
    blocks: [
      { kind: 'title', text: `Board: ${count(board.count, 'deal')}, ${board.open} open` },
      ...forWhat(words),
      ...(first && cells.length > 0
        ? [{ kind: 'text', text: [{ strong: tierOrNoneWord(first.tier) }] } satisfies Block]
        : board.tiers.map((tiers) => tierLine(tiers, words))),
      ...inRows(cells.length > 0 ? cells : board.tiers.map((tiers) => tierButton(tiers, query))),
      ...worryLine(board.worries),
      ...inRows(worryButtons(board.worries, words)),
      { kind: 'divider' },
      ...row(
        filterButton(query),
        query !== '' && boardButton('All deals'),
        listOf('List', query),
        numbersButton(query),
        csvButton(query),
        saveButton(words),
      ),
      ...viewButtons(words),
    ],
  };
};

/** The board in a few words, for a page that has other things to show. */
export const shortBoard = ({ count: n, open, tiers, worries }: Board): PlainBlock[] => {
  const openIn = tiers.flatMap(({ tier, stages }) => {
    const some = stages.reduce(
      (sum, { what, count: each }) =>
        what === 'answering' || what === 'scope to confirm' || what === 'in review' ? sum + each : sum,
      0,
    );
    return some === 0 ? [] : [`${some} ${tier === 'none' ? 'without a tier yet' : tierWord(tier).toLowerCase()}`];
  });
  const stage = (what: Stage): number =>
    tiers.flatMap(({ stages }) => stages).reduce((sum, cell) => (cell.what === what ? sum + cell.count : sum), 0);
  const parts = [
    `${open} open${openIn.length > 0 ? ` (${openIn.join(', ')})` : ''}`,
    ...(['scope to confirm', 'in review'] as const).flatMap((what) =>
      stage(what) > 0 ? [`${stage(what)} ${STAGE_WORDS[what]}`] : [],
    ),
    ...worries.map(({ what, count: each }) => `${each} ${WORRY_WORDS[what]}`),
  ];
  return n === 0 ? [] : [{ kind: 'text', text: [{ strong: count(n, 'deal') }, ` · ${parts.join(' · ')}`] }];
};
