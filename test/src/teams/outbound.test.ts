/** Outbox rows on their way to Teams, over HTTP to a strict connector. */

import { US_GOV } from '@microsoft/teams.api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { digestCard } from '../../../blocks/cards/digest.ts';
import { sectionCard } from '../../../blocks/cards/section.ts';
import type { Message } from '../../../src/outbox/delivery.ts';
import { createConversations } from '../../../src/teams/conversations.ts';
import { StoreFault } from '../../../store/event-store.ts';
import { aView } from '../../support/deal-builders.ts';
import { fullDigest, shownWith } from '../../support/digests.ts';
import { bodyOf } from '../../support/shown.ts';
import { personalChat, TENANT, type Account } from './bot-connector.ts';
import {
  CHANNEL,
  COUNSEL,
  direct,
  fact,
  faultOf,
  GROUP,
  root,
  startOutletBench,
  text,
  type OutletBench,
} from './outlet-bench.ts';

let bench: OutletBench;
beforeEach(async () => {
  bench = await startOutletBench();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await bench.close();
});

describe('a message', () => {
  it('is posted once, with words for its notification, and updated ever after', async () => {
    await bench.send(root, text('Root'));
    await bench.send(root, text('Root, newer'));
    expect(bench.api.sent).toMatchObject([
      { conversation: CHANNEL, thread: undefined, summary: 'Root, newer', edits: 1 },
    ]);
    expect(await bench.store.ref('D-1', 'root')).toEqual({ channel: CHANNEL, message: bench.api.sent[0]?.id });
    expect(bench.paced).toEqual([CHANNEL, CHANNEL]);
  });

  it('stands under the root card of a channel, and is updated there', async () => {
    expect(await faultOf(bench.send(fact))).toMatchObject({ code: 'root_missing', retryAfterMs: 2000 });
    await bench.send(root);
    await bench.send(fact);
    await bench.send(fact, text('Newer'));
    expect(bench.api.sent.slice(1)).toMatchObject([
      { conversation: CHANNEL, thread: bench.api.sent[0]?.id, summary: 'Newer' },
    ]);
    expect(await bench.store.ref('D-1', 'n-1')).toEqual({ channel: CHANNEL, message: bench.api.sent[1]?.id });
  });

  it('follows the others in a group chat, which knows no threads', async () => {
    const home = { platform: 'teams' as const, channel: GROUP };
    await bench.send({ ...root, home });
    await bench.send({ ...fact, home });
    await bench.send({ ...fact, home }, text('Newer'));
    expect(bench.api.sent).toMatchObject([
      { conversation: GROUP, thread: undefined },
      { conversation: GROUP, thread: undefined, summary: 'Newer' },
    ]);
  });

  it('of a mirror has a root of its own', async () => {
    await bench.send({ ...root, key: 'root@teams' });
    await bench.send({ ...fact, key: 'n-1@teams' }, text('Fact'), 'root@teams');
    expect(bench.api.sent[1]).toMatchObject({ thread: bench.api.sent[0]?.id });
    expect(await faultOf(bench.send(fact))).toMatchObject({ code: 'root_missing' });
  });

  it('does not take a message in Slack for its own', async () => {
    await bench.store.saveRef('D-1', 'root', { channel: 'C0CLEAR', message: '1.2' });
    expect(await bench.outlet.threadUrl('D-1', 'root', CHANNEL)).toBeUndefined();
    expect(await faultOf(bench.send(fact))).toMatchObject({ code: 'root_missing' });
  });

  it('of a mirror that is another channel now starts there, and nothing more is told in the old one', async () => {
    const right = '19:right@thread.tacv2';
    bench.api.places.set(right, 'channel');
    const home = { platform: 'teams' as const, channel: right };
    const section = { ...fact, key: 'section:product@teams' };
    await bench.send({ ...root, key: 'root@teams' });
    await bench.send(section, text('Section'), 'root@teams');
    expect(await faultOf(bench.send({ ...section, home }, text('Secret'), 'root@teams'))).toMatchObject({
      code: 'root_missing',
      retryAfterMs: 2000,
    });
    expect(await bench.outlet.threadUrl('D-1', 'root@teams', right)).toBeUndefined();
    await bench.send({ ...root, key: 'root@teams', home }, text('Secret'));
    await bench.send({ ...section, home }, text('Secret section'), 'root@teams');
    const [, , newRoot] = bench.api.sent;
    expect(bench.api.sent.map((s) => [s.conversation, s.thread, s.summary, s.edits])).toEqual([
      [CHANNEL, undefined, 'Sample words', 0],
      [CHANNEL, bench.api.sent[0]?.id, 'Section', 0],
      [right, undefined, 'Secret', 0],
      [right, newRoot?.id, 'Secret section', 0],
    ]);
    expect(await bench.outlet.threadUrl('D-1', 'root@teams', right)).toContain(`/${newRoot?.id}?`);
  });

  it('whose place the store did not take is not posted again', async () => {
    const { store } = bench;
    const save = store.saveRef;
    store.saveRef = () => Promise.reject(new StoreFault('busy', 'not done', 'x'));
    await expect(bench.send(root)).rejects.toThrow(StoreFault);
    await expect(bench.send(root)).rejects.toThrow(StoreFault);
    store.saveRef = save;
    await bench.send(root, text('Newer'));
    expect(bench.api.sent).toMatchObject([{ summary: 'Newer' }]);
    expect(await store.ref('D-1', 'root')).toEqual({ channel: CHANNEL, message: bench.api.sent[0]?.id });
  });

  it('goes to the address that its conversation was heard from', async () => {
    bench.start({ mode: { serviceUrl: 'http://127.0.0.1:9/' } });
    const conversations = createConversations(bench.store);
    await conversations.learn({ serviceUrl: bench.api.url, conversation: CHANNEL, kind: 'channel', tenant: TENANT });
    await bench.send(root);
    expect(bench.api.sent).toHaveLength(1);
  });

  it('never goes to a host that is not allowed, whatever was kept', async () => {
    const conversations = createConversations(bench.store);
    const elsewhere = bench.api.url.replace('127.0.0.1', 'localhost');
    await conversations.learn({ serviceUrl: elsewhere, conversation: CHANNEL, kind: 'channel', tenant: TENANT });
    bench.start({ mode: { serviceUrl: 'http://127.0.0.1:9/' } });
    expect(await faultOf(bench.send(root))).toMatchObject({ code: 'no_answer' });
    expect(bench.api.calls).toEqual([]);
  });

  it('finds its way on this machine, whatever proxy is set', async () => {
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
    vi.stubEnv('no_proxy', '');
    await bench.send(root);
    expect(bench.api.sent).toHaveLength(1);
  });

  it('keeps hostile ids inside their part of the path', async () => {
    const channel = '19:x/../../secret?a=b#c@thread.tacv2';
    await faultOf(bench.send({ ...root, home: { platform: 'teams', channel } }));
    expect(bench.api.calls).toEqual([`POST v3/conversations/${channel}/activities`]);
    for (const bad of ['.', '..', '\ud800']) {
      expect(await faultOf(bench.send({ ...root, home: { platform: 'teams', channel: bad } }))).toMatchObject({
        code: 'not_an_id',
        retryAfterMs: undefined,
      });
    }
    expect(bench.api.calls).toHaveLength(1);
  });

  it('of any length, with any signs, is one that Teams takes', async () => {
    const typed = '<at>Sample</at> [x](https://evil.test) {{DATE(2027-01-01T00:00:00Z)}} **b** ';
    await bench.send(root, text(typed.repeat(600)));
    expect(typed.repeat(600).length).toBeGreaterThan(40_000);
    expect(bench.api.sent[0]?.summary).toHaveLength(300);
    expect(JSON.stringify(bench.api.sent[0]?.card).length).toBeLessThan(40_000);
    expect(JSON.stringify(bench.api.sent[0])).not.toContain('{{DATE');
  });

  it('that somebody deleted is posted anew', async () => {
    await bench.send(root);
    bench.api.sent.length = 0;
    await bench.send(root);
    expect(bench.api.sent).toHaveLength(1);
    expect(await bench.store.ref('D-1', 'root')).toEqual({ channel: CHANNEL, message: bench.api.sent[0]?.id });
  });

  it('whose id Teams does not know any more is posted anew', async () => {
    await bench.send(root);
    bench.api.trouble('PUT', { status: 400, code: 'BadArgument' });
    await bench.send(root);
    expect(bench.api.sent).toHaveLength(2);
    expect(await bench.store.ref('D-1', 'root')).toEqual({ channel: CHANNEL, message: bench.api.sent[1]?.id });
  });

  it('whose thread somebody deleted is said in the channel, and the next root card starts a new thread', async () => {
    await bench.send(root);
    bench.api.sent.length = 0;
    await bench.send(fact);
    expect(bench.api.sent).toMatchObject([{ conversation: CHANNEL, thread: undefined }]);
    await bench.send(root);
    await bench.send({ ...fact, key: 'n-3' });
    expect(bench.api.sent[2]?.thread).toBe(bench.api.sent[1]?.id);
  });

  it('is found again after a restart', async () => {
    await bench.send(root);
    await bench.send(direct);
    await bench.store.close();
    bench.start();
    await bench.send(root, text('Root, newer'));
    await bench.send(fact);
    await bench.send({ ...direct, key: 'n-9' });
    expect(bench.api.sent.map((s) => [s.conversation, s.thread, s.edits])).toEqual([
      [CHANNEL, undefined, 1],
      [personalChat(COUNSEL), undefined, 0],
      [CHANNEL, bench.api.sent[0]?.id, 0],
      [personalChat(COUNSEL), undefined, 0],
    ]);
    expect(bench.api.calls.filter((call) => call === 'POST v3/conversations')).toHaveLength(1);
  });
});

