/** What a chat sends again until it hears that it was taken: a mention, a message. Answered once, whichever process is asked. */

import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '../../store/event-store.ts';

export interface OnceAnsweredOptions {
  store: Pick<EventStore, 'firstTime'>;
  clock: () => Date;
  /** How long another process that began to answer may take, before it is taken for dead. */
  graceMs?: number | undefined;
}

export interface OnceAnswered {
  /** Whether there is nothing to do any more: another process has answered it, or does so while this waits. */
  elsewhere(key: string): Promise<boolean>;
  /** It is answered: it need not be done again. */
  done(key: string): Promise<void>;
}

/** After 2.5 s somebody is told at least that it takes longer. Teams sends a message again after 15 s. */
const GRACE_MS = 3500;
const LOOK_MS = 250;
/** Slack can be told to send an event again for a day. */
export const KEEP_MS = 26 * 60 * 60_000;
/** A key that expires as it is seen is not kept, so that this only looks. */
const PAST = new Date(0).toISOString();

const keyOf = (key: string): string => `${key} answered`;

/** For what somebody began already: that a key was seen says nothing of whether they lived to answer. */
export const createOnceAnswered = ({ store, clock, graceMs = GRACE_MS }: OnceAnsweredOptions): OnceAnswered => ({
  elsewhere: async (key) => {
    for (const end = performance.now() + graceMs; ; await pause(LOOK_MS)) {
      if (!(await store.firstTime(keyOf(key), PAST))) return true;
      if (performance.now() >= end) return false;
    }
  },
  done: async (key) => {
    await store.firstTime(keyOf(key), new Date(clock().getTime() + KEEP_MS).toISOString());
  },
});
