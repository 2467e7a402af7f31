/** The contract of every engine of the store. An engine's own test calls `storeContract` and adds its own cases. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../store/event-store.ts';
import { catchUpContract } from './store-contract-catch-up.ts';
import { dueContract } from './store-contract-due.ts';
import { logContract } from './store-contract-log.ts';
import { outboxContract } from './store-contract-outbox.ts';
import { raceContract } from './store-contract-races.ts';
import { recordContract } from './store-contract-record.ts';
import { summariesContract } from './store-contract-summaries.ts';
import { turnsContract } from './store-contract-turns.ts';
import { later, write, type OpenedStore } from './store-samples.ts';

export interface Shown {
  /** Reason why races between appends are not tested here. */
  noRaces?: string | undefined;
  /** What is owed and what follows from a commit, for an engine that was shown whole and keeps just these otherwise. */
  owedAlone?: boolean | undefined;
}

export const storeContract = (
  name: string,
  open: () => Promise<OpenedStore>,
  { noRaces, owedAlone = false }: Shown = {},
): void => {
  describe(`${name} keeps the store's contract`, () => {
    let opened: OpenedStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened.close();
    });
    const store = (): EventStore => opened.store;

    catchUpContract(() => opened);
    outboxContract(store);
    if (owedAlone) return;
    recordContract(store);
    summariesContract(() => opened);
    raceContract(store, noRaces);
    dueContract(store);
    turnsContract(store);
    logContract(() => opened);

    describe('messages in chat', () => {
      it('finds a message by its key, and the key by its message', async () => {
        await store().saveRef('D-1', 'root', { channel: 'C1', message: '1.1' });
        await store().saveRef('D-1', 'section:product', { channel: 'C1', message: '1.2' });
        expect(await store().ref('D-1', 'root')).toEqual({ channel: 'C1', message: '1.1' });
        expect(await store().ref('D-2', 'root')).toBeUndefined();
        expect(await store().findRef({ channel: 'C1', message: '1.2' })).toEqual({
          stream: 'D-1',
          key: 'section:product',
        });
        expect(await store().findRef({ channel: 'C2', message: '1.2' })).toBeUndefined();
      });

      it('follows a message that was posted anew', async () => {
        await store().saveRef('D-1', 'root', { channel: 'C1', message: '1.1' });
        await store().saveRef('D-1', 'root', { channel: 'C1', message: '2.1' });
        expect(await store().ref('D-1', 'root')).toEqual({ channel: 'C1', message: '2.1' });
        expect(await store().findRef({ channel: 'C1', message: '1.1' })).toBeUndefined();
      });
    });

    describe('drafts', () => {
      it('keeps, replaces and drops a half-filled form', async () => {
        expect(await store().draft('D-1', 'product')).toBeUndefined();
        await store().putDraft('D-1', 'product', { P1: 'yes' });
        await store().putDraft('D-1', 'product', { P1: 'no', note: null });
        await store().putDraft('D-1', 'laws', ['other']);
        expect(await store().draft('D-1', 'product')).toEqual({ P1: 'no', note: null });
        await store().dropDraft('D-1', 'product');
        await store().dropDraft('D-1', 'product');
        expect(await store().draft('D-1', 'product')).toBeUndefined();
        expect(await store().draft('D-1', 'laws')).toEqual(['other']);
      });

      it('keeps a draft from before the first commit, and is no part of the record', async () => {
        await store().putDraft('D-1', 'open', { customer: 'Sample Co' });
        expect((await store().load('D-1')).version).toBe(0);
        await write(store(), 'D-1');
        expect(await store().draft('D-1', 'open')).toEqual({ customer: 'Sample Co' });
        expect((await store().read('D-1')).length).toBe(1);
      });
    });

    describe('keys seen once', () => {
      const FAR = '2999-01-01T00:00:00.000Z';

      it('says yes once', async () => {
        expect(await store().firstTime('event-1', FAR)).toBe(true);
        expect(await store().firstTime('event-1', FAR)).toBe(false);
        expect(await store().firstTime('event-2', FAR)).toBe(true);
      });

      it('says yes to one of many at once', async () => {
        const answers = await Promise.all(Array.from({ length: 20 }, () => store().firstTime('event-1', FAR)));
        expect(answers.filter(Boolean).length).toBe(1);
      });

      it('forgets an expired key', async () => {
        expect(await store().firstTime('event-1', '2001-01-01T00:00:00.000Z')).toBe(true);
        expect(await store().firstTime('event-1', FAR)).toBe(true);
        expect(await store().firstTime('event-1', FAR)).toBe(false);
      });
    });

    it('keeps a policy by its hash and never changes it', async () => {
      expect(await store().policy('p-1')).toBeUndefined();
      await store().putPolicy('p-1', { name: 'first' });
      await store().putPolicy('p-1', { name: 'second' });
      expect(await store().policy('p-1')).toEqual({ name: 'first' });
    });

    it('keeps how to reach somebody, and follows a change', async () => {
      expect(await store().conversation('teams:person:rep-1')).toBeUndefined();
      await store().saveConversation('teams:person:rep-1', { conversation: 'a:1', user: null });
      await store().saveConversation('teams:person:rep-2', 'a:2');
      expect(await store().conversation('teams:person:rep-1')).toEqual({ conversation: 'a:1', user: null });
      await store().saveConversation('teams:person:rep-1', { conversation: 'a:3' });
      await store().saveConversation('teams:person:rep-1', { conversation: 'a:3' });
      expect(await store().conversation('teams:person:rep-1')).toEqual({ conversation: 'a:3' });
      expect(await store().conversation('teams:person:rep-2')).toBe('a:2');
    });

    it('keeps small settings', async () => {
      expect(await store().meta('deployment')).toBeUndefined();
      await store().putMeta('deployment', 'playground');
      await store().putMeta('deployment', 'real');
      expect(await store().meta('deployment')).toBe('real');
    });

    it('answers a ping, and refuses once closed', async () => {
      await store().ping();
      await store().close();
      await expect(store().ping()).rejects.toMatchObject({ name: 'StoreFault', code: 'closed', outcome: 'not done' });
      await expect(store().load('D-1')).rejects.toMatchObject({ code: 'closed' });
    });

    it('has everything again after a crash', async () => {
      await write(store(), 'D-1', [{ id: 'n-1', kind: 'fact', lane: 'thread:D-1', notice: { id: 'n-1' } }]);
      await store().claim(later(0), 60_000, 10);
      await store().saveRef('D-1', 'root', { channel: 'C1', message: '1.1' });
      await store().putDraft('D-1', 'product', { P1: 'yes' });
      await store().firstTime('event-1', '2999-01-01T00:00:00.000Z');
      await store().putPolicy('p-1', { name: 'first' });
      await store().putMeta('deployment', 'real');
      await store().saveConversation('teams:person:rep-1', { conversation: 'a:1' });
      await store().setDue('D-1', 1, later(7));
      await store().holdTurns('slack:C1', later(8));
      const before = await store().load('D-1');

      const again = await opened.reopen();
      expect(await again.load('D-1')).toEqual(before);
      expect(await again.due('deal', later(7), 10)).toMatchObject([{ stream: 'D-1', nextDueAt: later(7) }]);
      expect(await again.read('D-1')).toMatchObject([{ version: 1, cause: 'click-1' }]);
      expect(await again.append(...repeatOf('D-1'))).toMatchObject({ kind: 'repeated', commit: { version: 1 } });
      // The lease outlives the process that took it, and ends by itself.
      expect(await again.claim(later(0), 60_000, 10)).toEqual([]);
      expect(await again.claim(later(1), 60_000, 10)).toMatchObject([{ id: 'n-1', attempts: 1 }]);
      expect(await again.ref('D-1', 'root')).toEqual({ channel: 'C1', message: '1.1' });
      expect(await again.draft('D-1', 'product')).toEqual({ P1: 'yes' });
      expect(await again.firstTime('event-1', '2999-01-01T00:00:00.000Z')).toBe(false);
      expect(await again.policy('p-1')).toEqual({ name: 'first' });
      expect(await again.meta('deployment')).toBe('real');
      expect(await again.conversation('teams:person:rep-1')).toEqual({ conversation: 'a:1' });
      expect(await again.turn('slack:C1', later(7), [{ everyMs: 1000, burst: 1 }], 60_000)).toMatchObject({
        waitMs: 60_000,
      });
      expect(await again.verify()).toEqual({ kind: 'whole', streams: 1, commits: 1 });
    });
  });
};

const repeatOf = (stream: string): Parameters<EventStore['append']> => [
  {
    stream,
    expectedVersion: 0,
    at: later(5),
    actor: 'rep-1',
    cause: 'click-1',
    contextVersions: {},
    body: { events: [], notices: [] },
  },
  {
    snapshot: {
      version: 1,
      kind: 'deal',
      status: 'other',
      tier: null,
      owner: 'x',
      nextDueAt: null,
      format: 1,
      state: null,
    },
    outbox: [{ id: 'n-2', kind: 'fact', lane: 'thread:D-1', notice: null }],
  },
];
