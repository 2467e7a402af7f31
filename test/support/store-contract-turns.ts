/** The store's contract: turns in a conversation, granted across processes. */

import { describe, expect, it } from 'vitest';
import type { EventStore, Rate, Turn } from '../../store/event-store.ts';
import { AT } from './store-samples.ts';

const SECOND: Rate = { everyMs: 1000, burst: 1 };
const after = (ms: number): string => new Date(Date.parse(AT) + ms).toISOString();

export const turnsContract = (store: () => EventStore): void => {
  const turn = (key: string, ms: number, rates = [SECOND], mostMs = 10_000): Promise<Turn> =>
    store().turn(key, after(ms), rates, mostMs);

  describe('turns', () => {
    it('follow each other at the pace of their conversation, and of no other', async () => {
      expect(await turn('slack:C1', 0)).toEqual({ taken: true, waitMs: 0 });
      expect(await turn('slack:C1', 0)).toEqual({ taken: true, waitMs: 1000 });
      expect(await turn('slack:C1', 500)).toEqual({ taken: true, waitMs: 1500 });
      expect(await turn('slack:C2', 500)).toEqual({ taken: true, waitMs: 0 });
      expect(await turn('slack:C1', 60_000)).toEqual({ taken: true, waitMs: 0 });
    });

    it('come several at once after a silence where the rate allows it', async () => {
      const rates = [{ everyMs: 500, burst: 3 }];
      const waits = [];
      for (let n = 0; n < 5; n += 1) waits.push((await turn('teams:a', 0, rates)).waitMs);
      expect(waits).toEqual([0, 0, 0, 500, 1000]);
    });

    it('keep within every rate at once', async () => {
      const rates = [SECOND, { everyMs: 4000, burst: 3 }];
      const waits = [];
      for (let n = 0; n < 5; n += 1) waits.push((await turn('teams:a', 0, rates, 60_000)).waitMs);
      expect(waits).toEqual([0, 1000, 2000, 4000, 8000]);
    });

    it('are not reserved further off than was asked for', async () => {
      for (let n = 0; n < 3; n += 1) await turn('slack:C1', 0);
      expect(await turn('slack:C1', 0, [SECOND], 2999)).toEqual({ taken: false, waitMs: 3000 });
      expect(await turn('slack:C1', 0, [SECOND], 3000)).toEqual({ taken: true, waitMs: 3000 });
    });

    it('can be looked at without taking one', async () => {
      await turn('slack:C1', 0);
      expect(await turn('slack:C1', 0, [], 0)).toEqual({ taken: true, waitMs: 0 });
      await store().holdTurns('slack:C1', after(400));
      expect(await turn('slack:C1', 0, [], 0)).toEqual({ taken: false, waitMs: 400 });
      expect(await turn('slack:C1', 0)).toEqual({ taken: true, waitMs: 1000 });
    });

    it('go to one each of many at once', async () => {
      const turns = await Promise.all(Array.from({ length: 10 }, () => turn('slack:C1', 0)));
      const waits = turns.map(({ waitMs }) => waitMs).toSorted((a, b) => a - b);
      expect(waits).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]);
    });

    it('are held until the chat wants more, in that conversation alone', async () => {
      await turn('slack:C1', 0);
      await store().holdTurns('slack:C1', after(7000));
      await store().holdTurns('slack:C1', after(5000));
      expect(await turn('slack:C1', 100)).toEqual({ taken: true, waitMs: 6900 });
      expect(await turn('slack:C1', 100)).toEqual({ taken: true, waitMs: 7900 });
      expect(await turn('slack:C2', 100)).toEqual({ taken: true, waitMs: 0 });
      await store().holdTurns('slack:new', after(2000));
      expect(await turn('slack:new', 0)).toEqual({ taken: true, waitMs: 2000 });
    });
  });
};
