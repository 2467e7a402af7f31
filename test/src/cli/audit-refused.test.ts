import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditRefused } from '../../../src/cli/audit-refused.ts';
import { auditVerify } from '../../../src/cli/audit.ts';
import { createRefusals, type AccountRefusal } from '../../../src/edge/refusals.ts';
import { silentLogger } from '../../../src/log.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { write } from '../../support/store-samples.ts';
import { runCommand } from './run.ts';

describe('clearthread audit refused', () => {
  let folder: SqliteFolder;
  let store: EventStore;
  beforeEach(() => {
    folder = sqliteFolder();
    store = folder.open();
  });
  afterEach(() => folder.remove());

  const run = (args: string[] = [], command = auditRefused) => runCommand(folder.dir, command, args);
  const refuse = (at: string, refusal: AccountRefusal): Promise<void> =>
    createRefusals({ store, clock: () => new Date(at), logger: silentLogger })(refusal);

  it('has a word for nothing', async () => {
    await write(store, 'D-1');
    expect(await run()).toEqual({ code: 0, out: 'Nobody was turned away.', err: '' });
  });

  it('lists who was turned away, newest first, and whose address an account has', async () => {
    await refuse('2026-10-31T10:00:00Z', { chat: 'slack', account: 'U0GUEST', why: 'guest' });
    await refuse('2026-11-01T10:00:00Z', { chat: 'teams', account: 'guid-1', why: 'unknown', looksLike: 'counsel-1' });
    await refuse('2026-11-02T10:00:00Z', { chat: 'teams', account: 'guid-2', why: 'ambiguous', looksLike: 'rep-1' });
    const { code, out, err } = await run();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n')).toEqual([
      '2026-11-02T10:00:00.000Z  Teams  guid-2  its id and its e-mail address are those of two people',
      "  The account's e-mail address is that of rep-1: correct the organisation file, so that id and address belong to one person.",
      '2026-11-01T10:00:00.000Z  Teams  guid-1  not in the organisation file',
      "  The account's e-mail address is that of counsel-1: if it is the same person, add the id to the organisation file.",
      '2026-10-31T10:00:00.000Z  Slack  U0GUEST  a guest',
    ]);
    expect((await run([], auditVerify)).out).toContain('The record is whole: 2 streams, 3 commits');
  });

  it('shows a few of many', async () => {
    for (const account of ['U1', 'U2', 'U3'])
      await refuse('2026-11-01T10:00:00Z', { chat: 'slack', account, why: 'unknown' });
    const { out } = await run(['--limit', '2']);
    expect(out.split('\n').map((line) => line.slice(26, 35))).toEqual(['Slack  U3', 'Slack  U2', expect.any(String)]);
    expect(out).toContain('There are older ones than these 2: see more with --limit N.');
    expect((await run(['--limit', '3'])).out).not.toContain('older');
  });

  it('shows what an account is called as visible characters only', async () => {
    await refuse('2026-11-01T10:00:00Z', { chat: 'slack', account: '\u001b[2Jx\u202e\n', why: 'foreign' });
    expect((await run()).out).toContain('\\u{1b}[2Jx\\u{202e}\\u{a}  from another organisation');
  });

  it.each([
    [['--limit', 'all'], '--limit needs a whole number'],
    [['--limit', '0'], '--limit needs a whole number'],
    [['--frobnicate'], 'Usage: clearthread audit refused'],
    [['--data', '/nowhere/at-all'], '--data DIR'],
  ])('says what it needs: %j', async (args, words) => {
    expect(await run(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
  });
});
