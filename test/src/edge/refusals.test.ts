/** Refused people are recorded: once a day, never without limit, and in no case is anybody let in or delayed by it. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createRefusals,
  MOST_A_DAY,
  REFUSALS,
  type AccountRefusal,
  type KeepRefusal,
} from '../../../src/edge/refusals.ts';
import type { LogFields, Logger } from '../../../src/log.ts';
import type { EventStore, Json } from '../../../store/event-store.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { write } from '../../support/store-samples.ts';

const STRANGER: AccountRefusal = { chat: 'slack', account: 'U0STRANGER', why: 'unknown' };

let folder: SqliteFolder;
let store: EventStore;
let now: Date;
let warned: [string, LogFields | undefined][];
beforeEach(() => {
  folder = sqliteFolder();
  store = folder.open();
  now = new Date('2026-11-20T10:00:00.000Z');
  warned = [];
});
afterEach(() => folder.remove());

const logger: Logger = {
  info: () => {},
  warn: (event, fields) => void warned.push([event, fields]),
  error: (event, fields) => void warned.push([event, fields]),
};
const door = (to: Pick<EventStore, 'load' | 'append'> = store): KeepRefusal =>
  createRefusals({ store: to, clock: () => now, logger });
const kept = async (stream = 'R-2026-11'): Promise<Json[]> =>
  (await store.read(stream)).map((c) => c.body.events[0] ?? null);

it('keeps who, where, why, and whose address it is', async () => {
  const refused = door();
  await refused(STRANGER);
  await refused({ chat: 'teams', account: 'guid-1', why: 'ambiguous', looksLike: 'counsel-1' });
  expect(await kept()).toEqual([
    { type: 'AccountRefused', ...STRANGER },
    { type: 'AccountRefused', chat: 'teams', account: 'guid-1', why: 'ambiguous', looksLike: 'counsel-1' },
  ]);
  expect(await store.read('R-2026-11')).toMatchObject([
    { actor: 'system', at: '2026-11-20T10:00:00.000Z', cause: 'refused:slack:U0STRANGER:unknown:2026-11-20' },
    { cause: 'refused:teams:guid-1:ambiguous:2026-11-20' },
  ]);
  expect(await store.list({ kind: REFUSALS, limit: 10 })).toMatchObject([{ stream: 'R-2026-11', version: 2 }]);
  expect(await store.list({ kind: 'deal', limit: 10 })).toEqual([]);
  expect(await store.verify()).toMatchObject({ kind: 'whole', streams: 1, commits: 2 });
});

it('keeps an account once a day for each reason, after a restart too', async () => {
  const first = door();
  await Promise.all([first(STRANGER), first(STRANGER), first(STRANGER)]);
  await door()(STRANGER);
  expect(await kept()).toHaveLength(1);
  await first({ ...STRANGER, why: 'guest' });
  await first({ ...STRANGER, chat: 'teams' });
  expect(await kept()).toHaveLength(3);
  now = new Date('2026-11-21T10:00:00.000Z');
  await first(STRANGER);
  expect(await kept()).toHaveLength(4);
  now = new Date('2026-12-01T10:00:00.000Z');
  await first(STRANGER);
  expect(await kept('R-2026-12')).toHaveLength(1);
  expect(warned).toEqual([]);
});

it('keeps those of two processes that write at once', async () => {
  const [one, two] = [door(), door(folder.open())];
  const accounts = Array.from({ length: 10 }, (_, n) => `U${n}`);
  await Promise.all(accounts.map((account, n) => (n % 2 === 0 ? one : two)({ ...STRANGER, account })));
  expect(warned).toEqual([]);
  expect(await kept()).toHaveLength(10);
});

it('keeps no more than so many a day, and says so once', async () => {
  for (let n = 1; n < MOST_A_DAY; n += 1)
    await write(store, 'R-2026-11', [], { snapshot: { state: { day: '2026-11-20', kept: n } } });
  const refused = door();
  for (const account of ['U1', 'U2', 'U3']) await refused({ ...STRANGER, account });
  expect((await store.load('R-2026-11')).version).toBe(MOST_A_DAY);
  expect((await kept()).at(-1)).toMatchObject({ account: 'U1' });
  expect(warned).toEqual([['refused.no-more-today', { count: MOST_A_DAY }]]);
  now = new Date('2026-11-21T10:00:00.000Z');
  await refused({ ...STRANGER, account: 'U3' });
  expect((await kept()).at(-1)).toMatchObject({ account: 'U3' });
});

it('throws nothing, and keeps it at the next try', async () => {
  let broken = true;
  const refused = door({
    load: (stream) => store.load(stream),
    append: (...args) => (broken ? Promise.reject(new Error('locked')) : store.append(...args)),
  });
  await refused(STRANGER);
  expect(warned).toEqual([['refused.not-kept', { platform: 'slack', code: 'unknown', error: expect.any(Error) }]]);
  expect(await kept()).toEqual([]);
  broken = false;
  await refused(STRANGER);
  expect(await kept()).toHaveLength(1);
});

it('cuts what no chat would call an account', async () => {
  await door()({ ...STRANGER, account: 'x'.repeat(5000) });
  expect(await kept()).toEqual([{ type: 'AccountRefused', ...STRANGER, account: 'x'.repeat(100) }]);
});
