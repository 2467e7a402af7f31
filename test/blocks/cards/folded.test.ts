/** Lists that are longer than a page: whoever writes much pushes nothing off it. */

import { expect, it } from 'vitest';
import type { Text } from '../../../blocks/card.ts';
import { inFullFirst } from '../../../blocks/cards/folded.ts';
import { quoted } from '../../../blocks/words.ts';
import { plain } from './plain.ts';

const shown = (items: readonly Text[]): string => plain({ blocks: [{ kind: 'list', items }] });
const said = (n: number, words: string): Text => [
  { strong: `Said ${n}: ` },
  quoted(words, 1000),
  ' by ',
  { person: `person-${n}` },
  ` to ${quoted(`A question of the policy. ${'It goes on. '.repeat(12)}`, 200)}.`,
];

it('shows what has no room in full with its beginning, its end, and who said it', () => {
  const long = `They film each rally, ${'and so on and on, '.repeat(40)} and jail whom they find.`;
  const items = Array.from({ length: 9 }, (_, n) => said(n, n === 8 ? long : `Trifle ${n}.`));
  const [first, , , last] = [0, 3, 5, 8].map((n) => shown([inFullFirst(items, 4, 'more')[n]!]));
  expect(first).toBe(shown([items[0]!]));
  for (const part of ['They film each rally', 'jail whom they find.”', '@person-8', ' […] '])
    expect(last).toContain(part);
  expect(last).toMatch(/@person-8 to “A question/u);
  expect(last!.length).toBeLessThan(450);
  expect(last!.match(/“/gu)).toHaveLength(last!.match(/”/gu)!.length);
  expect(inFullFirst(items, 4, 'more')).toHaveLength(9);
});

it('counts where there are more than anybody writes', () => {
  const items = Array.from({ length: 80 }, (_, n) => said(n, `Trifle ${n}.`));
  expect(inFullFirst(items, 4, 'more', ': the dossier has all').at(-1)).toBe('and 41 more: the dossier has all');
  expect(inFullFirst(items.slice(0, 4), 4, 'more')).toEqual(items.slice(0, 4));
});
