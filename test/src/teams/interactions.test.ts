/** Each request of Teams, and the call to the route that it becomes. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HeldForm } from '../../../blocks/teams/data.ts';
import { CLIENT_ID, personalChat, TENANT } from './bot-connector.ts';
import { CHANNEL, COUNSEL, FROM, GROUP, PERSONAL, REP, ROOT, startTeamsBot, type TeamsBot } from './bot.ts';

let bot: TeamsBot;
beforeAll(async () => {
  bot = await startTeamsBot();
});
afterAll(() => bot.stop());
beforeEach(() => bot.forget());

const trace = expect.stringMatching(/^[0-9A-Z]{8}$/) as unknown;
const thread = { platform: 'teams', channel: CHANNEL, thread: ROOT };
const BOT = `28:${CLIENT_ID}`;
const held = (more: Partial<HeldForm> = {}): HeldForm => ({
  name: 'deal.section',
  context: '{"deal":"D-7K3QXM"}',
  showing: 'showing-1',
  inputs: ['P1', 'note', 'empty', 'laws', 'none', 'day', 'who'],
  lists: ['laws', 'none'],
  ...more,
});
const TYPED = {
  P1: 'yes',
  note: 'Typed <at>Sample</at>',
  empty: '',
  laws: 'a,b',
  none: '',
  day: '2027-01-31',
  who: 'counsel-1',
  other: 'not of this form',
};
const VALUES = { P1: 'yes', note: 'Typed <at>Sample</at>', laws: ['a', 'b'], day: '2027-01-31', who: 'counsel-1' };

describe('the route is asked', () => {
  it('words, for a mention in a thread', async () => {
    await bot.say('status D-7K3QXM &amp; more', { id: '1600000000010' });
    expect(bot.asked).toEqual([
      {
        kind: 'words',
        words: 'status D-7K3QXM & more',
        person: 'rep-1',
        place: thread,
        cause: `activity:${CHANNEL}:rep-1:1600000000010`,
        trace,
      },
    ]);
  });

  it('words without the mention of the bot, with the names of others', async () => {
    const mention = (tag: string, id: string, name: string) => ({
      type: 'mention',
      text: tag,
      mentioned: { id, name },
    });
    await bot.say('', {
      text: '<at>Clear thread</at>&nbsp;give to <at>Sample C</at> <b>now</b> &lt;x&gt;',
      entities: [
        { type: 'clientInfo', locale: 'en-GB' },
        mention('<at>Clear thread</at>', BOT, 'Clear thread'),
        mention('<at>Sample C</at>', '29:counsel', 'Sample Counsel'),
      ],
    });
    expect(bot.asked).toMatchObject([{ words: 'give to Sample Counsel <b>now</b> <x>' }]);
  });

  it('words, for a message in the personal chat', async () => {
    await bot.say('', { ...PERSONAL, text: 'help', entities: undefined });
    expect(bot.asked).toMatchObject([
      { words: 'help', place: { platform: 'teams', channel: personalChat(REP), direct: true } },
    ]);
    expect(bot.asked[0]?.place).not.toHaveProperty('thread');
  });

  it('words in no thread yet, for a mention in a new message of a channel', async () => {
    await bot.say('new deal', { id: ROOT });
    expect(bot.asked[0]?.place).toEqual({ platform: 'teams', channel: CHANNEL });
  });

  it('words in which a name is read once, whatever mention it looks like', async () => {
    const mention = (tag: string, id: string, name: string) => ({
      type: 'mention',
      text: tag,
      mentioned: { id, name },
    });
    await bot.say('', {
      text: '<at>Clearthread</at> <at>A</at> and <at>B</at>, an a',
      entities: [
        mention('<at>Clearthread</at>', BOT, 'Clearthread'),
        mention('<at>A</at>', '29:a', '<at>B</at>'),
        mention('<at>B</at>', '29:b', 'Sample B'),
        mention('a', '29:c', 'not a mention'),
      ],
    });
    expect(bot.asked).toMatchObject([{ words: '<at>B</at> and Sample B, an a' }]);
  });

  it('words with the names of the first fifty whom they mention', async () => {
    const text = '<at>Clearthread</at>' + Array.from({ length: 60 }, (_, i) => ` <at>${i}</at>`).join('');
    const others = Array.from({ length: 60 }, (_, i) => ({
      type: 'mention',
      text: `<at>${i}</at>`,
      mentioned: { id: `29:${i}`, name: 'x' },
    }));
    const own = { type: 'mention', text: '<at>Clearthread</at>', mentioned: { id: BOT, name: 'Clearthread' } };
    await bot.say('', { text, entities: [own, ...others] });
    const left = Array.from({ length: 11 }, (_, i) => `<at>${i + 49}</at>`);
    expect(bot.asked).toMatchObject([{ words: [...Array.from({ length: 49 }, () => 'x'), ...left].join(' ') }]);
  });

  it('words of a bearable length, however often mentions name each other', async () => {
    const more = ['a', 'b', 'c', 'd'].map((text, i) => ({
      type: 'mention',
      text,
      mentioned: { id: `29:${text}`, name: ('abcde'[i + 1] ?? 'e').repeat(1000) },
    }));
    const { entities } = bot.activity({
      entities: [
        { type: 'mention', text: '<at>Clearthread</at>', mentioned: { id: BOT, name: 'Clearthread' } },
        ...more,
      ],
    });
    const text = `<at>Clearthread</at> ${'a'.repeat(1000)}`;
    const started = performance.now();
    expect((await bot.send(bot.activity({ text, entities }))).status).toBe(200);
    await bot.teams.idle();
    expect(bot.asked).toMatchObject([{ kind: 'words', words: 'a'.repeat(1000) }]);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('words, for a mention in a group chat, which has no threads', async () => {
    await bot.say('new deal', { conversation: { id: GROUP, conversationType: 'groupChat', tenantId: TENANT } });
    expect(bot.asked[0]?.place).toEqual({ platform: 'teams', channel: GROUP });
  });

  it('words that can open a form, for the message action', async () => {
    await bot.invoke('composeExtension/fetchTask', {
      commandId: 'newDeal',
      commandContext: 'message',
      messagePayload: { id: ROOT, body: { content: 'Sample words' } },
    });
    expect(bot.asked).toMatchObject([{ kind: 'words', words: 'new deal', canOpen: true, place: thread }]);
  });

  it('what somebody types to find a deal that they paste', async () => {
    for (const parameters of [
      [{ name: 'initialRun', value: 'true' }],
      [{ name: 'words', value: 'Sample Ministry' }],
      // A client may send what Teams' own does not.
      [{ name: 'words', value: 7 }],
    ]) {
      const queryOptions = { skip: 0, count: 25 };
      await bot.invoke('composeExtension/query', { commandId: 'findDeal', parameters, queryOptions });
    }
    expect(bot.asked.map((asked) => asked.kind === 'suggest' && [asked.source, asked.query])).toEqual([
      ['deals', ''],
      ['deals', 'Sample Ministry'],
      ['deals', ''],
    ]);
  });

  it('at most 40,000 characters of words', async () => {
    await bot.say('', { ...PERSONAL, text: 'x'.repeat(60_000) });
    await bot.say('', { ...PERSONAL, text: 'y'.repeat(40_000) });
    expect(bot.asked.map((a) => a.kind === 'words' && a.words.length)).toEqual([40_000, 40_000]);
    expect(bot.asked[1]).toMatchObject({ words: 'y'.repeat(40_000) });
  });

  it.each(['fetch', 'card', 'message'] as const)('a click, for a button of a card that came as %s', async (via) => {
    await bot.press(via, { do: 'click', name: 'deal.answer', value: 'D-7K3QXM/product' }, {}, { id: `f:click-${via}` });
    expect(bot.asked).toEqual([
      {
        kind: 'click',
        name: 'deal.answer',
        value: 'D-7K3QXM/product',
        person: 'rep-1',
        place: thread,
        cause: `activity:${CHANNEL}:rep-1:f:click-${via}`,
        trace,
      },
    ]);
  });

  it.each(['dialog', 'card', 'message'] as const)('a click with its form, for a button in it: %s', async (via) => {
    await bot.press(via, { do: 'press', name: 'deal.review-back', value: 'x', form: held() }, TYPED);
    expect(bot.asked).toMatchObject([{ kind: 'click', name: 'deal.review-back', value: 'x', place: thread }]);
    const [click] = bot.asked;
    expect(click?.kind === 'click' && click.form).toEqual({
      name: 'deal.section',
      context: '{"deal":"D-7K3QXM"}',
      values: VALUES,
    });
  });

  it.each(['dialog', 'card', 'message'] as const)('a submit: %s', async (via) => {
    await bot.press(via, { do: 'submit', form: held() }, TYPED);
    expect(bot.asked).toEqual([
      {
        kind: 'submit',
        form: 'deal.section',
        context: '{"deal":"D-7K3QXM"}',
        values: VALUES,
        person: 'rep-1',
        place: thread,
        cause: 'teams:rep-1:deal.section:showing-1',
        trace,
      },
    ]);
  });

  it('a submit of the form that the message action opened', async () => {
    const data = { ...TYPED, clearthread: { do: 'submit', form: held() } };
    await bot.invoke('composeExtension/submitAction', { commandId: 'newDeal', commandContext: 'message', data });
    expect(bot.asked).toMatchObject([{ kind: 'submit', values: VALUES }]);
  });

  it('a look, as often as it comes', async () => {
    const look = { do: 'look', deal: 'D-7K3QXM', key: 'section:product' } as const;
    await bot.press('card', look, {}, { id: 'f:look' });
    await bot.press('card', look, {}, { id: 'f:look' });
    expect(bot.asked).toMatchObject([{ kind: 'look', deal: 'D-7K3QXM', key: 'section:product' }, { kind: 'look' }]);
    expect([...bot.store.seen].filter((key) => key.includes('f:look'))).toEqual([]);
  });
});

describe('nobody is asked', () => {
  it.each([
    ['a message in a channel that does not mention the bot', { text: 'lunch?', entities: [] }],
    [
      'a message that mentions somebody else',
      {
        text: '<at>Sample</at> hello',
        entities: [{ type: 'mention', text: '<at>Sample</at>', mentioned: { id: '29:counsel', name: 'Sample' } }],
      },
    ],
    ['a message of a bot', { ...PERSONAL, from: { id: '28:other', aadObjectId: REP.id, role: 'bot' } }],
    ['a message without words', { ...PERSONAL, text: '' }],
    ['a message with somebody else’s data', { ...PERSONAL, text: undefined, value: { action: 'x' } }],
    ['a message without an id', { ...PERSONAL, id: undefined }],
  ])('for %s', async (_, more) => {
    expect((await bot.say('status', more)).status).toBe(200);
    expect(bot.asked).toEqual([]);
    expect(bot.api.sent).toHaveLength(1);
  });

  it.each([
    ['no value', undefined],
    ['no data', { action: {} }],
    ['data of the wrong kind', { action: { data: 'x' } }],
    ['somebody else’s data', { action: { data: { action: 'x' } } }],
    ['data of ours that is garbage', { action: { data: { clearthread: { do: 'everything' } } } }],
    ['a submit without a form', { action: { data: { clearthread: { do: 'submit' } } } }],
    [
      'a giant context',
      { action: { data: { clearthread: { do: 'submit', form: held({ context: 'x'.repeat(90_000) }) } } } },
    ],
    ['a giant value', { action: { data: { clearthread: { do: 'click', name: 'x', value: 'x'.repeat(3000) } } } }],
    [
      'too many inputs',
      {
        action: {
          data: {
            clearthread: { do: 'submit', form: held({ inputs: Array.from({ length: 5000 }, (_, i) => `i${i}`) }) },
          },
        },
      },
    ],
  ])('for an invoke with %s', async (_, value) => {
    expect(await bot.invoke('adaptiveCard/action', value)).toEqual({
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: 'BadRequest', message: 'Clearthread does not know this button.' },
    });
    expect(await bot.invoke('task/submit', value)).toBeUndefined();
    expect(bot.asked).toEqual([]);
  });

  it('for data of ours behind a prototype', async () => {
    const data = JSON.parse('{"__proto__":{"clearthread":{"do":"click","name":"x","value":"y"}}}') as object;
    await bot.invoke('adaptiveCard/action', { action: { data } });
    expect(bot.asked).toEqual([]);
  });
});

describe('values that a client made up', () => {
  it('of inputs that the form did not show are left out', async () => {
    await bot.press('dialog', { do: 'submit', form: held({ inputs: ['P1'], lists: [] }) }, TYPED);
    expect(bot.asked).toMatchObject([{ values: { P1: 'yes' } }]);
    expect(bot.asked[0]?.kind === 'submit' && Object.keys(bot.asked[0].values)).toEqual(['P1']);
  });

  it('named after what every object has do no harm', async () => {
    const inputs = ['__proto__', 'constructor', 'toString', 'clearthread', 'hasOwnProperty'];
    const typed = JSON.parse('{"__proto__":"yes","constructor":"no"}') as Record<string, unknown>;
    const data = { ...typed, clearthread: { do: 'submit', form: held({ inputs, lists: [] }) } };
    Object.defineProperty(data, '__proto__', { value: 'yes', enumerable: true });
    await bot.invoke('task/submit', { data });
    const values = bot.asked[0]?.kind === 'submit' ? bot.asked[0].values : {};
    expect(Object.entries(values)).toEqual([['constructor', 'no']]);
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });

  it.each([[7], [true], [['a']], [{ a: 1 }], [null]])('that are no text (%j) are absent', async (value) => {
    await bot.press('dialog', { do: 'submit', form: held({ inputs: ['P1'], lists: ['P1'] }) }, { P1: value });
    expect(bot.asked[0]?.kind === 'submit' && bot.asked[0].values).toEqual({});
  });
});

describe('what comes in is kept, to write there later', () => {
  let bot: TeamsBot;
  beforeEach(async () => {
    bot = await startTeamsBot();
  });
  afterEach(() => bot.stop());

  it('once, and again when it changes', async () => {
    await bot.say('status');
    await bot.say('status');
    expect(Object.fromEntries(bot.store.conversations)).toEqual({
      [`teams:channel:${CHANNEL}`]: { serviceUrl: bot.api.url, tenant: TENANT, kind: 'channel' },
      'teams:user:rep-1': { account: REP.id, user: REP.user },
    });
    await bot.say('help', PERSONAL);
    expect(bot.store.conversations.get('teams:person:rep-1')).toEqual({
      account: REP.id,
      serviceUrl: bot.api.url,
      conversation: personalChat(REP),
      user: REP.user,
      tenant: TENANT,
    });
    expect(bot.store.writes).toBe(3);
  });

  it('when the bot comes into a channel', async () => {
    const update = bot.activity({
      type: 'conversationUpdate',
      membersAdded: [{ id: BOT }],
      conversation: { id: '19:new@thread.tacv2', conversationType: 'channel', tenantId: TENANT },
      from: { id: '29:somebody' },
    });
    expect((await bot.send(update)).status).toBe(200);
    await bot.teams.idle();
    expect([...bot.store.conversations.keys()]).toEqual(['teams:channel:19:new@thread.tacv2']);
    expect(bot.asked).toEqual([]);
  });

  it('when somebody installs the bot, who is shown their page once', async () => {
    bot.answers.push({ kind: 'tell', card: { blocks: [{ kind: 'text', text: 'Sample home' }] } });
    const install = bot.activity({ type: 'installationUpdate', action: 'add', ...PERSONAL });
    for (const body of [install, install]) await bot.send(body);
    await bot.teams.idle();
    expect(bot.asked).toMatchObject([{ kind: 'words', words: 'home', place: { direct: true } }]);
    expect(bot.api.sent.slice(1)).toMatchObject([{ conversation: personalChat(REP), summary: 'Sample home' }]);
    expect([...bot.store.conversations.keys()]).toEqual(['teams:person:rep-1']);
  });

  it.each([
    { type: 'installationUpdate', action: 'add' },
    { type: 'conversationUpdate', membersAdded: [{ id: BOT }] },
  ])("but nothing of somebody else's chat: %j", async (news) => {
    await bot.send(bot.activity({ ...news, ...FROM(COUNSEL), ...PERSONAL }));
    await bot.teams.idle();
    expect(bot.asked).toEqual([]);
    expect([...bot.store.conversations.keys()]).toEqual([]);
  });

  it('but nothing of a channel that another tenant names as its own', async () => {
    await bot.stop();
    const other = '00000000-0000-4000-8000-0000000000cc';
    bot = await startTeamsBot({ mode: { tenants: [TENANT, other] } });
    await bot.say('status');
    const conversation = { id: CHANNEL, conversationType: 'channel', tenantId: other };
    const channelData = { tenant: { id: other } };
    const came = { type: 'conversationUpdate', membersAdded: [{ id: BOT }], from: { id: '29:somebody' } };
    expect((await bot.send(bot.activity({ ...came, conversation, channelData }))).status).toBe(200);
    expect(bot.store.conversations.get(`teams:channel:${CHANNEL}`)).toMatchObject({ tenant: TENANT });
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({
        event: 'teams.not-learnt',
        fields: { trace: expect.any(String) as string, code: 'other-tenant' },
      }),
    );
  });

  it('but an app that was pushed to everybody asks nobody in, and fills no record', async () => {
    const stranger = { id: '00000000-0000-4000-8000-000000000077', user: '29:x', installed: true };
    const conversation = { id: personalChat(stranger), conversationType: 'personal', tenantId: TENANT };
    await bot.send(bot.activity({ type: 'installationUpdate', action: 'add', ...FROM(stranger), conversation }));
    await bot.teams.idle();
    expect([bot.asked, bot.refused, bot.api.sent.slice(1)]).toEqual([[], [], []]);
  });

  it('but nothing of a person whom nobody knows', async () => {
    await bot.say('status', FROM({ id: '00000000-0000-4000-8000-000000000077', user: '29:x', installed: true }));
    expect([...bot.store.conversations.keys()]).toEqual([]);
  });
});
