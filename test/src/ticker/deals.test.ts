/** Deals, a real store and time: told once, by any replica, whatever happened to clock, process or calendar. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DealEvent } from '../../../flows/deal/events.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import { silentLogger } from '../../../src/log.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import type { Registers } from '../../../src/streams/registers.ts';
import { rescheduleDeals } from '../../../src/ticker/reschedule.ts';
import { startRowCheck } from '../../../src/ticker/row-check.ts';
import { createSweep, startTicker, type TickerOptions } from '../../../src/ticker/ticker.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { answer } from '../../support/story.ts';

/** A Monday. */
const MONDAY = '2027-03-01T10:00:00.000Z';
const policy = aPolicy();

let folder: SqliteFolder;
let now: string;
let organisation: Organisation;

interface Replica {
  store: EventStore;
  deals: Deals;
  registers: Registers;
  ticks: TickerOptions['ticks'];
  sweep: () => Promise<number>;
}

const clock = (): Date => new Date(now);
const replica = (): Replica => {
  const store = folder.open();
  const registers = registersOn(store, () => organisation, clock);
  const deals = createDeals({
    store,
    policies: { current: policy, get: async () => policy },
    organisation: registers.organisation,
    homes: (home) => [{ home }],
    clock,
    wake: () => {},
  });
  const ticks = { deal: deals.tick, register: registers.tick };
  return { store, deals, registers, ticks, sweep: createSweep({ store, ticks, clock, logger: silentLogger }) };
};

beforeEach(() => {
  folder = sqliteFolder();
  now = MONDAY;
  organisation = anOrganisation();
});
afterEach(() => folder.remove());

const open = async ({ deals }: Replica, cause: string): Promise<string> => {
  const home = { platform: 'slack' as const, channel: 'C0CLEAR' };
  const outcome = await deals.open({ type: 'OpenDeal', home, details: aDeal().details }, { actor: 'rep-1', cause });
  if (outcome.kind !== 'accepted') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};
const dueAt = async ({ store }: Replica, deal: string): Promise<string | null | undefined> =>
  (await store.load(deal)).snapshot?.nextDueAt;
const reminders = async ({ store }: Replica, deal: string): Promise<{ of: string; to: string[]; at: string }[]> =>
  (await store.read(deal))
    .flatMap((commit) => commit.body.events as unknown as DealEvent[])
    .flatMap((event) => (event.type === 'Reminded' ? [{ of: event.of, to: event.to, at: event.at }] : []));

