/** What several people said in one text: long words of colleagues stand whole, whoever sells the deal takes little room. */

import { expect, it } from 'vitest';
import { joined, type Words } from '../../../../flows/deal/context/joined-words.ts';

const words = (by: string, many: number, isOwn = false): Words[] =>
  Array.from({ length: many }, (_, n) => ({
    by,
    isOwn,
    text: `${'a long preface '.repeat(33)}MIDDLE ${by} ${n}.${' and a long ending'.repeat(27)}`,
  }));

it('keeps the middle of nine of the longest flags of one colleague, whatever the seller wrote beside them', () => {
  const text = joined([...words('rep', 5, true), ...words('colleague', 9)]);
  for (let n = 0; n < 9; n += 1) expect(text).toContain(`MIDDLE colleague ${n}.`);
  expect(text).not.toContain('MIDDLE rep 0.');
});

it('gives each author a part where there are more', () => {
  const text = joined([...words('one', 9), ...words('other', 1)]);
  expect(text).toContain('MIDDLE other 0.');
  expect(text.length).toBeLessThan(9700);
});
