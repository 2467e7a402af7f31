import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ShownActivity, ShownDialog, TeamsStart } from '../../../src/playground/page/teams/wire.ts';
import {
  card,
  CARD,
  carrying,
  CHANNEL,
  COUNSEL,
  GENERAL,
  GROUP_CHAT,
  openBench,
  REP,
  TENANT,
  textCard,
  type Answer,
  type Bench,
} from './teams-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ teamsPatienceMs: 300 });
});
afterAll(() => bench.end());
beforeEach(() => {
  bench.heard.length = 0;
  bench.answer = () => undefined;
});

const last = () => bench.heard.at(-1)?.activity;
const say = (conversation: string, text: string, more: object = {}) => bench.ui('say', { conversation, text, ...more });
const latest = async (conversation: string): Promise<ShownActivity> => {
  const all = await bench.see<ShownActivity[]>('messages', { conversation });
  const found = all.at(-1);
  if (!found) throw new Error('nothing there');
  return found;
};
const personal = async (user = REP): Promise<string> => {
  const { conversations } = await bench.see<TeamsStart>('start', {}, user);
  return conversations.find((c) => c.kind === 'personal')?.id ?? '';
};
const answering = (body: unknown): void => {
  bench.answer = (): Answer => ({ body });
};
const shownCard = (value: object) => ({ statusCode: 200, type: CARD, value });
const told = (value: string) => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value });
const dialogOf = (content: object, title = 'A dialog') => ({
  task: { type: 'continue', value: { title, height: 'large', width: 'medium', card: { contentType: CARD, content } } },
});
const note = { type: 'Input.Text', id: 'note' };
const mine = { clearthread: { do: 'click', name: 'section.save', value: 'D-1' } };
const execute = { type: 'Action.Execute' as const, verb: 'section.save', data: mine };
const buttons = card({
  body: [note],
  actions: [
    { ...execute, title: 'Save', id: 'save', fallback: { type: 'Action.Submit', title: 'Save', data: mine } },
    { type: 'Action.Submit', title: 'Open', data: { msteams: { type: 'task/fetch' }, ...mine } },
    { type: 'Action.Submit', title: 'Bare', associatedInputs: 'none' },
  ],
});
const on = async (content: object = buttons, conversation = CHANNEL) => ({
  kind: 'activity' as const,
  conversation,
  activity: await bench.post(conversation, carrying(content)),
});

