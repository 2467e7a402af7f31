/** Addresses of people and channels: what is kept, and what is read back. */

import { beforeEach, expect, it } from 'vitest';
import { createConversations, type Learnt } from '../../../src/teams/conversations.ts';
import { memoryStore } from './bot.ts';

let store: ReturnType<typeof memoryStore>;
beforeEach(() => {
  store = memoryStore();
});

const ACCOUNT = '00000000-0000-4000-8000-0000000000ab';
const REP = { id: 'rep-1', teams: ACCOUNT };
const from = (more: Partial<Learnt>): Learnt => ({
  person: 'rep-1',
  account: ACCOUNT,
  userId: '29:rep',
  serviceUrl: 'https://smba.example/emea/',
  conversation: '19:deals@thread.tacv2;messageid=1600000000001',
  kind: 'channel',
  tenant: 'sample-tenant',
  ...more,
});

it('a channel is kept without the thread that somebody wrote in, and survives a restart', async () => {
  await createConversations(store).learn(from({}));
  const again = createConversations(store);
  expect(await again.channel('19:deals@thread.tacv2')).toEqual({
    serviceUrl: 'https://smba.example/emea/',
    tenant: 'sample-tenant',
    kind: 'channel',
  });
  expect(await again.userIdOf(REP)).toBe('29:rep');
  expect(await again.personal(REP)).toBeUndefined();
  store.writes = 0;
  await again.learn(from({}));
  expect(store.writes).toBe(0);
});

it('a personal chat wins over an id that was seen in a channel, and follows its person to another region', async () => {
  const conversations = createConversations(store);
  await conversations.learn(from({ userId: '29:old' }));
  await conversations.learn(from({ kind: 'personal', conversation: 'a:1' }));
  await conversations.learn(from({ kind: 'personal', conversation: 'a:1', serviceUrl: 'https://smba.example/amer/' }));
  expect(await conversations.userIdOf(REP)).toBe('29:rep');
  expect(await conversations.personal(REP)).toEqual({
    account: ACCOUNT,
    serviceUrl: 'https://smba.example/amer/',
    conversation: 'a:1',
    user: '29:rep',
    tenant: 'sample-tenant',
  });
});

it('what is known of an account is nothing once the person has another one', async () => {
  const conversations = createConversations(store);
  await conversations.learn(from({}));
  await conversations.learn(from({ person: 'rep-2', account: ACCOUNT, kind: 'personal', conversation: 'a:1' }));
  const other = '00000000-0000-4000-8000-0000000000cd';
  for (const teams of [other, undefined]) {
    expect(await conversations.userIdOf({ id: 'rep-1', teams })).toBeUndefined();
    expect(await conversations.personal({ id: 'rep-2', teams })).toBeUndefined();
    expect(await conversations.userIdOf({ id: 'rep-2', teams })).toBeUndefined();
  }
  const shouted = ACCOUNT.toUpperCase();
  expect(await conversations.userIdOf({ id: 'rep-1', teams: shouted })).toBe('29:rep');
  expect(await conversations.personal({ id: 'rep-2', teams: shouted })).toMatchObject({ conversation: 'a:1' });
  await conversations.learn(from({ account: other.toUpperCase(), userId: '29:right' }));
  expect(await conversations.userIdOf({ id: 'rep-1', teams: other })).toBe('29:right');
});

it("a channel stays its first tenant's", async () => {
  const conversations = createConversations(store);
  expect(await conversations.learn(from({}))).toBeUndefined();
  const other = { tenant: 'other-tenant', serviceUrl: 'https://smba.example/amer/' };
  expect(await conversations.learn(from(other))).toBe('other-tenant');
  expect(await createConversations(store).learn(from(other))).toBe('other-tenant');
  expect(await conversations.channel('19:deals@thread.tacv2')).toMatchObject({ tenant: 'sample-tenant' });
  const moved = { tenant: 'SAMPLE-tenant', serviceUrl: 'https://smba.example/amer/' };
  expect(await conversations.learn(from(moved))).toBeUndefined();
  expect(await conversations.channel('19:deals@thread.tacv2')).toMatchObject({ serviceUrl: moved.serviceUrl });
});

it('nothing is kept of a personal chat with somebody whom nobody knows', async () => {
  await createConversations(store).learn(from({ person: undefined, kind: 'personal', conversation: 'a:1' }));
  expect(store.conversations.size).toBe(0);
});

it('a write that failed is tried again with the next activity', async () => {
  const conversations = createConversations(store);
  const save = store.saveConversation.bind(store);
  store.saveConversation = () => Promise.reject(new Error('full'));
  await expect(conversations.learn(from({}))).rejects.toThrow('full');
  store.saveConversation = save;
  await conversations.learn(from({}));
  expect(await conversations.channel('19:deals@thread.tacv2')).toBeDefined();
});

it.each([[null], [7], [{ serviceUrl: 'x' }], [{ serviceUrl: 'x', conversation: 'a', user: 'u', tenant: 't' }]])(
  'what is stored and cannot be read (%j) is as if it were not there',
  async (value) => {
    await store.saveConversation('teams:person:rep-1', value);
    await store.saveConversation('teams:user:rep-1', value);
    await store.saveConversation('teams:channel:19:x', value);
    const conversations = createConversations(store);
    expect(await conversations.personal(REP)).toBeUndefined();
    expect(await conversations.userIdOf(REP)).toBeUndefined();
    expect(await conversations.channel('19:x')).toBeUndefined();
  },
);
