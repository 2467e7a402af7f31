/** A list that keeps to its room: its last line says how many more there are, and where. */

import { endsWithQuotes } from '../../flows/ends-of.ts';
import type { Span, Text } from '../card.ts';
import { spansOf } from '../fallback.ts';
import { count } from '../words.ts';

/** `most`: lines in all. `more`: `more answer`, or `more` alone. `where`: how the last line goes on, such as `: “Why?” shows all`. */
export const folded = (items: readonly Text[], most: number, more: string, where = ''): Text[] =>
  items.length <= most
    ? [...items]
    : [
        ...items.slice(0, most - 1),
        `and ${count(items.length - most + 1, more, more === 'more' ? more : `${more}s`)}${where}`,
      ];

/** Letters of a line in brief, as far as its names and dates leave room. */
const BRIEF = 240;
/** No words are cut shorter. */
const LEAST = 160;
/** More lines than anybody writes honestly. */
const MOST_BRIEF = 36;

const lettersIn = (span: Span): number =>
  typeof span === 'string' ? span.length : 'strong' in span ? span.strong.length : 0;

/** A line whose longest words lose their middle. */
const inBrief = (line: Text): Text => {
  let spans = [...spansOf(line)];
  for (;;) {
    const over = spans.reduce((sum, span) => sum + lettersIn(span), 0) - BRIEF;
    const [longest] = spans
      .flatMap((span, at) => (typeof span === 'string' && span.length > LEAST ? [{ span, at }] : []))
      .toSorted((a, b) => b.span.length - a.span.length);
    if (over <= 0 || !longest) return spans;
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(longest.span) ?? [];
    const cut = `${before}${endsWithQuotes(words, Math.max(LEAST, words.length - over))}${after}`;
    if (cut.length >= longest.span.length) return spans;
    spans = spans.with(longest.at, cut);
  }
};

/**
 * The first so many lines in full, and those after them in brief: many that one person writes hide nothing that another did. `where`: how
 * the last line goes on, where there are more than anybody writes.
 */
export const inFullFirst = (items: readonly Text[], most: number, more: string, where = ''): Text[] => [
  ...items.slice(0, most),
  ...folded(items.slice(most).map(inBrief), MOST_BRIEF, more, where),
];