describe('what people say', () => {
  it('reaches the bot with the token and the fields that Teams sends', async () => {
    expect(await say(CHANNEL, '@clearthread  new deal <b> & more')).toEqual({});
    const { id } = await latest(CHANNEL);
    const { claims, activity } = bench.heard[0] ?? {};
    const { serviceUrl } = bench.running.teams;
    expect(claims).toMatchObject({ serviceurl: serviceUrl, aud: bench.running.teams.clientId });
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(300);
    expect(activity).toMatchObject({
      type: 'message',
      id,
      channelId: 'msteams',
      serviceUrl,
      text: '<at>Clearthread</at>  new deal &lt;b&gt; &amp; more',
      textFormat: 'plain',
      from: { id: bench.running.teamsHooks.mriOf(REP), aadObjectId: REP, name: 'Sample rep' },
      recipient: { id: `28:${bench.running.teams.clientId}`, name: 'Clearthread' },
      conversation: { id: `${CHANNEL};messageid=${id}`, conversationType: 'channel', isGroup: true, tenantId: TENANT },
      channelData: { tenant: { id: TENANT }, channel: { id: CHANNEL }, team: { id: GENERAL } },
      locale: 'en-GB',
    });
    expect(activity?.['entities']).toContainEqual({
      type: 'mention',
      mentioned: { id: `28:${bench.running.teams.clientId}`, name: 'Clearthread' },
      text: '<at>Clearthread</at>',
    });
    expect(Date.parse(String(activity?.['timestamp']))).toBeGreaterThan(Date.now() - 10_000);
    expect((await latest(CHANNEL)).text).toBe('@clearthread  new deal <b> & more');
  });

  it('in a thread carries the root', async () => {
    const root = await bench.post(CHANNEL, { text: 'Root' });
    await say(CHANNEL, '@Clearthread status', { thread: root });
    expect(last()).toMatchObject({ conversation: { id: `${CHANNEL};messageid=${root}` } });
    expect(await bench.see('messages', { conversation: CHANNEL, thread: root })).toHaveLength(2);
    expect(await say(CHANNEL, '@Clearthread status', { thread: '1600000000000' })).toEqual({
      error: 'This is no longer here.',
    });
  });

  it('is heard in groups and channels only when the bot is named', async () => {
    for (const conversation of [CHANNEL, GENERAL, GROUP_CHAT]) {
      await say(conversation, 'Clearthread is a bot; mail it at x@clearthread or @Clearthreads');
    }
    expect(bench.heard).toEqual([]);
    await say(GROUP_CHAT, 'Hello @Clearthread');
    expect(last()).toMatchObject({
      conversation: { id: GROUP_CHAT, conversationType: 'groupChat', isGroup: true },
      text: 'Hello <at>Clearthread</at>',
    });
  });

  it('is heard in the personal chat always', async () => {
    const chat = await personal();
    await say(chat, 'help');
    expect(last()).toMatchObject({ text: 'help', conversation: { id: chat, conversationType: 'personal' } });
    expect(last()?.['conversation']).not.toHaveProperty('isGroup');
    expect(await bench.ui('say', { conversation: chat, text: 'Not mine' }, COUNSEL)).toEqual({
      error: 'You are not in this conversation.',
    });
    expect(bench.heard).toHaveLength(1);
  });

  it('is sent once more, with the same id, when nobody answers in time', async () => {
    let calls = 0;
    bench.answer = () => (++calls === 1 ? new Promise(() => undefined) : undefined);
    expect(await say(CHANNEL, '@Clearthread hello')).toEqual({});
    expect(bench.heard).toHaveLength(2);
    expect(bench.heard[0]?.activity['id']).toBe(bench.heard[1]?.activity['id']);
    bench.answer = () => new Promise(() => undefined);
    expect((await say(CHANNEL, '@Clearthread hello')).error).toMatch(/^Something went wrong/);
    expect(bench.heard).toHaveLength(4);
  });

  it('can be long, but not without end', async () => {
    expect(await say(CHANNEL, `@Clearthread ${'字'.repeat(30_000)}`)).toEqual({});
    expect(String(last()?.['text'])).toHaveLength(30_021);
    expect(await say(CHANNEL, `@Clearthread ${'&'.repeat(30_000)}`)).toEqual({
      error: 'This message is too long. Please make it shorter.',
    });
    expect(bench.heard).toHaveLength(1);
  });

  it('is sent once when the bot refuses it', async () => {
    bench.answer = () => ({ status: 500 });
    expect((await say(CHANNEL, '@Clearthread hello')).error).toMatch(/^Something went wrong/);
    expect(bench.heard).toHaveLength(1);
  });
});

describe('an Execute', () => {
  it('comes as an invoke, and its card is for this person alone', async () => {
    const spot = await on();
    answering(shownCard(textCard('Saved')));
    const data = { ...mine, note: 'typed' };
    const done = await bench.ui('act', { on: spot, action: { ...execute, data } });
    expect(done).toEqual({ card: textCard('Saved') });
    expect(last()).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: spot.activity,
      conversation: { id: `${CHANNEL};messageid=${spot.activity}` },
      value: { action: { type: 'Action.Execute', verb: 'section.save', id: 'save', data }, trigger: 'manual' },
    });
    expect(last()?.['id']).toMatch(/^f:/);
    expect((await latest(CHANNEL)).card).toEqual(buttons);
  });

  it('can be answered with a message', async () => {
    const spot = await on();
    answering(told('Not now.'));
    expect(await bench.ui('act', { on: spot, action: execute })).toEqual({ message: 'Not now.' });
  });

  it.each<[string, Answer]>([
    ['nothing', {}],
    ['a card with an unknown element', { body: shownCard(card({ body: [{ type: 'Nope' }] })) }],
    ['another status', { body: { ...told('x'), statusCode: 400 } }],
    ['another type', { body: { ...told('x'), type: 'text' } }],
    ['a task', { body: dialogOf(card()) }],
    ['too much', { body: shownCard(textCard('x'.repeat(90_000))) }],
    ['an error', { status: 500 }],
    [
      'an error of its own',
      {
        body: {
          statusCode: 500,
          type: 'application/vnd.microsoft.error',
          value: { code: 'NotShown', message: 'Nothing to show.' },
        },
      },
    ],
    ['a refusal', { status: 401, body: told('x') }],
  ])('answered with %s fails as in Teams', async (_name, answer) => {
    const spot = await on();
    bench.answer = () => answer;
    const done = await bench.ui('act', { on: spot, action: execute });
    expect(done).toEqual({ error: expect.stringMatching(/^Something went wrong/) });
  });

  it('twice in time is one activity sent again', async () => {
    const spot = await on();
    let calls = 0;
    bench.answer = () => (++calls === 1 ? new Promise(() => undefined) : { body: told('Once.') });
    expect(await bench.ui('act', { on: spot, action: execute })).toEqual({ message: 'Once.' });
    expect(new Set(bench.heard.map((h) => h.activity['id'])).size).toBe(1);
    expect(bench.heard).toHaveLength(2);
  });
});

