/** What a list has no room for in full: few long texts stand whole all the same, and of many each has a part. */

import { expect, it } from 'vitest';
import { inShort, type Short } from '../../../blocks/cards/in-short.ts';

const PREFACE = 'a long preface '.repeat(28);
const long = (n: number): Short => ({ by: `person-${n}`, text: `${PREFACE}MIDDLE ${n}. ${PREFACE}` });
const shown = (all: readonly Short[]): string => JSON.stringify(inShort(all));
const many = (count: number): Short[] => Array.from({ length: count }, (_, n) => long(n));

it('keeps the middle of ten long texts, also beside many short ones', () => {
  const notes = Array.from({ length: 20 }, (_, n): Short => ({ by: undefined, text: `Note ${n}.` }));
  const text = shown([...notes, ...many(10)]);
  for (let n = 0; n < 10; n += 1) expect(text).toContain(`MIDDLE ${n}.`);
});

it('shows both ends of each where there are more, and counts the rest', () => {
  const text = shown(many(40));
  expect(text).not.toContain('MIDDLE');
  expect(text.match(/\[…\]/gu)).toHaveLength(36);
  expect(text).toContain('And 4 more');
  expect(text.length).toBeLessThan(13_000);
});

it('keeps one long text whole and in its place, however much somebody else writes', () => {
  const flood = Array.from({ length: 60 }, (): Short => ({ ...long(0), by: 'who floods' }));
  for (const at of [0, 30, 60]) {
    const text = shown(flood.toSpliced(at, 0, long(1)));
    expect(text).toContain('MIDDLE 1.');
    expect(text).toContain('And 25 more');
  }
});