describe('a deal and its calendar', () => {
  it('is due from its first commit on, two business days later', async () => {
    const one = replica();
    const deal = await open(one, 'view:1');
    expect(await dueAt(one, deal)).toBe('2027-03-03T10:00:00.000Z');
  });

  it('is reminded of when it is due, by the system, and is then due for the next', async () => {
    const one = replica();
    const deal = await open(one, 'view:1');
    now = '2027-03-03T09:59:59.000Z';
    await one.sweep();
    expect(await reminders(one, deal)).toEqual([]);
    now = '2027-03-03T10:00:00.000Z';
    await one.sweep();
    expect(await reminders(one, deal)).toEqual([{ of: 'reminder', to: ['rep-1'], at: now }]);
    const [commit] = (await one.store.read(deal)).slice(-1);
    expect(commit).toMatchObject({ actor: 'system', cause: 'tick:1:2027-03-03T10:00:00.000Z' });
    expect(await dueAt(one, deal)).toBe('2027-03-05T10:00:00.000Z');
    expect((await one.store.claim(now, 1000, 50)).map(({ lane }) => lane)).toContain('person:rep-1');
  });

  it('is due for nothing once somebody did what was owed, or later', async () => {
    const one = replica();
    const deal = await open(one, 'view:1');
    now = '2027-03-02T10:00:00.000Z';
    await one.deals.handle(deal, answer('scope', { G1: 'yes' })[1], { actor: 'rep-1', cause: 'a1' });
    expect(await dueAt(one, deal)).toBe('2027-03-04T10:00:00.000Z');
    await one.deals.handle(deal, { type: 'Withdraw', reason: 'A sample.' }, { actor: 'rep-1', cause: 'w' });
    expect(await dueAt(one, deal)).toBeNull();
  });

  it('is told once by two replicas at the same time', async () => {
    const [one, two] = [replica(), replica()];
    const deals = await Promise.all(Array.from({ length: 12 }, (_, n) => open(one, `view:${n}`)));
    now = '2027-03-03T12:00:00.000Z';
    await Promise.all([one.sweep(), two.sweep(), one.sweep()]);
    for (const deal of deals) expect((await reminders(two, deal)).length).toBe(1);
    expect(await two.store.due('deal', now, 100)).toEqual([]);
  });

  it('is told once, of the latest, after a sleep of days', async () => {
    const one = replica();
    const deal = await open(one, 'view:1');
    // Both reminders are past; nothing is escalated before the 9th.
    now = '2027-03-08T15:00:00.000Z';
    await replica().sweep();
    expect(await reminders(one, deal)).toEqual([{ of: 'reminder', to: ['rep-1'], at: now }]);
    expect(await dueAt(one, deal)).toBe('2027-03-09T10:00:00.000Z');
  });

  it('is told nothing twice when the clock steps back', async () => {
    const one = replica();
    const deal = await open(one, 'view:1');
    now = '2027-03-03T10:30:00.000Z';
    await one.sweep();
    now = '2027-03-03T09:30:00.000Z';
    await one.sweep();
    now = '2027-03-03T10:30:00.000Z';
    await one.sweep();
    expect((await reminders(one, deal)).length).toBe(1);
  });

  it('is corrected, not told, where a holiday came in between', async () => {
    const one = replica();
    const deal = await open(one, 'view:1');
    organisation = anOrganisation({ holidays: ['2027-03-03'], hash: 'with a holiday' });
    now = '2027-03-03T10:00:00.000Z';
    await one.sweep();
    expect(await reminders(one, deal)).toEqual([]);
    expect(await dueAt(one, deal)).toBe('2027-03-04T10:00:00.000Z');
    expect((await one.store.read(deal)).length).toBe(1);
  });
});