describe('only what is on the card can be pressed', () => {
  it.each([
    ['another verb', { ...execute, verb: 'section.drop' }],
    ['a type that it is not', { type: 'Action.Submit', verb: 'section.save', data: mine }],
    ['other data', { ...execute, data: { clearthread: { ...mine.clearthread, value: 'D-2' } } }],
    ['less data', { ...execute, data: {} }],
    ['a value for no input', { ...execute, data: { ...mine, other: 'x' } }],
    ['a value that no input gives', { ...execute, data: { ...mine, note: { a: 1 } } }],
    ['a value where none is asked', { type: 'Action.Submit', data: { note: 'x' } }],
  ])('not %s', async (_name, action) => {
    const spot = await on();
    expect(await bench.ui('act', { on: spot, action })).toEqual({ error: 'This is no longer here.' });
    expect(bench.heard).toEqual([]);
  });

  it('not by somebody who is not there, nor on what is gone', async () => {
    const spot = await on(buttons, await personal());
    const gone = { error: 'This is no longer here.' };
    expect(await bench.ui('act', { on: spot, action: execute }, COUNSEL)).toEqual(gone);
    await bench.call('DELETE', `v3/conversations/${encodeURIComponent(spot.conversation)}/activities/${spot.activity}`);
    expect(await bench.ui('act', { on: spot, action: execute })).toEqual(gone);
  });

  it('not what is written inside data', async () => {
    const spot = await on(
      textCard('x', { actions: [{ type: 'Action.Submit', title: 'x', data: { inner: execute } }] }),
    );
    expect(await bench.ui('act', { on: spot, action: execute })).toEqual({ error: 'This is no longer here.' });
  });

  it('the card that was given to this person counts, and for nobody else', async () => {
    const spot = await on();
    const next = { ...execute, verb: 'section.next' };
    answering(shownCard(card({ actions: [{ ...next, title: 'Next' }] })));
    await bench.ui('act', { on: spot, action: execute });
    answering(told('Next.'));
    expect(await bench.ui('act', { on: spot, action: next }, COUNSEL)).toEqual({ error: 'This is no longer here.' });
    expect(await bench.ui('act', { on: spot, action: next })).toEqual({ message: 'Next.' });
  });
});

describe('a Submit on a message', () => {
  it('comes as a message with a value', async () => {
    const spot = await on();
    const action = { type: 'Action.Submit', data: { ...mine, note: 'typed' } };
    expect(await bench.ui('act', { on: spot, action })).toEqual({});
    expect(last()).toMatchObject({ type: 'message', replyToId: spot.activity, value: action.data });
    expect(last()).not.toHaveProperty('text');
    expect(await bench.ui('act', { on: spot, action: { type: 'Action.Submit', data: {} } })).toEqual({});
    expect(last()).toMatchObject({ value: {} });
  });

  it('of another kind is not known', async () => {
    const data = { msteams: { type: 'imBack', value: 'x' } };
    const spot = await on(card({ actions: [{ type: 'Action.Submit', title: 'x', data }] }));
    const done = await bench.ui('act', { on: spot, action: { type: 'Action.Submit', data } });
    expect(done).toEqual({ error: 'The playground does not know this kind of button.' });
  });
});