describe('whoever has something to fill in', () => {
  it('is named on the card as far as Teams knows them, and not by their account', async () => {
    const conversations = createConversations(bench.store);
    await conversations.savePersonal('counsel-1', {
      account: COUNSEL.id,
      serviceUrl: bench.api.url,
      conversation: personalChat(COUNSEL),
      user: COUNSEL.user,
      tenant: TENANT,
    });
    await bench.send(root);
    const section = { ...fact, key: 'section:product@teams', viewers: ['counsel-1', 'senior-1', 'counsel-1'] };
    await bench.send(section, sectionCard(aView(), 'product'));
    expect(bench.api.sent[0]?.card['refresh']).toBeUndefined();
    expect(bench.api.sent[1]?.card['refresh']).toMatchObject({
      userIds: ['29:counsel'],
      action: { type: 'Action.Execute', data: { clearthread: { do: 'look', deal: 'D-1', key: 'section:product' } } },
    });
  });

  it('is named up to as many as Teams takes', async () => {
    const conversations = createConversations(bench.store);
    const viewers = Array.from({ length: 70 }, (_, n) => `person-${n}`);
    bench.organisation = {
      ...bench.organisation,
      people: viewers.map((id) => ({ id, name: 'Sample Person', teams: id })),
    };
    for (const id of viewers) {
      const user = `29:${id}`;
      await conversations.savePersonal(id, {
        account: id,
        serviceUrl: bench.api.url,
        conversation: `a:${id}`,
        user,
        tenant: TENANT,
      });
    }
    await bench.send({ ...root, viewers });
    expect(bench.api.sent[0]?.card['refresh']).toMatchObject({ userIds: viewers.slice(0, 60).map((id) => `29:${id}`) });
  });
});

