/** A card as plain text: for notifications, screen readers and clients that draw no blocks. */
import type { PersonId } from '../flows/organisation.ts';
import type { Block, Card, Span, Text, Tone } from './card.ts';
import { plain, plainLine } from './text.ts';

/** One glyph per meaning, always with words beside it. */
export const GLYPH: Record<Tone, string> = { neutral: '', good: '✅ ', attention: '⚠️ ', stop: '⛔ ' };

type NameOf = (id: PersonId) => string | undefined;

export const spansOf = (text: Text): readonly Span[] => (typeof text === 'string' ? [text] : text);

const spanText = (span: Span, nameOf: NameOf): string => {
  if (typeof span === 'string') return plain(span);
  if ('strong' in span) return plain(span.strong);
  if ('quiet' in span) return plain(span.quiet);
  if ('person' in span) return plainLine(nameOf(span.person) ?? span.person);
  return `${plainLine(span.link.text)} (${plainLine(span.link.url)})`;
};

/** A text's characters, people by name, links with their address. */
export const textWords = (text: Text, nameOf: NameOf): string =>
  spansOf(text)
    .map((span) => spanText(span, nameOf))
    .join('');

const blockText = (block: Block, nameOf: NameOf): string => {
  switch (block.kind) {
    case 'title':
      return `${GLYPH[block.tone ?? 'neutral']}${plainLine(block.text)}`;
    case 'heading':
      return plainLine(block.text);
    case 'text':
    case 'note':
      return textWords(block.text, nameOf);
    case 'quote':
      return `“${textWords(block.text, nameOf)}”`;
    case 'list':
      return block.items.map((item) => `• ${textWords(item, nameOf)}`).join('\n');
    case 'facts':
      return block.facts
        .map(({ label, value }) => `${plainLine(label)}: ${textWords(value, nameOf).trim() || '–'}`)
        .join('\n');
    case 'divider':
      return '';
    case 'actions':
      return block.actions.length === 0 ? '' : `[${block.actions.map(({ label }) => plainLine(label)).join('] [')}]`;
    default: {
      const never: never = block;
      return never;
    }
  }
};

/** The card's words, block by block, without markup of any kind. Not clipped, not escaped. */
export const fallbackText = (card: Card, nameOf: NameOf): string =>
  card.blocks
    .map((block) => blockText(block, nameOf).trim())
    .filter((text) => text !== '')
    .join('\n');
