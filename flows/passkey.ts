/** Passkeys: what is kept of one, what it signed, and the exact text of what is signed. Texts are hashed elsewhere. */

import { canonical } from './canonical.ts';
import type { Instant, PersonId } from './ids.ts';

/** A key that belongs to one person, at one web address. */
export interface Passkey {
  /** The credential's id, base64url. */
  id: string;
  /** COSE, base64url. */
  publicKey: string;
  person: PersonId;
  /** The host of the address that it was made for: nowhere else does it sign. */
  rpId: string;
  /** False: its maker may copy it to the person's other devices. */
  deviceBound: boolean;
  /** Hints for the browser, as the browser gave them. */
  transports: string[];
}

/** A WebAuthn assertion. All base64url; `key` is the credential's id. */
export interface Assertion {
  key: string;
  clientData: string;
  authenticatorData: string;
  signature: string;
}

/** The parts of what was signed that stand nowhere else in the record. */
export interface Signed extends Assertion {
  /** Name of the log in which the record stands. */
  log: string;
  /** Until when it could be used. */
  expires: Instant;
  /** 16 random bytes, base64url. */
  nonce: string;
}

/** The last commit of a deal that its voter saw. */
export interface SeenHead {
  version: number;
  /** Hex. */
  hash: string;
}

/** `head`: the last commit of the deal that the voter saw. It stands for everything before it. */
export interface VoteSignature extends Signed {
  head: SeenHead;
}

/** Minutes in which a link can be used. */
const LINK_MINUTES = 10;

const minutesAfter = (at: Instant, minutes: number): Instant =>
  new Date(new Date(at).getTime() + minutes * 60_000).toISOString();

export const expiryOf = (at: Instant): Instant => minutesAfter(at, LINK_MINUTES);

/** Tells whether what expires then was made for a use at that moment. Clocks of two bots differ by less than a minute. */
export const isInTime = (expires: Instant, at: Instant): boolean =>
  at <= expires && expires <= minutesAfter(at, LINK_MINUTES + 1);

/** What a vote's signature covers besides the ballot itself. */
export interface VoteStatement extends Pick<VoteSignature, 'log' | 'head' | 'expires' | 'nonce'> {
  person: PersonId;
  for?: PersonId | undefined;
  deal: string;
  policy: string;
  tier: string;
  factsHash: string;
  step: number;
  /** Everything that the vote says: outcome, flags, conditions, reasons, what was weighed. */
  ballot: { outcome: string };
}

/** The text whose SHA-256 is the challenge that a vote's passkey signs. */
export const voteText = ({ ballot, ...statement }: VoteStatement): string =>
  `clearthread vote 1\n${canonical({ ...ballot, ...statement })}`;

/** What somebody signs who vouches that a key is that person's. */
export interface KeyStatement extends Pick<Signed, 'log' | 'expires' | 'nonce'> {
  /** Whoever vouches. */
  by: PersonId;
  key: Passkey;
}

export const keyText = ({ key: { transports: _hints, ...key }, ...statement }: KeyStatement): string =>
  `clearthread passkey 1\n${canonical({ ...statement, ...key })}`;
