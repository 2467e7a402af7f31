/** Teams sends an activity again when it got no answer in 15 s, and a caught request can be sent by anybody. */

import type { EventStore } from '../../store/event-store.ts';
import type { Answered } from './invoke-answers.ts';

export interface Redeliveries {
  /**
   * `work` hears whether this is the first time, or what was thrown where the store could not say. While this process
   * remembers the answer, a repeat gets it and no work is done.
   */
  once(key: string, work: (first: unknown) => Promise<Answered>): Promise<Answered>;
}

/** Teams has sent it again, and given up, by then. */
const ANSWER_MS = 2 * 60_000;
/** Longer than a token lives. */
const KEY_MS = 24 * 60 * 60_000;
/** An answer can be a card of 80 KB. */
const MOST = 500;

export const createRedeliveries = ({
  store,
  clock,
}: {
  store: Pick<EventStore, 'firstTime'>;
  clock: () => Date;
}): Redeliveries => {
  const answers = new Map<string, { at: number; answer: Promise<Answered> }>();

  const isFirst = (key: string): Promise<unknown> =>
    store.firstTime(key, new Date(clock().getTime() + KEY_MS).toISOString()).catch((error: unknown) => error);

  return {
    once: (key, work) => {
      const now = clock().getTime();
      for (const [old, { at }] of answers) {
        if (now - at < ANSWER_MS && answers.size < MOST) break;
        answers.delete(old);
      }
      const found = answers.get(key);
      if (found) return found.answer;
      const answer = isFirst(key).then(work);
      answers.set(key, { at: now, answer });
      return answer;
    },
  };
};