describe('deals that nothing made due', () => {
  const forget = (): void => {
    const raw = folder.raw();
    raw.exec('UPDATE snapshots SET next_due_at = NULL');
  };
  const all = async (one: Replica): Promise<number> => {
    const options = { ...one, organisation: one.registers.organisation, logger: silentLogger, stopped: () => false };
    return (await rescheduleDeals(options)).count;
  };

  it('from before there were reminders are found once, and reminded', async () => {
    const one = replica();
    const deals = await Promise.all(Array.from({ length: 205 }, (_, n) => open(one, `view:${n}`)));
    forget();
    now = '2027-03-03T12:00:00.000Z';
    const ticker = startTicker({
      ...one,
      startAll: one.registers.startAll,
      organisation: one.registers.organisation,
      clock,
      logger: silentLogger,
      everyMs: 50,
    });
    const told = async (): Promise<number> =>
      (await Promise.all(deals.map((deal) => reminders(one, deal)))).flat().length;
    await expect.poll(told, { timeout: 20_000 }).toBe(205);
    await ticker.stop();
    // The next start has nothing to look for.
    forget();
    await all(one);
    expect(await dueAt(one, deals[0] ?? '')).toBeNull();
  });

  it.each([['2999-01-01T00:00:00.000Z'], [null]])(
    'because somebody edited the due time to %s are found by the daily look, and told in time',
    async (forged) => {
      const one = replica();
      const deal = await open(one, 'view:1');
      folder.raw().prepare('UPDATE snapshots SET next_due_at = ? WHERE stream = ?').run(forged, deal);
      now = '2027-03-03T12:00:00.000Z';
      await one.sweep();
      expect(await reminders(one, deal)).toEqual([]);
      const check = startRowCheck({ store: one.store, logger: silentLogger, mend: one.deals.reschedule });
      await expect.poll(() => check.changed()).toBe(1);
      await check.stop();
      expect(await one.store.checkRows(undefined, 100)).toMatchObject({ changed: [] });
      await one.sweep();
      expect(await reminders(one, deal)).toHaveLength(1);
    },
  );

  it('are all worked out anew under another organisation file', async () => {
    const one = replica();
    const deal = await open(one, 'view:1');
    await all(one);
    organisation = anOrganisation({ holidays: ['2027-03-02'], hash: 'with a holiday' });
    await all(one);
    expect(await dueAt(one, deal)).toBe('2027-03-04T10:00:00.000Z');
  });

  it('are all worked out anew where a time zone has other rules, and told once by them', async () => {
    const one = replica();
    const deal = await open(one, 'view:1');
    const by = async (zoneRules: string): Promise<number> => {
      const options = { ...one, organisation: one.registers.organisation, logger: silentLogger, stopped: () => false };
      return (await rescheduleDeals({ ...options, zoneRules })).count;
    };
    expect(await by('2027a')).toBe(1);
    // By the previous rules it was two hours later there.
    folder.raw().exec("UPDATE snapshots SET next_due_at = '2027-03-03T12:00:00.000Z'");
    expect(await by('2027a')).toBe(0);
    expect(await by('2027b')).toBe(1);
    expect(await dueAt(one, deal)).toBe('2027-03-03T10:00:00.000Z');
    // By the previous rules it was two hours earlier: when that comes it is corrected, not told.
    folder.raw().exec("UPDATE snapshots SET next_due_at = '2027-03-03T08:00:00.000Z'");
    now = '2027-03-03T08:00:00.000Z';
    await one.sweep();
    expect([await reminders(one, deal), await dueAt(one, deal)]).toEqual([[], '2027-03-03T10:00:00.000Z']);
    now = '2027-03-03T10:00:00.000Z';
    await one.sweep();
    await one.sweep();
    expect(await reminders(one, deal)).toHaveLength(1);
  });

  it('are all worked out anew when somebody goes away and when they come back, by whoever stands in', async () => {
    const [one, other] = [replica(), replica()];
    const deal = await open(one, 'view:1');
    await all(one);
    const away = { type: 'SetAway' as const, delegate: 'product-1', from: '2027-03-02', until: '2027-03-31' };
    await one.registers.absences.handle(away, { actor: 'rep-1', cause: 'view:away' });
    await all(other);
    expect(await dueAt(one, deal)).toBe('2027-03-02T09:00:00.000Z');
    now = '2027-03-02T09:00:00.000Z';
    await Promise.all([one.sweep(), other.sweep()]);
    expect((await reminders(one, deal)).map(({ of, to }) => [of, to])).toEqual([['delegated', ['product-1']]]);
    // Neither a restart nor a second look changes anything.
    await all(replica());
    await one.sweep();
    expect(await reminders(one, deal)).toHaveLength(1);
    await one.registers.absences.handle({ type: 'EndAway' }, { actor: 'rep-1', cause: 'click:back' });
    await all(one);
    now = '2027-03-03T10:00:00.000Z';
    await one.sweep();
    expect((await reminders(one, deal)).at(-1)).toMatchObject({ of: 'reminder', to: ['rep-1'] });
  });

  it('are looked for again at the next start where one of them could not be read', async () => {
    const one = replica();
    const [bad, good] = [await open(one, 'view:1'), await open(one, 'view:2')];
    forget();
    const reschedule = (deal: string): Promise<void> =>
      deal === bad ? Promise.reject(new Error('damaged')) : one.deals.reschedule(deal);
    await all({ ...one, deals: { ...one.deals, reschedule } });
    expect([await dueAt(one, bad), await dueAt(one, good)]).toEqual([null, '2027-03-03T10:00:00.000Z']);
    await all(one);
    expect(await dueAt(one, bad)).toBe('2027-03-03T10:00:00.000Z');
  });
});
