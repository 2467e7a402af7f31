/** Microsoft's keys: what makes the bot fetch them, and what happens while they are unavailable. */

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PUBLIC, withOverrides } from '@microsoft/teams.api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTeamsBot, type Sending, type TeamsBot } from './bot.ts';

type Behaviour = 'serve' | 'hang' | 'fail' | 'empty' | 'redirect' | 'serve many once, then fail';
const MANY = 20;
let behaviour: Behaviour;
let fetched: number;
/** Number of fetches that get no answer. */
let held: ServerResponse[];
let bot: TeamsBot;
let close: () => Promise<void>;

const serve = async (res: ServerResponse): Promise<void> => {
  const real = bot.signing.openIdMetadataUrl.replace('openidconfiguration', 'keys');
  if (behaviour === 'hang') return void held.push(res);
  if (behaviour === 'redirect') return void res.writeHead(302, { location: real }).end();
  if (behaviour === 'fail') return void res.writeHead(500).end();
  const keys = behaviour === 'empty' ? '{"keys":[]}' : await (await fetch(real)).text();
  if (behaviour === 'serve many once, then fail') {
    behaviour = 'fail';
    const [key] = (JSON.parse(keys) as { keys: object[] }).keys;
    const many = Array.from({ length: MANY }, (_, n) => ({ ...key, kid: `key-${n}` }));
    return void res
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ keys: [key, ...many] }));
  }
  res.writeHead(200, { 'content-type': 'application/json' }).end(keys);
};

beforeEach(async () => {
  behaviour = 'serve';
  fetched = 0;
  held = [];
  const server = createServer((_, res) => {
    fetched += 1;
    void serve(res);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/.well-known/openidconfiguration`;
  bot = await startTeamsBot({ mode: { cloud: withOverrides(PUBLIC, { openIdMetadataUrl: url }) } });
  close = async () => {
    await bot.stop();
    server.close();
    server.closeAllConnections();
  };
});
afterEach(() => close());

const status = async (how?: Sending): Promise<number> => {
  const response = await bot.send(bot.activity({ type: 'typing' }), how);
  await response.text();
  return response.status;
};
const later = (ms: number): void => {
  bot.now.value = new Date(bot.now.value.getTime() + ms);
};
const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const madeUp = (kid: string): Sending => ({
  authorization: `Bearer ${base64({ alg: 'RS256', kid })}.${base64({ exp: Date.now() / 1000 + 86_400 })}.AAAA`,
});

describe('tokens with made-up key ids', () => {
  it('make the bot fetch the keys once in six seconds, and keep nobody else out', async () => {
    const flood = await Promise.all(Array.from({ length: 50 }, (_, i) => status(madeUp(`made-up-${i}`))));
    expect(new Set(flood)).toEqual(new Set([401]));
    expect(fetched).toBe(1);
    // The SDK fetches them once for itself.
    expect([await status(), fetched]).toEqual([200, 2]);
    later(6000);
    for (let i = 0; i < 5; i += 1) expect(await status(madeUp('made-up'))).toBe(401);
    expect([await status(), fetched]).toEqual([200, 3]);
  });

  it('or with the id of a real key never reach the SDK', async () => {
    for (let i = 0; i < 5; i += 1) expect(await status(madeUp('sample-key'))).toBe(401);
    expect(fetched).toBe(1);
  });

  it('or without one are refused unseen', async () => {
    const authorization = `Bearer ${base64({ alg: 'RS256' })}.${base64({ exp: Date.now() / 1000 + 86_400 })}.AAAA`;
    expect([await status({ authorization }), fetched]).toEqual([401, 0]);
  });
});

describe('keys that cannot be had', () => {
  it.each<Behaviour>(['fail', 'empty', 'redirect'])('are no reason to refuse for good: %s', async (how) => {
    behaviour = how;
    expect(await status()).toBe(503);
    expect(bot.logged()).toContain('"code":"no-keys"');
    // A request right after it gets the same answer, without another try.
    expect([await status(), fetched]).toEqual([503, 1]);
    behaviour = 'serve';
    later(6000);
    expect(await status()).toBe(200);
  });

  it('by the SDK alone are none either', async () => {
    expect(await status(madeUp('made-up'))).toBe(401);
    behaviour = 'fail';
    expect(await status()).toBe(503);
    behaviour = 'serve';
    expect(await status()).toBe(200);
  });

  it('because their server hangs cost five seconds', { timeout: 15_000 }, async () => {
    behaviour = 'hang';
    const started = performance.now();
    expect(await Promise.all([status(), status()])).toEqual([503, 503]);
    expect(performance.now() - started).toBeLessThan(8000);
  });

  it('do not keep out whoever is known, nor wait for them', { timeout: 15_000 }, async () => {
    expect(await status()).toBe(200);
    behaviour = 'hang';
    later(6000);
    const waiting = status(madeUp('made-up'));
    expect(await status()).toBe(200);
    expect(await waiting).toBe(503);
  });
});

it('a check that ends after its answer takes nothing in', { timeout: 15_000 }, async () => {
  await status(madeUp('made-up'));
  behaviour = 'hang';
  const again = { id: 'f:again' };
  expect((await bot.say('help', again)).status).toBe(503);
  behaviour = 'serve';
  for (const res of held.splice(0)) await serve(res);
  // The same check admitted it: the keys are there.
  expect((await bot.say('status', { id: 'f:other' })).status).toBe(200);
  expect(bot.asked).toMatchObject([{ words: 'status' }]);
  // And Teams sends again what got a 503.
  expect((await bot.say('help', again)).status).toBe(200);
  expect(bot.asked).toMatchObject([{ words: 'status' }, { words: 'help' }]);
});

it('that are missing for one request say nothing of another at the same time', async () => {
  // The SDK knows the usual key from here on.
  expect(await status()).toBe(200);
  later(10 * 60_000);
  behaviour = 'serve many once, then fail';
  const token = async (claims: object, kid?: string): Promise<Sending> => ({
    authorization: `Bearer ${await bot.signing.sign({ ...claims }, kid === undefined ? {} : { kid })}`,
  });
  // Our check has these keys, the SDK cannot fetch them.
  const missing = await Promise.all(Array.from({ length: MANY }, (_, n) => token({}, `key-${n}`)));
  const wrong = await Promise.all(missing.map(() => token({ aud: 'another-bot' })));
  const [first, ...others] = missing;
  expect(await status(first)).toBe(503);
  const answers = await Promise.all([...others, ...wrong].map((how) => status(how)));
  expect(answers).toEqual([...others.map(() => 503), ...wrong.map(() => 401)]);
});
