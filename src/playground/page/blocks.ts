/** Draws exactly the blocks that the bot uses. */

import { el, type Child } from './dom.ts';
import { drawElement, elementId, optionalMark, type Setting } from './elements.ts';
import { drawRichText } from './rich-text.ts';
import type { Surface } from './surface.ts';
import { drawText, plain } from './text.ts';
import type { Block, Element, ImageElement } from './wire.ts';

const image = ({ image_url, alt_text }: ImageElement): HTMLElement =>
  el('img', { src: image_url, alt: alt_text, loading: 'lazy', referrerpolicy: 'no-referrer' });

/** Returns an image's address; the workspace's own files are drawn from where they can be saved. */
const imageUrl = ({ image_url, slack_file }: Extract<Block, { type: 'image' }>): string =>
  image_url ?? `/playground/files/${encodeURIComponent(slack_file?.id ?? '')}/image`;

/** Names an element: those outside input blocks have no label of their own, so the nearest words name them. */
const named = (surface: Surface, block: Block, element: Element, words: string): Setting => {
  const placeholder = 'placeholder' in element && element.placeholder ? plain(element.placeholder) : undefined;
  return {
    surface,
    block,
    reports: true,
    required: false,
    name: placeholder ?? (words || 'Choose'),
    describedBy: undefined,
  };
};

const isGroup = (element: Element): boolean => element.type === 'radio_buttons' || element.type === 'checkboxes';

const input = (surface: Surface, block: Extract<Block, { type: 'input' }>): HTMLElement => {
  const { element } = block;
  const required = block.optional !== true;
  const place: Setting = {
    surface,
    block,
    reports: block.dispatch_action === true,
    required,
    name: undefined,
    describedBy: undefined,
  };
  const id = elementId(place, element);
  const hint = block.hint && el('p', { class: 'hint', id: `${id}.hint` }, plain(block.hint));
  const error = el('p', { class: 'error', id: `${id}.error`, role: 'alert', hidden: true });
  const describedBy = hint ? `${id}.hint ${id}.error` : `${id}.error`;
  const drawn = drawElement({ ...place, describedBy }, element);
  const words: Child[] = [plain(block.label), !required && optionalMark()];
  return isGroup(element)
    ? el('fieldset', { 'aria-describedby': describedBy }, el('legend', {}, ...words), drawn, hint, error)
    : el('div', { class: 'field' }, el('label', { for: id }, ...words), drawn, hint, error);
};

const draw = (surface: Surface, block: Block): HTMLElement => {
  switch (block.type) {
    case 'header':
      return el('h2', { class: 'header' }, plain(block.text));
    case 'divider':
      return el('hr');
    case 'rich_text':
      return drawRichText(block.elements);
    case 'context':
      return el(
        'div',
        { class: 'context' },
        ...block.elements.map((part) => (part.type === 'image' ? image(part) : drawText(part))),
      );
    case 'image':
      return el(
        'figure',
        {},
        block.title && el('figcaption', {}, plain(block.title)),
        image({ type: 'image', image_url: imageUrl(block), alt_text: block.alt_text }),
      );
    case 'actions':
      return el(
        'div',
        { class: 'actions' },
        ...block.elements.map((each) => drawElement(named(surface, block, each, ''), each)),
      );
    case 'section': {
      const { text, fields, accessory } = block;
      const words = text && drawText(text);
      const drawn =
        accessory &&
        (accessory.type === 'image'
          ? image(accessory)
          : drawElement(named(surface, block, accessory, words?.textContent ?? ''), accessory));
      return el(
        'div',
        { class: 'section' },
        el('div', { class: 'words' }, words, fields && el('div', { class: 'fields' }, ...fields.map(drawText))),
        drawn && el('div', { class: 'accessory' }, drawn),
      );
    }
    case 'input':
      return input(surface, block);
    default:
      throw new Error(
        `The playground does not draw blocks of the type ${(block satisfies never as { type: string }).type}.`,
      );
  }
};

const marked = (block: Block, drawn: HTMLElement): HTMLElement => {
  drawn.classList.add('block');
  if (block.block_id !== undefined) drawn.dataset['blockId'] = block.block_id;
  return drawn;
};

export const drawBlock = (surface: Surface, block: Block): HTMLElement => marked(block, draw(surface, block));

/** Draws an error in place of blocks that cannot be drawn: a mistake of the bot or of this page, never hidden. */
export const brokenBlocks = (error: unknown): HTMLElement =>
  el('p', { class: 'error', role: 'alert' }, error instanceof Error ? error.message : String(error));

export const elementsIn = (blocks: readonly Block[]): { block: string; element: Element }[] =>
  blocks.flatMap((each) => {
    const block = each.block_id ?? '';
    if (each.type === 'actions') return each.elements.map((element) => ({ block, element }));
    if (each.type === 'input') return [{ block, element: each.element }];
    if (each.type === 'section' && each.accessory && each.accessory.type !== 'image')
      return [{ block, element: each.accessory }];
    return [];
  });
