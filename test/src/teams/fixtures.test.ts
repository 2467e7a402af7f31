/** Recorded requests of Teams, replayed: through the reader, and signed through the whole edge to the route. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ours } from '../../../blocks/teams/data.ts';
import type { ConversationKind } from '../../../src/teams/conversations.ts';
import { envelope, readPayload, type Payload, type Via } from '../../../src/teams/payloads.ts';
import { fixturesOf } from '../../support/fixtures.ts';
import { startTeamsBot, type TeamsBot } from './bot.ts';

const FIXTURES = fixturesOf('teams');
/** Kinds that the reader knows: a new one does not compile until it is listed here. */
const KINDS: Record<Payload['kind'], true> = {
  press: true,
  said: true,
  sought: true,
  arrived: true,
  ignored: true,
  unsupported: true,
};
const VIAS: Record<Via, true> = { fetch: true, dialog: true, card: true, message: true };
const ACTS: Record<Ours['do'], true> = { click: true, press: true, submit: true, look: true };
const PLACES: Record<ConversationKind, true> = { personal: true, groupChat: true, channel: true };

const trace = expect.stringMatching(/^[0-9A-Z]{8}$/) as unknown;
const read = (payload: unknown): Payload => readPayload(envelope.parse(payload), payload);

let bot: TeamsBot;
beforeEach(async () => {
  bot = await startTeamsBot();
  bot.api.places
    .set('19:dealclearance@thread.tacv2', 'channel')
    .set('19:groupchat@thread.v2', 'groupChat')
    .set('a:personal-rep', 'personal');
});
afterEach(() => bot.stop());

describe.each(FIXTURES)('%s', (_, { payload, reads, asks }) => {
  it('is read', () => {
    expect(read(payload)).toMatchObject(reads);
  });

  it('is answered, and asks the route', async () => {
    const response = await bot.send({ ...payload, serviceUrl: bot.api.url });
    await bot.teams.idle();
    expect(response.status).toBe(200);
    expect(bot.asked).toEqual(asks.map((ask) => ({ ...ask, trace })));
  });
});

describe('there is one', () => {
  const all = FIXTURES.map(([, { payload }]) => read(payload));
  const presses = all.flatMap((found) => (found.kind === 'press' ? [found] : []));
  it.each([
    ['of each kind', KINDS, all.map(({ kind }) => kind)],
    ['of each way that a press comes in', VIAS, presses.map(({ via }) => via)],
    ['of each thing that our data ask for', ACTS, presses.map(({ ours }) => ours.do)],
    ['from each place', PLACES, all.flatMap((found) => ('place' in found ? [found.place] : []))],
  ])('%s', (_, known, found) => {
    expect(new Set<string>(found)).toEqual(new Set(Object.keys(known)));
  });
});

it('each says where its shape is from', () => {
  for (const [, { source }] of FIXTURES) {
    expect(source).toMatch(/^https:\/\/learn\.microsoft\.com\/\S+$|^sent by Microsoft's 365 Agents Playground/);
  }
});
