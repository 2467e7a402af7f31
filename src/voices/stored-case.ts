/** What the store of the voices holds of a case, and what is written into it. */

import type { Case, HandlerId } from '../../flows/voices/case.ts';
import type { Day } from '../../flows/voices/days.ts';
import type { StoredFile } from './files/store.ts';
import type { Recipient } from './sealing.ts';

/** What one side wrote, sealed. */
export interface SealedMessage {
  /** From 1, in the order in which they came. */
  number: number;
  day: Day;
  /** Undefined: who reported it. */
  by: HandlerId | undefined;
  forHandlers: Uint8Array;
  /** Undefined where who reported it can't read it: what they wrote themselves, and notes. */
  forReporter: Uint8Array | undefined;
}

export interface StoredCase extends Case {
  /** The key of who reported it. */
  recipient: Recipient;
  /** Who they are, in an envelope of its own; undefined where they did not say. */
  who: Uint8Array | undefined;
}

export interface NewCase {
  lookup: string;
  recipient: Recipient;
  day: Day;
  sealedTo: readonly HandlerId[];
  report: Uint8Array;
  /** See ReceiptKeys.markOf. */
  mark: string;
  who: Uint8Array | undefined;
  /** Whom it concerns, as its author ticked them. Absent: nobody was asked. */
  concerns?: readonly HandlerId[] | undefined;
  /** Came with it, and are whole in the store of files. */
  files?: readonly StoredFile[] | undefined;
}

/** What a handler wrote. */
export type NewMessage = Omit<SealedMessage, 'number'>;

/** What who reported it adds. `who`: replaces what they said of themselves before; absent: that stays. */
export interface Added {
  day: Day;
  forHandlers: Uint8Array;
  mark: string;
  who?: Uint8Array | undefined;
  concerns?: readonly HandlerId[] | undefined;
  /** Who could read the case when it was sealed. Absent: it was sealed to others, by what this one says itself. */
  readers?: readonly HandlerId[] | undefined;
  files?: readonly StoredFile[] | undefined;
}

/** A handler who is let in, with the keys that are sealed to them. */
export interface LetIn {
  reader: HandlerId;
  by: HandlerId;
  day: Day;
  keys: Uint8Array;
  /** How many messages those keys open. */
  messages: number;
}

/**
 * `added`: the receipt was there with another text, and this one stands beside it now. `again`: it was kept before.
 * `others read it`: somebody was let in meanwhile, and nothing was kept: seal it anew.
 */
export type Received = 'new' | 'again' | 'added' | 'withdrawn' | 'others read it';
