/** Two bots on one store, one of them newer: the older one leaves alone what it does not know, and everything else goes on. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogFields } from '../../src/log.ts';
import { logsNewer, NewerRecord } from '../../src/newer.ts';
import { startOutbox, type Outbox, type OutboxOptions } from '../../src/outbox/outbox.ts';
import { createRender } from '../../src/outbox/render.ts';
import { createDeals } from '../../src/streams/deals.ts';
import type { EventStore, Json } from '../../store/event-store.ts';
import { anOrganisation, aPolicy } from '../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../support/desk.ts';
import { sqliteFolder, type SqliteFolder } from '../support/sqlite.ts';

let folder: SqliteFolder;
let store: EventStore;
let old: AtDesk;
let outbox: Outbox | undefined;
let sent: [string, string][];

beforeEach(() => {
  folder = sqliteFolder();
  store = folder.open();
  old = atDesk({ store });
  sent = [];
});
afterEach(async () => {
  await outbox?.stop();
  outbox = undefined;
  await old.end();
  await folder.remove();
});
/** The same bot after a restart, on the same data. */
const restart = async (): Promise<void> => {
  await outbox?.stop();
  outbox = undefined;
  await old.end();
  await store.close();
  store = folder.open();
  old = atDesk({ store });
};

const AT = '2027-03-01T09:30:00.000Z';
interface Newer {
  event?: { [member: string]: Json };
  state?: { [member: string]: Json };
}
const NEW_TYPE: Newer = { event: { type: 'DealWeighedAnew', scale: 'canary-secret' } };
const NEW_MEMBER: Newer = { state: { weighedAnew: { scale: 'canary-secret' } } };
const NEW_VALUE: Newer = { state: { status: 'paused' } };
const NEW_INSIDE: Newer = { state: { details: { canary: 'canary-secret' } } };

/** Writes as a newer version of the bot would. */
const writes = async (stream: string, { event, state }: Newer, owed = false): Promise<void> => {
  const { snapshot, version } = await store.load(stream);
  if (!snapshot) throw new Error('no snapshot');
  const before = snapshot.state as { [member: string]: Json };
  const events = [{ type: 'Nudged', people: [], ...event, at: AT, by: 'rep-1' }];
  const types = [...(before['eventTypes'] as string[]), ...events.map(({ type }) => String(type))];
  const { nextDueAt, kind, status, tier, owner, format } = snapshot;
  const appended = await store.append(
    {
      stream,
      expectedVersion: version,
      at: AT,
      actor: 'rep-1',
      cause: `newer-${version}`,
      contextVersions: {},
      body: { events, notices: [] },
    },
    {
      snapshot: {
        kind,
        status,
        tier,
        owner,
        nextDueAt,
        format,
        version: version + 1,
        state: { ...before, ...state, eventTypes: types },
      },
      outbox: owed
        ? [
            { id: `live:${stream}:root`, kind: 'live', lane: `thread:${stream}`, notice: { card: 'root' } },
            { id: `newer-${version}`, kind: 'fact', lane: 'person:rep-1', notice: {} },
          ]
        : [],
    },
  );
  expect(appended.kind).toBe('appended');
};

