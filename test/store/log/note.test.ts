import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openNote, readVerifierKey, signedNote, verifierKeyOf } from '../../../store/log/note.ts';

const NAME = 'clearthread.example/log/1';
const { privateKey } = generateKeyPairSync('ed25519');
const trusted = readVerifierKey(verifierKeyOf(NAME, privateKey))!;
const TEXT = 'one\n\ntwo\n';

/** The note and the key with which Go's package for signed notes shows what they are. */
const KNOWN_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const KNOWN_TEXT =
  'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
    '’',
    "'",
  );
const KNOWN_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';

describe('a signed note', () => {
  it('is read as others write it', () => {
    const known = readVerifierKey(KNOWN_KEY)!;
    expect(openNote(`${KNOWN_TEXT}\n${KNOWN_LINE}\n`, known)).toBe(KNOWN_TEXT);
    expect(verifierKeyOf(known.name, known.key)).toBe(KNOWN_KEY);
  });

  it('opens for the key that signed it, and for no other', () => {
    const note = signedNote(TEXT, NAME, privateKey);
    expect(openNote(note, trusted)).toBe(TEXT);
    const other = generateKeyPairSync('ed25519').privateKey;
    expect(openNote(note, readVerifierKey(verifierKeyOf(NAME, other))!)).toBeUndefined();
    expect(openNote(note, readVerifierKey(verifierKeyOf('another.example', privateKey))!)).toBeUndefined();
    // The same key id by chance changes nothing: the signature is another one.
    expect(openNote(note, { ...trusted, key: createPublicKey(other) })).toBeUndefined();
  });

  it('may carry signatures of others, known or not, before and after', () => {
    const note = signedNote(TEXT, NAME, privateKey);
    const line = note.slice(TEXT.length + 1);
    const witness = signedNote(TEXT, 'witness.example', generateKeyPairSync('ed25519').privateKey).slice(
      TEXT.length + 1,
    );
    expect(openNote(`${TEXT}\n${witness}${line}${KNOWN_LINE}\n`, trusted)).toBe(TEXT);
    expect(openNote(`${TEXT}\n${witness}`, trusted)).toBeUndefined();
  });

  it('is refused when any letter of it was changed', () => {
    const note = signedNote(TEXT, NAME, privateKey);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom('0', 'a', 'B', '\n', ' ', '+', '—', '\t'), (at, letter) => {
        fc.pre(note[at] !== letter);
        const changed = note.slice(0, at) + letter + note.slice(at + 1);
        expect(openNote(changed, trusted)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it.each(['', '\n', '\n\n', 'text\n', 'text\n\n', 'text\n\n— name\n', '— \n\n— \n', `${TEXT}\n— ${NAME} AAAA\n`])(
    'is not anything else: %j',
    (text) => {
      expect(openNote(text, trusted)).toBeUndefined();
    },
  );

  it('is refused with a control character, or longer than any note', () => {
    expect(openNote(signedNote('a\u0000b\n', NAME, privateKey), trusted)).toBeUndefined();
    expect(openNote(signedNote(`${'a'.repeat(200_000)}\n`, NAME, privateKey), trusted)).toBeUndefined();
  });

  it('is not made of a text without a last line feed, or under a name that nobody could read', () => {
    expect(() => signedNote('text', NAME, privateKey)).toThrow(RangeError);
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b'])
      expect(() => signedNote(TEXT, name, privateKey)).toThrow(RangeError);
  });

  it.each([
    '',
    'name',
    'name+00000000+AA==',
    KNOWN_KEY.replace('c74f20a3', 'c74f20a4'),
    `x${KNOWN_KEY}`,
    `${KNOWN_KEY}=`,
  ])('has no key like %j', (text) => {
    expect(readVerifierKey(text)).toBeUndefined();
  });
});
