/** Admission at `POST /api/messages`: keys made here, the SDK's own check switched on. */

import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_ID, TENANT } from './bot-connector.ts';
import { startTeamsBot, type Body, type Sending, type TeamsBot } from './bot.ts';

// The environment must not matter: the SDK reads these variables if an option is missing.
vi.stubEnv('DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS', 'true');
vi.stubEnv('CLIENT_ID', '00000000-0000-4000-8000-0000000000ff');
vi.stubEnv('CLIENT_SECRET', 'from-the-environment');
vi.stubEnv('TENANT_ID', '00000000-0000-4000-8000-0000000000fe');
vi.stubEnv('CLOUD', 'China');
vi.stubEnv('SERVICE_URL', 'https://evil.example');

let bot: TeamsBot;
beforeAll(async () => {
  bot = await startTeamsBot();
});
afterAll(() => bot.stop());
beforeEach(() => bot.forget());

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const words = (more: Body = {}): Body =>
  bot.activity({
    text: 'status',
    conversation: { id: 'a:chat-00000000-0000-4000-8000-000000000001', conversationType: 'personal', tenantId: TENANT },
    ...more,
  });
const status = async (body: unknown, how?: Sending): Promise<number> => {
  const response = await bot.send(body, how);
  await bot.teams.idle();
  return response.status;
};
const claims = (): Record<string, unknown> => {
  const now = Math.floor(bot.now.value.getTime() / 1000);
  return { iss: 'https://api.botframework.com', aud: CLIENT_ID, exp: now + 3600, serviceurl: bot.api.url };
};
const inSeconds = (seconds: number): number => Math.floor(bot.now.value.getTime() / 1000) + seconds;

describe('a token', () => {
  it('of Microsoft for this bot lets the activity in, once', async () => {
    const body = words();
    expect(await status(body)).toBe(200);
    expect(bot.asked).toMatchObject([{ kind: 'words', words: 'status', person: 'rep-1' }]);
    expect(await status(body)).toBe(200);
    expect(bot.asked).toHaveLength(1);
  });

  const bad: [string, () => Promise<Sending>][] = [
    ['that is missing', async () => ({ authorization: undefined })],
    ['that is garbage', async () => ({ authorization: 'Bearer garbage' })],
    ['that is of garbage in three parts', async () => ({ authorization: 'Bearer a.b.c' })],
    ['of another scheme', async () => ({ authorization: `Basic ${await bot.signing.sign()}` })],
    ['without a scheme', async () => ({ authorization: await bot.signing.sign() })],
    [
      'with alg none',
      async () => ({ authorization: `Bearer ${base64({ alg: 'none', typ: 'JWT' })}.${base64(claims())}.` }),
    ],
    [
      'with alg none and a signature',
      async () => ({ authorization: `Bearer ${base64({ alg: 'none', kid: 'sample-key' })}.${base64(claims())}.AAAA` }),
    ],
    [
      'with HS256, the public key as its secret',
      async () => {
        const head = `${base64({ alg: 'HS256', typ: 'JWT', kid: 'sample-key' })}.${base64(claims())}`;
        const mac = createHmac('sha256', bot.signing.publicPem).update(head).digest('base64url');
        return { authorization: `Bearer ${head}.${mac}` };
      },
    ],
    [
      'whose alg was changed to RS256 after it was signed with HS256',
      async () => {
        const head = `${base64({ alg: 'RS256', typ: 'JWT', kid: 'sample-key' })}.${base64(claims())}`;
        const mac = createHmac('sha256', bot.signing.publicPem).update(head).digest('base64url');
        return { authorization: `Bearer ${head}.${mac}` };
      },
    ],
    ['for another audience', async () => ({ claims: { aud: '00000000-0000-4000-8000-0000000000ff' } })],
    ['of another issuer', async () => ({ claims: { iss: 'https://evil.example' } })],
    ['of another key', async () => ({ authorization: `Bearer ${await bot.signing.sign({}, { foreign: true })}` })],
    [
      'of a key that nobody knows',
      async () => ({ authorization: `Bearer ${await bot.signing.sign({}, { foreign: true, kid: 'other' })}` }),
    ],
    ['that expired a second ago', async () => ({ claims: { exp: inSeconds(-1) } })],
    ['that expired ten minutes ago', async () => ({ claims: { exp: inSeconds(-600) } })],
    ['without an expiry', async () => ({ claims: { exp: undefined } })],
    ['whose expiry is no number', async () => ({ claims: { exp: '9999999999' } })],
    ['that is not valid before an hour has passed', async () => ({ claims: { nbf: inSeconds(3600) } })],
    ['for another serviceUrl', async () => ({ claims: { serviceurl: 'https://smba.trafficmanager.net/emea/' } })],
    ['for no serviceUrl', async () => ({ claims: { serviceurl: undefined } })],
    [
      'that a person got from Entra for this bot',
      async () => ({
        claims: {
          iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
          aud: `api://botid-${CLIENT_ID}`,
          tid: TENANT,
          scp: 'access_as_user',
          oid: '00000000-0000-4000-8000-000000000001',
        },
      }),
    ],
  ];
  it.each(bad)('%s is refused', async (_, how) => {
    const response = await bot.send(words(), await how());
    expect([response.status, await response.text()]).toEqual([401, '']);
    await bot.teams.idle();
    expect(bot.asked).toEqual([]);
    expect(bot.api.calls).toEqual([]);
    expect(bot.logged()).toContain('"status":401');
  });

  it('is compared without the slash at its end, and in any case', async () => {
    expect(await status(words(), { claims: { serviceurl: bot.api.url.replace(/\/$/, '').toUpperCase() } })).toBe(200);
    expect(bot.asked).toHaveLength(1);
  });
});

