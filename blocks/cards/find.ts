/** What a search found, how its words were read, and what can be searched. */

import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { FILTERS } from '../../flows/lists/clauses.ts';
import { leavesOut } from '../../flows/lists/fillers.ts';
import type { Blamed } from '../../flows/lists/left-out.ts';
import type { Action, Block, Card } from '../card.ts';
import { count, quoted, shorten } from '../words.ts';
import { openThreadButton, row } from './actions.ts';
import { nearBlocks, type NearName } from './help.ts';
import { found, listBlocks, type ListPage } from './lists.ts';
import { headBlocks } from './root.ts';
import { dealTitle } from './spans.ts';

const MOST_QUERY = 60;

const FITS =
  'Every word has to fit: a customer or end-user, a country, a product, a red flag by its code (H-RF4) or words of its title (detained), a status such as open, in review, approved or out of scope, a tier, the owner, or a year.';
const FILTERED = `Filters are exact: ${FILTERS.map((filter) => `${filter}:`).join(' ')}`;

const MOST_READ = 240;

/** `Read as: high · Vietnam · H-RF4 (…) · 2026.` */
export const readAsWords = (readAs: readonly string[]): string =>
  `Read as: ${readAs.map((text) => shorten(text, MOST_READ)).join(' · ')}.`;

/** A deal whose card the reader sees, in the channel that they ask in. `threadUrl`: of its thread. */
export interface OnCard {
  view: DealView;
  threadUrl?: string | undefined;
}

/** Says to somebody who may open none of them what their cards say, in the channel that shows these to everybody. */
export const onCardsCard = (shown: readonly OnCard[], all: number, query: string): Card => ({
  blocks: [
    { kind: 'title', text: `${count(all, 'deal')} for ${quoted(query, MOST_QUERY)}` },
    ...shown.flatMap(({ view, threadUrl }, i): Block[] => [
      ...(i === 0 ? [] : [{ kind: 'divider' } as const]),
      { kind: 'text', text: [{ strong: dealTitle(view.deal) }] },
      ...headBlocks(view).slice(1),
      ...row(threadUrl !== undefined && openThreadButton(view.deal.id, threadUrl)),
    ]),
    ...(all > shown.length ? [{ kind: 'text', text: `And ${all - shown.length} more.` } satisfies Block] : []),
    {
      kind: 'note',
      text: 'Only their teams, approvers and compliance can open them. Their threads say who decided.',
    },
  ],
});

const MOST_WORD = 40;
const quotedAll = (words: readonly string[]): string => words.map((word) => quoted(word, MOST_WORD)).join(', ');

/**
 * `No deal has the words “every”, “flagged” as well; without them: 1 deal.` `left`: words that were left out; `all`: deals
 * that fit the rest.
 */
export const leftOutWords = (left: readonly string[], all: number): string => {
  if (left.length === 0) return '';
  if (all === 0) return `Without ${quotedAll(left)} there is none either.`;
  const [turning, plain] = [left.filter(leavesOut), left.filter((word) => !leavesOut(word))];
  const one = plain.length === 1;
  return [
    ...(plain.length === 0
      ? []
      : [
          `No deal has the ${one ? 'word' : 'words'} ${quotedAll(plain)} as well; without ${one ? 'it' : 'them'}: ${count(all, 'deal')}.`,
        ]),
    ...turning.map(
      (word) => `${quoted(word, MOST_WORD)} leaves nothing out here: these are the deals that have the rest.`,
    ),
  ].join(' ');
};

/** `Without “2025”: 2 deals. Without “high”: 1 deal.` Empty where there is none. */
export const blamedWords = (blamed: readonly Blamed[]): string =>
  blamed.map(({ said, fitting }) => `Without ${quoted(said, MOST_WORD)}: ${count(fitting, 'deal')}.`).join(' ');

/** The same with their buttons. */
const blamedBlocks = (blamed: readonly Blamed[]): Block[] => [
  {
    kind: 'list',
    items: blamed.map(({ said, fitting }) => `Without ${quoted(said, MOST_WORD)}: ${count(fitting, 'deal')}`),
  },
  ...row(
    ...blamed.map(({ said, text }): Action => ({
      name: 'desk.find',
      value: `1/${text}`,
      label: shorten(`Without ${said}`, MOST_WORD),
      opens: 'form',
    })),
  ),
];

/**
 * Answers `/deal find WORDS`. `example`: something to type. `readsAll`: no deal is hidden from the person; `elsewhere`: where the cards
 * of those may stand that are. `readAs`: how the words were read. `left`: words that were left out, since no deal has them as well.
 * `typed`: what was asked, for the pages that follow. `blamed`: words without which deals fit. `near`: what may be meant.
 */
export const findCard = (
  list: ListPage,
  query: string,
  person: PersonId,
  {
    example,
    readsAll,
    elsewhere = '',
    readAs,
    left = [],
    typed,
    blamed = [],
    near,
  }: {
    example: string;
    readsAll: boolean;
    elsewhere?: string | undefined;
    readAs?: readonly string[] | undefined;
    left?: readonly string[] | undefined;
    typed?: string | undefined;
    blamed?: readonly Blamed[] | undefined;
    near?: NearName | undefined;
  },
): Card => {
  const without: Block[] = [
    ...(left.length === 0 ? [] : [{ kind: 'text', text: leftOutWords(left, list.all) } satisfies Block]),
    ...(near === undefined ? [] : nearBlocks(near)),
  ];
  const examples: Block = { kind: 'note', text: `For example: ${example}` };
  if (query === '') {
    return {
      blocks: [
        { kind: 'title', text: 'What are you looking for?' },
        { kind: 'text', text: FITS },
        { kind: 'note', text: FILTERED },
        examples,
      ],
    };
  }
  if (list.all === 0) {
    return {
      blocks: [
        { kind: 'title', text: 'No deal found' },
        {
          kind: 'text',
          text: `No deal among those that you may read fits ${quoted(query, MOST_QUERY)}.${elsewhere}`,
        },
        ...without,
        ...(readAs === undefined ? [] : [{ kind: 'text', text: readAsWords(readAs) } satisfies Block]),
        ...(blamed.length > 0
          ? blamedBlocks(blamed)
          : ([{ kind: 'text', text: FITS }, { kind: 'note', text: FILTERED }, examples] satisfies Block[])),
      ],
    };
  }
  return {
    blocks: [
      { kind: 'title', text: `${count(list.all, 'deal')} for ${quoted(query, MOST_QUERY)}` },
      ...without,
      ...listBlocks(
        list,
        found(query, typed),
        person,
        [
          ...(readAs === undefined ? [] : [readAsWords(readAs)]),
          ...(readsAll ? [] : ['Of the deals that you may read.']),
        ].join(' '),
      ),
    ],
  };
};
