import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVerifierKey, signedNote, verifierKeyOf } from '../../../store/log/note.ts';
import { checkProof, proofText } from '../../../store/log/proof.ts';
import { readTreeHead, signTreeHead, treeHeadOf } from '../../../store/log/tree-head.ts';
import { EMPTY_TREE, grown, inclusionProof, leafHash } from '../../../store/log/tree.ts';

const ORIGIN = 'clearthread.example/log/1';
const { privateKey } = generateKeyPairSync('ed25519');
const trusted = readVerifierKey(verifierKeyOf(ORIGIN, privateKey))!;
const entry = (n: number): Buffer => Buffer.from(`commit ${n}`);
const leaves = (size: number): Buffer[] => Array.from({ length: size }, (_, n) => leafHash(entry(n)));
const headOf = (size: number) => treeHeadOf(ORIGIN, grown(EMPTY_TREE, leaves(size)));
const make = (index: number, size: number): string => {
  const hashes = inclusionProof(index, size, leaves(size));
  return proofText(index, hashes, signTreeHead(headOf(size), privateKey));
};

describe('a checkpoint of the log', () => {
  it('is read as it was signed, and is the same however often it is signed', () => {
    const note = signTreeHead(headOf(7), privateKey);
    expect(readTreeHead(note, trusted)).toEqual(headOf(7));
    expect(signTreeHead(headOf(7), privateKey)).toBe(note);
    expect(note).toMatch(
      /^clearthread\.example\/log\/1\n7\n[A-Za-z0-9+/]{43}=\n\n— clearthread\.example\/log\/1 \S+\n$/,
    );
  });

  it.each(['7', '-1', '07', '1e3', ''])('has a size as numbers are written, not %j, and a root of 32 bytes', (size) => {
    const root = size === '7' ? 'AAAA' : headOf(7).root.toString('base64');
    expect(readTreeHead(signedNote(`${ORIGIN}\n${size}\n${root}\n`, ORIGIN, privateKey), trusted)).toBeUndefined();
  });

  it('is of the log that its key names', () => {
    const text = signTreeHead(headOf(7), privateKey).split('\n\n')[0]!.replace(ORIGIN, 'another.example');
    expect(readTreeHead(signedNote(`${text}\n`, ORIGIN, privateKey), trusted)).toBeUndefined();
  });
});

describe('a proof of a commit', () => {
  it('holds for its entry and the log’s key', () => {
    for (const [index, size] of [
      [0, 1],
      [4, 5],
      [37, 100],
    ] as const) {
      const checked = checkProof(make(index, size), entry(index), trusted);
      expect(checked).toEqual({ kind: 'good', index, head: headOf(size) });
    }
  });

  it('holds for no other entry and no other key', () => {
    const text = make(37, 100);
    expect(checkProof(text, entry(38), trusted)).toMatchObject({
      kind: 'bad',
      problem: expect.stringContaining('contain'),
    });
    const other = readVerifierKey(verifierKeyOf(ORIGIN, generateKeyPairSync('ed25519').privateKey))!;
    expect(checkProof(text, entry(37), other)).toMatchObject({
      kind: 'bad',
      problem: expect.stringContaining('signed'),
    });
  });

  it('does not hold when a letter of it was changed', () => {
    const text = make(37, 100);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '8', 'a', 'B', '\n', ' ', '='), (at, letter) => {
        fc.pre(text[at] !== letter);
        expect(checkProof(text.slice(0, at) + letter + text.slice(at + 1), entry(37), trusted).kind).toBe('bad');
      }),
      { numRuns: 500 },
    );
  });

  it('holds with extra data, which says nothing', () => {
    const text = make(3, 9).replace('\nindex', '\nextra AAAA\nindex');
    expect(checkProof(text, entry(3), trusted).kind).toBe('good');
  });

  it.each([
    '',
    'c2sp.org/tlog-proof@v1\n',
    'c2sp.org/tlog-proof@v1\nindex 0\n\n',
    'c2sp.org/tlog-proof@v2\nindex 0\n\nx\n',
  ])('is not anything else: %j', (text) => {
    expect(checkProof(text, entry(0), trusted).kind).toBe('bad');
  });

  it('takes less than 2 kB in a log of a million', () => {
    const size = 1_000_000;
    const hashes = Array.from({ length: Math.ceil(Math.log2(size)) }, (_, n) => leafHash(entry(n)));
    const note = signTreeHead({ origin: ORIGIN, size, root: leafHash(entry(0)) }, privateKey);
    expect(proofText(999_999, hashes, note).length).toBeLessThan(2000);
  });
});
