/** What a search found, how its words were read, and what can be searched. */

import type { PersonId } from '../../flows/ids.ts';
import { FILTERS } from '../../flows/lists/clauses.ts';
import type { Block, Card } from '../card.ts';
import { count, quoted, shorten } from '../words.ts';
import { ELSEWHERE } from './help.ts';
import { found, listBlocks, type ListPage } from './lists.ts';

const MOST_QUERY = 60;

const FITS =
  'Every word has to fit: a customer or end-user, a country, a product, a red flag by its code (H-RF4) or words of its title (detained), a status such as open, in review, approved or out of scope, a tier, the owner, or a year.';
const FILTERED = `Filters are exact: ${FILTERS.map((filter) => `${filter}:`).join(' ')}`;

const MOST_READ = 240;

/** `Read as: high · Vietnam · H-RF4 (…) · 2026.` */
export const readAsWords = (readAs: readonly string[]): string =>
  `Read as: ${readAs.map((text) => shorten(text, MOST_READ)).join(' · ')}.`;

/**
 * Answers `/deal find WORDS`. `example`: something to type. `readsAll`: no deal is hidden from the person. `readAs`: how the
 * words were read.
 */
export const findCard = (
  list: ListPage,
  query: string,
  person: PersonId,
  { example, readsAll, readAs }: { example: string; readsAll: boolean; readAs?: readonly string[] | undefined },
): Card => {
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
          text: `No deal among those that you may read fits ${quoted(query, MOST_QUERY)}.${readsAll ? '' : ELSEWHERE}`,
        },
        ...(readAs === undefined ? [] : [{ kind: 'text', text: readAsWords(readAs) } satisfies Block]),
        { kind: 'text', text: FITS },
        { kind: 'note', text: FILTERED },
        examples,
      ],
    };
  }
  return {
    blocks: [
      { kind: 'title', text: `${count(list.all, 'deal')} for ${quoted(query, MOST_QUERY)}` },
      ...listBlocks(
        list,
        found(query),
        person,
        [
          ...(readAs === undefined ? [] : [readAsWords(readAs)]),
          ...(readsAll ? [] : ['Of the deals that you may read.']),
        ].join(' '),
      ),
    ],
  };
};
