/** A passkey in software: signs as an authenticator does, and whatever a cheat asks it to. */

import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { Assertion, Passkey } from '../../flows/passkey.ts';
import { challengeOf, type Site } from '../../src/signing/verify.ts';

export const SITE: Site = { rpId: 'localhost', origin: 'http://localhost:3000' };

export interface SoftPasskey {
  key: Passkey;
  /** Signs a text at a site. `flags`: user present and verified where absent. */
  sign(text: string, at?: SigningAs): Assertion;
  /** What a browser sends of a new key. */
  registration(
    text: string,
    at?: SigningAs,
  ): { id: string; response: { clientDataJSON: string; attestationObject: string } };
}

interface SigningAs {
  site?: Site;
  flags?: number;
  counter?: number;
  client?: Record<string, unknown>;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
export const BACKED_UP = 0x18;
const ATTESTED = 0x40;

const bstr = (bytes: Buffer): Buffer =>
  Buffer.concat([
    bytes.length < 24
      ? Buffer.of(0x40 + bytes.length)
      : bytes.length < 256
        ? Buffer.of(0x58, bytes.length)
        : Buffer.of(0x59, bytes.length >> 8, bytes.length & 255),
    bytes,
  ]);
const tstr = (text: string): Buffer => Buffer.concat([Buffer.of(0x60 + text.length), Buffer.from(text)]);

/** COSE of a P-256 key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
const coseOf = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from('a5010203262001', 'hex'),
    Buffer.from('21', 'hex'),
    bstr(Buffer.from(x, 'base64url')),
    Buffer.from('22', 'hex'),
    bstr(Buffer.from(y, 'base64url')),
  ]);
};

const head = (site: Site, flags: number, counter: number): Buffer => {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(counter);
  return Buffer.concat([createHash('sha256').update(site.rpId).digest(), Buffer.of(flags), count]);
};

export const softPasskey = (person: string, { rpId = SITE.rpId, deviceBound = true } = {}): SoftPasskey => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rawId = randomBytes(16);
  const id = rawId.toString('base64url');
  const cose = coseOf(publicKey);
  const usual = PRESENT | VERIFIED | (deviceBound ? 0 : BACKED_UP);
  const clientOf = (type: string, text: string, { site = SITE, client = {} }: SigningAs): Buffer =>
    Buffer.from(
      JSON.stringify({ type, challenge: challengeOf(text), origin: site.origin, crossOrigin: false, ...client }),
    );
  return {
    key: { id, publicKey: cose.toString('base64url'), person, rpId, deviceBound, transports: ['internal'] },
    sign: (text, at = {}) => {
      const data = head(at.site ?? SITE, at.flags ?? usual, at.counter ?? 0);
      const client = clientOf('webauthn.get', text, at);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      return {
        key: id,
        clientData: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      };
    },
    registration: (text, at = {}) => {
      const length = Buffer.of(0, rawId.length);
      const data = Buffer.concat([
        head(at.site ?? SITE, (at.flags ?? usual) | ATTESTED, at.counter ?? 0),
        Buffer.alloc(16),
        length,
        rawId,
        cose,
      ]);
      const attestation = Buffer.concat([
        Buffer.of(0xa3),
        tstr('fmt'),
        tstr('none'),
        tstr('attStmt'),
        Buffer.of(0xa0),
        tstr('authData'),
        bstr(data),
      ]);
      return {
        id,
        response: {
          clientDataJSON: clientOf('webauthn.create', text, at).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
        },
      };
    },
  };
};
