/** Outbox rows on their way to Slack. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../blocks/card.ts';
import { person } from '../../flows/organisation.ts';
import { DeliveryFault, type Deliver, type Message } from '../../src/delivery.ts';
import { createClient } from '../../src/slack/clients.ts';
import { slackDeliver } from '../../src/slack/outbound.ts';
import type { OutboxRow } from '../../store/event-store.ts';
import { memoryLogger, memoryStore, organisation } from './bot.ts';
import { BOT, startWebApi, TOKEN, type WebApi } from './web-api.ts';

let api: WebApi;
let store: ReturnType<typeof memoryStore>;
let log: ReturnType<typeof memoryLogger>;
let deliver: Deliver;
let next: Message | undefined;
let links: { threadUrl?: string | undefined }[];
let paced: string[];

const card = (text: string): Card => ({ blocks: [{ kind: 'text', text }] });
const message = (more: Partial<Message> = {}): Message => ({
  stream: 'D-1',
  key: 'root',
  home: { platform: 'slack', channel: 'C0DEALS' },
  where: { to: 'channel' },
  card: card('Root'),
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
const send = (m: Message | undefined, r: Partial<OutboxRow> = {}) => {
  next = m;
  return deliver(row(r));
};
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
  links = [];
  paced = [];
  deliver = slackDeliver({
    client: createClient({ token: TOKEN, apiUrl: api.url, timeoutMs: 1000, logger: log }),
    store,
    render: async (_, given) => {
      links.push(given);
      return next;
    },
    people: (id) => person(organisation, id),
    botId: () => BOT.id,
    pace: async (channel) => void paced.push(channel),
    logger: log,
  });
});
afterEach(() => api.close());

const thread = message({ key: 'n-1', where: { to: 'thread' }, card: card('Fact') });

describe('a message', () => {
  it('is posted once with its notice, and updated ever after', async () => {
    await send(message());
    await send(message({ card: card('Root, newer') }));
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
    await send(message());
    await send(thread);
    expect(api.messages[1]).toMatchObject({ thread_ts: api.messages[0]?.ts, text: 'Fact' });
    expect(links.at(-1)?.threadUrl).toMatch(/^https:\/\/sample\.slack\.com\/archives\/C0DEALS\//);
    await send({ ...thread, key: 'n-2' });
    expect(api.of('chat.getPermalink')).toHaveLength(1);
  });

  it('without its link is still sent', async () => {
    await send(message());
    api.fail('chat.getPermalink', 'internal_error');
    await send(thread);
    expect(api.messages).toHaveLength(2);
    expect(links.at(-1)).toEqual({ threadUrl: undefined });
  });

  it('to a person goes to the direct conversation', async () => {
    await send(message({ key: 'n-1', where: { to: 'person', person: 'counsel-1' } }));
    expect(api.messages).toMatchObject([{ channel: 'D0COUNSEL' }]);
    expect(await faultOf(send(message({ key: 'n-2', where: { to: 'person', person: 'compliance-1' } })))).toMatchObject(
      {
        code: 'person_without_slack',
        retryAfterMs: undefined,
      },
    );
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

  it('that there is no need for any more is not sent', async () => {
    await send(undefined);
    expect(api.messages).toEqual([]);
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
    await send({ ...section, card: card('Newer') }, { id: 'live:D-1:product', kind: 'live', attempts: 1 });
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

  it('is repeated where the bot may not look', async () => {
    api.fail('conversations.history', 'missing_scope');
    await send(message(), { attempts: 1 });
    expect(api.messages).toHaveLength(1);
    expect(log.lines).toMatchObject([{ event: 'slack.cannot-look-for-repeat' }]);
  });

  it('is not guessed at while Slack cannot be asked', async () => {
    api.fail('conversations.history', { status: 503 });
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
    const broken = slackDeliver({
      client: createClient({ token: TOKEN, apiUrl: api.url, timeoutMs: 1000, logger: log }),
      store,
      render: () => Promise.reject(fault),
      people: () => undefined,
      botId: () => undefined,
      pace: async () => {},
      logger: log,
    });
    await expect(broken(row())).rejects.toBe(fault);
  });
});
