/** Outbox rows on their way to Slack. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { person, type Person } from '../../../flows/organisation.ts';
import { DeliveryFault, type Message, type Outlet } from '../../../src/outbox/delivery.ts';
import { createClient } from '../../../src/slack/clients.ts';
import { slackOutlet } from '../../../src/slack/outbound.ts';
import { createDirectory } from '../../../src/slack/people.ts';
import { StoreFault, type OutboxRow } from '../../../store/event-store.ts';
import { memoryLogger, memoryStore, organisation } from './bot.ts';
import { BOT, startWebApi, TOKEN, type WebApi } from './web-api.ts';

let api: WebApi;
let store: ReturnType<typeof memoryStore>;
let log: ReturnType<typeof memoryLogger>;
let people: Person[];
let outlet: Outlet;
let now: string;
let paced: string[];

const card = (text: string): Card => ({ blocks: [{ kind: 'text', text }] });
const message = (more: Partial<Message> = {}): Message => ({
  stream: 'D-1',
  key: 'root',
  home: { platform: 'slack', channel: 'C0DEALS' },
  where: { to: 'channel' },
  owner: 'rep-1',
  viewers: [],
  card: () => card('Root'),
  ...more,
});
const row = (more: Partial<OutboxRow> = {}): OutboxRow => ({
  id: 'n-1',
  kind: 'fact',
  lane: 'thread:D-1',
  stream: 'D-1',
  version: 1,
  notice: {},
  attempts: 0,
  ...more,
});
const send = (m: Message, r: Partial<OutboxRow> = {}, rootKey = 'root') => outlet.send(row(r), m, m.card({}), rootKey);
const faultOf = async (sent: Promise<void>): Promise<DeliveryFault> => {
  const fault: unknown = await sent.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof DeliveryFault)) throw new Error('no DeliveryFault', { cause: fault });
  return fault;
};

beforeEach(async () => {
  api = await startWebApi();
  store = memoryStore();
  log = memoryLogger();
  people = organisation.people;
  paced = [];
  const client = createClient({ token: TOKEN, apiUrl: api.url, timeoutMs: 1000, logger: log });
  now = '2027-03-01T09:00:00.000Z';
  outlet = slackOutlet({
    client,
    isShared: createDirectory(
      client,
      () => organisation,
      () => new Date(now),
      () => undefined,
    ).isShared,
    store,
    people: (id) => person({ ...organisation, people }, id),
    botId: () => BOT.id,
    pace: (channel, _row, write) => {
      paced.push(channel);
      return write();
    },
    logger: log,
  });
});
afterEach(() => api.close());

const thread = message({ key: 'n-1', where: { to: 'thread' }, card: () => card('Fact') });

describe('a message', () => {
  it('is posted once with its notice, and updated ever after', async () => {
    await send(message());
    await send(message({ card: () => card('Root, newer') }));
    expect(api.messages).toHaveLength(1);
    expect(api.messages[0]).toMatchObject({
      text: 'Root, newer',
      metadata: { event_type: 'clearthread_notice', event_payload: { notice: 'n-1' } },
    });
    expect(api.of('chat.postMessage')).toMatchObject([{ unfurl_links: 'false', unfurl_media: 'false' }]);
    expect(await store.ref('D-1', 'root')).toEqual({ channel: 'C0DEALS', message: api.messages[0]?.ts });
    expect(paced).toEqual(['C0DEALS', 'C0DEALS']);
  });

  it('in a thread stands under the root card and knows its link', async () => {
    expect(await faultOf(send(thread))).toMatchObject({ code: 'root_missing', retryAfterMs: 2000 });
    expect(await outlet.threadUrl('D-1', 'root', 'C0DEALS')).toBeUndefined();
    await send(message());
    await send(thread);
    expect(api.messages[1]).toMatchObject({ thread_ts: api.messages[0]?.ts, text: 'Fact' });
    expect(await outlet.threadUrl('D-1', 'root', 'C0DEALS')).toMatch(
      /^https:\/\/sample\.slack\.com\/archives\/C0DEALS\//,
    );
    await outlet.threadUrl('D-1', 'root', 'C0DEALS');
    expect(api.of('chat.getPermalink')).toHaveLength(1);
  });

  it('has no link while Slack gives none', async () => {
    await send(message());
    api.fail('chat.getPermalink', 'internal_error');
    expect(await outlet.threadUrl('D-1', 'root', 'C0DEALS')).toBeUndefined();
  });

  it('of a mirror has a root of its own', async () => {
    await send(message({ key: 'root@slack' }));
    await send({ ...thread, key: 'n-1@slack' }, {}, 'root@slack');
    expect(api.messages[1]?.thread_ts).toBe(api.messages[0]?.ts);
    expect(await faultOf(send(thread))).toMatchObject({ code: 'root_missing' });
  });

  it('does not take a message in Teams for its own', async () => {
    await store.saveRef('D-1', 'root', { channel: '19:clear@thread.tacv2', message: '1700000000000' });
    expect(await outlet.threadUrl('D-1', 'root', 'C0DEALS')).toBeUndefined();
    expect(await faultOf(send(thread))).toMatchObject({ code: 'root_missing' });
  });

  it('to a person goes to the direct conversation, wherever the deal lives', async () => {
    const home = { platform: 'teams' as const, channel: '19:clear@thread.tacv2' };
    await send(message({ key: 'n-1', where: { to: 'person', person: 'counsel-1' }, home }));
    expect(api.messages).toMatchObject([{ channel: 'D0COUNSEL' }]);
  });

  it('to somebody without a Slack account says that they cannot be reached', async () => {
    const nobody = message({ key: 'n-2', where: { to: 'person', person: 'compliance-1' } });
    expect(await faultOf(send(nobody))).toMatchObject({ code: 'person_unreachable', retryAfterMs: undefined });
    expect(api.calls).toEqual([]);
  });

  it.each([
    ['conversations.open', 'user_not_found'],
    ['conversations.open', 'user_disabled'],
    ['chat.postMessage', 'cannot_dm_bot'],
  ])('to a person whom %s refuses (%s) says that they cannot be reached', async (method, code) => {
    const direct = message({ key: 'n-1', where: { to: 'person', person: 'counsel-1' } });
    api.fail(method, code);
    expect(await faultOf(send(direct))).toMatchObject({ code: 'person_unreachable', retryAfterMs: undefined });
    expect(api.messages).toEqual([]);
  });

  it('to a person whose account was set right is not edited where it should never have been', async () => {
    const direct = message({ key: 'n-1', where: { to: 'person', person: 'counsel-1' } });
    api.channels['D0RIGHT'] = { members: ['U0RIGHT', BOT.user] };
    await send(direct);
    people = people.map((p) => (p.id === 'counsel-1' ? { ...p, slack: 'U0RIGHT' } : p));
    await send({ ...direct, card: () => card('Newer') });
    expect(api.messages.map(({ channel, text }) => [channel, text])).toEqual([
      ['D0COUNSEL', 'Root'],
      ['D0RIGHT', 'Newer'],
    ]);
    expect(await store.ref('D-1', 'n-1')).toMatchObject({ channel: 'D0RIGHT' });
  });

  it('of a channel that is another one now starts there, and nothing more is told in the old one', async () => {
    api.channels['C0RIGHT'] = { members: [BOT.user] };
    const home = { platform: 'slack' as const, channel: 'C0RIGHT' };
    const section = { ...thread, key: 'section:product' };
    await send(message());
    await send(section);
    expect(await faultOf(send({ ...section, home }))).toMatchObject({ code: 'root_missing', retryAfterMs: 2000 });
    expect(await outlet.threadUrl('D-1', 'root', 'C0RIGHT')).toBeUndefined();
    await send(message({ home, card: () => card('Secret') }));
    await send({ ...section, home, card: () => card('Secret section') });
    expect(api.messages.map(({ channel, text }) => [channel, text])).toEqual([
      ['C0DEALS', 'Root'],
      ['C0DEALS', 'Fact'],
      ['C0RIGHT', 'Secret'],
      ['C0RIGHT', 'Secret section'],
    ]);
    expect(api.messages[3]?.thread_ts).toBe(api.messages[2]?.ts);
    expect(await outlet.threadUrl('D-1', 'root', 'C0RIGHT')).toContain('/C0RIGHT/');
  });

  it('whose place the store did not take is not posted again', async () => {
    const save = store.saveRef;
    store.saveRef = () => Promise.reject(new StoreFault('busy', 'not done', 'x'));
    await expect(send(message())).rejects.toThrow(StoreFault);
    await expect(send(message())).rejects.toThrow(StoreFault);
    store.saveRef = save;
    await send(message({ card: () => card('Newer') }));
    expect(api.messages.map(({ text }) => text)).toEqual(['Newer']);
    expect(await store.ref('D-1', 'root')).toEqual({ channel: 'C0DEALS', message: api.messages[0]?.ts });
  });

  it('that somebody deleted is posted anew', async () => {
    await send(message());
    api.messages.length = 0;
    await send(message());
    expect(api.messages).toHaveLength(1);
    expect(await store.ref('D-1', 'root')).toEqual({ channel: 'C0DEALS', message: api.messages[0]?.ts });
  });

  it('whose thread somebody deleted is said in the channel, and the next root card starts a new thread', async () => {
    await send(message());
    api.messages.length = 0;
    await send(thread);
    expect(api.messages).toMatchObject([{ channel: 'C0DEALS', text: 'Fact' }]);
    expect(api.messages[0]?.thread_ts).toBeUndefined();
    await send(message());
    await send({ ...thread, key: 'n-2' });
    expect(api.messages[2]?.thread_ts).toBe(api.messages[1]?.ts);
  });
});

describe('a send whose outcome nobody knows', () => {
  it.each([
    ['in the channel', message(), 'n-1'],
    ['to a person', message({ key: 'n-1', where: { to: 'person', person: 'counsel-1' } }), 'n-1'],
  ])('is not repeated %s: the message is found by its notice', async (_, m, id) => {
    api.fail('chat.postMessage', 'done-then-reset');
    expect(await faultOf(send(m, { id }))).toMatchObject({ code: 'no_answer', retryAfterMs: 0 });
    expect(api.messages).toHaveLength(1);
    await send(m, { id, attempts: 1 });
    expect(api.messages).toHaveLength(1);
    expect(await store.ref('D-1', m.key)).toMatchObject({ message: api.messages[0]?.ts });
  });

  it('is not repeated in a thread, and a live card is brought up to date', async () => {
    await send(message());
    api.fail('chat.postMessage', 'done-then-reset');
    const section = { ...thread, key: 'section:product' };
    await faultOf(send(section, { id: 'live:D-1:product', kind: 'live' }));
    await send({ ...section, card: () => card('Newer') }, { id: 'live:D-1:product', kind: 'live', attempts: 1 });
    expect(api.messages).toHaveLength(2);
    expect(api.messages[1]).toMatchObject({ text: 'Newer' });
  });

  it("is repeated when the message did not get there, or is somebody else's", async () => {
    await send(message(), { id: 'live:D-1:root' });
    const notice = { event_type: 'clearthread_notice', event_payload: { notice: 'n-1' } };
    api.messages.push({
      channel: 'C0DEALS',
      text: 'x',
      blocks: [],
      metadata: notice,
      ts: '9.9',
      thread_ts: api.messages[0]?.ts,
      bot_id: 'B0OTHER',
    });
    await send({ ...thread, key: 'n-9' }, { id: 'n-1', attempts: 1 });
    expect(api.messages.filter((m) => m.bot_id === BOT.id)).toHaveLength(2);
  });

  it('is not repeated after a backup was put back, however much was said since', async () => {
    await send(message(), { id: 'live:D-1:root', kind: 'live' });
    const since = '2026-11-20T10:00:00.000Z';
    // The new record does not know of it.
    await store.saveRef('D-1', 'root', { channel: 'C0OLD', message: '1.1' });
    await send(message({ card: () => card('Newer') }), { id: 'live:D-1:root', kind: 'live', uncertain: since });
    expect(api.messages).toMatchObject([{ text: 'Newer' }]);
    expect(api.of('conversations.history')).toMatchObject([
      { limit: '999', oldest: String(Date.parse(since) / 1000 - 600) },
    ]);
    await send(message({ key: 'n-7' }), { id: 'n-7', uncertain: since });
    expect(api.messages).toHaveLength(2);
  });

  it('is repeated where the bot may not look', async () => {
    api.fail('conversations.history', 'missing_scope');
    await send(message(), { attempts: 1 });
    expect(api.messages).toHaveLength(1);
    expect(log.lines).toMatchObject([{ event: 'slack.cannot-look-for-repeat' }]);
  });

  it('is not guessed at while Slack cannot be asked', async () => {
    api.fail('conversations.history', { status: 503 }, { status: 503 });
    expect(await faultOf(send(message(), { attempts: 1 }))).toMatchObject({ code: 'http_503', retryAfterMs: 0 });
    expect(api.messages).toEqual([]);
  });
});

describe('a failure', () => {
  it.each([
    [{ status: 429, headers: { 'retry-after': '7' } }, 'ratelimited', 7000],
    [{ status: 502 }, 'http_502', 0],
    ['reset' as const, 'no_answer', 0],
    ['internal_error', 'internal_error', 0],
    ['token_revoked', 'token_revoked', 60_000],
    ['channel_not_found', 'channel_not_found', undefined],
    ['not_in_channel', 'not_in_channel', undefined],
    ['is_archived', 'is_archived', undefined],
    ['user_disabled', 'user_disabled', undefined],
    ['account_inactive', 'account_inactive', undefined],
    ['invalid_blocks', 'invalid_blocks', undefined],
    [{ status: 404 }, 'http_404', undefined],
  ])('%j says whether to try again', async (failure, code, retryAfterMs) => {
    api.fail('chat.postMessage', failure);
    expect(await faultOf(send(message()))).toMatchObject({ code, retryAfterMs });
    expect(api.of('chat.postMessage')).toHaveLength(1);
  });

  it("of our own is not taken for Slack's", async () => {
    const fault = new TypeError('a bug');
    const broken = slackOutlet({
      isShared: async () => false,
      client: createClient({ token: TOKEN, apiUrl: api.url, timeoutMs: 1000, logger: log }),
      store: { ...store, ref: () => Promise.reject(fault) },
      people: () => undefined,
      botId: () => undefined,
      pace: (_channel, _row, write) => write(),
      logger: log,
    });
    await expect(broken.send(row(), message(), card('Root'), 'root')).rejects.toBe(fault);
  });
});

describe('a channel that came to be shared with another company', () => {
  const share = (shared: boolean): void => {
    api.channels['C0DEALS'] = { members: ['U0REP', BOT.user], is_ext_shared: shared };
  };

  it('gets nothing more within a minute: no card, no message of the thread, no update', async () => {
    await send(message());
    share(true);
    now = '2027-03-01T09:01:00.000Z';
    expect(await faultOf(send({ ...thread, key: 'n-2' }, { id: 'n-2' }))).toMatchObject({
      code: 'shared_channel',
      retryAfterMs: undefined,
    });
    expect(await faultOf(send(message({ card: () => card('Newer') })))).toMatchObject({ code: 'shared_channel' });
    expect(api.messages.map(({ text }) => text)).toEqual(['Root']);
    share(false);
    now = '2027-03-01T09:02:00.000Z';
    await send(message({ card: () => card('Newer') }));
    expect(api.messages.map(({ text }) => text)).toEqual(['Newer']);
  });

  it('is asked about once a minute, however much is posted', async () => {
    for (let n = 0; n < 5; n += 1) await send({ ...message(), key: `root-${n}` }, { id: `n-${n}` });
    expect(api.of('conversations.info')).toHaveLength(1);
  });

  it('gets nothing while Slack does not say what it is', async () => {
    api.fail('conversations.info', { status: 503 }, { status: 503 });
    expect(await faultOf(send(message()))).toMatchObject({ code: 'http_503', retryAfterMs: 0 });
    expect(api.messages).toEqual([]);
  });

  it('still leaves private messages alone', async () => {
    share(true);
    await send(message({ key: 'n-3', where: { to: 'person', person: 'rep-1' } }), { id: 'n-3' });
    expect(api.messages).toHaveLength(1);
    expect(api.of('conversations.info')).toEqual([]);
  });
});

describe('a digest in a channel', () => {
  const digest = (channel: string): Message =>
    message({ standalone: true, owner: undefined, home: { platform: 'slack', channel } });

  it('goes to a channel of the company, and to none that another one reads', async () => {
    await send(digest('C0DEALS'));
    expect(api.messages).toHaveLength(1);
    expect(await faultOf(send(digest('C0SHARED')))).toMatchObject({ code: 'shared_channel', retryAfterMs: undefined });
    expect(api.messages).toHaveLength(1);
  });
});
