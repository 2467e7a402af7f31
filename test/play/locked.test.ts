/** Another process holds the database's write lock: people get an honest answer in time, and nothing is half-done. */

import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseFile } from '../../store/keys.ts';
import { startDay, type Day } from '../support/bad-day-bench.ts';
import { contextOf, ELEVATED, LOW, OPENING } from '../support/bad-day-deals.ts';
import { PEOPLE } from '../support/playing.ts';

/** Slack waits this long for an acknowledgement. */
const SLACK_MS = 3000;

let day: Day;
let other: Database.Database;
const lock = (): void => void other.exec('BEGIN IMMEDIATE');
const unlock = (): void => {
  if (other.inTransaction) other.exec('ROLLBACK');
};

beforeAll(async () => {
  day = await startDay();
  other = new Database(databaseFile(day.playing.dataDir));
});
beforeEach(() => day.record.quiet());
afterEach(unlock);
afterAll(async () => {
  other.close();
  await day.end();
});

const timed = async <T>(act: () => Promise<T>): Promise<T> => {
  const start = performance.now();
  const done = await act();
  expect(performance.now() - start).toBeLessThan(SLACK_MS);
  return done;
};

const HONEST =
  /Something went wrong on our side[\s\S]*press again[\s\S]*\(ref [0-9A-Z]{8}\)|It may be saved\. Press again|took too long|look at the thread/;

describe('while the database is locked', () => {
  it('a form stays open with what was typed and words in time; sent again after, it counts once', async () => {
    const deal = await day.deals.answered(LOW);
    await day.record.quiet();
    const view = await day.deals.review(PEOPLE.compliance, deal);
    const same = { view: 'V0000000001', hash: 'one' };
    lock();
    const { status, view: shown, errors, text } = await timed(() => day.deals.sign(PEOPLE.compliance, view, same));
    expect(status).toBe(200);
    expect(errors === undefined ? shown?.callback_id : 'errors').not.toBe(undefined);
    expect(text).toMatch(HONEST);
    unlock();
    expect(await day.record.types(deal)).not.toContain('VoteCast');
    expect((await day.deals.sign(PEOPLE.compliance, view, same)).text).toBe('');
    expect((await day.record.types(deal)).filter((t) => t === 'VoteCast')).toEqual(['VoteCast']);
  });

  it('an answer to a section stays in the form', async () => {
    const deal = await day.deals.open();
    await day.record.quiet();
    lock();
    const { errors } = await timed(() => day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' }));
    expect(errors?.['q:G1-capability']).toMatch(HONEST);
    unlock();
    expect(await day.record.types(deal)).toEqual(['DealOpened']);
    expect((await day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' })).errors).toBeUndefined();
  });

  it('no deal is half opened', async () => {
    const before = (await day.record.store.heads()).length;
    const same = { view: 'V0000000002', hash: 'one' };
    const open = () =>
      day.wire.submit(PEOPLE.rep, {
        form: 'deal.open',
        context: { channel: 'C0CLEARANCE1' },
        values: OPENING,
        ...same,
      });
    lock();
    expect((await timed(open)).errors?.['customer']).toMatch(HONEST);
    unlock();
    expect((await day.record.store.heads()).length).toBe(before);
    const { view } = await open();
    expect(await day.record.types(String(contextOf(view)['deal']))).toEqual(['DealOpened']);
    expect((await day.record.store.heads()).length).toBe(before + 1);
  });

  it('a button is answered to the one who pressed it', async () => {
    const deal = await day.deals.answered(ELEVATED);
    const { message: thread } = await day.record.root(deal);
    await day.record.quiet();
    lock();
    const { status } = await timed(() => day.wire.press(PEOPLE.rep, { name: 'deal.nudge', value: deal, thread }));
    expect(status).toBe(200);
    const told = await day.reads(PEOPLE.rep, HONEST, { thread });
    expect(told.onlyForYou).toBe(true);
    unlock();
    expect(await day.record.types(deal)).not.toContain('Nudged');
    await day.wire.press(PEOPLE.rep, { name: 'deal.nudge', value: deal, thread });
    expect(await day.record.types(deal)).toContain('Nudged');
  });

  it('a command is answered too', async () => {
    lock();
    const { text } = await timed(() => day.wire.command(PEOPLE.rep));
    expect(text).toMatch(HONEST);
  });

  it('five people at once are all answered in time', async () => {
    const deal = await day.deals.answered(LOW);
    await day.record.quiet();
    lock();
    const answers = await timed(() =>
      Promise.all(
        [PEOPLE.rep, PEOPLE.compliance, PEOPLE.senior, PEOPLE.counsel, PEOPLE.chief].map((user) =>
          day.wire.submit(user, {
            form: 'deal.raise-flag',
            context: { deal },
            values: { title: 'Something worries me here.' },
          }),
        ),
      ),
    );
    for (const { errors } of answers) expect(errors?.['title']).toMatch(HONEST);
    unlock();
    expect(await day.record.types(deal)).not.toContain('FlagRaised');
  });

  it('is logged with the reference that the person read, and the process lives', async () => {
    const deal = await day.deals.open();
    await day.record.quiet();
    day.lines.length = 0;
    lock();
    const { errors } = await day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' });
    const ref = /\(ref ([0-9A-Z]{8})\)/.exec(errors?.['q:G1-capability'] ?? '')?.[1];
    expect(day.lines.filter((l) => l.fields.trace === ref).map((l) => l.event)).toContain('slack.fault');
    expect((await fetch(`${day.playing.url}/healthz`)).status).toBe(200);
    unlock();
    await day.alive();
  });
});

describe('a lock that is held for a moment only', () => {
  it('is waited for: nobody notices', async () => {
    const deal = await day.deals.open();
    await day.record.quiet();
    // The bot blocks this very thread, so the lock is released from another.
    const { Worker } = await import('node:worker_threads');
    const holder = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const Database = require('better-sqlite3');
       const db = new Database(workerData);
       db.exec('BEGIN IMMEDIATE');
       parentPort.postMessage('held');
       parentPort.once('message', () => setTimeout(() => { db.exec('ROLLBACK'); db.close(); }, 100));`,
      { eval: true, workerData: databaseFile(day.playing.dataDir) },
    );
    await new Promise((resolve) => holder.once('message', resolve));
    const gone = new Promise((resolve) => holder.once('exit', resolve));
    holder.postMessage('let go soon');
    const { errors, view } = await timed(() => day.deals.answer(deal, 'scope', { 'q:G1-capability': 'yes' }));
    expect([errors, view?.callback_id]).toEqual([undefined, 'deal.section']);
    await gone;
  });
});
