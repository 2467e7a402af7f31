import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playgroundRefusal } from '../../../src/playground/guard.ts';
import { CHANNEL, openBench, REP, type Bench } from './bench.ts';

describe('the playground does not start', () => {
  it.each([
    [{ NODE_ENV: 'production' }, 'NODE_ENV'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_APP_TOKEN'],
    [{ SLACK_SIGNING_SECRET: 's' }, 'SLACK_SIGNING_SECRET'],
    [{ TEAMS_CLIENT_ID: 'i' }, 'TEAMS_CLIENT_ID'],
    [{ TEAMS_CLIENT_SECRET: 's' }, 'TEAMS_CLIENT_SECRET'],
    [{ MONGODB_URI: 'mongodb://x' }, 'MONGODB_URI'],
    [{ PORT: '5061' }, 'No browser opens port 5061: set PORT'],
  ])('with %j', (env, name) => {
    expect(playgroundRefusal(env, undefined)).toContain(name);
  });

  it('on the data of a real deployment', () => {
    expect(playgroundRefusal({}, 'real')).toContain('DATA_DIR');
  });
});

it('starts on a fresh or its own folder', () => {
  expect(playgroundRefusal({ SLACK_BOT_TOKEN: '' }, undefined)).toBeUndefined();
  expect(playgroundRefusal({ PORT: '3001' }, 'playground')).toBeUndefined();
});

describe('a running playground', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.end());

  const status = (path: string, headers: Record<string, string>, body?: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(bench.url);
      const sent = request(
        { host: '127.0.0.1', port, path, method: body === undefined ? 'GET' : 'POST', headers },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const host = () => new URL(bench.url).host;
  const say = () => JSON.stringify({ user: REP, tab: 't', channel: CHANNEL, text: 'Hello' });
  const json = { 'content-type': 'application/json' };

  it('answers to its own names only', async () => {
    const path = `/playground/ui/start?user=${REP}`;
    expect(await status(path, { host: host() })).toBe(200);
    expect(await status(path, { host: host().replace('127.0.0.1', 'localhost') })).toBe(200);
    expect(await status(path, { host: 'evil.example' })).toBe(403);
    expect(await status(path, { host: '127.0.0.1.evil.example' })).toBe(403);
  });

  it('takes acts from its own page only', async () => {
    expect(await status('/playground/ui/say', { ...json, host: host(), origin: bench.url }, say())).toBe(200);
    expect(await status('/playground/ui/say', { ...json, host: host(), origin: 'https://evil.example' }, say())).toBe(
      403,
    );
    expect(await status('/playground/ui/say', { ...json, host: host() }, say())).toBe(403);
    const call = { authorization: 'Bearer xoxb-test', host: host() };
    expect(await status('/playground/api/auth.test', call, '')).toBe(200);
    expect(await status('/playground/api/auth.test', { ...call, origin: 'https://evil.example' }, '')).toBe(403);
  });

  it('lets nobody be a bot, a leaver or a stranger', async () => {
    for (const user of ['U0CLEARTHRD', 'U0SAMPLELEFT', 'U0NOBODY0001']) {
      expect(await status(`/playground/ui/start?user=${user}`, { host: host() })).toBe(400);
    }
  });

  it('runs no script but its own', async () => {
    const response = await fetch(`${bench.url}/playground/ui/people`);
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/);
  });
});
