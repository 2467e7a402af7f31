/** What the bot posts: messages in the thread by deal, private messages by person and day. Cards that change are no new message. */

import { plainKey } from '../../../src/streams/places.ts';
import type { OutboxRow } from '../../../store/event-store.ts';
import type { AtDesk } from '../../support/desk.ts';

export interface Post {
  /** Takes all that is owed, as an outbox would. */
  deliver(day: number): Promise<void>;
  /** Messages in the channel and in the thread, by deal. */
  ofDeal: ReadonlyMap<string, number>;
  /** Private messages by person: one number a day. */
  toPerson: ReadonlyMap<string, readonly number[]>;
  /** Private messages by what they are about. */
  privately: ReadonlyMap<string, number>;
}

const FAR = '2099-01-01T00:00:00.000Z';

const PERSON = 'person:';

export const createPost = ({ store, deals }: AtDesk): Post => {
  const posted = new Set<string>();
  const ofDeal = new Map<string, number>();
  const toPerson = new Map<string, number[]>();
  const privately = new Map<string, number>();

  const about = async ({ stream, version, id }: OutboxRow): Promise<string> => {
    if (!stream.startsWith('D-')) return 'training, watch and digests';
    const then = await deals.viewAt(stream, version);
    const notice = then?.notices.find((one) => one.id === plainKey(id));
    return notice?.kind === 'fact' ? notice.fact.fact : 'nothing';
  };
  const take = async (row: OutboxRow, day: number): Promise<void> => {
    if (row.lane.startsWith(PERSON)) {
      const person = row.lane.slice(PERSON.length);
      const days = toPerson.get(person) ?? [];
      days[day] = (days[day] ?? 0) + 1;
      toPerson.set(person, days);
      const what = await about(row);
      privately.set(what, (privately.get(what) ?? 0) + 1);
      return;
    }
    // An edit of private messages posts nothing.
    if (row.lane.startsWith('private:') || posted.has(row.id)) return;
    posted.add(row.id);
    ofDeal.set(row.stream, (ofDeal.get(row.stream) ?? 0) + 1);
  };
  return {
    ofDeal,
    toPerson,
    privately,
    deliver: async (day) => {
      for (;;) {
        const rows = await store.claim(FAR, 1000, 200);
        if (rows.length === 0) return;
        // Together: one at a time would wait for the disk as often.
        await Promise.all(rows.map((row) => store.settle(row.id, row.version, row.attempts)));
        for (const row of rows) await take(row, day);
      }
    },
  };
};
