/** Red flags in the words that people have for them, under the policy that comes with Clearthread. */

import { expect, it } from 'vitest';
import { flagsNamed } from '../../../flows/lists/flags-named.ts';
import { defaultPolicy } from '../policy/deals.ts';

const named = (text: string): string[] => flagsNamed(text, defaultPolicy.flagNames).map(({ id }) => id);

it.each([
  ['h-rf4', ['H-RF4']],
  ['Guidance 2 red flag 4', ['H-RF4']],
  ['guidance 2, red flag 4', ['H-RF4']],
  ['red flag 4', ['H-RF4', 'L-RF4']],
  ['detained', ['H-RF4']],
  ['journalists', ['H-RF4']],
  ['activists detained', ['H-RF4']],
  ['freedom of expression', ['L-RF2']],
  ['free speech', ['L-RF2']],
  ['locked up', ['H-RF4']],
  ['red flag 40', []],
  ['of', []],
  ['', []],
  ['nobody says this', []],
])('%j', (text, ids) => {
  expect(named(text)).toEqual(ids);
});

it('each is found by its whole title', () => {
  for (const { id, title } of defaultPolicy.flagNames) expect(named(title)).toContain(id);
});

it.each([
  'this',
  'have',
  'has',
  'that',
  'people',
  'year',
  'years',
  'with',
  'going',
  'customer',
  'approve',
  'this year',
])('%j names none: it is said of anything', (word) => {
  expect(named(word)).toEqual([]);
});
