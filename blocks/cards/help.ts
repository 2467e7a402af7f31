/** What can be typed: all of it, or what is nearest to words that nobody knows. */

import type { Block, Card, Text } from '../card.ts';
import { quoted, shorten } from '../words.ts';
import { allButton, findButton, homeButton, listButton } from './actions-desk.ts';
import { newDealButton, row } from './actions.ts';
import { MINE, QUEUE } from './lists.ts';
import { flagWords } from './status.ts';

/** `words` is what to type (`/deal`), `does` a few plain words. */
export interface HelpEntry {
  words: string;
  does: string;
}

const items = (entries: readonly HelpEntry[]): Text[] =>
  entries.map(({ words, does }): Text => [{ strong: words }, `: ${does}`]);

/** `decides`: the reader may have a queue. `audits`: they read every deal, and act on none. */
export const helpCard = (
  entries: readonly HelpEntry[],
  { decides = false, audits = false }: { decides?: boolean; audits?: boolean } = {},
): Card => ({
  blocks: [
    { kind: 'title', text: 'What you can do here' },
    ...row(
      !audits && newDealButton(''),
      homeButton,
      audits ? allButton : listButton(MINE.button, 'My deals'),
      decides && listButton(QUEUE.button, 'My queue'),
    ),
    { kind: 'list', items: items(entries) },
    { kind: 'note', text: 'Clearing a deal here is neither an export licence nor legal advice.' },
  ],
});

const MOST_SAID = 60;
const MOST_LABEL = 40;

/** An end-user or a customer who may be meant. */
export interface NearName {
  name: string;
  query: string;
}

/**
 * For whoever may read no more than their own deals here. `isHere`: the cards where it is asked have no such name. `channels`:
 * those that may.
 */
export const elsewhereWords = (isHere: boolean, channels: string | undefined, name: string): string =>
  [
    isHere ? ' No card in this channel has that name, either.' : '',
    channels === undefined
      ? ''
      : ` Cards of other deals stand in ${channels}. Ask there: “@Clearthread where is ${name}”.`,
  ].join('');

/** The same where it was asked by no name. `helper`: somebody who reads all deals. */
export const othersWords = (helper: string | undefined): string =>
  [
    ' Deals that you may not open are found by the name of a customer or an end-user alone.',
    helper === undefined ? '' : ` For all others, ask ${helper} of compliance.`,
  ].join('');

/** `Did you mean “Sample Networks”?` and the button that finds it. `query`: the name, as it is typed to find it. */
export const nearBlocks = ({ name, query }: NearName): Block[] => [
  { kind: 'text', text: `Did you mean ${quoted(name, MOST_SAID)}?` },
  ...row({ name: 'desk.find', value: `1/${query}`, label: shorten(name, MOST_LABEL), opens: 'form' }),
];

/** `asked`: what a question names; absent, where it may be no question. `nearest`: commands that may be meant. `near`: a name that may be. `words`: what to type for all commands, and where deals may stand that are hidden. */
export const unknownCard = (
  said: string,
  nearest: readonly HelpEntry[],
  words: {
    help: string;
    elsewhere: string;
    near?: NearName | undefined;
    asked?: string | undefined;
    /** What to type to raise a flag, where it may be a worry. */
    flag?: string | undefined;
  },
): Card => ({
  blocks: [
    {
      kind: 'title',
      text:
        words.asked === undefined
          ? `I don't know ${quoted(said, MOST_SAID)}`
          : `No deal found for ${quoted(words.asked, MOST_SAID)}`,
    },
    {
      kind: 'text',
      text: [
        words.asked === undefined
          ? 'No deal among those that you may read fits these words: I looked for them in customers, end-users, countries, products, red flags and where deals stand.'
          : 'No deal among those that you may read fits these words.',
        words.elsewhere,
      ],
    },
    ...(words.near === undefined ? [] : nearBlocks(words.near)),
    ...(nearest.length === 0
      ? []
      : ([
          { kind: 'text', text: 'Or did you mean one of these?' },
          { kind: 'list', items: items(nearest) },
        ] satisfies Block[])),
    ...flagWords(words.flag),
    ...row(homeButton, findButton),
    { kind: 'note', text: `All that I know: ${words.help}` },
  ],
});
