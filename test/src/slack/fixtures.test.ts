/** Recorded requests of Slack, replayed: through the reader, and signed through the whole edge to the route. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPayload, type Payload } from '../../../src/slack/payloads.ts';
import { fixturesOf, type Fixture } from '../../support/fixtures.ts';
import { startBot, type Bot } from './bot.ts';

const FIXTURES = fixturesOf('slack');
const COMMANDS = ['/deal', '/clear-deal'];
/** Each kind that the reader knows: a new one does not compile until it is listed here. */
const KINDS: Record<Payload['kind'], true> = {
  command: true,
  said: true,
  home: true,
  shortcut: true,
  press: true,
  'press in view': true,
  'press at home': true,
  change: true,
  submit: true,
  suggest: true,
  ignored: true,
  unsupported: true,
};
const trace = expect.stringMatching(/^[0-9A-Z]{8}$/) as unknown;
const suggestCause = expect.stringMatching(/^suggest:[0-9A-Z]{8}$/) as unknown;

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.stop());

/** As Slack sends it: a command as a form, an event as JSON, everything else as JSON in a form. */
const send = async ({ payload, headers = {} }: Fixture): Promise<Response> => {
  const json = JSON.stringify(payload);
  const isEvent = payload['type'] === 'event_callback' || payload['type'] === 'url_verification';
  const fields = 'command' in payload ? (payload as Record<string, string>) : { payload: json };
  const response = isEvent
    ? await bot.send(json, { type: 'application/json', headers })
    : await bot.send(new URLSearchParams(fields).toString(), { headers });
  await bot.slack.idle();
  return response;
};

const asked = ({ asks }: Fixture): unknown[] => asks.map((ask) => ({ cause: suggestCause, ...ask, trace }));

describe.each(FIXTURES)('%s', (_, fixture) => {
  it('is read', () => {
    expect(readPayload(fixture.payload, COMMANDS)).toMatchObject(fixture.reads);
  });

  it('is acknowledged, and asks the route', async () => {
    expect((await send(fixture)).status).toBe(200);
    expect(bot.asked).toEqual(asked(fixture));
  });
});

it('there is one of each kind, and each says where its shape is from', () => {
  expect(new Set(FIXTURES.map(([, { reads }]) => reads.kind))).toEqual(new Set(Object.keys(KINDS)));
  for (const [, { source }] of FIXTURES) expect(source).toMatch(/^https:\/\/docs\.slack\.dev\/\S+$/);
});

it('what Slack sends again, signed again, is asked once', async () => {
  const named = new Map(FIXTURES);
  for (const name of ['event-message-direct', 'event-message-direct-again']) {
    const fixture = named.get(name);
    if (!fixture) throw new Error(`There is no fixture ${name}.`);
    expect((await send(fixture)).status).toBe(200);
    bot.now.value = new Date(bot.now.value.getTime() + 60_000);
  }
  expect(bot.asked).toHaveLength(1);
});
