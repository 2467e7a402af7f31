/** A state of another format is not looked at: it is made anew from the events, and kept in today's form again. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownDeal } from '../../../flows/known/deal.ts';
import { replays } from '../../../src/cli/replays.ts';
import type { EventStore, Json } from '../../../store/event-store.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { DATA_KEY, sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';

const ANOTHER = knownDeal.format + 1;

let folder: SqliteFolder;
let store: EventStore;
let at: AtDesk;
beforeEach(() => {
  folder = sqliteFolder();
  store = folder.open();
  at = atDesk({ store });
});
afterEach(async () => {
  await at.end();
  await folder.remove();
});

/** Appends as a version would whose states have another shape: its events are known. */
const nudgeAs = async (stream: string, format: number): Promise<void> => {
  const { snapshot, version } = await store.load(stream);
  if (!snapshot) throw new Error('no snapshot');
  const when = '2027-03-01T09:30:00.000Z';
  const appended = await store.append(
    {
      stream,
      expectedVersion: version,
      at: when,
      actor: 'rep-1',
      cause: `other-${version}`,
      contextVersions: {},
      body: { events: [{ type: 'Nudged', people: [], at: when, by: 'rep-1' }], notices: [] },
    },
    { snapshot: { ...snapshot, version: version + 1, format, state: { another: 'shape' } as Json }, outbox: [] },
  );
  expect(appended.kind).toBe('appended');
};

describe('a state of another format', () => {
  it('is rebuilt for reading, and for the next decision', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal);
    const before = (await at.deals.view(deal))?.deal;
    const due = (await store.load(deal)).snapshot?.nextDueAt;
    expect(before?.status).toBe('deciding');
    await nudgeAs(deal, ANOTHER);
    expect((await store.load(deal)).snapshot).toMatchObject({ format: ANOTHER, state: { another: 'shape' } });
    expect(await store.verifyStates(DATA_KEY, replays)).toMatchObject({ kind: 'whole', otherFormat: 1 });
    expect((await at.deals.view(deal))?.deal).toMatchObject({ status: 'deciding', answers: before?.answers });

    await at.deals.reschedule(deal);
    expect((await store.load(deal)).snapshot?.nextDueAt).toBe(due);
    const outcome = await at.deals.handle(
      deal,
      { type: 'Withdraw', reason: 'It was lost.' },
      { actor: 'rep-1', cause: 'w' },
    );
    expect(outcome).toMatchObject({ kind: 'accepted', view: { deal: { status: 'withdrawn' } } });
    expect((await store.load(deal)).snapshot).toMatchObject({
      format: knownDeal.format,
      state: { status: 'withdrawn' },
    });
    expect(await store.verifyStates(DATA_KEY, replays)).toMatchObject({ kind: 'whole', otherFormat: 0, newer: 0 });
  });
});
