/** What a passkey made and signed, checked. No other part trusts an assertion, or a new key. */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Assertion, Passkey } from '../../flows/passkey.ts';
import { spell } from '../ids.ts';

/** Loaded at the first key: its readers of certificates take a third of a second, which most commands never need. */
const webauthn = () => import('@simplewebauthn/server');

/** The address of Clearthread's own pages. */
export interface Site {
  /** Its exact host, to which keys belong. */
  rpId: string;
  /** Such as `https://clearthread.example.com`. */
  origin: string;
}

/** The challenge that signs a text: its SHA-256, base64url. */
export const challengeOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Whole fingerprint of a key, for auditors: SHA-256 over host, person and public key, hex. */
export const wholeFingerprint = ({ rpId, person, publicKey }: Pick<Passkey, 'rpId' | 'person' | 'publicKey'>): string =>
  createHash('sha256')
    .update(JSON.stringify([rpId, person, publicKey]))
    .digest('hex');

const SPOKEN = 12;

/** The part of a fingerprint that people read to each other: 12 letters and digits, 60 bits. */
export const spokenFingerprint = (key: Pick<Passkey, 'rpId' | 'person' | 'publicKey'>): string =>
  spell(Buffer.from(wholeFingerprint(key), 'hex').subarray(0, SPOKEN));

const base64url = (most: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(most);

/** A browser's `PublicKeyCredential.toJSON()`, cut down to what is used. */
export const assertionShape = z.object({
  id: base64url(1400),
  response: z.object({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(2000),
    signature: base64url(8000),
  }),
});

export const newKeyShape = z.object({
  id: base64url(1400),
  response: z.object({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(20_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

export const assertionFrom = ({ id, response }: z.infer<typeof assertionShape>): Assertion => ({
  key: id,
  clientData: response.clientDataJSON,
  authenticatorData: response.authenticatorData,
  signature: response.signature,
});

/** Hands the library bytes of its own. */
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'base64url'));

/**
 * Returns why the assertion is not one of that key over that text, made here by its verified person; undefined if it is.
 * `device-bound` is looked at in what was signed, too. A counter says nothing: many keys keep it at 0.
 */
export const assertionProblem = async (
  { key: id, clientData, authenticatorData, signature }: Assertion,
  { key, text, site, deviceBound = false }: { key: Passkey; text: string; site: Site; deviceBound?: boolean },
): Promise<string | undefined> => {
  if (id !== key.id || key.rpId !== site.rpId) return 'it is of another key';
  const { verifyAuthenticationResponse } = await webauthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: clientData, authenticatorData, signature },
      },
      expectedChallenge: challengeOf(text),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: { id, publicKey: bytes(key.publicKey), counter: 0 },
      requireUserVerification: true,
    });
    if (!verified) return 'the signature is not of this key';
    if (deviceBound && authenticationInfo.credentialDeviceType !== 'singleDevice')
      return 'its key is copied between devices';
    return isFramed(clientData) ? 'it was made inside another page' : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'it can’t be read';
  }
};

const isFramed = (clientData: string): boolean =>
  (JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8')) as { crossOrigin?: unknown }).crossOrigin === true;

/** Reads a new key. Undefined where it is none that was made here now. Who made the device is not asked. */
export const readNewKey = async (
  { id, response }: z.infer<typeof newKeyShape>,
  { text, site }: { text: string; site: Site },
): Promise<Omit<Passkey, 'person'> | undefined> => {
  const { verifyRegistrationResponse } = await webauthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject },
      },
      expectedChallenge: challengeOf(text),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified || isFramed(response.clientDataJSON)) return undefined;
    const { credential, credentialDeviceType } = registrationInfo;
    if (credential.id !== id) return undefined;
    return {
      id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      rpId: site.rpId,
      deviceBound: credentialDeviceType === 'singleDevice',
      transports: response.transports ?? [],
    };
  } catch {
    return undefined;
  }
};

/** ES256, EdDSA and RS256: what platforms make. */
export const ALGORITHMS = [-7, -8, -257];

export type NewKey = z.infer<typeof newKeyShape>;
