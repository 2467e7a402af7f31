import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../store/canonical.ts';
import { publicKeyOf, readCheckpoint } from '../../store/checkpoint.ts';
import type { Head } from '../../store/event-store.ts';
import { makeCheckpoint } from '../support/first-checkpoint.ts';
import { AT } from '../support/store-samples.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const head = (stream: string, version = 1): Head => ({ stream, version, hash: 'ab'.repeat(32) });
const make = (...heads: Head[]): ReturnType<typeof makeCheckpoint> =>
  makeCheckpoint({ heads: async () => heads }, privateKey, AT);

describe('a checkpoint', () => {
  it('is good as it was made, for the key that made it', async () => {
    const checkpoint = await make(head('D-2'), head('D-1', 4));
    expect(checkpoint.heads.map(({ stream }) => stream)).toEqual(['D-1', 'D-2']);
    const json = JSON.stringify(checkpoint);
    expect(readCheckpoint(json)).toEqual({ kind: 'good', checkpoint });
    expect(readCheckpoint(json, publicKeyOf(privateKey))).toEqual({ kind: 'good', checkpoint });
    const other = publicKeyOf(generateKeyPairSync('ed25519').privateKey);
    expect(readCheckpoint(json, other)).toMatchObject({ kind: 'bad', problem: expect.stringContaining('another key') });
  });

  it('has one root for the same heads, in whatever order they come', async () => {
    const { root } = await make(head('D-2'), head('D-1'));
    expect((await make(head('D-1'), head('D-2'))).root).toBe(root);
    expect((await make(head('D-1'), head('D-2', 2))).root).not.toBe(root);
    expect((await make()).root).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is bad when any letter of it was changed', async () => {
    const json = JSON.stringify(await make(head('D-1'), head('D-2')));
    fc.assert(
      fc.property(fc.nat(json.length - 1), fc.constantFrom('0', '1', 'a', 'B', '"', '}'), (index, letter) => {
        fc.pre(json[index] !== letter);
        expect(readCheckpoint(json.slice(0, index) + letter + json.slice(index + 1)).kind).toBe('bad');
      }),
      { numRuns: 200 },
    );
  });

  it('is bad when it was signed with heads that do not fit its root, or twice the same stream', async () => {
    const { signature: _signature, ...made } = await make(head('D-1'));
    for (const heads of [[head('D-1', 2)], [head('D-1'), head('D-1')]]) {
      const changed = { ...made, heads };
      const signature = sign(null, Buffer.from(canonical(changed)), privateKey).toString('base64');
      expect(readCheckpoint(JSON.stringify({ ...changed, signature }))).toMatchObject({
        kind: 'bad',
        problem: expect.stringContaining('root'),
      });
    }
  });

  it.each(['', 'null', '[]', '{"format":"other"}', '{'])('is not anything else: %s', (json) => {
    expect(readCheckpoint(json)).toMatchObject({ kind: 'bad' });
  });
});

describe('canonical JSON', () => {
  it('is one text for one value, and reads back as that value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonical(plain))).toEqual(plain);
        expect(canonical(JSON.parse(canonical(plain)))).toBe(canonical(plain));
      }),
      { numRuns: 200 },
    );
    expect(canonical({ b: 1, a: [true, null, { d: 'x', c: '"' }] })).toBe(
      '{"a":[true,null,{"c":"\\"","d":"x"}],"b":1}',
    );
  });

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, new Date(0), [undefined], { a: undefined }])(
    'refuses what JSON would drop or change: %s',
    (value) => {
      expect(() => canonical(value)).toThrow(TypeError);
    },
  );
});
