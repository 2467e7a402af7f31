import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignedReceipt, newReceiptKey, ownPrint, signedReceipt } from '../../../src/voices/signed-receipt.ts';

const KEY = newReceiptKey();
const TEXT = 'They followed us.\nWith your cameras.';
const RECEIPT = signedReceipt(KEY, { day: '2026-11-27', text: TEXT });

describe('a signed receipt', () => {
  it('proves the day and the words, and holds none of them', () => {
    expect(checkSignedReceipt(RECEIPT, TEXT)).toEqual({
      is: 'signed',
      day: '2026-11-27',
      print: ownPrint(KEY),
      words: true,
    });
    expect(checkSignedReceipt(RECEIPT, undefined)).toMatchObject({ words: undefined });
    expect(checkSignedReceipt(RECEIPT, 'They did not.')).toMatchObject({ words: false });
    expect(RECEIPT).not.toContain('followed');
  });

  it('is the same for the ends of lines of any editor, and is another each time', () => {
    expect(checkSignedReceipt(RECEIPT.replaceAll('\n', '\r\n'), `  ${TEXT.replaceAll('\n', '\r\n')}\n`)).toMatchObject({
      words: true,
    });
    expect(signedReceipt(KEY, { day: '2026-11-27', text: TEXT })).not.toBe(RECEIPT);
  });

  it('is of another company where another key signed it', () => {
    const other = newReceiptKey();
    const made = checkSignedReceipt(signedReceipt(other, { day: '2026-11-27', text: TEXT }), TEXT);
    expect(made).toMatchObject({ is: 'signed', print: ownPrint(other) });
    expect(ownPrint(other)).not.toBe(ownPrint(KEY));
  });

  it('never holds for another day or other words, wherever a character is changed', () => {
    fc.assert(
      fc.property(fc.nat(RECEIPT.length - 1), fc.constantFrom(...'0123456789abcdefXYZ_-'), (at, by) => {
        const changed = RECEIPT.slice(0, at) + by + RECEIPT.slice(at + 1);
        const found = checkSignedReceipt(changed, TEXT);
        // Letters at the end of a signature have bits that say nothing.
        if (found.is === 'signed' && found.words)
          expect(found).toMatchObject({ day: '2026-11-27', print: ownPrint(KEY) });
      }),
      { numRuns: 2000 },
    );
    expect(checkSignedReceipt(RECEIPT.replace('2026-11-27', '2026-11-20'), TEXT)).toEqual({ is: 'forged' });
    expect(checkSignedReceipt('', TEXT)).toEqual({ is: 'unreadable' });
  });
});
