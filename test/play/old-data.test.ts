/** A data folder, posted buttons and names of the version of November 2026: they still work under today's. */

import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DealEvent } from '../../flows/deal/events.ts';
import { replay } from '../../flows/deal/evolve.ts';
import { waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createRender } from '../../src/outbox/render.ts';
import { canonical } from '../../store/canonical.ts';
import { sha256 } from '../../store/chain.ts';
import type { EventStore } from '../../store/event-store.ts';
import { voteOf } from '../support/deal-lines.ts';
import { atDesk, type AtDesk } from '../support/desk.ts';
import { sqliteFolder, type SqliteFolder } from '../support/sqlite.ts';
import { TIMED } from '../support/ticking.ts';

const OLD = new URL('../fixtures/data-2026-11/', import.meta.url);
const old = z
  .object({
    buttons: z.array(z.string()),
    forms: z.array(z.string()),
    reactiveForms: z.array(z.string()),
    events: z.array(z.string()),
    facts: z.array(z.string()),
    metrics: z.array(z.string()),
    /** By stream; `state`: sha256 of the canonical JSON of its snapshot. */
    streams: z.record(
      z.string(),
      z.object({
        version: z.number(),
        status: z.string().optional(),
        dueAt: z.string().nullish(),
        state: z.string(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('expected.json', OLD), 'utf8')));
const deals = Object.entries(old.streams).filter(([stream]) => stream.startsWith('D-'));
const source = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

let folder: SqliteFolder;
let store: EventStore;
let at: AtDesk;
beforeEach(() => {
  folder = sqliteFolder();
  writeFileSync(folder.file, gunzipSync(readFileSync(new URL('clearthread.sqlite.gz', OLD))));
  store = folder.open();
  at = atDesk({ organisation: TIMED.organisation, policy: TIMED.policy, store });
});
afterEach(async () => {
  await at.end();
  await folder.remove();
});

describe('an old data folder', () => {
  it('is whole, and each stream is what it was', async () => {
    expect(await store.verify()).toMatchObject({ kind: 'whole' });
    expect(deals.length).toBeGreaterThan(15);
    for (const [stream, { version, state }] of Object.entries(old.streams)) {
      const loaded = await store.load(stream);
      expect([stream, loaded.version, sha256(canonical(loaded.snapshot?.state ?? null))]).toEqual([
        stream,
        version,
        state,
      ]);
    }
  });

  it('tells the same deals from their first event on', async () => {
    const types = new Set<string>();
    for (const [deal, { state }] of deals) {
      const events = (await store.read(deal)).flatMap(({ body }) => body.events as unknown as DealEvent[]);
      for (const { type } of events) types.add(type);
      expect([deal, sha256(canonical(JSON.parse(JSON.stringify(replay(events)))))]).toEqual([deal, state]);
    }
    expect(types.size).toBeGreaterThan(30);
  });

  it('still owes its messages, and they can be drawn', async () => {
    const rows = await store.claim('2099-01-01T00:00:00.000Z', 60_000, 1000);
    expect(rows.length).toBeGreaterThan(20);
    const render = createRender({
      deals: at.deals,
      registers: { said: (row, read) => at.desk.registers.said(row, read) },
      organisation: () => TIMED.organisation,
    });
    for (const row of rows) {
      const message = await render(row);
      if (message) expect(JSON.stringify(message.card({})).length).toBeGreaterThan(20);
    }
  });

  it('goes on: votes count, time passes, and the record stays whole', async () => {
    const [[deal] = []] = deals.filter(([, { status }]) => status === 'deciding');
    const view = await at.deals.view(deal ?? '');
    const [voter] = view ? waitingFor(view).people : [];
    if (!deal || !view || voter === undefined) throw new Error('nobody is waited for');
    const voted = await at.deals.handle(deal, voteOf(view), { actor: voter, cause: 'a press of today' });
    expect(voted).toMatchObject({
      kind: 'accepted',
      events: expect.arrayContaining([expect.objectContaining({ type: 'VoteCast' })]) as unknown,
    });
    const before = await at.commits();
    await at.travel('2027-05-03T09:00:00.000Z');
    await at.travel('2029-01-08T09:00:00.000Z');
    expect(await at.commits()).toBeGreaterThan(before);
    expect(await store.verify()).toMatchObject({ kind: 'whole' });
  });
});

describe('names that are stored or posted are still known', () => {
  it.each(old.buttons)('the button %s', async (name) => {
    const reply = await at.ask('compliance-1', { kind: 'click', name, value: 'D-NONE' });
    expect(JSON.stringify(reply)).not.toContain('older version');
  });

  it.each(old.forms)('the form %s', async (form) => {
    const reply = await at.ask('compliance-1', { kind: 'submit', form, context: '{}', values: {} });
    expect(JSON.stringify(reply)).not.toContain('older version');
  });

  it('events, and the facts of notices', () => {
    const events = source('flows/deal/events.ts') + source('flows/deal/events-later.ts');
    const facts = source('flows/deal/telling/notices.ts');
    expect(old.events.filter((type) => !events.includes(`type: '${type}'`))).toEqual([]);
    expect(old.facts.filter((fact) => !facts.includes(`fact: '${fact}'`))).toEqual([]);
  });

  it('forms that redraw themselves, and metrics', async () => {
    const router = source('src/route/route.ts');
    const changes = router.slice(router.indexOf('const CHANGES'));
    expect(old.reactiveForms.filter((form) => !changes.includes(`'${form}':`))).toEqual([]);
    const { text } = await createMetrics({ store, clock: () => new Date() }).page();
    expect(old.metrics.filter((name) => !text.includes(name))).toEqual([]);
  });
});
