/** Paces messages in one conversation across processes: the store gives the turns. */

import type { Chat } from '../../flows/chats.ts';
import type { EventStore, Rate } from '../../store/event-store.ts';
import { NotYet, type DeliveryFault, type Leased } from './delivery.ts';

/** Calls `write` at the conversation's turn. Throws NotYet where that is too far off, or the chat wants less. */
export type Pace = <T>(conversation: string, row: Leased, write: () => Promise<T>) => Promise<T>;

export interface PaceOptions {
  chat: Chat;
  store: Pick<EventStore, 'turn' | 'holdTurns'>;
  /** Empty: no limit. */
  rates: readonly Rate[];
  /** Returns NotYet where the chat wants nothing more in that conversation for a while. */
  faultOf: (thrown: unknown) => DeliveryFault;
  clock: () => Date;
}

/**
 * A row waits so long for its turn, under its lease; one whose turn is further off is given back. Urgent rows look
 * further ahead, so that in a busy conversation they take the turns before bulk rows come near them.
 */
export const MOST_TURN_MS = { urgent: 5000, bulk: 2000 };
/** Rows that must come again are spread out, so that a long queue does not return all at once. */
const MOST_SPREAD_MS = 15_000;
/** For a 429 without a duration. */
const LIMITED_MS = 1000;

export const createPace = ({ chat, store, rates, faultOf, clock }: PaceOptions): Pace => {
  /** For each line, when the next row that must come again does. */
  const lines = new Map<string, number>();
  const everyMs = Math.max(0, ...rates.map((rate) => rate.everyMs));

  const comeAgain = (line: string, turnAt: number, mostMs: number): NotYet => {
    const now = clock().getTime();
    for (const [other, at] of lines) if (at <= now) lines.delete(other);
    const soonest = turnAt - mostMs / 2;
    const at = Math.min(Math.max(soonest, lines.get(line) ?? 0), soonest + MOST_SPREAD_MS);
    lines.set(line, at + everyMs);
    return new NotYet('paced', at - now);
  };

  return async (conversation, row, write) => {
    row.beforeWrite?.();
    const key = `${chat}:${conversation}`;
    const kind = row.bulk ? 'bulk' : 'urgent';
    const mostMs = MOST_TURN_MS[kind];
    const ask = async (of: readonly Rate[], most: number): Promise<number> => {
      const now = clock();
      const { taken, waitMs } = await store.turn(key, now.toISOString(), of, most);
      if (!taken) throw comeAgain(`${kind} ${key}`, now.getTime() + waitMs, mostMs);
      return waitMs;
    };
    const waitMs = await ask(rates, mostMs);
    if (waitMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      // The chat may have asked for less meanwhile.
      await ask([], 0);
      row.beforeWrite?.();
    }
    try {
      return await write();
    } catch (error) {
      const fault = faultOf(error);
      if (!(fault instanceof NotYet)) throw error;
      const until = clock().getTime() + Math.max(fault.waitMs, LIMITED_MS);
      // If the store does not take it, the chat will tell the next one again.
      await store.holdTurns(key, new Date(until).toISOString()).catch(() => undefined);
      throw fault;
    }
  };
};
