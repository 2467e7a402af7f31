import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ShownActivity, TeamsLive, TeamsPerson, TeamsStart } from '../../../src/playground/page/teams/wire.ts';
import {
  CARD,
  carrying,
  CHANNEL,
  COLLEAGUE,
  COUNSEL,
  GENERAL,
  GUEST,
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
beforeEach(() => {
  bench.heard.length = 0;
  bench.answer = () => undefined;
});

const refreshing = (text: string, users: string[] = [REP]): object =>
  textCard(text, {
    refresh: {
      action: { type: 'Action.Execute', title: 'Look', verb: 'look', data: { deal: 'D-1' } },
      userIds: users.map((u) => bench.running.teamsHooks.mriOf(u)),
    },
  });
const own = (activity: string, user = REP) => bench.see('personal', { conversation: CHANNEL, activity }, user);
const edit = (activity: string, content: object) =>
  bench.call('PUT', `v3/conversations/${encodeURIComponent(CHANNEL)}/activities/${activity}`, {
    type: 'message',
    ...carrying(content),
  });
const answering = (text: string): void => {
  bench.answer = () => ({ body: { statusCode: 200, type: CARD, value: textCard(text) } });
};

describe("a person's own look of a card", () => {
  it('is asked for once per version, whoever looks how often', async () => {
    const activity = await bench.post(CHANNEL, carrying(refreshing('For all')));
    answering('For the rep, 1');
    const card = textCard('For the rep, 1');
    expect(await Promise.all([own(activity), own(activity)])).toEqual([{ card }, { card }]);
    expect(await own(activity)).toEqual({ card });
    expect(bench.heard).toHaveLength(1);
    expect(bench.heard[0]?.activity).toMatchObject({
      name: 'adaptiveCard/action',
      replyToId: activity,
      from: { aadObjectId: REP },
      value: { action: { type: 'Action.Execute', verb: 'look', data: { deal: 'D-1' } }, trigger: 'automatic' },
    });
    answering('For the rep, 2');
    await edit(activity, refreshing('For all, edited'));
    expect(await own(activity)).toEqual({ card: textCard('For the rep, 2') });
    expect(bench.heard).toHaveLength(2);
  });

  it('is for those alone whom the card names', async () => {
    const activity = await bench.post(CHANNEL, carrying(refreshing('For all')));
    answering('For the rep');
    expect(await own(activity, COUNSEL)).toEqual({});
    const plain = await bench.post(CHANNEL, carrying(textCard('No refresh')));
    expect(await own(plain)).toEqual({});
    expect(bench.heard).toEqual([]);
  });

  it('is not there when the bot has none, or fails', async () => {
    const activity = await bench.post(CHANNEL, carrying(refreshing('For all')));
    bench.answer = () => ({ status: 500 });
    expect(await own(activity)).toEqual({});
    bench.answer = () => ({
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Nothing' },
    });
    expect(await own(activity)).toEqual({});
    // A failure is tried again, an answer is not.
    expect(await own(activity)).toEqual({});
    expect(bench.heard).toHaveLength(2);
  });

  it('given in answer to a press is not asked for again', async () => {
    const activity = await bench.post(
      CHANNEL,
      carrying({
        ...refreshing('For all'),
        actions: [{ type: 'Action.Execute', title: 'Save', verb: 'save' }],
      }),
    );
    answering('After the press');
    const on = { kind: 'activity', conversation: CHANNEL, activity };
    await bench.ui('act', { on, action: { type: 'Action.Execute', verb: 'save', data: {} } });
    answering('Not this');
    expect(await own(activity)).toEqual({ card: textCard('After the press') });
    expect(bench.heard).toHaveLength(1);
  });
});

describe('who is there', () => {
  it('everybody but who left; the bot writes to those with the app', async () => {
    const people = (await (await fetch(`${bench.url}/playground/teams/ui/people`)).json()) as TeamsPerson[];
    expect(people.map((p) => [p.id, p.guest])).toEqual([
      [REP, false],
      [COUNSEL, false],
      [GUEST, true],
      [COLLEAGUE, false],
    ]);
    const { conversations, bot, tenant } = await bench.see<TeamsStart>('start');
    expect([bot.name, tenant]).toEqual(['Clearthread', 'Playground']);
    expect(conversations.map((c) => [c.name, c.kind, c.clearance])).toEqual([
      ['Deal clearance', 'channel', true],
      ['General', 'channel', false],
      ['Sample group chat', 'group', false],
      ['Clearthread', 'personal', true],
    ]);
    const colleague = await bench.see<TeamsStart>('start', {}, COLLEAGUE);
    expect(colleague.conversations.some((c) => c.kind === 'personal')).toBe(false);
    await expect(bench.see('start', {}, '00000000-0000-4000-8000-0000000000c2')).rejects.toThrow('400');
  });

  it('suggests what the manifest does', async () => {
    const manifest = z
      .object({
        bots: z.array(z.object({ commandLists: z.array(z.object({ commands: z.array(z.unknown()) })) })),
        composeExtensions: z.array(z.object({ commands: z.array(z.object({ id: z.string() })) })),
      })
      .parse(JSON.parse(readFileSync('src/teams/app-package/manifest.json', 'utf8')));
    const { commands } = await bench.see<TeamsStart>('start');
    expect(manifest.bots[0]?.commandLists[0]?.commands).toEqual(
      commands.map(({ words, hint }) => ({ title: words, description: hint })),
    );
    const activity = await bench.post(GENERAL, { text: 'News' });
    await bench.ui('message-action', { conversation: GENERAL, activity });
    const [command] = manifest.composeExtensions[0]?.commands ?? [];
    expect(bench.heard.at(-1)?.activity).toMatchObject({ value: { commandId: command?.id } });
  });

  it('counts what is new', async () => {
    const unread = async (): Promise<number | undefined> =>
      (await bench.see<TeamsStart>('start')).conversations.find((c) => c.id === GENERAL)?.unread;
    const before = await unread();
    const activity = await bench.post(GENERAL, { text: 'News' });
    expect(await unread()).toBe((before ?? 0) + 1);
    await bench.ui('read', { conversation: GENERAL, activity });
    expect(await unread()).toBe(0);
  });
});

/** Reads a tab's stream until the work is done and `count` events came. */
const events = async (user: string, count: number, work: () => Promise<unknown>): Promise<TeamsLive[]> => {
  const stop = new AbortController();
  const query = new URLSearchParams({ user, tab: 'tab-1' }).toString();
  const response = await fetch(`${bench.url}/playground/teams/ui/events?${query}`, { signal: stop.signal });
  const found: TeamsLive[] = [];
  const decoder = new TextDecoder();
  let text = '';
  let worked = false;
  for await (const chunk of response.body ?? []) {
    if (!worked) await work();
    worked = true;
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    found.length = 0;
    for (const line of text.split('\n\n')) {
      if (line.startsWith('data: ') && line.endsWith('}')) found.push(JSON.parse(line.slice(6)) as TeamsLive);
    }
    if (found.length >= count) break;
  }
  stop.abort();
  return found;
};

describe('news', () => {
  it('come to those who are in the conversation', async () => {
    const { body } = await bench.call('POST', 'v3/conversations', { members: [{ id: COUNSEL }], tenantId: TENANT });
    const heard = await events(REP, 2, async () => {
      await bench.post(String(body['id']), { text: 'For counsel alone' });
      await bench.post(CHANNEL, { text: 'For all' });
    });
    expect(heard).toMatchObject([{ kind: 'activity', activity: { text: 'For all' } }, { kind: 'conversations' }]);
  });

  it('tell of edits, deletions and dialogs', async () => {
    const activity = await bench.post(CHANNEL, { text: 'First' });
    const heard = await events(REP, 5, async () => {
      await edit(activity, textCard('Second'));
      await bench.call('DELETE', `v3/conversations/${encodeURIComponent(CHANNEL)}/activities/${activity}`);
      await bench.ui('close-dialog', { tab: 'tab-2' });
      await bench.ui('close-dialog');
    });
    expect(heard.filter((e) => e.kind !== 'conversations')).toMatchObject([
      { kind: 'activity', activity: { id: activity, version: 2, card: textCard('Second') } },
      { kind: 'gone', conversation: CHANNEL, id: activity },
      { kind: 'dialog', dialog: null },
    ]);
  });
});

describe('the mount', () => {
  it('serves the renderer and the keys, and nothing to another page', async () => {
    const renderer = await fetch(`${bench.url}/playground/teams/adaptivecards.js`);
    expect(renderer.headers.get('content-type')).toContain('javascript');
    expect(renderer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect((await renderer.text()).length).toBeGreaterThan(100_000);
    const { keys } = (await (await fetch(`${bench.url}/playground/teams/keys`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
    const foreign = { headers: { origin: 'https://example.com' } };
    expect((await fetch(`${bench.url}/playground/teams/ui/people`, foreign)).status).toBe(403);
    const bare = await fetch(`${bench.url}/playground/teams/ui/close-dialog`, { method: 'POST' });
    expect(bare.status).toBe(403);
  });

  it('links into the pane', () => {
    const url = bench.running.teams.messageUrl?.(CHANNEL, '1700000000000') ?? '';
    expect(url.startsWith(`${bench.url}/playground/teams/?`)).toBe(true);
    expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ conversation: CHANNEL, message: '1700000000000' });
  });
});

describe('a restart', () => {
  it('keeps threads, who is who, dialogs and what was read', async () => {
    const root = await bench.post(CHANNEL, carrying(textCard('Root')));
    await bench.post(`${CHANNEL};messageid=${root}`, { text: 'Reply' });
    await bench.ui('read', { conversation: CHANNEL, activity: root });
    bench.answer = () => ({
      body: {
        task: { type: 'continue', value: { title: 'Open', card: { contentType: CARD, content: textCard('Form') } } },
      },
    });
    const { dialog } = await bench.ui('message-action', { conversation: CHANNEL, activity: root });
    expect(dialog).toMatchObject({ title: 'Open' });
    const mri = bench.running.teamsHooks.mriOf(REP);
    const old = await bench.running.teams.token?.();
    const before = await bench.see<TeamsStart>('start');
    await bench.restart();
    expect(await bench.see<TeamsStart>('start')).toEqual(before);
    expect(bench.running.teamsHooks.mriOf(REP)).toBe(mri);
    expect(await bench.see('dialog', { tab: 'tab-1' })).toEqual(dialog);
    const thread = await bench.see<ShownActivity[]>('messages', { conversation: CHANNEL, thread: root });
    expect(thread).toMatchObject([{ card: textCard('Root'), replies: 1 }, { text: 'Reply' }]);
    expect((await edit(root, textCard('Edited after it'))).status).toBe(200);
    expect(Number(await bench.post(CHANNEL, { text: 'Later' }))).toBeGreaterThan(Number(thread.at(-1)?.id));
    // Its keys are new.
    expect((await bench.call('GET', 'v3/conversations', undefined, old)).status).toBe(401);
  });
});