describe('a dialog', () => {
  const form = card({
    body: [note],
    actions: [{ type: 'Action.Submit', title: 'Save', data: { clearthread: { do: 'submit' } } }],
  });
  const save = { type: 'Action.Submit', data: { clearthread: { do: 'submit' }, note: 'typed' } };
  const fetchData = { msteams: { type: 'task/fetch' }, ...mine };
  const open = async (): Promise<ShownDialog> => {
    const spot = await on();
    answering(dialogOf(form));
    const { dialog } = await bench.ui('act', { on: spot, action: { type: 'Action.Submit', data: fetchData } });
    if (!dialog) throw new Error('no dialog');
    return dialog;
  };
  const submit = (dialog: ShownDialog, user = REP, action: object = save) =>
    bench.ui('act', { on: { kind: 'dialog', dialog: dialog.id }, action }, user);
  const shown = () => bench.see<ShownDialog | null>('dialog', { tab: 'tab-1' });

  it('opens by task/fetch, goes on and closes by task/submit', async () => {
    const first = await open();
    expect(first).toMatchObject({ title: 'A dialog', card: form });
    expect(await shown()).toEqual(first);
    expect(last()).toMatchObject({ name: 'task/fetch', value: { data: fetchData, context: { theme: 'default' } } });
    answering(dialogOf(form, 'Page 2'));
    const { dialog: second } = await submit(first);
    expect(last()).toMatchObject({ name: 'task/submit', value: { data: save.data } });
    expect(second).toMatchObject({ title: 'Page 2' });
    expect(await submit(first)).toEqual({ error: 'This is no longer here.' });
    bench.answer = () => undefined;
    expect(second && (await submit(second))).toEqual({ dialog: null });
    expect(await shown()).toBeNull();
  });

  it('can end with a message', async () => {
    const dialog = await open();
    answering({ task: { type: 'message', value: 'All done.' } });
    expect(await submit(dialog)).toEqual({ message: 'All done.', dialog: null });
    expect(await shown()).toBeNull();
  });

  it('stays when the answer is wrong', async () => {
    const dialog = await open();
    for (const body of [
      dialogOf(card({ actions: [{ ...execute, title: 'x' }] })),
      dialogOf(form, ''),
      { task: { type: 'continue', value: form } },
      { card: form },
    ]) {
      answering(body);
      expect(await submit(dialog)).toEqual({ error: expect.stringMatching(/^Something went wrong/) });
    }
    expect(await shown()).toEqual(dialog);
  });

  it('takes nothing that it does not hold, from nobody else', async () => {
    const dialog = await open();
    bench.heard.length = 0;
    const gone = { error: 'This is no longer here.' };
    expect(await submit(dialog, COUNSEL)).toEqual(gone);
    expect(await submit(dialog, REP, { type: 'Action.Submit', data: { clearthread: { do: 'other' } } })).toEqual(gone);
    await bench.ui('close-dialog');
    expect(await submit(dialog)).toEqual(gone);
    expect(bench.heard).toEqual([]);
  });

  it('is not opened by an empty answer', async () => {
    const spot = await on();
    const done = await bench.ui('act', { on: spot, action: { type: 'Action.Submit', data: fetchData } });
    expect(done).toEqual({ error: expect.stringMatching(/^Something went wrong/) });
  });

  it('opens from a message action, which its submit names', async () => {
    await say(CHANNEL, 'A customer asks for <sensors>');
    const { id } = await latest(CHANNEL);
    answering(dialogOf(form));
    const { dialog } = await bench.ui('message-action', { conversation: CHANNEL, activity: id });
    const payload = {
      id,
      from: { user: { id: REP } },
      body: { content: '<div>A customer asks for &lt;sensors&gt;</div>' },
    };
    expect(last()).toMatchObject({
      name: 'composeExtension/fetchTask',
      value: { commandId: 'newDeal', commandContext: 'message', messagePayload: payload },
    });
    bench.answer = () => undefined;
    expect(dialog && (await submit(dialog))).toEqual({ dialog: null });
    expect(last()).toMatchObject({
      name: 'composeExtension/submitAction',
      value: { commandId: 'newDeal', data: save.data, messagePayload: { id } },
    });
  });
});