describe('an activity under a good token', () => {
  const OTHER = '00000000-0000-4000-8000-0000000000cc';
  const personal = (tenantId: string | undefined) => ({
    conversation: { id: 'a:chat-00000000-0000-4000-8000-000000000001', conversationType: 'personal', tenantId },
  });
  it.each([
    ['of another tenant', { ...personal(OTHER), channelData: { tenant: { id: OTHER } } }],
    ['of another tenant, by its conversation', { ...personal(OTHER), channelData: {} }],
    ['of two tenants', personal(OTHER)],
    ['of two tenants, ours second', { channelData: { tenant: { id: OTHER } } }],
    ['of no tenant', { ...personal(undefined), channelData: undefined }],
    ['of another channel', { channelId: 'webchat' }],
    ['of no channel', { channelId: undefined }],
  ])('%s is refused', async (_, more) => {
    expect(await status(words(more))).toBe(403);
    expect(bot.asked).toEqual([]);
    expect(bot.api.calls).toEqual([]);
  });

  it.each([
    'https://evil.example/teams',
    'https://smba.trafficmanager.net.evil.example/emea/',
    'https://evil-smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net@evil.example/emea/',
    'https://evil.example\\@smba.trafficmanager.net/emea/',
    'https://user:secret@smba.trafficmanager.net/emea/',
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://smba.trafficmanager.net./emea/',
    'https://smba.trafficmanager.net/emea/?next=https://evil.example',
    'https://sample.example/emea/',
    'https://evil.emea.sample.example/emea/',
    'ftp://smba.trafficmanager.net/',
    'smba.trafficmanager.net',
    'javascript:alert(1)',
    'http://127.0.0.1.evil.example/',
  ])('whose serviceUrl is %s is refused', async (serviceUrl) => {
    expect(await status(words({ serviceUrl }), { claims: { serviceurl: serviceUrl } })).toBe(403);
    expect(bot.asked).toEqual([]);
    expect(bot.api.calls).toEqual([]);
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['null', null],
  ])('whose serviceUrl is %s is refused', async (_, serviceUrl) => {
    expect(await status(words({ serviceUrl }))).toBe(403);
    expect(await status(words({ serviceUrl }), { claims: { serviceurl: undefined } })).toBe(403);
    expect(bot.asked).toEqual([]);
  });

  it('may name another listed host, and a tenant in any case', async () => {
    const serviceUrl = 'https://emea.sample.example/teams/';
    const body = words({ type: 'typing', serviceUrl, channelData: { tenant: { id: TENANT.toUpperCase() } } });
    expect(await status(body, { claims: { serviceurl: serviceUrl } })).toBe(200);
  });

  it.each([
    ['nothing', {}],
    ['no sender', { type: 'message', from: undefined }],
    ['a sender of the wrong kind', { type: 'message', from: 'somebody' }],
    ['no conversation', { type: 'message', conversation: undefined }],
    ['a conversation of the wrong kind', { type: 'invoke', conversation: 7 }],
    ['a type of the wrong kind', { type: { nested: true } }],
    ['no recipient', { type: 'message', recipient: null }],
    ['channel data of the wrong kind', { type: 'message', channelData: 'x' }],
    ['a message without an account', { type: 'message', from: { id: '' } }],
  ])('with %s is garbage', async (_, more) => {
    const body = Object.keys(more).length === 0 ? {} : words(more);
    expect(await status(body)).toBe(400);
    expect(bot.asked).toEqual([]);
  });

  it.each([
    ['broken', '{"type":'],
    ['a list', '[]'],
    ['a text', '"text"'],
    ['null', 'null'],
    ['empty', ''],
  ])('that is %s is garbage', async (_, body) => {
    const response = await bot.send(body);
    expect([response.status, await response.text()]).toEqual([400, '']);
  });

  it('that is no JSON is garbage', async () => {
    expect(await status(JSON.stringify(words()), { type: 'text/plain' })).toBe(400);
  });

  it('that is too large is refused', async () => {
    expect(await status(words({ text: 'x'.repeat(600_000) }))).toBe(413);
    expect(bot.asked).toEqual([]);
  });

  it('of 40,000 escaped characters, with the HTML that Teams adds, is not', async () => {
    const text = '&amp;'.repeat(40_000);
    const attachments = [{ contentType: 'text/html', content: `<p>${text}</p>` }];
    expect(await status(words({ text, attachments }))).toBe(200);
    expect(bot.asked).toHaveLength(1);
  });

  it('without a token its size and shape are not even looked at', async () => {
    expect(await status('{"type":', { authorization: undefined })).toBe(401);
    expect(await status('x'.repeat(600_000), { authorization: undefined })).toBe(401);
  });

  it.each(['signin/verifyState', 'signin/tokenExchange', 'signin/failure', 'fileConsent/invoke', 'constructor'])(
    'that invokes %s does nothing, nor does the SDK',
    async (name) => {
      const value = { state: '123456', id: 'x', token: 'x', connectionName: 'x' };
      expect(await status(words({ type: 'invoke', name, value }))).toBe(200);
      expect(bot.asked).toEqual([]);
      expect(bot.api.calls).toEqual([]);
    },
  );

  it.each([
    'messageUpdate',
    'messageDelete',
    'messageReaction',
    'typing',
    'event',
    'endOfConversation',
    'command',
    'trace',
    '__proto__',
  ])('of the type %s is ignored', async (type) => {
    expect(await status(words({ type, action: 'add', name: 'x', value: {} }))).toBe(200);
    expect(bot.asked).toEqual([]);
  });
});

describe('logs', () => {
  it('hold no words, names or tokens, whatever the SDK prints', async () => {
    await status(words({ text: 'Sample secret words' }));
    await status(words({ text: 'Sample secret words', from: { id: '29:x', name: 'Sample secret name' } }));
    await bot.send(words(), { claims: { iss: 'https://evil.example/Sample-secret' } });
    expect(bot.log.lines.length).toBeGreaterThan(0);
    expect(bot.logged()).not.toMatch(/secret/i);
    expect(bot.logged()).not.toContain('eyJ');
  });
});

describe('a bot that stops', () => {
  let other: TeamsBot;
  beforeEach(async () => {
    other = await startTeamsBot();
  });
  afterEach(() => other.stop());

  it('takes nothing in any more', async () => {
    expect(other.teams.problem()).toBeUndefined();
    await other.teams.stop();
    expect((await other.send(other.activity({ text: 'help' }))).status).toBe(503);
    expect(other.asked).toEqual([]);
    expect(other.teams.problem()).toBe('The bot is stopping.');
  });
});
