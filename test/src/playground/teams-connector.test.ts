import { Client } from '@microsoft/teams.api';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ShownActivity } from '../../../src/playground/page/teams/wire.ts';
import { createTokens } from '../../../src/playground/teams-cloud/tokens.ts';
import {
  CARD,
  card,
  carrying,
  CHANNEL,
  COLLEAGUE,
  COUNSEL,
  GENERAL,
  GUEST,
  LEAVER,
  openBench,
  REP,
  TENANT,
  textCard,
  type Bench,
} from './teams-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.end());
afterEach(() => {
  bench.running.teamsHooks.change(COUNSEL, { left: false, hasApp: true });
});

const client = () =>
  new Client(bench.running.teams.serviceUrl.replace(/\/$/, ''), { token: async () => bench.running.teams.token?.() });
const list = (conversation: string, thread?: string) =>
  bench.see<ShownActivity[]>('messages', { conversation, ...(thread !== undefined && { thread }) });
const activities = (conversation: string): string => `v3/conversations/${encodeURIComponent(conversation)}/activities`;
const codeOf = ({ status, body }: { status: number; body: Record<string, unknown> }): unknown[] => [
  status,
  (body['error'] as { code: string } | undefined)?.code,
];
const send = (activity: object, conversation = CHANNEL) =>
  bench.call('POST', activities(conversation), { type: 'message', ...activity });
const create = (user: string, more: object = {}) =>
  bench.call('POST', 'v3/conversations', { members: [{ id: user }], tenantId: TENANT, ...more });

describe('the token', () => {
  it('must be one that the bot was given', async () => {
    const good = (await bench.running.teams.token?.()) ?? '';
    const [header, body] = good.split('.');
    for (const token of ['', 'garbage', 'a.b.c', `${header}.${body}.`, `${header}.${body}x.${good.split('.')[2]}`]) {
      expect(codeOf(await bench.call('GET', 'v3/conversations/x/members', undefined, token))).toEqual([
        401,
        'Unauthorized',
      ]);
    }
  });
});

describe('tokens', () => {
  it('for the bot, for an hour, are no others', () => {
    let now = Date.now();
    const tokens = createTokens(() => now);
    const bot = tokens.bot();
    expect(tokens.isBots(bot)).toBe(true);
    expect(tokens.isBots(tokens.service('http://127.0.0.1/'))).toBe(false);
    expect(createTokens(() => now).isBots(bot)).toBe(false);
    now += 3_601_000;
    expect(tokens.isBots(bot)).toBe(false);
  });
});

describe('by the SDK', () => {
  it('messages are posted, answered in their thread, edited and deleted', async () => {
    const sdk = client().conversations;
    const { id: root } = await sdk.createActivity(CHANNEL, { type: 'message', text: 'The root' });
    const reply = await sdk.createActivity(`${CHANNEL};messageid=${root}`, { type: 'message', text: 'A reply' });
    await sdk.updateActivity(CHANNEL, root, { type: 'message', text: 'The root, edited' });
    expect((await list(CHANNEL)).at(-1)).toMatchObject({
      id: root,
      text: 'The root, edited',
      edited: true,
      version: 2,
      replies: 1,
      author: { bot: true, name: 'Clearthread' },
    });
    expect(await list(CHANNEL, root)).toMatchObject([{ id: root }, { id: reply.id, thread: root, text: 'A reply' }]);
    await sdk.deleteActivity(`${CHANNEL};messageid=${root}`, reply.id);
    expect(await list(CHANNEL, root)).toMatchObject([{ id: root, replies: 0 }]);
    await sdk.deleteActivity(CHANNEL, root);
    expect((await list(CHANNEL)).some((a) => a.id === root)).toBe(false);
  });

  it('members are told apart from guests', async () => {
    const sdk = client().conversations;
    const mri = bench.running.teamsHooks.mriOf(REP) ?? '';
    expect(mri).toMatch(/^29:.{80,}$/);
    const byMri = await sdk.getMemberById(CHANNEL, mri);
    expect(byMri).toEqual(await sdk.getMemberById(CHANNEL, REP));
    expect(byMri).toMatchObject({ id: mri, aadObjectId: REP, name: 'Sample rep', userRole: 'user', tenantId: TENANT });
    expect(await sdk.getMemberById(CHANNEL, GUEST)).toMatchObject({
      userRole: 'guest',
      userPrincipalName: expect.stringContaining('#EXT#'),
    });
    const all = (await sdk.getMembers(CHANNEL)).map((m) => m.aadObjectId);
    expect(all).toEqual([REP, COUNSEL, GUEST, COLLEAGUE]);
    const { members, continuationToken } = await sdk.getPagedMembers(CHANNEL, 50);
    expect([members.length, continuationToken]).toEqual([4, undefined]);
  });

  it('a personal chat is opened by either id of the person, the same one every time', async () => {
    const sdk = client().conversations;
    const open = (id: string) =>
      sdk.create({ members: [{ id, name: '', role: 'user' }], tenantId: TENANT, isGroup: false } as never);
    const { id } = await open(COUNSEL);
    expect(id).toMatch(/^a:1/);
    expect(await open(bench.running.teamsHooks.mriOf(COUNSEL) ?? '')).toMatchObject({ id });
    await sdk.createActivity(id, { type: 'message', text: 'For counsel alone' });
    expect(await list(id)).toEqual([]);
    expect(await bench.see('messages', { conversation: id }, COUNSEL)).toMatchObject([{ text: 'For counsel alone' }]);
  });
});

