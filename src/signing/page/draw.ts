/** Draws what the server shows, as text and never as markup. */

import type { PageBlock } from './wire.ts';

export const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  { text, className, ...more }: { text?: string; className?: string; id?: string } = {},
  ...children: Node[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  if (more.id !== undefined) made.id = more.id;
  made.append(...children);
  return made;
};

export const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found;
};

const SPOKEN = /^(?:[0-9A-Z]{4} ){2}[0-9A-Z]{4}$/;

/** Read out by a screen reader as a person would: letter by letter. */
const code = (text: string): HTMLElement => {
  const shown = element('span', { text, className: 'code' });
  shown.setAttribute('aria-hidden', 'true');
  const spoken = element('span', { text: [...text.replaceAll(' ', '')].join(' '), className: 'spoken' });
  return element('p', {}, shown, spoken);
};

const drawn = (block: PageBlock): HTMLElement => {
  switch (block.kind) {
    case 'facts': {
      const list = element('dl');
      for (const { label, value } of block.facts) {
        list.append(element('dt', { text: label }), element('dd', { text: value }));
      }
      return list;
    }
    case 'list':
      return element('ul', {}, ...block.items.map((text) => element('li', { text })));
    case 'heading':
      return SPOKEN.test(block.text) ? code(block.text) : element('h2', { text: block.text });
    case 'quote':
      return element('blockquote', { text: block.text });
    case 'note':
      return element('p', { text: block.text, className: 'note' });
    case 'text':
      return element('p', { text: block.text });
    default: {
      const never: never = block;
      return never;
    }
  }
};

export const draw = (blocks: readonly PageBlock[]): HTMLElement[] => blocks.map(drawn);