describe('a person', () => {
  it('is written to in their own chat, opened once', async () => {
    await bench.send(direct);
    await bench.send({ ...direct, key: 'n-3' });
    expect(bench.api.calls).toEqual([
      'POST v3/conversations',
      `GET v3/conversations/${personalChat(COUNSEL)}/members/${COUNSEL.id}`,
      `POST v3/conversations/${personalChat(COUNSEL)}/activities`,
      `POST v3/conversations/${personalChat(COUNSEL)}/activities`,
    ]);
    expect(await createConversations(bench.store).personal({ id: 'counsel-1', teams: COUNSEL.id })).toEqual({
      account: COUNSEL.id,
      serviceUrl: bench.api.url,
      conversation: personalChat(COUNSEL),
      user: '29:counsel',
      tenant: TENANT,
    });
  });

  const relinked = (teams: string): void => {
    const people = bench.organisation.people.map((p) => (p.id === 'counsel-1' ? { ...p, teams } : p));
    bench.organisation = { ...bench.organisation, people };
  };

  it('whose account was set right is written to with the right one, and nothing more goes to the wrong one', async () => {
    const right: Account = { id: '00000000-0000-4000-8000-0000000000ff', user: '29:right', installed: true };
    bench.api.accounts.push(right);
    await bench.send(direct, text('To the wrong one'));
    relinked(right.id);
    await bench.send(direct, text('Secret edit'));
    await bench.send({ ...direct, key: 'n-3' }, text('Secret'));
    expect(bench.api.sent.map((s) => [s.conversation, s.summary])).toEqual([
      [personalChat(COUNSEL), 'To the wrong one'],
      [personalChat(right), 'Secret edit'],
      [personalChat(right), 'Secret'],
    ]);
    expect(await bench.store.ref('D-1', 'n-2')).toMatchObject({ channel: personalChat(right) });
  });

  it('whose account was set right is asked for in their own name on cards', async () => {
    await bench.send(direct);
    relinked('00000000-0000-4000-8000-0000000000ff');
    await bench.send({ ...root, viewers: ['counsel-1'] });
    relinked(COUNSEL.id.toUpperCase());
    await bench.send({ ...root, key: 'root@teams', viewers: ['counsel-1'] });
    expect(bench.api.sent[1]?.card['refresh']).toBeUndefined();
    expect(bench.api.sent[2]?.card['refresh']).toMatchObject({ userIds: [COUNSEL.user] });
  });

  it("is looked for at the address that the tenant's channels were heard from", async () => {
    bench.start({ mode: { serviceUrl: 'http://127.0.0.1:9/' } });
    const conversations = createConversations(bench.store);
    await conversations.learn({ serviceUrl: bench.api.url, conversation: CHANNEL, kind: 'channel', tenant: TENANT });
    await bench.send({ ...direct, home: { platform: 'slack', channel: 'C0CLEAR' } });
    expect(bench.api.sent).toHaveLength(1);
  });

  it('is looked for at the address of the place that the deal lives in, if the file does not list it any more', async () => {
    bench.start({ mode: { serviceUrl: 'http://127.0.0.1:9/' } });
    const conversations = createConversations(bench.store);
    await conversations.learn({ serviceUrl: bench.api.url, conversation: GROUP, kind: 'groupChat', tenant: TENANT });
    await bench.send({ ...direct, home: { platform: 'teams', channel: GROUP } });
    expect(bench.api.sent).toHaveLength(1);
  });

  it('is not looked for at the address of another tenant', async () => {
    bench.start({ mode: { serviceUrl: 'http://127.0.0.1:9/' } });
    const conversations = createConversations(bench.store);
    await conversations.learn({ serviceUrl: bench.api.url, conversation: CHANNEL, kind: 'channel', tenant: 'another' });
    expect(await faultOf(bench.send(direct))).toMatchObject({ code: 'no_answer' });
    expect(bench.api.calls).toEqual([]);
  });

  it('gets an edit in the chat where the message stands', async () => {
    await bench.send(direct);
    await bench.send(direct, text('Newer'));
    expect(bench.api.sent).toMatchObject([{ conversation: personalChat(COUNSEL), summary: 'Newer', edits: 1 }]);
  });

  it('whose chat is no more gets a new one', async () => {
    const gone = {
      account: COUNSEL.id,
      serviceUrl: bench.api.url,
      conversation: 'a:gone',
      user: '29:counsel',
      tenant: TENANT,
    };
    await createConversations(bench.store).savePersonal('counsel-1', gone);
    await bench.send(direct);
    expect(bench.api.sent).toMatchObject([{ conversation: personalChat(COUNSEL) }]);
  });

  it('whose chat was redirected in the database is asked for anew, and nobody else gets it', async () => {
    await bench.send(direct);
    bench.change(`UPDATE conversations SET value = replace(value, '${personalChat(COUNSEL)}', 'a:somebody-else')`);
    bench.start();
    await bench.send({ ...direct, key: 'n-9' });
    expect(bench.api.sent.map(({ conversation }) => conversation)).toEqual([
      personalChat(COUNSEL),
      personalChat(COUNSEL),
    ]);
    expect(await bench.store.checkRows(undefined, 10)).toMatchObject({ changed: [] });
  });

  const unreachable = { code: 'person_unreachable', retryAfterMs: undefined };

  it.each<[string, Partial<Account>]>([
    ['did not install the bot', { installed: false }],
    ['left', { left: true }],
  ])('who %s cannot be reached', async (_, change) => {
    bench.api.accounts.splice(0, 1, { ...COUNSEL, ...change });
    expect(await faultOf(bench.send(direct))).toMatchObject(unreachable);
    expect(bench.api.sent).toEqual([]);
  });

  it('who removed the bot since cannot be reached', async () => {
    await bench.send(direct);
    bench.api.accounts.splice(0, 1, { ...COUNSEL, installed: false });
    expect(await faultOf(bench.send({ ...direct, key: 'n-3' }))).toMatchObject(unreachable);
    expect(await faultOf(bench.send(direct))).toMatchObject(unreachable);
  });

  it('without a Teams account cannot be reached', async () => {
    const nobody: Message = { ...direct, where: { to: 'person', person: 'senior-1' } };
    expect(await faultOf(bench.send(nobody))).toMatchObject(unreachable);
    expect(bench.api.calls).toEqual([]);
  });

  it('is not given up while Teams has a bad day', async () => {
    bench.api.trouble('POST', { status: 503 });
    expect(await faultOf(bench.send(direct))).toMatchObject({ code: 'http_503', retryAfterMs: 0 });
    bench.api.trouble('GET', { status: 500 });
    expect(await faultOf(bench.send(direct))).toMatchObject({ code: 'http_500', retryAfterMs: 0 });
    await bench.send(direct);
    expect(bench.api.sent).toHaveLength(1);
  });
});

