import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLogger } from '../../../src/log.ts';
import { watchedStore } from '../../../src/streams/watched-store.ts';
import { traced } from '../../../src/trace.ts';
import { StoreFault } from '../../../store/event-store.ts';
import { atDesk } from '../../support/desk.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { sampleCommit, sampleProjection } from '../../support/store-samples.ts';

let folder: SqliteFolder;
beforeEach(() => {
  folder = sqliteFolder();
});
afterEach(() => folder.remove());

it('counts what became of each commit and logs it under the trace of its act', async () => {
  const lines: string[] = [];
  const results: string[] = [];
  const store = folder.open();
  const watched = watchedStore(store, {
    appended: (result) => void results.push(result),
    logger: createLogger('info', { write: (line) => void lines.push(line) }),
  });
  const [commit, projection] = [sampleCommit('D-1', 0), sampleProjection(1)];
  await traced('TRACE123', () => watched.append(commit, projection));
  await watched.append(commit, projection);
  await watched.append({ ...commit, cause: 'another' }, projection);
  await store.close();
  await expect(watched.append(commit, projection)).rejects.toBeInstanceOf(StoreFault);
  expect(results).toEqual(['appended', 'repeated', 'conflict', 'fault']);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    event: 'commit.appended',
    stream: 'D-1',
    version: 1,
    trace: 'TRACE123',
  });
  // Causes contain platform ids of people's acts.
  expect(lines.join()).not.toContain(commit.cause);
});

it('has a commit’s rows name the act behind them, and lets what time brings wait', async () => {
  const desk = atDesk();
  try {
    const deal = await desk.openDeal();
    await desk.answerAll(deal);
    const claim = (now: string) => desk.store.claim(now, 1000, 50);
    const rows = await claim('2027-03-01T09:00:00.000Z');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ trace }) => trace)).toContain('T');
    expect(rows.some(({ bulk }) => bulk)).toBe(false);
    for (let now = rows; now.length > 0; now = await claim('2027-03-01T09:00:00.000Z')) {
      for (const { id, version } of now) await desk.store.settle(id, version);
    }
    await desk.travel('2027-03-20T10:00:00.000Z');
    const reminders = await claim('2027-03-20T10:00:00.000Z');
    expect(reminders.length).toBeGreaterThan(0);
    expect(reminders.every(({ bulk }) => bulk)).toBe(true);
    expect(reminders.every(({ trace }) => /^[0-9A-Z]{8}$/.test(trace ?? ''))).toBe(true);
  } finally {
    await desk.end();
  }
});
