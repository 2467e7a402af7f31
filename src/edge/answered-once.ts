/** Handles requests that a chat repeats: each is done once, across all processes, and every repeat gets an answer. */

import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '../../store/event-store.ts';

/** A request, by its id in the chat. `message`: no answer is waited for, and the chat repeats it until it is taken. */
export interface Sending {
  key: string;
  message: boolean;
}

/** `abandoned`: another process began it and is considered dead. `unknown`: the store could not say. */
export type Novelty = { is: 'first' | 'abandoned' | 'repeated' } | { is: 'unknown'; error: unknown };

export interface OnceAnswered<Answer> {
  /** Tells `work` whether this is the first time. While the answer is remembered, a repeat gets it without work. */
  once(sending: Sending, work: (novelty: Novelty) => Promise<Answer>): Promise<Answer>;
}

export interface OnceAnsweredOptions {
  store: Pick<EventStore, 'firstTime'>;
  clock: () => Date;
  /** How long another process that began to answer may take, before it is considered dead. */
  graceMs?: number | undefined;
  /** Called when the answer is not kept: another process may answer once more. */
  notKept: (error: unknown) => void;
}

/** After 2.5 s the person is at least told that it takes longer. Teams sends a message again after 15 s. */
const GRACE_MS = 3500;
const LOOK_MS = 250;
/** Longer than a token of Teams is valid, and than Slack can be told to send an event again (a day). */
const KEEP_MS = 26 * 60 * 60_000;
/** By then Teams has repeated it and given up; the store recognises Slack's later tries. */
const REMEMBER_MS = 2 * 60_000;
/** An answer can be a card of 80 KB. */
const MOST = 500;
/** A key that has expired when it is checked is not kept, so this only looks. */
const PAST = new Date(0).toISOString();

const answeredKey = (key: string): string => `${key} answered`;

export const createOnceAnswered = <Answer>({
  store,
  clock,
  graceMs = GRACE_MS,
  notKept,
}: OnceAnsweredOptions): OnceAnswered<Answer> => {
  const answers = new Map<string, { at: number; answer: Promise<Answer> }>();
  const expires = (): string => new Date(clock().getTime() + KEEP_MS).toISOString();

  /** A message that was seen may have been dropped by a process that died, and nobody would learn of it. */
  const answeredElsewhere = async (key: string): Promise<boolean> => {
    for (const end = performance.now() + graceMs; ; await pause(LOOK_MS)) {
      if (!(await store.firstTime(answeredKey(key), PAST))) return true;
      if (performance.now() >= end) return false;
    }
  };

  const noveltyOf = async ({ key, message }: Sending): Promise<Novelty> => {
    try {
      if (await store.firstTime(key, expires())) return { is: 'first' };
      return { is: message && !(await answeredElsewhere(key)) ? 'abandoned' : 'repeated' };
    } catch (error) {
      return { is: 'unknown', error };
    }
  };

  const run = async (sending: Sending, work: (novelty: Novelty) => Promise<Answer>): Promise<Answer> => {
    const novelty = await noveltyOf(sending);
    const answer = await work(novelty);
    if (sending.message && (novelty.is === 'first' || novelty.is === 'abandoned')) {
      await store.firstTime(answeredKey(sending.key), expires()).catch(notKept);
    }
    return answer;
  };

  return {
    once: (sending, work) => {
      const now = clock().getTime();
      for (const [old, { at }] of answers) {
        if (now - at < REMEMBER_MS && answers.size < MOST) break;
        answers.delete(old);
      }
      const found = answers.get(sending.key);
      if (found) return found.answer;
      const answer = run(sending, work);
      answers.set(sending.key, { at: now, answer });
      return answer;
    },
  };
};
