/** Draws one neutral block as elements of an Adaptive Card, within the room left in the card. */

import type { Block, Pictures, Text } from '../card.ts';
import { GLYPH } from '../fallback.ts';
import { clip, TEAMS } from '../limits.ts';
import { hasRoom, itemsOf, shortenedText, type Fit } from '../room.ts';
import { bytesOf, plainLine } from '../text.ts';
import { actionRows, type Button } from './actions.ts';
import type { CardElement, Heading, RichText, TextRun } from './adaptive-card.ts';
import { clipToBytes, inertLine, isBlank, runsOf, take, textRuns, type Allowance, type Names } from './text.ts';

const LIST_ITEMS = 100;
const LABEL = 150;

/** Letters, digits and signs that cannot make Markdown, a list, a link or a date. A full stop only ends a word. */
const INERT = /^(?!\d+[.)])[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ,:;?!'’‘“”"…–—·%()-]|\.(?=\s|$))*$/u;

export interface Drawing {
  names: Names;
  allowance: Allowance;
  button: Button;
  pictures?: Pictures | undefined;
  /** A divider waits for the element below it. */
  divide: boolean;
  /** How much of its texts and lists is drawn. Absent: all of them, from the top, as far as there is room. */
  fit?: Fit | undefined;
}

/** Draws a heading that screen readers find; bold text where Markdown could find something in it. */
export const headingElement = (glyph: string, text: string, size: 'Medium' | 'Large'): Heading | RichText => {
  const words = clip(plainLine(text), TEAMS.title) || '–';
  return INERT.test(words)
    ? { type: 'TextBlock', text: `${glyph}${words}`, wrap: true, style: 'heading', weight: 'Bolder', size }
    : { type: 'RichTextBlock', inlines: runsOf(`${glyph}${words}`, { weight: 'Bolder', size }) };
};

/** Draws paragraphs: the first stands apart, the others follow it closely. */
const paragraphs = (lines: readonly TextRun[][]): RichText[] =>
  lines.map((inlines, i) => ({ type: 'RichTextBlock', inlines, ...(i === 0 ? {} : { spacing: 'Small' }) }));

const text = (runs: readonly TextRun[], drawing: Drawing): RichText[] => paragraphs(take(runs, drawing.allowance));

/** Cuts the texts that are longer; not names, nor headings of an item (a flag’s title, a deal). Of a link with a long address the words stay. */
const shortened = ({ selectAction, ...run }: TextRun, fit: Fit): TextRun => {
  if (selectAction) return hasRoom(selectAction.url, fit) ? { ...run, selectAction } : run;
  return run.weight === 'Bolder' ? run : { ...run, text: shortenedText(run.text, fit.text, clipToBytes) };
};

const worded = (words: Text, { names, fit }: Drawing): readonly TextRun[] => {
  const runs = textRuns(words, names);
  return fit ? runs.map((run) => shortened(run, fit)) : runs;
};

const items = (all: readonly (readonly TextRun[])[], drawing: Drawing, most = LIST_ITEMS): RichText[] => {
  const filled = all.filter((runs) => !isBlank(runs));
  const drawn: RichText[] = [];
  let shown = 0;
  for (const runs of filled) {
    if (drawing.allowance.left <= 0 || shown >= most) break;
    shown += 1;
    drawn.push(...text(runs, drawing));
  }
  const missing = filled.length - shown;
  if (missing > 0) drawn.push({ type: 'RichTextBlock', inlines: runsOf(`… ${missing} more`, { isSubtle: true }) });
  return drawn.map((item, i) => (i === 0 ? item : { ...item, spacing: 'Small' }));
};

export const subtle = (runs: readonly TextRun[]): TextRun[] =>
  runs.map((run) => ({ ...run, isSubtle: true, size: 'Small' }));

const fact = (label: string, value: readonly TextRun[]): TextRun[] => [
  ...runsOf(`${clip(plainLine(label), LABEL) || '–'}: `, { weight: 'Bolder' }),
  ...(isBlank(value) ? runsOf('–') : value),
];

const content = (block: Exclude<Block, { kind: 'divider' }>, drawing: Drawing): CardElement[] => {
  switch (block.kind) {
    case 'title':
      return [headingElement(GLYPH[block.tone ?? 'neutral'], block.text, 'Large')];
    case 'heading': {
      if (plainLine(block.text) === '') return [];
      const element = headingElement('', block.text, 'Medium');
      drawing.allowance.left -= bytesOf(element);
      return [element];
    }
    case 'text':
      return text(worded(block.text, drawing), drawing);
    case 'picture': {
      const url = drawing.pictures?.(block.svg);
      if (url === undefined) return text(subtle(worded(block.alt, drawing)), drawing);
      return [{ type: 'Image', url, altText: inertLine(block.alt, TEAMS.alt), size: 'Stretch' }];
    }
    case 'quote': {
      const quoted = text(worded(block.text, drawing), drawing);
      return quoted.length === 0 ? [] : [{ type: 'Container', style: 'emphasis', items: quoted }];
    }
    case 'list':
      return items(
        block.items
          .map((item) => worded(item, drawing))
          .map((runs) => (isBlank(runs) ? [] : [...runsOf('• '), ...runs])),
        drawing,
        drawing.fit === undefined ? LIST_ITEMS : Math.min(LIST_ITEMS, itemsOf(block, drawing.fit)),
      );
    case 'facts':
      return items(
        block.facts.map(({ label, value }) => fact(label, worded(value, drawing))),
        drawing,
      );
    case 'note':
      return text(subtle(worded(block.text, drawing)), drawing);
    case 'actions':
      return actionRows(block.actions.flatMap((action) => drawing.button(action)));
    default: {
      const never: never = block;
      return never;
    }
  }
};

const needsRoom = (block: Block): boolean => block.kind !== 'actions' && block.kind !== 'title';

/** Draws one block of a card or form. A divider becomes a line above the next element. */
export const drawBlock = (block: Block, drawing: Drawing): CardElement[] => {
  if (block.kind === 'divider') {
    drawing.divide = true;
    return [];
  }
  if (needsRoom(block) && drawing.allowance.left <= 0) {
    drawing.allowance.skipped += 1;
    return [];
  }
  return divided(content(block, drawing), drawing);
};

/** Adds the line that a divider asked for. */
export const divided = (elements: readonly CardElement[], drawing: Drawing): CardElement[] => {
  const [first, ...rest] = elements;
  if (!first || !drawing.divide) return [...elements];
  drawing.divide = false;
  return [{ ...first, separator: true, spacing: 'Medium' }, ...rest];
};

export const skippedLine = ({ skipped }: Allowance): RichText[] =>
  skipped === 0
    ? []
    : [
        {
          type: 'RichTextBlock',
          inlines: subtle(runsOf(`… ${skipped} more ${skipped === 1 ? 'part' : 'parts'} did not fit here.`)),
        },
      ];