describe('a deal that a newer version wrote to', () => {
  it.each([
    ['an event of a new type', NEW_TYPE],
    ['a new member of its state', NEW_MEMBER],
    ['a new status', NEW_VALUE],
    ['a new member inside', NEW_INSIDE],
  ])('is neither read nor written to: %s', async (_, newer) => {
    const [deal, other] = [await old.openDeal(), await old.openDeal()];
    await writes(deal, newer);
    for (let starts = 0; starts < 2; starts += 1) {
      const before = await old.commits();
      const head = (await store.load(deal)).version;
      await expect(old.ask('rep-1', { kind: 'click', name: 'deal.answer', value: `${deal}/scope` })).rejects.toThrow(
        NewerRecord,
      );
      await expect(old.deals.handle(deal, { type: 'Nudge' }, { actor: 'rep-1', cause: `n-${starts}` })).rejects.toThrow(
        NewerRecord,
      );
      await expect(old.deals.tick(deal, AT)).rejects.toThrow(NewerRecord);
      expect((await store.load(deal)).version).toBe(head);
      expect((await old.deals.view(other))?.deal.id).toBe(other);
      expect(await old.commits()).toBe(before);
      await restart();
    }
    await old.answerAll(other);
    expect((await old.deals.view(other))?.deal.status).toBe('deciding');
  });

  it('is read as ever, and written to, by a version that knows what is in it', async () => {
    const deal = await old.openDeal();
    await writes(deal, {});
    await old.answerAll(deal);
    expect((await old.deals.view(deal))?.deal.status).toBe('deciding');
  });

  it('is logged once, without content', async () => {
    const deal = await old.openDeal();
    await writes(deal, NEW_TYPE);
    const lines: [string, LogFields | undefined][] = [];
    const log = (event: string, fields?: LogFields): void => void lines.push([event, fields]);
    const deals = createDeals({
      store,
      policies: { current: aPolicy(), get: async () => aPolicy() },
      organisation: () => anOrganisation(),
      homes: (home) => [{ home }],
      clock: () => new Date(AT),
      wake: () => {},
      newer: logsNewer({ info: log, warn: log, error: log }),
    });
    await expect(deals.view(deal)).rejects.toThrow(NewerRecord);
    await expect(deals.handle(deal, { type: 'Nudge' }, { actor: 'rep-1', cause: 'n' })).rejects.toThrow(NewerRecord);
    await expect(deals.viewAt(deal, 2)).rejects.toThrow(NewerRecord);
    expect((await deals.viewAt(deal, 1))?.view.deal.id).toBe(deal);
    expect(lines).toEqual([['stream.newer', { stream: deal, version: 2 }]]);
  });

  it('hides no other from the index, the digest and reminders', async () => {
    const [deal, other] = [await old.openDeal(), await old.openDeal()];
    await writes(deal, NEW_MEMBER);
    expect((await old.desk.index()).map(({ id }) => id)).toEqual([other]);
    expect(old.desk.index.newer()).toEqual([deal]);
    await old.digests.handle('compliance-1', { type: 'Ask', of: 'compliance' }, 'ask');
    await old.travel('2027-03-20T09:00:00.000Z');
    const made = (await store.read('register:digest:person:compliance-1')).at(-1)?.body.events;
    expect(JSON.stringify(made)).toContain(other);
    expect((await store.read(other)).flatMap(({ body }) => body.events)).toContainEqual(
      expect.objectContaining({ type: 'Reminded' }),
    );
    expect((await store.load(deal)).version).toBe(2);
  });

  it('keeps what is owed for it, before nobody else, until a bot knows it', async () => {
    const [deal, other] = [await old.openDeal(), await old.openDeal()];
    await writes(deal, NEW_TYPE, true);
    const render = createRender({
      deals: old.deals,
      registers: { said: async () => undefined },
      organisation: () => anOrganisation(),
    });
    const start = (deliver: OutboxOptions['deliver']): Promise<void> => {
      const logger = { info: () => {}, warn: () => {}, error: (event: string) => expect.fail(event) };
      outbox = startOutbox({ store, deliver, clock: () => new Date(), logger });
      return outbox.drain();
    };
    await start(async (row) => {
      const message = await render(row);
      if (message) sent.push([message.stream, message.key]);
    });
    expect(sent).toContainEqual([other, 'root']);
    expect(sent).not.toContainEqual([deal, 'root']);
    const waits = await store.outboxProblems();
    expect(new Set(waits.map((row) => `${row.stream} ${row.error}`))).toEqual(new Set([`${deal} newer_record`]));
    expect(waits.map(({ id }) => id)).toEqual(expect.arrayContaining([`live:${deal}:root`, 'newer-1']));
    await restart();
    // The version that wrote it knows it.
    await start(async ({ stream, id }) => void sent.push([stream, id]));
    // Each lane is sent in order, and all at once.
    const last = sent.slice(-waits.length);
    for (const lane of new Set(waits.map((row) => row.lane))) {
      const theirs = waits.flatMap(({ stream, id, lane: of }) => (of === lane ? [[stream, id]] : []));
      expect(last.filter(([, id]) => theirs.some(([, other]) => other === id))).toEqual(theirs);
    }
    expect(last.map(([, id]) => id).toSorted()).toEqual(waits.map(({ id }) => id).toSorted());
    expect(await store.outboxBacklog(AT)).toMatchObject({ owed: 0, failed: 0 });
  });

  it('keeps a hold on its way until it can be reached, and stops no other deal from being held', async () => {
    const [deal, other] = [await old.openDeal(), await old.openDeal()];
    await writes(deal, NEW_TYPE);
    const reach = { deals: 2, team: [] };
    const on = { of: 'end-user', name: (await old.deals.view(other))?.deal.details.endUser.name ?? '' } as const;
    await old.desk.registers.holds.handle(
      {
        type: 'PlaceHold',
        on,
        stop: ['support'],
        because: 'breach',
        reason: 'It was resold.',
        review: '2027-04-01',
        reach,
      },
      { actor: 'compliance-1', cause: 'hold' },
    );
    await old.travel('2027-03-01T09:40:00.000Z');
    expect(Object.keys((await old.deals.view(other))?.deal.holds ?? {})).toHaveLength(1);
    const { state } = await old.desk.registers.holds.now();
    expect(Object.values(state.spreads)).toHaveLength(1);
  });
});

describe('a register that a newer version wrote to', () => {
  it('is left alone, and deals go on with what was known before', async () => {
    const deal = await old.openDeal();
    const { absences } = old.desk.registers;
    await absences.handle(
      { type: 'SetAway', delegate: 'senior-2', from: '2027-03-01', until: '2027-03-05' },
      { actor: 'senior-1', cause: 'away' },
    );
    await writes('register:absences', NEW_MEMBER);
    for (let starts = 0; starts < 2; starts += 1) {
      await expect(
        old.desk.registers.absences.handle({ type: 'EndAway' }, { actor: 'senior-1', cause: `back-${starts}` }),
      ).rejects.toThrow(NewerRecord);
      const organisation = await old.desk.registers.organisation();
      expect(organisation.absences?.map(({ person }) => person)).toEqual(['senior-1']);
      await old.desk.registers.startAll();
      await restart();
    }
    await old.answerAll(deal);
    const last = (await store.read(deal)).at(-1);
    expect(last?.contextVersions).toMatchObject({ absences: '1' });
  });
});