describe('a deleted root', () => {
  it('keeps its place while it has replies, and takes no more', async () => {
    const root = await bench.post(CHANNEL, carrying(textCard('Root')));
    const thread = `${CHANNEL};messageid=${root}`;
    await bench.post(thread, { text: 'Reply' });
    expect((await bench.call('DELETE', `${activities(CHANNEL)}/${root}`)).status).toBe(200);
    const [left, reply] = await list(CHANNEL, root);
    expect(left).toMatchObject({ id: root, text: 'This message has been deleted.', replies: 1, version: 2 });
    expect(left).not.toHaveProperty('card');
    expect(reply).toMatchObject({ text: 'Reply' });
    expect(codeOf(await send({ text: 'Another' }, thread))).toEqual([404, 'ConversationNotFound']);
  });
});

describe('who cannot be reached', () => {
  it.each([
    ['without the app', COLLEAGUE, [403, 'ForbiddenOperationException']],
    ['who left', LEAVER, [404, 'UserNotFound']],
    ['unknown', '00000000-0000-4000-8000-00000000dead', [404, 'UserNotFound']],
  ])('somebody %s', async (_name, user, expected) => {
    expect(codeOf(await create(user))).toEqual(expected);
  });

  it('a chat of another tenant, or of nobody', async () => {
    expect(codeOf(await create(COUNSEL, { tenantId: 'another' }))).toEqual([400, 'BadSyntax']);
    expect(codeOf(await bench.call('POST', 'v3/conversations', { members: [], tenantId: TENANT }))).toEqual([
      400,
      'BadSyntax',
    ]);
  });

  it('somebody who loses the app, then leaves', async () => {
    const { body } = await create(COUNSEL);
    const chat = String(body['id']);
    bench.running.teamsHooks.change(COUNSEL, { hasApp: false });
    expect(codeOf(await send({ text: 'Hello' }, chat))).toEqual([403, 'BotNotInConversationRoster']);
    bench.running.teamsHooks.change(COUNSEL, { left: true });
    expect(codeOf(await send({ text: 'Hello' }, chat))).toEqual([404, 'ConversationNotFound']);
    const member = `v3/conversations/${encodeURIComponent(CHANNEL)}/members/${COUNSEL}`;
    expect(codeOf(await bench.call('GET', member))).toEqual([404, 'MemberNotFoundInConversation']);
  });
});

