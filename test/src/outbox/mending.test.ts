/** An intruder edits the outbox of real deals: each message arrives all the same, once, or is given up and said. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Home } from '../../../flows/deal/deal.ts';
import type { LogFields, Logger } from '../../../src/log.ts';
import { CHANGED_ROW, createMending, type Mend } from '../../../src/outbox/mending.ts';
import { startOutbox } from '../../../src/outbox/outbox.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import { startRowCheck } from '../../../src/ticker/row-check.ts';
import { StoreFault, type EventStore, type NewOutboxRow, type Projection } from '../../../store/event-store.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { registersOn } from '../../support/registers.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';

const policy = aPolicy();
const FAR = '2999-01-01T00:00:00.000Z';
const HOME: Home = { platform: 'slack', channel: 'C0CLEAR' };
const MIRROR: Home = { platform: 'teams', channel: '19:clear@thread.tacv2' };

let folder: SqliteFolder;
let store: EventStore;
let deals: Deals;
let mend: Mend;
let lines: [string, LogFields][];
/** What each commit was stored with, by `stream/version`. */
let projected: Map<string, readonly NewOutboxRow[]>;
const note = (event: string, fields: LogFields = {}): void => void lines.push([event, fields]);
const logger: Logger = { info: note, warn: note, error: note };

const bare = ({ trace: _trace, ...row }: NewOutboxRow): NewOutboxRow => row;

const start = (): void => {
  store = folder.open();
  const noting = async (commit: Parameters<EventStore['append']>[0], projection: Projection) => {
    projected.set(`${commit.stream}/${commit.expectedVersion + 1}`, projection.outbox);
    return store.append(commit, projection);
  };
  deals = createDeals({
    store: { ...store, append: noting },
    policies: { current: policy, get: async () => policy },
    organisation: () => anOrganisation(),
    homes: () => [{ home: HOME }, { home: MIRROR, mirror: 'teams' }],
    clock: () => new Date(),
    wake: () => {},
  });
  const registers = registersOn(store, anOrganisation);
  mend = createMending({ store, owed: { deal: deals.owed, register: registers.owed }, logger });
};

beforeEach(() => {
  folder = sqliteFolder();
  lines = [];
  projected = new Map();
  start();
});
afterEach(() => folder.remove());

const open = async (cause: string): Promise<string> => {
  const outcome = await deals.open(
    { type: 'OpenDeal', home: HOME, details: aDeal().details },
    { actor: 'rep-1', cause },
  );
  if (outcome.kind !== 'accepted') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};

const flag = (deal: string, actor: string) =>
  deals.handle(deal, { type: 'RaiseFlag', title: 'Something worries me here.' }, { actor, cause: `flag:${actor}` });

const rows = () =>
  folder.raw().prepare<[], { id: string; kind: string; lane: string }>('SELECT id, kind, lane FROM outbox').all();

/** Runs an outbox until it is empty, and returns what it sent. */
const sent = async (): Promise<string[]> => {
  const found: string[] = [];
  const outbox = startOutbox({
    store,
    deliver: async ({ id, kind, lane, stream, version, notice }) => {
      found.push(JSON.stringify([id, lane, stream, version, notice]));
      if (kind === 'fact') await store.saveRef(stream, id, { channel: 'C0CLEAR', message: id });
    },
    mend,
    clock: () => new Date(),
    logger,
  });
  await outbox.drain();
  await outbox.stop();
  // A card may be drawn once more; a fact may not.
  return [
    ...new Set(found.filter((each) => each.startsWith('["live:'))),
    ...found.filter((each) => !each.startsWith('["live:')),
  ].toSorted();
};

const looked = async (): Promise<number> => {
  const check = startRowCheck({ store, logger, mendMessage: mend });
  await expect.poll(() => lines.some(([event]) => event === 'rows.checked')).toBe(true);
  const found = check.changed();
  await check.stop();
  return found;
};

/** Everything that is owed, without touching it. */
const owedNow = (): string[] =>
  folder
    .raw()
    .prepare<[], { id: string; lane: string; stream: string; version: number; notice: string }>(
      'SELECT id, lane, stream, version, notice FROM outbox',
    )
    .all()
    .map(({ id, lane, stream, version, notice }) => JSON.stringify([id, lane, stream, version, JSON.parse(notice)]))
    .toSorted();

it('makes of each commit the rows that it was stored with', async () => {
  const deal = await open('view:V1');
  for (const actor of ['senior-1', 'compliance-1', 'counsel-1']) await flag(deal, actor);
  expect(projected.size).toBe(4);
  for (const [name, owed] of projected) {
    const [stream = '', version] = name.split('/');
    const { at } = (await store.read(stream)).find((commit) => commit.version === Number(version)) ?? {};
    expect(await deals.owed(stream, Number(version))).toEqual({
      stream,
      version: Number(version),
      at,
      rows: owed.map(bare),
    });
  }
  expect(await deals.owed(deal, 9)).toBeUndefined();
  expect(await deals.owed('D-NOSUCH', 1)).toBeUndefined();
});

