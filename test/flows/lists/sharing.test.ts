/** What many deals have in common is kept once, and nothing else is. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fold } from '../../../flows/fold.ts';
import { sharingBy, type Parts } from '../../../flows/lists/sharing.ts';

it('shares what is the same, and nothing that only reads alike', () => {
  const part = fc.constantFrom('a', 'b', 'a\nb', '', 'true', '1', '\n', undefined, true, false, 1, 0);
  const seen = { same: 0, other: 0 };
  fc.assert(
    fc.property(fc.array(fc.array(part, { maxLength: 4 }), { maxLength: 20 }), (all) => {
      const made = sharingBy<Parts, { of: Parts }>(
        (parts) => parts,
        (parts) => ({ of: parts }),
      );
      for (const parts of all) {
        const first = made(parts);
        expect(first.of).toEqual(parts);
        if (made([...parts]) === first) seen.same += 1;
        else seen.other += 1;
      }
    }),
  );
  expect(seen.same).toBeGreaterThan(100);
  // Of those that read alike the first is shared.
  expect(seen.other).toBeGreaterThan(0);
});

it('folds what is written in plain letters as it folds it among others', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(fold(`${text} é`)).toBe(`${fold(text)} e`.trim());
    }),
  );
  expect(fold('')).toBe('');
  expect(fold('  A.B, c_d–E ')).toBe('a b c d e');
});
