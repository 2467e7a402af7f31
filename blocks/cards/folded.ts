/** A list that keeps to its room: its last line says how many more there are, and where. */

import type { Text } from '../card.ts';
import { count } from '../words.ts';

/** `most`: lines in all. `more`: `more answer`, or `more` alone. `where`: how the last line goes on, such as `: “Why?” shows all`. */
export const folded = (items: readonly Text[], most: number, more: string, where = ''): Text[] =>
  items.length <= most
    ? [...items]
    : [
        ...items.slice(0, most - 1),
        `and ${count(items.length - most + 1, more, more === 'more' ? more : `${more}s`)}${where}`,
      ];
