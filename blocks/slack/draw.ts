/** Draws one neutral block as Block Kit, within the room left in a message or view. */

import { parsedUrl } from '../../flows/url.ts';
import type { Action, Block, Pictures, Text } from '../card.ts';
import { GLYPH, textWords } from '../fallback.ts';
import { CardFault, clip, SLACK, split } from '../limits.ts';
import { hasRoom, itemsOf, shortenedText, type Fit } from '../room.ts';
import { plainLine } from '../text.ts';
import type { Button, MessageBlock, RichElement, RichSection } from './block-kit.ts';
import { elementsOf, inBlocks, isBlank, liveUrl, plainText, take, type Allowance, type People } from './text.ts';

const LIST_ITEMS = 100;

/** Ends the action id of a button that only opens its url: its click has no handler. */
export const LINK_MARK = '!link';

/** Reads the action's name from an `action_id` of ours; undefined for a button that is only a link. */
export const actionName = (actionId: string): string | undefined =>
  actionId.endsWith(LINK_MARK) ? undefined : actionId.replace(/#\d+$/, '');

export interface Drawing {
  people: People;
  allowance: Allowance;
  /** Numbers the buttons: an action id is unique in its message. */
  buttons: number;
  pictures: Pictures;
  /** How much of its texts and lists is drawn. Absent: all of them, from the top, as far as there is room. */
  fit?: Fit | undefined;
}

export const isLoopback = (url: string): boolean =>
  /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\//.test(parsedUrl(url)?.href ?? '');

const button = (action: Action, drawing: Drawing): Button[] => {
  if (action.value.length > SLACK.button.value) {
    throw new CardFault('value-too-long', `The value of the button ${action.name} is longer than Slack takes.`);
  }
  drawing.buttons += 1;
  const id = `${action.name}#${drawing.buttons}`;
  if (id.length + LINK_MARK.length > SLACK.id) {
    throw new CardFault('name-too-long', 'The name of a button is longer than Slack takes.');
  }
  const url =
    action.url === undefined || isLoopback(action.url) ? action.url : liveUrl(action.url, SLACK.button.url)?.href;
  // A button whose address may not be opened would do nothing.
  if (action.url !== undefined && url === undefined) return [];
  return [
    {
      type: 'button',
      action_id: url === undefined ? id : `${id}${LINK_MARK}`,
      text: plainText(action.label, SLACK.button.text),
      ...(action.value === '' ? {} : { value: action.value }),
      ...(url === undefined ? {} : { url }),
      ...(action.style === undefined ? {} : { style: action.style }),
      ...(action.accessibleLabel === undefined
        ? {}
        : { accessibility_label: plainText(action.accessibleLabel, SLACK.button.accessibleLabel).text }),
    },
  ];
};

const actionRows = (actions: readonly Action[], drawing: Drawing): MessageBlock[] => {
  const buttons = actions.flatMap((action) => button(action, drawing));
  const rows: MessageBlock[] = [];
  for (let at = 0; at < buttons.length; at += SLACK.actions.row) {
    rows.push({ type: 'actions', elements: buttons.slice(at, at + SLACK.actions.row) });
  }
  return rows;
};

/** As in Teams: names and headings of an item stay, and so do the words of a link with a long address. */
const shortened = (element: RichElement, fit: Fit): RichElement => {
  if (element.type === 'link') return hasRoom(element.url, fit) ? element : { type: 'text', text: element.text };
  if (element.type !== 'text' || element.style?.bold) return element;
  return { ...element, text: shortenedText(element.text, fit.text, clip) };
};

const worded = (text: Text, { people, fit }: Drawing): RichElement[] => {
  const elements = elementsOf(text, people);
  return fit ? elements.map((element) => shortened(element, fit)) : elements;
};

const section = (elements: RichElement[]): RichSection => ({ type: 'rich_text_section', elements });

const paragraphs = (elements: readonly RichElement[], quoted: boolean, drawing: Drawing): MessageBlock[] =>
  inBlocks(take(elements, drawing.allowance), drawing.allowance)
    .filter((group) => !isBlank(group))
    .map((group) => ({
      type: 'rich_text',
      elements: [quoted ? { type: 'rich_text_quote', elements: group } : section(group)],
    }));

const sections = (all: readonly RichElement[][], allowance: Allowance, most = LIST_ITEMS): RichSection[] => {
  const filled = all.filter((elements) => !isBlank(elements));
  const drawn: RichSection[] = [];
  for (const elements of filled) {
    if (allowance.left <= 0 || drawn.length >= most) break;
    drawn.push(section(take(elements, allowance)));
  }
  const missing = filled.length - drawn.length;
  if (missing === 0) return drawn;
  return [...drawn, section([{ type: 'text', text: `… ${missing} more`, style: { italic: true } }])];
};

const noteWords = (block: Extract<Block, { kind: 'note' }>, { people, fit }: Drawing): string => {
  const words = textWords(block.text, (id) => people(id)?.name);
  return fit ? shortenedText(words, fit.text, clip) : words;
};

const note = (block: Extract<Block, { kind: 'note' }>, drawing: Drawing): MessageBlock[] => {
  const elements = worded(block.text, drawing);
  if (elements.some((element) => element.type !== 'text')) return paragraphs(elements, false, drawing);
  const words = take([{ type: 'text', text: noteWords(block, drawing) }], drawing.allowance)
    .flatMap((element) => (element.type === 'text' ? [element.text] : []))
    .join('');
  const pieces = split(words, SLACK.text).filter((piece) => piece.trim() !== '');
  if (pieces.length === 0) return [];
  return [
    {
      type: 'context',
      elements: pieces.slice(0, SLACK.context.elements).map((text) => ({ type: 'plain_text', text, emoji: false })),
    },
  ];
};

const picture = (block: Extract<Block, { kind: 'picture' }>, drawing: Drawing): MessageBlock[] => {
  const id = drawing.pictures(block.svg);
  if (id === undefined) return note({ kind: 'note', text: block.alt }, drawing);
  return [{ type: 'image', slack_file: { id }, alt_text: clip(plainLine(block.alt), SLACK.image.alt) || '–' }];
};

const title = (block: Extract<Block, { kind: 'title' }>): MessageBlock => ({
  type: 'header',
  text: plainText(`${GLYPH[block.tone ?? 'neutral']}${block.text}`, SLACK.header),
});

const facts = (block: Extract<Block, { kind: 'facts' }>, drawing: Drawing): MessageBlock[] => {
  const lines = block.facts.map(({ label, value }): RichElement[] => {
    const words = worded(value, drawing);
    return [
      { type: 'text', text: `${clip(plainLine(label), SLACK.header) || '–'}: `, style: { bold: true } },
      ...(isBlank(words) ? [{ type: 'text' as const, text: '–' }] : words),
    ];
  });
  const elements = sections(lines, drawing.allowance);
  return elements.length === 0 ? [] : [{ type: 'rich_text', elements }];
};

const list = (block: Extract<Block, { kind: 'list' }>, drawing: Drawing): MessageBlock[] => {
  const items = block.items.map((item) => worded(item, drawing));
  const most = drawing.fit ? Math.min(LIST_ITEMS, itemsOf(block, drawing.fit)) : LIST_ITEMS;
  const elements = sections(items, drawing.allowance, most);
  return elements.length === 0
    ? []
    : [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }];
};

