/** Puts texts into lines, and lines into lists, so that none is too long for a chat. */

import type { Span, Text } from '../card.ts';
import { spansOf } from '../fallback.ts';

/** Characters of a list: what a section of Slack holds; of a rich text no limit is published. <https://docs.slack.dev/reference/block-kit/blocks/section-block> */
const MOST_LETTERS = 2800;

/** Puts as many together, in their order, as have room; at least one. */
export const inRuns = <T>(all: readonly T[], sizeOf: (one: T) => number, most: number, mostItems = Infinity): T[][] => {
  const runs: T[][] = [];
  let room = 0;
  for (const one of all) {
    const last = runs.at(-1);
    const size = sizeOf(one);
    if (last && size <= room && last.length < mostItems) last.push(one);
    else {
      runs.push([one]);
      room = most;
    }
    room -= size;
  }
  return runs;
};

const lettersOf = (span: Span): number => {
  if (typeof span === 'string') return span.length;
  if ('strong' in span) return span.strong.length;
  return 'quiet' in span ? span.quiet.length : 'link' in span ? span.link.text.length + span.link.url.length : 20;
};

const lettersIn = (text: Text): number => spansOf(text).reduce((sum, span) => sum + lettersOf(span), 0);

/** Lists of at most so many lines, each short enough for one block. */
export const inLists = (items: readonly Text[], most: number): { kind: 'list'; items: Text[] }[] =>
  inRuns(items, lettersIn, MOST_LETTERS, most).map((some) => ({ kind: 'list', items: some }));
