/** What the page of the case room asks, and what it gets. */

import type { CaseAction, CaseEvent, CaseId, HandlerId } from '../../../flows/voices/case.ts';
import type { CaseDue } from '../../../flows/voices/clocks.ts';
import type { Day } from '../../../flows/voices/days.ts';
import type { ExportReader } from '../../../flows/voices/exporting.ts';
import type { MakeOptions, SignOptions } from '../../signing/page/wire.ts';

/** Why it was not done, for the person who tried. */
export interface Problem {
  problem: string;
}

export interface Named {
  id: HandlerId;
  name: string;
  role: string;
}

/** Who can sign in. */
export interface CanSignIn extends Named {
  /** With a new key, which waits for two others to vouch for it. */
  hasNewKey?: true | undefined;
}

export interface Invited extends Named {
  options: MakeOptions;
}

export interface SignIn {
  /** Comes back with the signature. */
  ticket: string;
  options: SignOptions;
}

export interface SignedIn {
  /** For `Authorization: Bearer`. */
  token: string;
  me: Named;
  recipient: string;
  /** The private key, sealed with the passphrase: base64. */
  wrapped: string;
}

export interface Colleague extends Named {
  /** `altered`: their name, key or passkey is another than the one that was vouched for. */
  state: 'active' | 'waits' | 'left' | 'altered';
  /** Names of those who vouched for them. */
  by: string[];
  /** Their key takes the place of one that was lost. */
  hasNewKey?: true | undefined;
}

export interface CaseLine {
  id: CaseId;
  day: Day;
  due?: CaseDue | undefined;
  over?: Day | undefined;
  /** Who reported it wrote after everybody here. */
  newest?: Day | undefined;
  /** When it is erased, if nothing happens in it before. */
  erasedOn?: Day | undefined;
}

export interface Overview {
  me: Colleague;
  /** The 12 characters of one's own key; undefined once somebody compared them. */
  spoken?: string | undefined;
  /** So many more have to be vouched for before reports are taken. */
  missing: number;
  others: Colleague[];
  /** Those for whom one can vouch now. */
  toVouch: CanSignIn[];
  newKeys: NewKey[];
  /** What closed and erased cases are counted by, sealed: base64. */
  counts: string[];
  /** This one. */
  year: number;
  /** The most urgent first. */
  cases: CaseLine[];
}

/** A handler with a new key, and cases that they could read with the one before. */
export interface NewKey extends Named {
  cases: CaseId[];
}

/** A handler who could be let in. */
export interface CanBeLetIn extends Named {
  recipient: string;
  /** Ids of all their keys: their own, and those before it. */
  keys: HandlerId[];
}

export interface AskLetIn {
  id: CaseId;
  events: number;
  /** How many messages there were. */
  messages: number;
  reader: HandlerId;
  /** `CaseKeys` (src/voices/room/page/opening.ts), sealed to the reader: base64. */
  keys: string;
}

export interface ToVouch extends Named {
  /** What exactly is signed. */
  text: string;
  options: SignOptions;
}

export interface Vouched {
  name: string;
  /** Whether reports are sealed to them now. */
  counts: boolean;
}

export interface ShownMessage {
  number: number;
  day: Day;
  /** Undefined: who reported it. */
  by?: HandlerId | undefined;
  /** False: only handlers can read it. */
  toReporter: boolean;
  /** Base64. */
  sealed: string;
}

export interface ShownCase extends CaseLine {
  /** By the server's clock. */
  today: Day;
  events: readonly CaseEvent[];
  sealedTo: readonly HandlerId[];
  /** Names of everybody in its events and messages. */
  names: Readonly<Record<HandlerId, string>>;
  /** To whom a message to handlers is sealed. */
  recipients: readonly string[];
  /** The same ones, in that order. */
  readers: readonly ExportReader[];
  /** To whom a message to who reported it is sealed. */
  reporter: string;
  /** Base64; undefined where they did not say, or took it back. */
  who?: string | undefined;
  messages: ShownMessage[];
  /** Sealed keys for those who were let in later: base64. */
  keys?: string | undefined;
  canBeLetIn: CanBeLetIn[];
  /** Names of those whom it concerns. */
  concerns: string[];
  /** The day until which they are told what came of it, if it is acknowledged today. */
  feedbackBy?: Day | undefined;
}

export interface Act {
  id: CaseId;
  /** How many events the case had when it was shown. */
  events: number;
  action: CaseAction;
  /** Base64. */
  message?: { forHandlers: string; forReporter?: string | undefined } | undefined;
}

/** Characters that fit into one message. */
export const MOST_WORDS = 20_000;
