/** Calls for votes beyond what a list keeps, and lists from before their notice was kept. */

import { describe, expect, it } from 'vitest';
import type { Message, Outlet } from '../../../src/outbox/delivery.ts';
import { createVoteLists, MOST_CALLS } from '../../../src/outbox/vote-lists.ts';
import type { Json, MessageRef, OutboxRow } from '../../../store/event-store.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { aDecidingDeal, aView } from '../../support/deal-builders.ts';

const NOW = new Date('2027-03-01T09:00:00.000Z');
const PERSON = 'compliance-1';
const KEY = `calls:person:${PERSON}`;

const rowOf = (stream: string): OutboxRow => ({
  stream,
  id: `notice-${stream}`,
  lane: stream,
  kind: 'fact',
  version: 1,
  attempts: 0,
  notice: {},
});

const bench = () => {
  const kept = new Map<string, Json>();
  const refs = new Map<string, MessageRef>();
  const cards: string[] = [];
  const edited: string[] = [];
  const outlet: Pick<Outlet, 'chat' | 'edit'> = {
    chat: 'slack',
    edit: async ({ id }, ref) => {
      edited.push(`${id} ${ref.message}`);
      return true;
    },
  };
  const lists = createVoteLists({
    deals: { view: async (id) => aView(aDecidingDeal({ id })) },
    store: {
      ref: async (stream, key) => refs.get(`${stream} ${key}`),
      conversation: async (key) => kept.get(key),
      saveConversation: async (key, value) => void kept.set(key, value),
    },
    outlets: [outlet as Outlet],
    clock: () => NOW,
  });
  const call = async (deal: string): Promise<string> => {
    const place = await lists.placeFor(deal, PERSON);
    const message = { key: `notice-${deal}`, stream: deal } as Message;
    if (place === 'own') await lists.asked(deal, PERSON, true);
    else
      await lists.add(rowOf(deal), message, PERSON, place, async ({ card }) => {
        cards.push(plain(card({})));
        refs.set(`${deal} notice-${deal}`, { channel: 'D0COMPLIANCE1', message: `list ${cards.length}` });
      });
    return place;
  };
  return { lists, kept, call, cards, edited };
};
const idOf = (n: number): string => `D-AAA${String(n).padStart(3, '0')}`;

describe('a list of votes', () => {
  it('leaves out none of the calls that only it asks, however many come', async () => {
    const { lists, kept, call } = bench();
    const places: string[] = [];
    for (let n = 0; n < 130; n += 1) places.push(await call(idOf(n)));
    const { calls } = kept.get(KEY) as { calls: { deal: string; listed: boolean }[] };
    const listed = new Set(calls.flatMap((one) => (one.listed ? [one.deal] : [])));
    const own = places.flatMap((place, n) => (place === 'own' && n >= MOST_CALLS ? [idOf(n)] : []));
    expect(places.flatMap((_, n) => (listed.has(idOf(n)) || own.includes(idOf(n)) ? [] : [idOf(n)]))).toEqual([]);
    expect([listed.size, own.length]).toEqual([100, 30]);
    const shown = await Promise.all([...listed].map((deal) => lists.has(PERSON, deal)));
    expect(shown.filter(Boolean)).toHaveLength(10);
  });

  it('from before its notice was kept is edited no more: the next call is a new list', async () => {
    const { lists, kept, call, cards, edited } = bench();
    const at = NOW.toISOString();
    const deals = [0, 1, 2, 3].map(idOf);
    const calls = deals.map((deal) => ({ deal, at, listed: true }));
    kept.set(KEY, { calls, list: { channel: 'D0COMPLIANCE1', message: 'old', at } });
    kept.set(`calls-shown:person:${PERSON}`, 'a digest');
    expect(await lists.bringUpToDate(rowOf(idOf(0)), PERSON)).toBe(false);
    expect(await lists.has(PERSON, idOf(0))).toBe(false);
    expect(await call(idOf(4))).toBe('new');
    expect(cards.at(-1)).toContain('5 deals wait for your decision');
    expect(await lists.has(PERSON, idOf(0))).toBe(true);
    expect(await call(idOf(5))).toBe('old');
    expect(edited.filter((one) => one !== `notice-${idOf(4)} list 1`)).toEqual([]);
  });
});