const EDITS: readonly [string, string][] = [
  ['sends it to another person', "lane = 'person:rep-9'"],
  ['sends it as another deal’s', "stream = 'D-OTHER'"],
  ['takes it for another commit’s', 'version = version + 1'],
  ['takes it for one of long ago', 'version = 99'],
  ['hides its commit', "stream = 'D-OTHER', version = 99"],
  ['gives it another name', "id = id || 'x'"],
  ['takes the place away', `notice = '{"card":"none"}'`],
  ['spoils the notice', "notice = '{'"],
  ['makes something else of it', "kind = CASE kind WHEN 'live' THEN 'fact' ELSE 'live' END"],
  ['gives it up', "state = 'failed', error = 'gone'"],
  ['says that it is being sent', `state = 'leased', ready_at = '${FAR}'`],
  ['puts it off for ever', `ready_at = '${FAR}'`],
  ['uses up its tries', 'attempts = 11'],
  ['takes its mark away', 'mark = NULL'],
];

describe.each(EDITS)('somebody who %s', (_name, edit) => {
  it.each(['fact', 'live'])('keeps no %s from being sent as it was, once', async (kind) => {
    const deal = await open('view:V1');
    await open('view:V2');
    await flag(deal, 'senior-1');
    const owed = owedNow();
    const victims = rows().filter((row) => row.kind === kind);
    expect(victims.length).toBeGreaterThan(0);
    for (const { id } of victims.slice(0, 2)) {
      folder.raw().prepare(`UPDATE outbox SET ${edit} WHERE id = ?`).run(id);
    }
    await store.close();
    start();
    expect(await looked()).toBe(Math.min(2, victims.length));
    // Of cards the newest version is enough: which commit asked for it says nothing.
    expect(await sent()).toEqual(owed);
    expect(rows()).toEqual([]);
    expect(lines.map(([event]) => event)).toContain('outbox.row-changed');
  });
});

it('makes a row anew when it is claimed, before any look', async () => {
  const deal = await open('view:V1');
  await flag(deal, 'senior-1');
  const owed = owedNow();
  folder.raw().exec("UPDATE outbox SET lane = 'person:rep-9', stream = 'D-OTHER' WHERE kind = 'fact'");
  expect(await sent()).toEqual(owed);
});

it('sends nothing again that stands in a chat already', async () => {
  const deal = await open('view:V1');
  await flag(deal, 'senior-1');
  const [first, ...rest] = rows().filter(({ kind }) => kind === 'fact');
  if (!first) throw new Error('nothing is owed');
  await store.saveRef(deal, first.id, { channel: 'C0CLEAR', message: '1.1' });
  folder.raw().prepare('UPDATE outbox SET trace = ? WHERE id = ?').run('TRACE', first.id);
  const ids = (await sent()).map((each) => (JSON.parse(each) as [string])[0]);
  expect(ids).not.toContain(first.id);
  for (const { id } of rest) expect(ids).toContain(id);
});

it('gives a row up that no commit made, names it, and blocks nothing', async () => {
  const deal = await open('view:V1');
  const owed = owedNow();
  const copy = `INSERT INTO outbox (id, kind, lane, stream, version, notice, asked_at, state, attempts, ready_at, mark)
    SELECT 'forged-0', 'fact', lane, 'D-NONE', 1, '{}', asked_at, state, attempts, ready_at, mark FROM outbox LIMIT 1`;
  folder.raw().exec(copy);
  expect(await sent()).toEqual(owed);
  expect(await store.outboxProblems()).toMatchObject([{ id: 'forged-0', state: 'failed', error: CHANGED_ROW }]);
  expect(lines).toContainEqual(['outbox.row-changed', { notice: 'forged-0', stream: 'D-NONE', count: 0 }]);
  expect(await looked()).toBe(1);
  expect(deal).toMatch(/^D-/);
});

it('drops what is owed by a deal that was erased', async () => {
  const deal = await open('view:V1');
  await open('view:V2');
  folder.raw().prepare("UPDATE outbox SET trace = 'X' WHERE stream = ?").run(deal);
  await store.erase(deal);
  expect((await sent()).filter((each) => each.includes(deal))).toEqual([]);
  expect(rows()).toEqual([]);
});

it('lets nothing wait for a row whose commit can not be read', async () => {
  const deal = await open('view:V1');
  await flag(deal, 'senior-1');
  const [last] = rows().filter(({ kind }) => kind === 'fact');
  if (!last) throw new Error('nothing is owed');
  folder.raw().prepare("UPDATE outbox SET trace = 'X' WHERE id = ?").run(last.id);
  folder.raw().prepare("UPDATE commits SET body = 'x' WHERE stream = ? AND version = 2").run(deal);
  const ids = (await sent()).map((each) => (JSON.parse(each) as [string])[0]);
  expect(ids).not.toContain(last.id);
  expect(await store.outboxProblems()).toMatchObject([{ id: last.id, state: 'failed', error: CHANGED_ROW }]);
  // While the store does not answer, it comes again.
  const silent = createMending({
    store: { ...store, read: () => Promise.reject(new StoreFault('timeout', 'not done', 'slow')) },
    owed: { deal: () => Promise.reject(new StoreFault('timeout', 'not done', 'slow')) },
    logger,
  });
  for (const id of [last.id, `live:${deal}:root`]) {
    await expect(silent({ ...last, id, stream: deal, version: 2 })).rejects.toMatchObject({ code: 'timeout' });
  }
});

it('counts what was met between two looks until the look after the next', async () => {
  const check = startRowCheck({ store, logger, everyMs: 20 });
  check.met();
  expect(check.changed()).toBe(1);
  await expect.poll(() => check.changed()).toBe(0);
  await check.stop();
});
