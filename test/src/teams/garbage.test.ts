/** Every request with a good token is answered, and one that makes no sense does nothing. */

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PRESSED, startTeamsBot, type TeamsBot } from './bot.ts';

let bot: TeamsBot;
beforeAll(async () => {
  bot = await startTeamsBot();
});
afterAll(() => bot.stop());
beforeEach(() => bot.forget());

const FIELDS = [
  'type',
  'id',
  'from',
  'recipient',
  'conversation',
  'channelData',
  'text',
  'entities',
  'value',
  'name',
  'replyToId',
  'attachments',
  'membersAdded',
  'action',
];
const TYPES = ['message', 'invoke', 'conversationUpdate', 'installationUpdate'];
const NAMES = [
  'task/fetch',
  'task/submit',
  'adaptiveCard/action',
  'composeExtension/fetchTask',
  'composeExtension/query',
  'composeExtension/submitAction',
];

const ours = fc.record(
  {
    do: fc.oneof(fc.constantFrom('click', 'press', 'submit', 'look', '__proto__'), fc.jsonValue()),
    name: fc.oneof(fc.constantFrom('constructor', '__proto__', 'toString', 'deal.open'), fc.jsonValue()),
    value: fc.oneof(fc.string(), fc.jsonValue()),
    deal: fc.oneof(fc.constantFrom('D-1', 'constructor'), fc.jsonValue()),
    key: fc.oneof(fc.constantFrom('root', '__proto__'), fc.jsonValue()),
    form: fc.oneof(
      fc.record({
        name: fc.constantFrom('constructor', 'deal.open', ''),
        context: fc.oneof(fc.string(), fc.constant('{"shown":[]}')),
        showing: fc.string({ minLength: 8 }),
        inputs: fc.array(fc.constantFrom('__proto__', 'constructor', 'a')),
        lists: fc.array(fc.constantFrom('__proto__', 'a')),
      }),
      fc.jsonValue(),
    ),
  },
  { requiredKeys: [] },
);

const answered = async (body: object): Promise<number> => {
  const response = await bot.send(bot.activity({ ...body }));
  await response.text();
  await bot.teams.idle();
  return response.status;
};

it('any field may be anything', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...TYPES),
      fc.constantFrom(...NAMES),
      fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue(), { maxKeys: 3 }),
      async (type, name, more) => {
        expect([200, 400, 403]).toContain(await answered({ type, name, ...more }));
      },
    ),
    { numRuns: 150 },
  );
});

it('our data in it may be anything', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), ours, fc.jsonValue(), async (name, clearthread, a) => {
      const data = { clearthread, a, ['__proto__']: a };
      const value = name === 'adaptiveCard/action' ? { action: { data } } : { data, commandId: 'newDeal' };
      expect(await answered({ type: 'invoke', name, value, replyToId: PRESSED })).toBe(200);
    }),
    { numRuns: 200 },
  );
  for (const act of bot.asked) expect(act.person).toBe('rep-1');
});
