import { ago } from './ago.ts';
import { el } from './dom.ts';
import { emoji } from './emoji.ts';
import { link, mention } from './mrkdwn.ts';
import type { RichInline, RichPart, TextStyle } from './wire.ts';

const styled = (node: Node, style: TextStyle = {}): Node => {
  let drawn = node;
  if (style.code) drawn = el('code', {}, drawn);
  if (style.strike) drawn = el('s', {}, drawn);
  if (style.italic) drawn = el('em', {}, drawn);
  if (style.bold) drawn = el('strong', {}, drawn);
  return drawn;
};

const inline = (part: RichInline): Node => {
  switch (part.type) {
    case 'text':
      return styled(new Text(part.text), part.style);
    case 'user':
      return styled(mention(part.user_id), part.style);
    case 'link':
      return styled(link(part.url, part.text ?? part.url), part.style);
    case 'date':
      // The one format that the bot uses.
      if (part.format !== '{ago}' || part.url !== undefined)
        throw new Error(`The playground does not draw dates as ${part.format}.`);
      return styled(ago(part.timestamp), part.style);
    case 'emoji':
      return new Text(emoji(part.name) ?? `:${part.name}:`);
    default:
      throw unknown(part);
  }
};

const unknown = (never: never): Error =>
  new Error(`The playground does not draw rich text of the kind ${JSON.stringify(never).slice(0, 100)}.`);

export const drawRichText = (parts: readonly RichPart[]): HTMLElement =>
  el(
    'div',
    { class: 'rich' },
    ...parts.map((part) => {
      switch (part.type) {
        case 'rich_text_section':
          return el('div', { class: 'rich-section' }, ...part.elements.map(inline));
        case 'rich_text_quote':
          return el('blockquote', {}, ...part.elements.map(inline));
        case 'rich_text_list': {
          const items = part.elements.map((item) => el('li', {}, ...item.elements.map(inline)));
          const indent = `indent-${part.indent ?? 0}`;
          return part.style === 'ordered'
            ? el('ol', { class: indent, start: (part.offset ?? 0) + 1 }, ...items)
            : el('ul', { class: indent }, ...items);
        }
        default:
          throw unknown(part);
      }
    }),
  );
