/** "Waiting for Sample Counsel": whom deals wait for, said without a filter. */

import type { Clause } from './clauses.ts';
import { isOrdinary } from './fillers.ts';
import { TESTS, type Asking } from './filters.ts';

const WAITS = /^(?:await(?:s|ing)|waits?|waiting)$/iu;
const FOR = /^(?:an?|for|on|the)$/iu;
const ME = /^(?:me|owner)$/iu;
/** The longest name of a person or a group in words. */
const MOST_IN_NAME = 5;

const bare = (word: string): string => word.replace(/[?!.…,;]{1,9}$/u, '');

/**
 * Takes those who are waited for out of free words, as the filter that means the same. Whoever is no person, group or role
 * stays a word: a deal may be "waiting for approval" by a customer called "Waiting for Godot".
 */
export const waitingSaid = (
  words: readonly string[],
  asking: Asking,
): { words: readonly string[]; clause?: Clause | undefined } => {
  const at = words.findIndex((word) => WAITS.test(word));
  if (at < 0) return { words };
  let from = at + 1;
  while (FOR.test(words[from] ?? '')) from += 1;
  for (let length = Math.min(MOST_IN_NAME, words.length - from); length > 0; length -= 1) {
    const name = bare(words.slice(from, from + length).join(' '));
    // “For so long” names nobody, though somebody's name may begin so.
    if (name === '' || (isOrdinary(name) && !ME.test(name)) || typeof TESTS.waiting(name, asking) !== 'function')
      continue;
    return {
      words: [...words.slice(0, at), ...words.slice(from + length)],
      clause: { filter: 'waiting', values: [name] },
    };
  }
  return { words };
};
