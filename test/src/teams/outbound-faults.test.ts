/** Failed sends to Teams: which are tried again, when, and which never are. */

import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultOf, HANG_MS, root, startOutletBench, text, type OutletBench } from './outlet-bench.ts';

let bench: OutletBench;
beforeEach(async () => {
  bench = await startOutletBench();
});
afterEach(async () => {
  await bench.close();
});

describe('a failure', () => {
  it.each([
    [{ status: 429, headers: { 'retry-after': '7' } }, 'http_429', 7000],
    [{ status: 429 }, 'http_429', 0],
    [{ status: 429, headers: { 'retry-after': 'soon' } }, 'http_429', 0],
    [{ status: 429, headers: { 'retry-after': '999999' } }, 'http_429', 3_600_000],
    [{ status: 503, headers: { 'retry-after': '3' } }, 'http_503', 3000],
    [{ status: 412, code: 'PreconditionFailed' }, 'http_412/PreconditionFailed', 0],
    [{ status: 500 }, 'http_500', 0],
    [{ status: 502, body: '<html>' }, 'http_502', 0],
    [{ status: 504 }, 'http_504', 0],
    [{ status: 302, headers: { location: '/elsewhere' } }, 'http_302', 0],
    ['hang' as const, 'no_answer', 0],
    ['drip' as const, 'no_answer', 0],
    ['reset' as const, 'no_answer', 0],
    [{ status: 401 }, 'http_401', 60_000],
    [{ status: 403 }, 'http_403', 60_000],
    [{ status: 403, code: 'BotDisabledByAdmin' }, 'http_403/BotDisabledByAdmin', 60_000],
    [{ status: 403, code: 'BotNotInConversationRoster' }, 'conversation_gone', undefined],
    [{ status: 404, code: 'ConversationNotFound' }, 'conversation_gone', undefined],
    [{ status: 413, code: 'MessageSizeTooBig' }, 'http_413/MessageSizeTooBig', undefined],
    [{ status: 400, code: 'Bad words: Sample Rep' }, 'http_400', undefined],
    [{ status: 200, body: 'a login page' }, 'answer_not_understood', undefined],
  ])('%j says whether to try again', async (trouble, code, retryAfterMs) => {
    if (trouble === 'hang' || trouble === 'drip') bench.start({ timeoutMs: HANG_MS });
    bench.api.trouble('POST', trouble);
    expect(await faultOf(bench.send(root))).toMatchObject({ code, retryAfterMs });
    expect(bench.api.calls).toHaveLength(1);
    bench.start();
    await bench.send(root);
    expect(bench.api.sent).toHaveLength(1);
  });

  it('that names a date is waited for', async () => {
    bench.api.trouble('POST', { status: 429, headers: { 'retry-after': new Date(Date.now() + 90_000).toUTCString() } });
    const { retryAfterMs } = await faultOf(bench.send(root));
    expect(retryAfterMs).toBeGreaterThan(80_000);
    expect(retryAfterMs).toBeLessThanOrEqual(90_000);
  });

  it('of an update leaves the message where it is', async () => {
    await bench.send(root, text('Root'));
    for (const trouble of [{ status: 412 }, { status: 502 }, 'reset'] as const) {
      bench.api.trouble('PUT', trouble);
      expect(await faultOf(bench.send(root, text('Newer')))).toMatchObject({ retryAfterMs: 0 });
    }
    await bench.send(root, text('Newer'));
    expect(bench.api.sent).toMatchObject([{ summary: 'Newer', edits: 1 }]);
  });

  it('of an update in a place that the bot was taken out of is no reason to post', async () => {
    await bench.send(root);
    bench.api.trouble('PUT', { status: 403, code: 'BotNotInConversationRoster' });
    expect(await faultOf(bench.send(root))).toMatchObject({ code: 'conversation_gone', retryAfterMs: undefined });
    expect(bench.api.sent).toHaveLength(1);
  });

  it('after which nobody knows what happened may leave a message twice; the later one is kept up to date', async () => {
    bench.api.trouble('POST', 'done-then-reset');
    expect(await faultOf(bench.send(root, text('First')))).toMatchObject({ code: 'no_answer', retryAfterMs: 0 });
    await bench.send(root, text('Second'));
    await bench.send(root, text('Third'));
    expect(bench.api.sent.map((s) => s.summary)).toEqual(['First', 'Third']);
  });

  it('of the token is given a minute, and has a deadline too', async () => {
    for (const token of [() => Promise.reject(new Error('AADSTS7000215')), () => new Promise<string>(() => {})]) {
      bench.start({ token, timeoutMs: 20 });
      expect(await faultOf(bench.send(root))).toMatchObject({ code: 'no_token', retryAfterMs: 60_000 });
    }
    expect(bench.api.calls).toEqual([]);
  });

  it('carries neither the token nor what people wrote', async () => {
    for (const trouble of [{ status: 500 }, 'reset'] as const) {
      bench.api.trouble('POST', trouble);
      const fault = await faultOf(bench.send(root, text('CANARY')));
      expect(inspect(fault, { depth: 20, showHidden: true })).not.toMatch(/CANARY|sample-connector-token/);
    }
  });

  it("of our own is not taken for Teams'", async () => {
    const fault = new TypeError('a bug');
    bench.organisation = {
      ...bench.organisation,
      get people(): never {
        throw fault;
      },
    };
    await expect(bench.send(root)).rejects.toBe(fault);
  });
});