const isContent = (block: Block): boolean => !['actions', 'title', 'divider'].includes(block.kind);

export const drawBlock = (block: Block, drawing: Drawing): MessageBlock[] => {
  if (isContent(block) && drawing.allowance.left <= 0) {
    drawing.allowance.skipped += 1;
    return [];
  }
  switch (block.kind) {
    case 'title':
      return [title(block)];
    case 'heading':
      return paragraphs(elementsOf([{ strong: plainLine(block.text) }], drawing.people), false, drawing);
    case 'text':
      return paragraphs(worded(block.text, drawing), false, drawing);
    case 'quote':
      return paragraphs(worded(block.text, drawing), true, drawing);
    case 'list':
      return list(block, drawing);
    case 'facts':
      return facts(block, drawing);
    case 'note':
      return note(block, drawing);
    case 'picture':
      return picture(block, drawing);
    case 'divider':
      return [{ type: 'divider' }];
    case 'actions':
      return actionRows(block.actions, drawing);
    default: {
      const never: never = block;
      return never;
    }
  }
};

/** Counts the blocks that a card or form takes at least; too many for Slack is a mistake of its builder. */
export const startDrawing = (
  blocks: readonly { kind: string; actions?: readonly Action[] }[],
  people: People,
  most: { blocks: number; allText: number },
  pictures: Pictures = () => undefined,
): Drawing => {
  const least = blocks.reduce((sum, b) => sum + (b.actions ? Math.ceil(b.actions.length / SLACK.actions.row) : 1), 0);
  // One is kept for the line that says what is not shown.
  if (least + 1 > most.blocks)
    throw new CardFault('too-many-blocks', `${least} blocks are more than Slack shows at once.`);
  return {
    people,
    allowance: { left: most.allText, spare: most.blocks - 1 - least, skipped: 0 },
    buttons: 0,
    pictures,
  };
};

export const skippedLine = ({ skipped }: Allowance): MessageBlock[] =>
  skipped === 0
    ? []
    : [
        {
          type: 'context',
          elements: [plainText(`… ${skipped} more ${skipped === 1 ? 'part' : 'parts'} did not fit here.`, 150)],
        },
      ];