describe('what is not there', () => {
  it.each([
    ['a conversation', '19:nowhere@thread.tacv2'],
    ['a thread', `${CHANNEL};messageid=1600000000000`],
  ])('%s', async (_name, conversation) => {
    expect(codeOf(await send({ text: 'Hello' }, conversation))).toEqual([404, 'ConversationNotFound']);
  });

  it('an activity, or one that is in another conversation', async () => {
    const id = await bench.post(CHANNEL, { text: 'Here' });
    const edit = (conversation: string, activity: string) =>
      bench.call('PUT', `${activities(conversation)}/${activity}`, { type: 'message', text: 'There' });
    const gone = [404, 'ActivityNotFoundInConversation'];
    expect(codeOf(await edit(CHANNEL, '1600000000000'))).toEqual(gone);
    expect(codeOf(await edit(GENERAL, id))).toEqual(gone);
  });

  it('the right to change what people wrote', async () => {
    await bench.ui('say', { conversation: CHANNEL, text: 'Mine' });
    const id = (await list(CHANNEL)).at(-1)?.id ?? '';
    const yours = [403, 'NotEnoughPermissions'];
    expect(
      codeOf(await bench.call('PUT', `${activities(CHANNEL)}/${id}`, { type: 'message', text: 'Not yours' })),
    ).toEqual(yours);
    expect(codeOf(await bench.call('DELETE', `${activities(CHANNEL)}/${id}`))).toEqual(yours);
    expect((await list(CHANNEL)).at(-1)?.text).toBe('Mine');
  });

  it('an operation', async () => {
    expect(codeOf(await bench.call('GET', 'v3/conversations'))).toEqual([404, 'NotFound']);
  });
});

describe('a message', () => {
  it.each([
    ['without anything', {}],
    ['of another type', { type: 'event', text: 'x' }],
    ['with another attachment', { attachments: [{ contentType: 'text/html', content: '<b>' }] }],
    ['with a mention that its text lacks', { text: 'x', entities: [{ type: 'mention', text: '<at>Sample rep</at>' }] }],
    ['with two cards', { attachments: [...Array(2).keys()].map(() => ({ contentType: CARD, content: card() })) }],
    ['with a newer card', carrying(card({ version: '1.6' }))],
  ])('%s is refused', async (_name, activity) => {
    expect(codeOf(await send(activity))).toEqual([400, 'BadSyntax']);
  });

  it('is at most 80 KB', async () => {
    expect((await send(carrying(textCard('x'.repeat(81_000))))).status).toBe(201);
    expect(codeOf(await send(carrying(textCard('x'.repeat(82_000)))))).toEqual([413, 'MessageSizeTooBig']);
  });

  it('that is broken is refused', async () => {
    const response = await fetch(`${bench.running.teams.serviceUrl}${activities(CHANNEL)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await bench.running.teams.token?.()}`, 'content-type': 'application/json' },
      body: '{"type":',
    });
    expect(response.status).toBe(400);
  });
});

describe('bad days', () => {
  it('come as often as they were asked for, then pass', async () => {
    bench.running.teamsHooks.trouble({ times: 2, answer: 429, retryAfterSeconds: 7 });
    bench.running.teamsHooks.trouble({ times: 1, answer: 412 });
    bench.running.teamsHooks.trouble({ times: 1, answer: 502 });
    bench.running.teamsHooks.trouble({ times: 1, answer: 504 });
    const before = (await list(GENERAL)).length;
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const answer = await send({ text: `Try ${n}` }, GENERAL);
      statuses.push(answer.status);
      expect(answer.headers.get('retry-after')).toBe(answer.status === 429 ? '7' : null);
    }
    expect(statuses).toEqual([429, 429, 412, 502, 504, 201]);
    expect((await list(GENERAL)).length).toBe(before + 1);
  });

  it('can come after the deed', async () => {
    bench.running.teamsHooks.trouble({ times: 1, answer: 502, done: true });
    expect(codeOf(await send({ text: 'Posted, and nobody knows' }, GENERAL))).toEqual([502, 'ServiceError']);
    expect((await list(GENERAL)).at(-1)?.text).toBe('Posted, and nobody knows');
  });

  it('befall one method where they should, and hang', async () => {
    bench.running.teamsHooks.trouble({ times: 1, answer: 'hang', method: 'PUT' });
    const id = await bench.post(GENERAL, { text: 'Posted' });
    const edit = async (ms: number) =>
      fetch(`${bench.running.teams.serviceUrl}${activities(GENERAL)}/${id}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${await bench.running.teams.token?.()}`, 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'message', text: 'Edited' }),
        signal: AbortSignal.timeout(ms),
      });
    await expect(edit(300)).rejects.toThrow('timeout');
    expect((await edit(5000)).status).toBe(200);
  });
});