describe('a link to the thread', () => {
  it('is Teams’ own, with what it needs to be opened', async () => {
    await bench.send(root);
    const id = bench.api.sent[0]?.id;
    const url = new URL((await bench.outlet.threadUrl('D-1', 'root', CHANNEL)) ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(
      `https://teams.microsoft.com/l/message/${encodeURIComponent(CHANNEL)}/${id}`,
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({ tenantId: TENANT, parentMessageId: id });
  });

  it('leads into a chat where the deal lives in one', async () => {
    await bench.send({ ...root, home: { platform: 'teams', channel: GROUP } });
    const url = new URL((await bench.outlet.threadUrl('D-1', 'root', GROUP)) ?? '');
    expect(Object.fromEntries(url.searchParams)).toEqual({ tenantId: TENANT, context: '{"contextType":"chat"}' });
  });

  it('leads to the cloud that the bot is in, or wherever the mode says', async () => {
    await bench.send(root);
    await bench.store.close();
    bench.start({ mode: { cloud: US_GOV } });
    expect(await bench.outlet.threadUrl('D-1', 'root', CHANNEL)).toMatch(
      /^https:\/\/gov\.teams\.microsoft\.us\/l\/message\//,
    );
    await bench.store.close();
    bench.start({ mode: { messageUrl: (channel, message) => `https://sample.test/${channel}/${message}` } });
    expect(await bench.outlet.threadUrl('D-1', 'root', CHANNEL)).toBe(
      `https://sample.test/${CHANNEL}/${bench.api.sent[0]?.id}`,
    );
  });
});

describe('a picture', () => {
  const digest = digestCard(fullDigest, shownWith, 'register:digest:compliance/12');
  const pictures = (n: number): string[] =>
    bodyOf(bench.api.sent[n]?.card as never).flatMap((e) => (e.type === 'Image' ? [e.url] : []));

  it('is inside the card, which stays under what a message may have', async () => {
    await bench.send(direct, digest);
    const [url = ''] = pictures(0);
    expect(url).toMatch(/^data:image\/png;base64,iVBOR/);
    expect(JSON.stringify(bench.api.sent[0]?.card).length).toBeLessThan(40_000);
  });

  it.each([400, 413])('is left out where Teams answers %i, and the rest goes', async (status) => {
    bench.api.trouble('POST', { status });
    await bench.send(direct, digest);
    expect(bench.api.sent).toHaveLength(1);
    expect(pictures(0)).toEqual([]);
    expect(JSON.stringify(bench.api.sent[0]?.card)).toContain('Deals by tier and stage on 15 March 2027.');
  });

  it('is left out where the rest needs the room', async () => {
    const long: Card = { blocks: [...digest.blocks, { kind: 'text', text: 'Sample words. '.repeat(1500) }] };
    await bench.send(direct, long);
    expect(pictures(0)).toEqual([]);
  });
});
