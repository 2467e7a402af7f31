/** Neutral blocks as the page takes them: plain text, with names in place of people. */

import type { Block, FormBlock, Span, Text } from '../../blocks/card.ts';
import { plain } from '../../blocks/text.ts';
import { notHere } from '../../blocks/words.ts';
import { person, type Organisation } from '../../flows/organisation.ts';
import type { PageBlock } from './page/wire.ts';

const spanText = (span: Span, organisation: Organisation): string => {
  if (typeof span === 'string') return span;
  if ('strong' in span) return span.strong;
  if ('quiet' in span) return span.quiet;
  if ('person' in span) return person(organisation, span.person)?.name ?? notHere(span.person);
  if ('link' in span) return `${span.link.text} (${span.link.url})`;
  return span.since;
};

const words = (text: Text, organisation: Organisation): string =>
  plain(typeof text === 'string' ? text : text.map((span) => spanText(span, organisation)).join(''));

/** Leaves out what a page has no use for: buttons, inputs, pictures. */
export const pageBlocks = (blocks: readonly (Block | FormBlock)[], organisation: Organisation): PageBlock[] =>
  blocks.flatMap((block): PageBlock[] => {
    switch (block.kind) {
      case 'facts':
        return [
          {
            kind: 'facts',
            facts: block.facts.map(({ label, value }) => ({ label, value: words(value, organisation) })),
          },
        ];
      case 'list':
        return [{ kind: 'list', items: block.items.map((item) => words(item, organisation)) }];
      case 'title':
      case 'heading':
        return [{ kind: 'heading', text: words(block.text, organisation) }];
      case 'text':
      case 'quote':
      case 'note':
        return [{ kind: block.kind, text: words(block.text, organisation) }];
      case 'picture':
      case 'divider':
      case 'actions':
      case 'input':
        return [];
      default: {
        const never: never = block;
        return never;
      }
    }
  });
