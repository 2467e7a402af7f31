/** Keeps the first page of a review within what a chat shows at once. */

import type { FormBlock } from '../card.ts';
import { SLACK } from '../limits.ts';

/** The page's number, its buttons, and the line that Slack's drawing keeps for itself. */
const KEPT_BACK = 4;

/** `instead`: what stands in its place where the page has no room for it, as “Why?” has it too. Absent: it is never left out. */
export interface ReviewPart {
  blocks: readonly FormBlock[];
  instead?: string;
}

const sizeOf = (parts: readonly ReviewPart[]): number => parts.reduce((sum, { blocks }) => sum + blocks.length, 0);

/** Leaves out the largest of what “Why?” shows as well, until the rest fits; a line in its place says so. */
export const inRoom = (parts: readonly ReviewPart[], most = SLACK.view.blocks - KEPT_BACK): FormBlock[] => {
  let left = [...parts];
  while (sizeOf(left) > most) {
    const largest = left
      .filter(({ instead, blocks }) => instead !== undefined && blocks.length > 1)
      .toSorted((a, b) => b.blocks.length - a.blocks.length)[0];
    if (!largest) break;
    const line: FormBlock = {
      kind: 'note',
      text: `${largest.instead}: “Why?” on the deal’s card shows them.`,
    };
    left = left.map((one) => (one === largest ? { blocks: [line] } : one));
  }
  return left.flatMap(({ blocks }) => blocks);
};
