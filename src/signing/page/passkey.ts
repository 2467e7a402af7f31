/** The browser's passkeys. Bytes travel as base64url. */

import type { MakeOptions, SignOptions } from './wire.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

const base64url = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** An app's own window for web pages often has none. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in window && 'credentials' in navigator;

const WHY: Readonly<Record<string, string>> = {
  NotAllowedError: 'Nothing was signed: it was put off, or took too long. You can press again.',
  InvalidStateError: 'This device has a passkey for you already. Use it, or choose another device.',
  SecurityError: 'Passkeys do not work at this address. Please tell whoever runs Clearthread.',
};

/** What to say where the person, or their device, did not; undefined where it was something else. */
export const passkeyProblem = (error: unknown): string | undefined =>
  error instanceof DOMException ? (WHY[error.name] ?? `That did not work (${error.name}).`) : undefined;

const known = (keys: SignOptions['allowCredentials']): PublicKeyCredentialDescriptor[] =>
  keys.map(({ id, transports }) => ({
    type: 'public-key',
    id: bytes(id),
    ...(transports.length > 0 ? { transports: transports as AuthenticatorTransport[] } : {}),
  }));

/** Throws DOMException where the person, or their device, does not. */
export const signWith = async ({ challenge, allowCredentials, ...options }: SignOptions): Promise<unknown> => {
  const made = (await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(challenge), allowCredentials: known(allowCredentials) },
  })) as PublicKeyCredential;
  const { clientDataJSON, authenticatorData, signature } = made.response as AuthenticatorAssertionResponse;
  return {
    id: made.id,
    response: {
      clientDataJSON: base64url(clientDataJSON),
      authenticatorData: base64url(authenticatorData),
      signature: base64url(signature),
    },
  };
};

export const makeWith = async ({ challenge, user, excludeCredentials, ...options }: MakeOptions): Promise<unknown> => {
  const made = (await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(challenge),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: known(excludeCredentials),
    },
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    id: made.id,
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      attestationObject: base64url(response.attestationObject),
      transports: response.getTransports().slice(0, 10),
    },
  };
};
