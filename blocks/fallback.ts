/** A card as plain text: for notifications, screen readers and clients that draw no blocks. */

import { isValid } from 'date-fns/isValid';
import { parseISO } from 'date-fns/parseISO';
import type { Instant, PersonId } from '../flows/ids.ts';
import type { Block, Card, Span, Text, Tone } from './card.ts';
import { plain, plainLine } from './text.ts';
import { dayWords, notHere } from './words.ts';

/** One glyph per meaning, always with words next to it. */
export const GLYPH: Record<Tone, string> = { neutral: '', good: '✅ ', attention: '⚠️ ', stop: '⛔ ' };

type NameOf = (id: PersonId) => string | undefined;

export const spansOf = (text: Text): readonly Span[] => (typeof text === 'string' ? [text] : text);

/** Returns the moment of an ISO text, or undefined where no calendar has it. */
export const momentOf = (instant: Instant): Date | undefined => {
  const date = parseISO(instant);
  return isValid(date) && date.toISOString().length === '2026-11-23T14:05:00.000Z'.length ? date : undefined;
};

/** Returns `on 23 November 2026, 14:05 UTC`: it states no length of time, so it never goes stale. */
export const sinceWords = (instant: Instant): string => {
  const date = momentOf(instant);
  if (!date) return `on ${plainLine(instant)}`;
  const utc = date.toISOString();
  return `on ${dayWords(utc.slice(0, 10))}, ${utc.slice(11, 16)} UTC`;
};

const spanText = (span: Span, nameOf: NameOf): string => {
  if (typeof span === 'string') return plain(span);
  if ('strong' in span) return plain(span.strong);
  if ('quiet' in span) return plain(span.quiet);
  if ('person' in span) return plainLine(nameOf(span.person) ?? notHere(span.person));
  if ('since' in span) return sinceWords(span.since);
  return `${plainLine(span.link.text)} (${plainLine(span.link.url)})`;
};

/** Returns a text's characters, people by name, links with their address. */
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
    case 'picture':
      return plainLine(block.alt);
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

/** Returns the card's words, block by block, without markup of any kind. Not clipped, not escaped. */
export const fallbackText = (card: Card, nameOf: NameOf): string =>
  card.blocks
    .map((block) => blockText(block, nameOf).trim())
    .filter((text) => text !== '')
    .join('\n');
