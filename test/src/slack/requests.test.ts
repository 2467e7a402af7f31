/** Requests that are rejected at the edge. */

import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreFault } from '../../../store/event-store.ts';
import { startBot, type Bot } from './bot.ts';
import { TEAM } from './web-api.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.stop());
let everLogged = '';
beforeEach(() => {
  everLogged += bot.logged();
  bot.asked.length = 0;
  bot.log.lines.length = 0;
});

const seconds = () => Math.floor(bot.now.value.getTime() / 1000);
/** Begins a request whose body never ends. */
const begin = (length: number, part: string, headers: Record<string, string> = {}): ClientRequest => {
  const { port, pathname } = new URL(bot.url);
  const sending = request({
    port,
    path: pathname,
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(length),
      'x-slack-signature': 'v0=00',
      'x-slack-request-timestamp': String(seconds()),
      ...headers,
    },
  });
  sending.on('error', () => {});
  sending.write(part);
  return sending;
};
const words = (text: string) =>
  new URLSearchParams({
    command: '/deal',
    text,
    user_id: 'U0REP',
    team_id: TEAM,
    channel_id: 'C0DEALS',
    trigger_id: `t-${text}`,
  }).toString();

describe('a request', () => {
  it('from Slack is handled', async () => {
    expect((await bot.send(words('good'))).status).toBe(200);
    expect(bot.asked).toMatchObject([{ kind: 'words', words: 'good' }]);
  });

  it.each([
    ['with a forged signature', 401, 'forged', () => bot.send(words('forged'), { signature: `v0=${'0'.repeat(64)}` })],
    ['with a signature of another length', 401, 'forged', () => bot.send(words('short'), { signature: 'v0=abc' })],
    ['that is five minutes old', 401, 'stale', () => bot.send(words('stale'), { at: seconds() - 301 })],
    ['from the future', 401, 'future', () => bot.send(words('future'), { at: seconds() + 6 })],
    [
      'with a timestamp that is no number',
      401,
      'unsigned',
      () => bot.send(words('nan'), { headers: { 'x-slack-request-timestamp': '1e9' } }),
    ],
    ['with an unknown content type', 415, 'media-type', () => bot.send(words('type'), { type: 'text/xml' })],
    ['with a body over a megabyte', 413, 'too-large', () => bot.send(words('x'.repeat(1_000_100)))],
    ['with broken JSON', 400, 'garbage', () => bot.send('{"a":', { type: 'application/json' })],
    ['with a payload that is no object', 400, 'garbage', () => bot.send('payload=7')],
  ])('%s is refused with %i and a log line', async (_, status, code, send) => {
    const response = await send();
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
    expect(bot.asked).toEqual([]);
    expect(bot.log.lines).toMatchObject([{ event: 'slack.request-refused', fields: { status, code } }]);
    expect(bot.log.lines[0]?.fields.trace).toMatch(/^[0-9A-Z]{8}$/);
  });

  it('at the edge of the times is handled', async () => {
    expect((await bot.send(words('old'), { at: seconds() - 299 })).status).toBe(200);
    expect((await bot.send(words('ahead'), { at: seconds() + 4 })).status).toBe(200);
    expect(bot.asked).toHaveLength(2);
  });

  it('that comes again exactly is refused, whatever its headers', async () => {
    const at = seconds() - 10;
    expect((await bot.send(words('twice'), { at })).status).toBe(200);
    expect((await bot.send(words('twice'), { at })).status).toBe(409);
    expect((await bot.send(words('twice'), { at, headers: { 'x-slack-retry-num': '1' } })).status).toBe(409);
    expect(bot.asked).toHaveLength(1);
  });

  it('that asks for suggestions is answered each time: the same can be typed twice within a second', async () => {
    const at = seconds() - 10;
    const by = { team: { id: TEAM }, user: { id: 'U0REP', team_id: TEAM } };
    const payload = { type: 'block_suggestion', ...by, action_id: 'v:countries', block_id: 'b', value: 'n' };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    for (let times = 0; times < 2; times += 1) expect((await bot.send(body, { at })).status).toBe(200);
    expect(bot.asked).toMatchObject([{ kind: 'suggest' }, { kind: 'suggest' }]);
  });

  it.each([
    ['a repeat, it is refused', false, 409],
    ['none, it is handled', true, 200],
  ])(
    'is read ahead while the store is asked, and nothing else is done until then; where it is %s',
    async (_, first, status) => {
      bot.forget();
      const { firstTime } = bot.store;
      let say: (first: boolean) => void = () => {};
      bot.store.firstTime = () => new Promise((resolve) => (say = resolve));
      const sending = bot.send(words('smuggled ahead'));
      await expect.poll(() => bot.ahead).toHaveLength(1);
      const done = [...bot.asked, ...bot.api.calls];
      bot.store.firstTime = firstTime;
      say(first);
      expect((await sending).status).toBe(status);
      expect(done).toEqual([]);
      expect(bot.ahead).toEqual(['smuggled ahead']);
      expect(bot.asked).toHaveLength(first ? 1 : 0);
    },
  );

  it('without a signature is handled only as a certificate check, and that does nothing', async () => {
    const headers = { 'x-slack-signature': '', 'x-slack-request-timestamp': '' };
    expect((await bot.send('ssl_check=1', { headers })).status).toBe(200);
    expect((await bot.send(`ssl_check=1&${words('smuggled')}`, { headers })).status).toBe(401);
    expect(bot.asked).toEqual([]);
  });

  it.each([
    ['unsigned', { 'x-slack-signature': '' }],
    ['stale', { 'x-slack-request-timestamp': '1000000000' }],
  ])('that is %s by its headers alone is answered before its body was sent', async (code, headers) => {
    const sending = begin(900_000, 'payload=', headers);
    const [{ statusCode }] = (await once(sending, 'response')) as [IncomingMessage];
    sending.destroy();
    expect(statusCode).toBe(401);
    expect(bot.log.lines).toMatchObject([{ event: 'slack.request-refused', fields: { code } }]);
  });

  it('that is cut off half-way is refused, and no fault of ours', async () => {
    const sending = begin(900, 'payload=');
    await new Promise((resolve) => setTimeout(resolve, 50));
    sending.destroy();
    await expect
      .poll(() => bot.log.lines.map(({ level, fields }) => [level, fields.code]))
      .toEqual([['warn', 'cut-off']]);
  });

  it('whose bodies are too many at once: the largest are dropped, and others are served meanwhile', async () => {
    const slow = Array.from({ length: 40 }, () => begin(999_999, 'x'.repeat(990_000)));
    await expect.poll(() => bot.log.lines.some(({ fields }) => fields.code === 'busy')).toBe(true);
    // While they are still held.
    expect((await bot.send(words('meanwhile'))).status).toBe(200);
    for (const sending of slow) sending.destroy();
  });

  it('that asks for the url to be verified gets its challenge, if signed', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c-1' });
    expect(await (await bot.send(body, { type: 'application/json' })).json()).toEqual({ challenge: 'c-1' });
    expect((await bot.send(body, { type: 'application/json', signature: 'v0=00' })).status).toBe(401);
  });

  it.each([
    {},
    { event: null },
    { type: 'event_callback', event: { type: 'app_mention' } },
    { type: 'block_actions', actions: [] },
    { type: 'view_submission', view: { id: 7 } },
    { type: 'view_closed', view: {} },
    { type: 'shortcut' },
    { command: '/other', trigger_id: 'x' },
    { type: 'message_action', callback_id: 'toString' },
    { type: 'interactive_message', actions: [{}] },
  ])('with missing, foreign or unknown fields leaves the process alive: %j', async (payload) => {
    const response = await bot.send(JSON.stringify({ ...payload, n: Math.random() }), { type: 'application/json' });
    expect([200, 400]).toContain(response.status);
    expect(bot.asked).toEqual([]);
    expect(bot.log.lines.length).toBeGreaterThan(0);
  });

  it('is told about in words when the store cannot say whether it is a repeat', async () => {
    const { firstTime } = bot.store;
    bot.store.firstTime = () => Promise.reject(new StoreFault('locked', 'unknown', 'database is locked'));
    const response = await bot.send(words('locked'));
    bot.store.firstTime = firstTime;
    expect(response.status).toBe(200);
    expect(JSON.stringify(await response.json())).toContain('Something went wrong on our side');
    expect(bot.asked).toEqual([]);
  });
});

it('nothing that people typed, and no secret, was logged', () => {
  expect(everLogged).toContain('slack.request-refused');
  for (const secret of ['smuggled', 'sample-signing-secret', 'xoxb-', 'twice'])
    expect(everLogged).not.toContain(secret);
});
