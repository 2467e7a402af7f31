import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECEIPT_BYTES, readReceipt, receiptFrom, spokenReceipt } from '../../../flows/voices/receipt.ts';

const bytes = fc.uint8Array({ minLength: RECEIPT_BYTES, maxLength: RECEIPT_BYTES });

describe('a receipt', () => {
  it('is thirty digits, and is read again however it was written', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const receipt = receiptFrom(random);
        expect(receipt).toMatch(/^\d{30}$/);
        expect(readReceipt(receipt)).toBe(receipt);
        expect(spokenReceipt(receipt)).toMatch(/^(\d{5} ){5}\d{5}$/);
        expect(readReceipt(`  ${spokenReceipt(receipt).replaceAll(' ', ' - ')}\n`)).toBe(receipt);
      }),
    );
  });

  it('is read in the digits of other scripts', () => {
    const receipt = receiptFrom(new Uint8Array(RECEIPT_BYTES).fill(7));
    for (const zero of [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10]) {
      const written = [...receipt].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
      expect(readReceipt(written)).toBe(receipt);
    }
  });

  it('finds every single wrong digit, and every two neighbours in each other’s place', () => {
    fc.assert(
      fc.property(bytes, fc.nat(29), fc.integer({ min: 1, max: 9 }), (random, at, by) => {
        const receipt: string = receiptFrom(random);
        const other = String((Number(receipt[at]) + by) % 10);
        const wrong = receipt.slice(0, at) + other + receipt.slice(at + 1);
        expect(readReceipt(wrong)).toEqual({ problem: 'check' });
        const next = receipt[at + 1];
        if (next === undefined || next === receipt[at]) return;
        const turned = receipt.slice(0, at) + next + receipt[at] + receipt.slice(at + 2);
        expect(readReceipt(turned)).toEqual({ problem: 'check' });
      }),
    );
  });

  it('says how many digits there are where it is not thirty', () => {
    expect(readReceipt('12 34')).toEqual({ problem: 'length', digits: 4 });
    expect(readReceipt('')).toEqual({ problem: 'length', digits: 0 });
  });

  it('takes enough chance: 93 bits', () => {
    expect(() => receiptFrom(new Uint8Array(15))).toThrow(RangeError);
    expect(Math.log2(10 ** 28)).toBeGreaterThan(88);
  });
});
