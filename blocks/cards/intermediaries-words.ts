/** The companies in between, in words: all of them where there is room, or how many more there are. */

import type { DealDetails } from '../../flows/deal/deal.ts';
import type { Block } from '../card.ts';
import { count, quoted } from '../words.ts';

type Between = DealDetails['intermediaries'];

/** A fact of a card has room for these. */
const ROOM = 300;
/** A line of the form has up to 200 characters. */
const MOST_EACH = 202;
/** Keeps one list under a block's 3,000 characters. */
const MOST_IN_LIST = 10;

const textOf = ({ name, role }: Between[number]): string => quoted(role === '' ? name : `${name} (${role})`, MOST_EACH);

/** How many fit, at least one. */
const fitting = (texts: readonly string[]): number => {
  const many = texts.findIndex((_, i) => texts.slice(0, i + 1).join(', ').length > ROOM);
  return many < 0 ? texts.length : Math.max(1, many);
};

/** `“A (reseller)”, “B (agent)” and 18 more: “Why?” names all`. `all`: where they are. */
export const intermediariesText = ({ intermediaries }: DealDetails, all: string): string => {
  const texts = intermediaries.map(textOf);
  if (texts.length === 0) return 'None';
  const shown = fitting(texts);
  const more = texts.length - shown;
  return `${texts.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more: ${all}` : ''}`;
};

/** Every one by name, in lists. None where `intermediariesText` shows all. */
export const intermediariesBlocks = ({ intermediaries }: DealDetails): Exclude<Block, { kind: 'title' }>[] => {
  const texts = intermediaries.map(textOf);
  if (fitting(texts) === texts.length) return [];
  const lists = Math.ceil(texts.length / MOST_IN_LIST);
  return [
    { kind: 'heading', text: count(texts.length, 'intermediary', 'intermediaries') },
    ...Array.from({ length: lists }, (_, i) => ({
      kind: 'list' as const,
      yields: 'first' as const,
      items: texts.slice(i * MOST_IN_LIST, (i + 1) * MOST_IN_LIST),
    })),
  ];
};
