/** Keeps the first page of a review within what a chat shows at once. */

import type { FormBlock, Text } from '../card.ts';
import { inFullFirst } from '../cards/folded.ts';
import { SLACK } from '../limits.ts';

/** The page's number, its buttons, and the line that Slack's drawing keeps for itself. */
const KEPT_BACK = 4;
/** Blocks of a form. */
export const MOST_BLOCKS = SLACK.view.blocks - KEPT_BACK;

/** So many of one list in full: those after them in brief. */
export const MOST_LINES = 15;

/** It speaks against the deal: no length of others’ texts pushes it out. */
export const STAYS = { yields: 'never' } as const;

/** A heading and its list; nothing without items. `where`: how the line goes on that counts those left out. */
export const part = (
  heading: string,
  items: readonly Text[],
  more: string,
  { where = '', yields }: { where?: string; yields?: 'never' } = {},
): FormBlock[] =>
  items.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        {
          kind: 'list',
          items: inFullFirst(items, MOST_LINES, more, where),
          ...(yields === undefined ? {} : { yields }),
        },
      ];

/**
 * `instead`: what stands in its place where the page has no room for it, as “Why?” has it too. Absent: it is never left out. `least`: it is
 * left out before any other.
 */
export interface ReviewPart {
  blocks: readonly FormBlock[];
  instead?: string;
  least?: true;
  /** It is left out after all others. */
  last?: true;
  /** Where it stands, if not where the rest does. */
  where?: string;
}

/** Of words about the product or the country in deals for others. */
export const OF_PRODUCT_PART = { instead: 'Words of deals with this product or country', least: true } as const;

export const sizeOf = (parts: readonly ReviewPart[]): number =>
  parts.reduce((sum, { blocks }) => sum + blocks.length, 0);

const lineOf = ({ instead, where: own }: ReviewPart, where: string): FormBlock => ({
  kind: 'note',
  text: `${instead}: ${own ?? where}`,
});
const WHY_SHOWS = '“Why?” on the deal’s card shows them.';

/** Leaves out the largest of what is shown elsewhere as well, until the rest fits; a line in its place says where. */
export const inRoom = (parts: readonly ReviewPart[], where = WHY_SHOWS, most = MOST_BLOCKS): FormBlock[] => {
  let left: (ReviewPart & { gone?: boolean })[] = [...parts];
  while (sizeOf(left) > most) {
    const largest = left
      .filter(({ instead, blocks }) => instead !== undefined && blocks.length > 1)
      .toSorted(
        (a, b) =>
          Number(b.least ?? false) - Number(a.least ?? false) ||
          Number(a.last ?? false) - Number(b.last ?? false) ||
          b.blocks.length - a.blocks.length,
      )[0];
    if (!largest) break;
    // Of the least there is no room for a line either, unless that is left at the end.
    const put = largest.least ? { ...largest, blocks: [], gone: true } : { blocks: [lineOf(largest, where)] };
    left = left.map((one) => (one === largest ? put : one));
  }
  let room = most - sizeOf(left);
  return left.flatMap((one) => {
    if (!one.gone || room <= 0) return one.blocks;
    room -= 1;
    return [lineOf(one, where)];
  });
};
