/** Somebody with the database and the data key changes what is owed and when: `audit verify` counts it up from the commits. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mirrorOf } from '../../../flows/organisation.ts';
import { auditVerify } from '../../../src/cli/audit.ts';
import { outboxDrop } from '../../../src/cli/outbox.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { createDeals, type Deals } from '../../../src/streams/deals.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { clearOfRow, laneMarks, outboxKey, type ClearRow } from '../../../store/outbox-marks.ts';
import { clearOf, rowMarks } from '../../../store/row-marks.ts';
import { aDeal } from '../../support/deal-builders.ts';
import { DATA_KEY, sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';

const marks = rowMarks(DATA_KEY);
const organisation = loadOrganisation(sampleOrganisationFile);
const ROW = `id, kind, lane, stream, version, notice, trace, asked_at AS askedAt, state, attempts, ready_at AS readyAt,
  error, error_at AS errorAt`;

let folder: SqliteFolder;
let store: EventStore;
let deals: Deals;
let deal: string;

beforeEach(async () => {
  folder = sqliteFolder();
  store = folder.open();
  deals = createDeals({
    store,
    policies: await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson),
    organisation: () => organisation,
    homes: (home) => {
      const channel = mirrorOf(organisation, home.channel);
      return channel === undefined ? [{ home }] : [{ home }, { home: { platform: 'teams', channel }, mirror: 'teams' }];
    },
    clock: () => new Date('2027-03-12T09:00:00.000Z'),
    wake: () => {},
  });
  const home = { platform: 'slack', channel: 'C0CLEARANCE1' } as const;
  const details = { ...aDeal().details, product: { id: 'data-analytics', name: 'Sample data analytics' } };
  const opening = await deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: 'view:1' });
  if (opening.kind === 'refused') throw new Error(opening.refusal.text);
  deal = opening.view.deal.id;
  await deals.handle(
    deal,
    { type: 'RaiseFlag', title: 'Something worries me here.' },
    { actor: 'senior-1', cause: 'f1' },
  );
});
afterEach(() => folder.remove());

const audit = async (env: Record<string, string> = {}) => {
  const out: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void out.push(line), env };
  const code = await auditVerify(['--data', folder.dir], io);
  return { code, out: out.join('\n') };
};
const KEY = { CLEARTHREAD_DATA_KEY: DATA_KEY.toString('base64') };
const WITH_FILE = { ...KEY, CLEARTHREAD_ORGANISATION: sampleOrganisationFile };

const facts = () =>
  folder.raw().prepare<[], string>("SELECT id FROM outbox WHERE kind = 'fact' ORDER BY place").pluck().all();

/** Changes an outbox row and gives it a mark that fits. */
const forge = (id: string, change: string): void => {
  const raw = folder.raw();
  raw.prepare(`UPDATE outbox SET ${change} WHERE id = ?`).run(id);
  for (const row of raw.prepare<[], ClearRow & { lane: string }>(`SELECT ${ROW} FROM outbox`).all()) {
    const { mark } = laneMarks(marks, row.lane).marked(row);
    expect(mark).toBe(marks.of('outbox', outboxKey(row.lane, row.id), clearOfRow(row.lane, row)));
    raw.prepare('UPDATE outbox SET mark = ? WHERE id = ?').run(mark, row.id);
  }
};

const forgeDue = async (nextDueAt: string | null): Promise<void> => {
  const [summary] = await store.list({ kind: 'deal', limit: 1 });
  if (!summary) throw new Error('no deal');
  const mark = marks.of('snapshots', deal, clearOf({ ...summary, nextDueAt }));
  folder.raw().prepare('UPDATE snapshots SET next_due_at = ?, mark = ?').run(nextDueAt, mark);
};

describe('audit verify', () => {
  it('finds each owed message as its commit owes it, and nothing missing', async () => {
    const { code, out } = await audit(KEY);
    expect(code).toBe(0);
    expect(out).toContain('Each message that a commit owes waits in the outbox, or has its place in a chat.');
    expect(out).toContain('Not to be told: whether a card');
    expect((await audit()).out).toContain('whether the outbox owes what they owe');
  });

  it.each([
    ["lane = 'person:counsel-1'", 'goes to somebody else than its commit says'],
    ["kind = 'live'", 'is not of the kind that its commit owes'],
    ['version = 1', 'is of another commit than it says'],
    ["id = 'forged-0'", 'is owed by no commit'],
  ])('names a message that somebody with the data key made into another one: %s', async (change, words) => {
    forge(facts()[0] ?? '', change);
    const { code, out } = await audit(KEY);
    expect(code).toBe(1);
    expect(out).toMatch(
      new RegExp(`^BROKEN: stream ${deal}, commit [12]: edited\\. The message \\S+ in the outbox ${words}\\.$`),
    );
  });

  it('names a message of a deal that never was', async () => {
    forge(facts()[0] ?? '', "stream = 'D-N0NE00'");
    expect(await audit(KEY)).toMatchObject({ code: 1, out: expect.stringContaining('of a commit that is not there') });
  });

  it('names a message whose row somebody removed, not one that was sent, void, or dropped', async () => {
    const [removed = '', sent = '', dropped = ''] = facts();
    expect(dropped).not.toBe('');
    await store.saveRef(deal, sent, { channel: 'C0CLEARANCE1', message: '1.1' });
    await store.settle(sent, 2);
    await store.fail(dropped, 'gone');
    const io = { out: () => {}, err: () => {}, env: KEY };
    expect(await outboxDrop([dropped, '--why', 'Told by phone.', '--data', folder.dir], io)).toBe(0);
    expect(facts()).not.toContain(dropped);
    expect((await audit(KEY)).out).toContain('Each message that a commit owes waits');
    folder.raw().prepare('DELETE FROM outbox WHERE id = ?').run(removed);
    const { code, out } = await audit(KEY);
    expect(code).toBe(0);
    expect(out).toContain(
      `LOOK: 1 message that commits owe neither waits in the outbox nor has a place in a chat: ${deal} 2 (${removed}).`,
    );
  });

  it('computes a due time anew that somebody with the data key put off', async () => {
    const { nextDueAt = null } = (await store.load(deal)).snapshot ?? {};
    expect(nextDueAt).not.toBeNull();
    for (const later of ['2999-01-01T00:00:00.000Z', null]) {
      await forgeDue(later);
      const { code, out } = await audit(WITH_FILE);
      expect(code).toBe(1);
      expect(out).toContain(
        `CHANGED: stream ${deal} is due at ${later ?? 'no time'} in the list, and owes something at ${nextDueAt}.`,
      );
      expect(await audit(KEY)).toMatchObject({
        code: 0,
        out: expect.stringContaining('not compared, for want of the organisation file'),
      });
    }
    // Looked at too early, it owes nothing yet, and is due again when it does.
    await forgeDue('2027-03-12T10:00:00.000Z');
    expect(await audit(WITH_FILE)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 due time moved since, as the calendar asks.'),
    });
    await forgeDue(nextDueAt);
    expect((await audit(WITH_FILE)).out).not.toContain('due time');
  });
});
