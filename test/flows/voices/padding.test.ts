import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padded, paddedLength, unpadded } from '../../../flows/voices/padding.ts';

describe('padding', () => {
  it('gives every text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 9000 }), (text) => unpadded(padded(text)) === text),
      { numRuns: 50 },
    );
  });

  it.each([
    ['', 4096],
    ['x'.repeat(4092), 4096],
    ['x'.repeat(4093), 8192],
    ['ü'.repeat(2046), 4096],
    ['ü'.repeat(2047), 8192],
  ])('grows in steps (%#)', (text, length) => {
    expect(padded(text).length).toBe(length);
  });

  it('reads a part of a longer buffer', () => {
    const whole = new Uint8Array(5000);
    whole.set(padded('Here.'), 100);
    expect(unpadded(whole.subarray(100, 4196))).toBe('Here.');
  });

  it('refuses what is too short for what it says', () => {
    const wrong = padded('Here.');
    wrong[0] = 1;
    expect(() => unpadded(wrong)).toThrow(RangeError);
  });
});

describe('the length of a file', () => {
  it('is one of 44 up to 100 MB, and a quarter more than it was at most', () => {
    const lengths = new Set<number>();
    for (let bytes = 0; bytes <= 100 * 2 ** 20; bytes += 4093) lengths.add(paddedLength(bytes));
    expect(lengths.size).toBe(44);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (bytes) => {
        const length = paddedLength(bytes);
        expect(length).toBeGreaterThanOrEqual(bytes);
        expect(length).toBeLessThanOrEqual(Math.max(64 * 1024, bytes * 1.25 + 1));
        expect(paddedLength(length)).toBe(length);
      }),
    );
  });
});
