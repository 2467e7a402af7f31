import { describe, expect, it } from 'vitest';
import { assertionProblem, readNewKey, spokenFingerprint } from '../../../src/signing/verify.ts';
import { BACKED_UP, SITE, softPasskey } from '../../support/soft-passkey.ts';

const soft = softPasskey('counsel-1');
const TEXT = 'clearthread vote 1\n{}';
const problem = (assertion: Parameters<typeof assertionProblem>[0], more: object = {}) =>
  assertionProblem(assertion, { key: soft.key, text: TEXT, site: SITE, ...more });

describe('an assertion', () => {
  it('is taken from its key, over its text, at its site; a counter of 0 is normal', async () => {
    expect(await problem(soft.sign(TEXT))).toBeUndefined();
    expect(await problem(soft.sign(TEXT, { counter: 7 }))).toBeUndefined();
  });

  const elsewhere = { rpId: 'evil.example', origin: 'https://evil.example' };
  it.each([
    ['another text', soft.sign(`${TEXT} `)],
    ['no user verification', soft.sign(TEXT, { flags: 0x01 })],
    ['another origin', soft.sign(TEXT, { client: { origin: 'https://evil.example' } })],
    ['the same host on another port', soft.sign(TEXT, { client: { origin: 'http://localhost:3001' } })],
    ['a longer origin', soft.sign(TEXT, { client: { origin: `${SITE.origin}/` } })],
    ['another site', soft.sign(TEXT, { site: { ...elsewhere, origin: SITE.origin } })],
    ['a frame', soft.sign(TEXT, { client: { crossOrigin: true } })],
    ['a framing page', soft.sign(TEXT, { client: { topOrigin: 'https://evil.example' } })],
    ['a registration', soft.sign(TEXT, { client: { type: 'webauthn.create' } })],
    ['another key', softPasskey('counsel-1').sign(TEXT)],
    ['another key in its name', { ...softPasskey('counsel-1').sign(TEXT), key: soft.key.id }],
    ['a signature of another text', { ...soft.sign(TEXT), signature: soft.sign('x').signature }],
    ['no signature', { ...soft.sign(TEXT), signature: '' }],
    ['nonsense', { key: soft.key.id, clientData: 'AA', authenticatorData: 'AA', signature: 'AA' }],
  ])('is refused for %s', async (_name, assertion) => {
    expect(await problem(assertion)).toBeTypeOf('string');
  });

  it('is refused of a key of another address', async () => {
    expect(await problem(soft.sign(TEXT), { site: { ...SITE, rpId: 'other' } })).toBeTypeOf('string');
  });

  it('says itself whether its key is copied between devices', async () => {
    const copied = soft.sign(TEXT, { flags: 0x05 | BACKED_UP });
    expect(await problem(copied)).toBeUndefined();
    expect(await problem(copied, { deviceBound: true })).toMatch(/copied/);
    expect(await problem(soft.sign(TEXT), { deviceBound: true })).toBeUndefined();
  });
});

describe('a new key', () => {
  const read = (made: Parameters<typeof readNewKey>[0]) => readNewKey(made, { text: TEXT, site: SITE });
  it('is read as it was made', async () => {
    const { person: _whose, ...key } = soft.key;
    expect(await read(soft.registration(TEXT))).toEqual({ ...key, transports: [] });
    expect(await read(softPasskey('x', { deviceBound: false }).registration(TEXT))).toMatchObject({
      deviceBound: false,
    });
  });
  it.each([
    ['another text', soft.registration('x')],
    ['another origin', soft.registration(TEXT, { client: { origin: 'https://evil.example' } })],
    ['no user verification', soft.registration(TEXT, { flags: 0x01 })],
    ['another site', soft.registration(TEXT, { site: { rpId: 'evil.example', origin: SITE.origin } })],
    ['a frame', soft.registration(TEXT, { client: { crossOrigin: true } })],
    ['another id', { ...soft.registration(TEXT), id: softPasskey('x').key.id }],
  ])('is refused for %s', async (_name, made) => {
    expect(await read(made)).toBeUndefined();
  });
  it('has a fingerprint of 12 characters that differs by key, person and host', () => {
    const all = [
      soft.key,
      softPasskey('counsel-1').key,
      { ...soft.key, person: 'rep-1' },
      { ...soft.key, rpId: 'other' },
    ].map(spokenFingerprint);
    expect(new Set(all).size).toBe(4);
    for (const one of all) expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
  });
});
