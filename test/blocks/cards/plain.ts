/** A card as plain text, without any chat platform. People are shown as `@id`, buttons as `[label]`. */

import type { Action, Block, Card, Text } from '../../../blocks/card.ts';

export const plainText = (text: Text): string => {
  if (typeof text === 'string') return text;
  return text
    .map((span) => {
      if (typeof span === 'string') return span;
      if ('strong' in span) return span.strong;
      if ('quiet' in span) return span.quiet;
      if ('person' in span) return `@${span.person}`;
      if ('since' in span) return `on ${span.since}`;
      return `${span.link.text} <${span.link.url}>`;
    })
    .join('');
};

const plainBlock = (block: Block): string => {
  switch (block.kind) {
    case 'title':
      return `# ${block.text}`;
    case 'heading':
      return `## ${block.text}`;
    case 'text':
    case 'note':
      return plainText(block.text);
    case 'quote':
      return `> ${plainText(block.text)}`;
    case 'list':
      return block.items.map((item) => `- ${plainText(item)}`).join('\n');
    case 'facts':
      return block.facts.map(({ label, value }) => `${label}: ${plainText(value)}`).join('\n');
    case 'picture':
      return block.alt;
    case 'divider':
      return '--';
    case 'actions':
      return block.actions.map((a) => `[${a.label}]`).join(' ');
    default: {
      const never: never = block;
      return never;
    }
  }
};

export const plain = (card: Card): string => card.blocks.map(plainBlock).join('\n');

export const actionsOf = (card: Card): Action[] => card.blocks.flatMap((b) => (b.kind === 'actions' ? b.actions : []));

/** `deal.answer D-7K3QXM/product`, one for each button. */
export const presses = (card: Card): string[] => actionsOf(card).map(({ name, value }) => `${name} ${value}`);
