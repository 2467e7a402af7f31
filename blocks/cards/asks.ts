/** What is asked of a person outside any deal, in a line each, with the buttons for it. */

import type { Ask } from '../../flows/lists/asks.ts';
import type { Action, Block, Text } from '../card.ts';
import { count, countryWords, shorten } from '../words.ts';
import { lawsButton, takeTrainingButton } from './actions-desk.ts';
import { sheetButton } from './actions-sheets.ts';
import { showYearButton } from './actions-yearly.ts';
import { row } from './actions.ts';
import { sheetOfWords, sheetTitle } from './sheet-words.ts';
import { statusWords } from './training-words.ts';

const MOST_NAME = 80;

const askText = (ask: Ask): Text => {
  switch (ask.of) {
    case 'training':
      return [{ strong: `Training: ${shorten(ask.title, MOST_NAME)}` }, ` · ${statusWords(ask.status, ask.until)}`];
    case 'laws':
      return [
        { strong: `Counsel’s note on ${countryWords(ask.country)}` },
        `, for ${count(ask.deals, 'deal')} · asked `,
        { since: ask.since },
      ];
    case 'sheet':
      return [{ strong: shorten(sheetTitle(ask.on), MOST_NAME) }, ' · asked ', { since: ask.since }];
    case 'year':
      return [{ strong: `Yearly report of ${ask.year}` }, ' · waits for your word, sent ', { since: ask.since }];
    default: {
      const never: never = ask;
      return never;
    }
  }
};

const askButton = (ask: Ask): Action => {
  switch (ask.of) {
    case 'training':
      return takeTrainingButton(ask.course, ask.title, false);
    case 'laws':
      return lawsButton(ask.country, shorten(`Note on ${countryWords(ask.country)}`, 60));
    case 'sheet':
      return sheetButton(ask.on, shorten(`Fill in ${sheetOfWords(ask.on)}`, 60));
    case 'year':
      return showYearButton(ask.year, 'Read the report');
    default: {
      const never: never = ask;
      return never;
    }
  }
};

/** A list and a row of buttons: at most five fit one row. `more`: how many are not shown. */
export const askBlocks = (asks: readonly Ask[], more: number): Exclude<Block, { kind: 'title' }>[] =>
  asks.length === 0
    ? []
    : [
        {
          kind: 'list',
          items: [...asks.map(askText), ...(more === 0 ? [] : [`${more} more: they stand here as these are done`])],
        },
        ...row(...asks.map(askButton)),
      ];
