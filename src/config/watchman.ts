/** Settings of a Watchman server that the company runs itself. */

import { z } from 'zod';
import { parsedUrl } from '../../flows/url.ts';
import { optional, text } from './setting.ts';

export interface WatchmanConfig {
  /** Origin of the server. */
  at: string;
  /** 0 to 1: from where on the server's score counts as a hit. */
  minMatch: number;
}

const AT_WORDS =
  'Set CLEARTHREAD_WATCHMAN to the origin of your Watchman server, such as https://watchman.example.com, without a path or a password. It must be https (http only at localhost).';
const MATCH_WORDS = 'Set CLEARTHREAD_WATCHMAN_MIN_MATCH to a number from 0.3 to 0.95, for example 0.59.';

/** Of a name without more the server gives 0.77 to the very same one (its docs/using-watchman.md), which also names this number. */
const MIN_MATCH = 0.59;

/** Names go there: in the clear no further than this machine. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));

const isBare = ({ pathname, search, hash, username, password }: URL): boolean =>
  pathname === '/' && `${search}${hash}${username}${password}` === '';

export const watchmanSettings = {
  CLEARTHREAD_WATCHMAN: optional(
    text
      .refine((value) => {
        const url = parsedUrl(value);
        return url !== undefined && isSafe(url) && isBare(url);
      }, AT_WORDS)
      .transform((value) => new URL(value).origin),
  ),
  CLEARTHREAD_WATCHMAN_MIN_MATCH: optional(
    text
      .regex(/^[01]?\.\d{1,4}$/, MATCH_WORDS)
      .transform(Number)
      .refine((value) => value >= 0.3 && value <= 0.95, MATCH_WORDS),
  ),
};

/** Undefined: nobody is asked, and names are compared here. */
export const watchmanOf = (set: {
  CLEARTHREAD_WATCHMAN?: string | undefined;
  CLEARTHREAD_WATCHMAN_MIN_MATCH?: number | undefined;
}): WatchmanConfig | undefined =>
  set.CLEARTHREAD_WATCHMAN === undefined
    ? undefined
    : { at: set.CLEARTHREAD_WATCHMAN, minMatch: set.CLEARTHREAD_WATCHMAN_MIN_MATCH ?? MIN_MATCH };

/** The same for commands, which read no other setting with it. A mistake is returned as the sentence that says what to set. */
export const watchmanIn = (
  env: Readonly<Record<string, string | undefined>>,
): WatchmanConfig | { problem: string } | undefined => {
  const read = z.object(watchmanSettings).safeParse(env);
  return read.success ? watchmanOf(read.data) : { problem: read.error.issues[0]?.message ?? AT_WORDS };
};
