import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CliCommand } from '../../../src/cli/io.ts';
import { outboxDrop, outboxList, outboxRetry } from '../../../src/cli/outbox.ts';
import type { EventStore } from '../../../store/event-store.ts';
import { sqliteFolder, type SqliteFolder } from '../../support/sqlite.ts';
import { fact, later, live, write } from '../../support/store-samples.ts';
import { runCommand } from './run.ts';

describe('clearthread outbox', () => {
  let folder: SqliteFolder;
  let store: EventStore;
  beforeEach(() => {
    folder = sqliteFolder();
    store = folder.open();
  });
  afterEach(() => folder.remove());

  const run = (command: CliCommand, args: string[]) => runCommand(folder.dir, command, args);

  /** One row given up, one to be tried again in a year, and one behind it that has no trouble of its own. */
  const trouble = async (): Promise<void> => {
    await write(store, 'D-1', [
      fact('n-1', 'person:rep-1'),
      live('live:D-1:root', 'thread:D-1'),
      fact('n-2', 'thread:D-1'),
    ]);
    await store.claim(later(0), 60_000, 10);
    await store.fail('n-1', 'user_disabled');
    await store.retry('live:D-1:root', '2999-01-01T00:00:00.000Z', 'ratelimited');
  };
  const ready = async (): Promise<string[]> =>
    (await store.claim(new Date().toISOString(), 60_000, 10)).map((row) => row.id);

  it('has a word for nothing', async () => {
    await write(store, 'D-1', [fact('n-1', 'person:rep-1')]);
    expect(await run(outboxList, [])).toEqual({ code: 0, out: 'Nothing is stuck.', err: '' });
    expect(await run(outboxRetry, ['--all'])).toEqual({ code: 0, out: 'Nothing is stuck.', err: '' });
  });

  it('lists what did not arrive, and why', async () => {
    await trouble();
    const { code, out, err } = await run(outboxList, []);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^STATE +ID +LANE +DEAL +ATTEMPTS +LAST FAILED +REASON$/m);
    expect(out).toMatch(/^failed +n-1 +person:rep-1 +D-1 +1 +\S+Z +user_disabled$/m);
    expect(out).toMatch(/^waiting +live:D-1:root +thread:D-1 +D-1 +1 +\S+Z +ratelimited$/m);
    expect(out).not.toContain('n-2');
    expect(out).toContain('1 message was given up, 1 will be tried again.');
  });

  it('shows what a changed database holds as visible characters only', async () => {
    await trouble();
    folder.raw().prepare(`UPDATE outbox SET error = ? WHERE id = 'n-1'`).run('\u001b[2Jx\u202e');
    expect((await run(outboxList, [])).out).toContain('\\u{1b}[2Jx\\u{202e}');
  });

  it('sends one again, and keeps it listed until it has arrived', async () => {
    await trouble();
    expect(await ready()).toEqual([]);
    const answer = await run(outboxRetry, ['n-1']);
    expect(answer).toEqual({ code: 0, out: 'Will be sent again: n-1 (person:rep-1)', err: '' });
    expect((await run(outboxList, [])).out).toMatch(/^waiting +n-1 .* 0 .* user_disabled$/m);
    expect(await ready()).toEqual(['n-1']);
    await store.settle('n-1', 1);
    expect((await run(outboxList, [])).out).not.toContain('n-1');
  });

  it('sends all again', async () => {
    await trouble();
    expect((await run(outboxRetry, ['--all'])).out.split('\n').toSorted()).toEqual([
      'Will be sent again: live:D-1:root (thread:D-1)',
      'Will be sent again: n-1 (person:rep-1)',
    ]);
    expect((await ready()).toSorted()).toEqual(['live:D-1:root', 'n-1']);
  });

  it('leaves alone what is being sent at that moment', async () => {
    await trouble();
    await run(outboxRetry, ['n-1']);
    expect(await ready()).toEqual(['n-1']);
    expect(await run(outboxRetry, ['n-1'])).toEqual({
      code: 0,
      out: 'Is being sent right now: n-1 (person:rep-1)',
      err: '',
    });
    expect(await ready()).toEqual([]);
  });

  it('drops one for good, with its reason on stderr', async () => {
    await trouble();
    const answer = await run(outboxDrop, ['n-1', '--why', 'She left\nthe company.']);
    expect(answer).toMatchObject({ code: 0, out: '' });
    expect(answer.err).toMatch(
      /^\S+Z dropped n-1 \(person:rep-1, D-1, 1 attempt, user_disabled\)\. Why: She left\\u\{a\}the company\.$/,
    );
    expect((await store.outboxProblems()).map((p) => p.id)).toEqual(['live:D-1:root']);
    await run(outboxDrop, ['live:D-1:root', '--why', 'The channel is gone.']);
    expect(await run(outboxList, [])).toMatchObject({ out: 'Nothing is stuck.' });
    expect(await ready()).toEqual(['n-2']);
    expect((await store.read('D-1')).length).toBe(1);
  });

  it('touches nothing that is not stuck', async () => {
    await trouble();
    for (const [command, args] of [
      [outboxRetry, ['n-2']],
      [outboxDrop, ['n-2', '--why', 'x']],
      [outboxDrop, ['nothing', '--why', 'x']],
    ] as const) {
      expect(await run(command, [...args])).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/^No stuck message/),
      });
    }
    expect((await store.outboxProblems()).length).toBe(2);
  });

  it.each([
    [outboxList, ['n-1'], 'Usage: clearthread outbox'],
    [outboxList, ['--all'], '--all does not belong here.'],
    [outboxRetry, [], 'Name one message, or say --all.'],
    [outboxRetry, ['n-1', '--all'], 'Name one message, or say --all.'],
    [outboxRetry, ['n-1', 'n-2'], 'Name one message, or say --all.'],
    [outboxRetry, ['--frobnicate'], 'Usage: clearthread outbox retry'],
    [outboxDrop, ['n-1'], 'Say why with --why TEXT'],
    [outboxDrop, ['n-1', '--why', '  '], 'Say why with --why TEXT'],
    [outboxDrop, ['--why', 'x'], 'Name one message.'],
  ] as const)('says what it needs', async (command, args, words) => {
    await trouble();
    expect(await run(command, [...args])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) });
    expect((await store.outboxProblems()).length).toBe(2);
  });

  it('says where it looked in vain', async () => {
    expect(await run(outboxList, ['--data', '/nowhere/at-all'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--data DIR'),
    });
  });
});
