/** Between Teams and the route: repeats, forms that grow, messages to a person while the route takes its time. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import type { HeldForm, Ours } from '../../../blocks/teams/data.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { createTeamsEdge } from '../../../src/teams/edge.ts';
import { envelope } from '../../../src/teams/payloads.ts';
import { StoreFault } from '../../../store/event-store.ts';
import { memoryLogger } from '../slack/bot.ts';
import { personalChat } from './bot-connector.ts';
import { CHANNEL, COUNSEL, FROM, REP, ROOT, startTeamsBot, type TeamsBot } from './bot.ts';

let bot: TeamsBot;
afterEach(() => bot.stop());

const click: Ours = { do: 'click', name: 'deal.answer', value: 'D-1' };
const form = (names: readonly string[], more: Partial<Form> = {}): Form => ({
  name: 'deal.section',
  title: 'Product',
  submit: 'Save',
  context: JSON.stringify({ deal: 'D-1', shown: names }),
  blocks: names.map((name) => ({ kind: 'input', name, label: `About ${name}?`, control: { type: 'line' } })),
  ...more,
});
const tell = (text: string): Reply => ({ kind: 'tell', card: { blocks: [{ kind: 'text', text }] } });
const openly = (text: string): Reply => ({ kind: 'tell', card: { blocks: [{ kind: 'text', text }] }, open: true });
const shown = async (by = FROM(REP), first = form(['P1'])): Promise<HeldForm> => {
  bot.answers.push({ kind: 'form', form: first });
  const found = /"form":(\{.*?\})\}/.exec(JSON.stringify(await bot.press('fetch', click, {}, by)))?.[1];
  bot.asked.length = 0;
  return JSON.parse(found ?? '{}') as HeldForm;
};
const kinds = () => bot.asked.map((a) => a.kind);
const said = () => bot.api.sent.slice(1).map(({ conversation, thread, summary }) => [conversation, thread, summary]);

describe('what comes twice', () => {
  beforeEach(async () => {
    bot = await startTeamsBot({ graceMs: 100 });
  });

  it('is one press, and both are answered alike', async () => {
    bot.answers.push(tell('Only you'));
    const twice = await Promise.all([1, 2].map(() => bot.press('card', click, {}, { id: 'f:again' })));
    expect(twice[0]).toMatchObject({ value: 'Only you' });
    expect(twice[1]).toEqual(twice[0]);
    expect(await bot.press('card', click, {}, { id: 'f:again' })).toEqual(twice[0]);
    expect(bot.asked).toHaveLength(1);
  });

  it('in words is answered once', async () => {
    bot.answers.push(openly('Sample help'));
    for (let n = 0; n < 3; n += 1) expect((await bot.say('help', { id: '1600000000010' })).status).toBe(200);
    expect(bot.asked).toHaveLength(1);
    expect(said()).toHaveLength(1);
  });

  it('under one id in two conversations is two things', async () => {
    await bot.say('help', { id: '1600000000010' });
    await bot.say('help', {
      id: '1600000000010',
      conversation: { id: personalChat(REP), conversationType: 'personal' },
    });
    expect(bot.asked).toHaveLength(2);
  });

  it.each([
    ['card', { value: "Please press again; it can't count twice." }],
    ['fetch', { task: { type: 'message', value: "Please press again; it can't count twice." } }],
  ] as const)('to another process is not done again: %s', async (via, answer) => {
    bot.store.seen.add(`teams:${CHANNEL}:${REP.id}:f:elsewhere`);
    expect(await bot.press(via, click, {}, { id: 'f:elsewhere' })).toMatchObject(answer);
    expect(bot.asked).toEqual([]);
  });

  it('in words, to another process, is dropped', async () => {
    for (const more of ['', ' answered']) bot.store.seen.add(`teams:${CHANNEL}:${REP.id}:f:elsewhere${more}`);
    await bot.say('help', { id: 'f:elsewhere' });
    await bot.press('message', click, {}, { id: 'f:elsewhere' });
    expect([bot.asked, said()]).toEqual([[], []]);
  });

  it('in words, to another process that answers it meanwhile, is dropped', async () => {
    bot.store.seen.add(`teams:${CHANNEL}:${REP.id}:f:elsewhere`);
    const saying = bot.say('help', { id: 'f:elsewhere' });
    bot.store.seen.add(`teams:${CHANNEL}:${REP.id}:f:elsewhere answered`);
    await saying;
    expect([bot.asked, said()]).toEqual([[], []]);
  });

  it.each(['said', 'pressed'])('to another process that died before it answered, is answered once: %s', async (how) => {
    bot.store.seen.add(`teams:${CHANNEL}:${REP.id}:f:died`);
    for (let n = 0; n < 3; n += 1) {
      if (how === 'said') await bot.say('help', { id: 'f:died' });
      else await bot.press('message', click, {}, { id: 'f:died' });
    }
    expect(bot.asked).toHaveLength(1);
    expect(bot.store.seen).toContain(`teams:${CHANNEL}:${REP.id}:f:died answered`);
  });

  it('under one id by two people is two things, and each has their own answer', async () => {
    bot.answers.push(tell('Only the first'), tell('Only the second'));
    const [first, second] = [
      await bot.press('card', click, {}, { id: 'f:same' }),
      await bot.press('card', click, {}, { id: 'f:same', ...FROM(COUNSEL) }),
    ];
    expect([first, second]).toMatchObject([{ value: 'Only the first' }, { value: 'Only the second' }]);
    expect(bot.asked.map((a) => a.person)).toEqual(['rep-1', 'counsel-1']);
    expect(new Set(bot.asked.map((a) => a.cause)).size).toBe(2);
  });

  it('is not done at all while nobody can say whether it came before', async () => {
    bot.store.firstTime = () => Promise.reject(new StoreFault('io', 'not done', 'x'));
    expect(await bot.press('card', click)).toMatchObject({
      value: expect.stringContaining('Something went wrong') as string,
    });
    expect(bot.asked).toEqual([]);
  });

  it('one form sent twice at once is one submit, and both are answered alike', async () => {
    const held = await shown(FROM(REP), form(['P1'], { context: '{}' }));
    let answer: (reply: Reply) => void = () => {};
    bot.answers.push(new Promise<Reply>((resolve) => (answer = resolve)));
    const sent = [1, 2].map(() => bot.press('dialog', { do: 'submit', form: held }, { P1: 'x' }));
    await expect.poll(() => bot.store.seen.size).toBe(3);
    answer(tell('Only you'));
    const [first, second] = await Promise.all(sent);
    expect(JSON.stringify(first)).toContain('Only you');
    expect(second).toEqual(first);
    expect(kinds()).toEqual(['submit']);
  });

  it('by two people is two submits', async () => {
    const held = await shown(FROM(REP), form(['P1'], { context: '{}' }));
    await Promise.all(
      [REP, COUNSEL].map((who) => bot.press('dialog', { do: 'submit', form: held }, { P1: 'x' }, FROM(who))),
    );
    // The order of two simultaneous requests is not determined.
    expect(Object.fromEntries(bot.asked.map((a) => [a.person, a.cause]))).toEqual({
      'rep-1': `teams:rep-1:deal.section:${held.showing}`,
      'counsel-1': `teams:counsel-1:deal.section:${held.showing}`,
    });
    expect(bot.asked).toHaveLength(2);
  });
});

it('what cannot even be read is answered, and logged', async () => {
  bot = await startTeamsBot();
  const log = memoryLogger();
  const nobody = () => Promise.reject(new Error('nobody is asked'));
  const edge = createTeamsEdge({
    route: nobody,
    keepRefusal: nobody,
    directory: { who: nobody, personOf: () => undefined, bothIn: nobody, helper: () => '' },
    conversations: { learn: nobody },
    answers: { reply: nobody, refuse: nobody, late: nobody },
    store: { firstTime: nobody },
    deadlineMs: 1000,
    clock: () => new Date(),
    logger: log,
  });
  const body = Object.defineProperty(bot.activity({}), 'text', {
    get: () => {
      throw new RangeError('too deep');
    },
  });
  expect(await edge.handle(envelope.parse(bot.activity({})), body, 'TRACE')).toEqual({ status: 400 });
  expect(log.lines).toMatchObject([{ level: 'error', event: 'teams.unreadable', fields: { trace: 'TRACE' } }]);
});

describe('a form that can grow', () => {
  beforeEach(async () => {
    bot = await startTeamsBot();
  });
  const submit = (held: HeldForm, typed = { P1: 'yes' }) => bot.press('dialog', { do: 'submit', form: held }, typed);

  it('is shown with what follows before anything is saved', async () => {
    const held = await shown();
    bot.answers.push({ kind: 'form', form: form(['P1', 'P1-why']) });
    const answer = JSON.stringify(await submit(held));
    expect(kinds()).toEqual(['change']);
    expect(bot.asked[0]).toMatchObject({ form: 'deal.section', context: held.context, values: { P1: 'yes' } });
    expect(answer).toContain('A few more questions follow from what you chose. Nothing is saved yet.');
    expect(answer).toContain('About P1-why?');
    expect(answer).toContain(held.showing);
  });

  it('is saved when it has nothing new to ask', async () => {
    const held = await shown();
    bot.answers.push({ kind: 'form', form: form(['P1']) });
    expect(await submit(held)).toBeUndefined();
    expect(kinds()).toEqual(['change', 'submit']);
    expect(new Set(bot.asked.map((a) => a.cause)).size).toBe(2);
  });

  it.each<[string, Reply]>([
    ['is on another page', { kind: 'form', form: form(['P2'], { context: '{"deal":"D-1","page":2}' }) }],
    ['is another form', { kind: 'form', form: form(['P2'], { name: 'deal.saved' }) }],
    ['may not be read any more', tell('Only the deal team')],
    ['does not know of changes', { kind: 'done' }],
  ])('is left to the submit where it %s', async (_, reply) => {
    const held = await shown();
    bot.answers.push(reply);
    await submit(held);
    expect(kinds()).toEqual(['change', 'submit']);
  });

  it.each(['{"deal":"D-1"}', 'garbage', '[]', '{"shown":"P1"}'])(
    'is not asked whether it grows: %s',
    async (context) => {
      const held = { ...(await shown()), context };
      await submit(held);
      expect(kinds()).toEqual(['submit']);
    },
  );

  it('whose check fails is not saved', async () => {
    const held = await shown();
    bot.answers.push(new Error('boom'));
    expect(JSON.stringify(await submit(held))).toContain('Something went wrong on our side');
    expect(kinds()).toEqual(['change']);
  });
});

describe('while the route takes its time', () => {
  let answer: (reply: Reply) => void;
  const slow = (): void => {
    bot.answers.push(new Promise<Reply>((resolve) => (answer = resolve)));
  };
  beforeEach(async () => {
    answer = () => {};
    bot = await startTeamsBot({ deadlineMs: 500 });
    // The very first request waits for Microsoft's keys.
    await bot.press('card', click);
    await bot.teams.idle();
  });

  it('a dialog stays with what was typed, and says that it may be saved', async () => {
    const held = await shown(FROM(REP), form(['P1'], { context: '{}' }));
    slow();
    const kept = JSON.stringify(await bot.press('dialog', { do: 'submit', form: held }, { P1: 'typed words' }));
    expect(kept).toContain("It may be saved. Press again; it can't count twice.");
    expect(kept).toContain('typed words');
    expect(kept).toContain(held.showing);
    const again = bot.press('dialog', { do: 'submit', form: held }, { P1: 'typed words' });
    await expect.poll(() => bot.store.seen.size).toBe(4);
    answer({ kind: 'done' });
    expect(await again).toBeUndefined();
    expect(kinds()).toEqual(['submit']);
  });

  it('an edit that is sent meanwhile is asked for itself, after what it changes', async () => {
    const held = await shown(FROM(REP), form(['P1'], { context: '{}' }));
    slow();
    await bot.press('dialog', { do: 'submit', form: held }, { P1: 'first' });
    const edited = bot.press('dialog', { do: 'submit', form: held }, { P1: 'edited' });
    await expect.poll(() => bot.store.seen.size).toBe(4);
    expect(kinds()).toEqual(['submit']);
    answer({ kind: 'done' });
    expect(await edited).toBeUndefined();
    const values = bot.asked.flatMap((act) => (act.kind === 'submit' ? [act.values] : []));
    expect(values).toEqual([{ P1: 'first' }, { P1: 'edited' }]);
  });

  it('a card stays, and says that it may be saved', async () => {
    const held = await shown(FROM(REP), form(['P1'], { context: '{}' }));
    slow();
    expect(await bot.press('card', { do: 'submit', form: held }, { P1: 'x' })).toMatchObject({
      value: "It may be saved. Press again; it can't count twice.",
    });
    answer({ kind: 'done' });
  });

  it.each([
    ['card', { value: 'This took too long. Please press again.' }],
    ['fetch', { task: { type: 'message', value: 'This took too long. Please press again.' } }],
  ] as const)('a click says so, and words that come later are said: %s', async (via, told) => {
    slow();
    expect(await bot.press(via, click)).toMatchObject(told);
    answer(tell('Late words'));
    await bot.teams.idle();
    expect(said()).toEqual([[personalChat(REP), undefined, 'Late words']]);
  });

  it('words are answered twice: that it takes long, and then', async () => {
    slow();
    await bot.say('help');
    expect(said()).toEqual([[personalChat(REP), undefined, 'This took too long. Please try again.']]);
    answer(openly('Late help'));
    await bot.teams.idle();
    expect(said().at(-1)).toEqual([CHANNEL, ROOT, 'Late help']);
  });

  it('a look leaves the card as it is', async () => {
    slow();
    const look: Ours = { do: 'look', deal: 'D-1', key: 'root' };
    expect(await bot.press('card', look)).toMatchObject({ statusCode: 500 });
    answer({ kind: 'done' });
    await bot.teams.idle();
    expect(said()).toEqual([]);
  });

  it('what fails later is logged and not said', async () => {
    slow();
    await bot.press('card', click);
    answer({ kind: 'errors', errors: { a: 'x' } });
    await bot.teams.idle();
    expect(said()).toEqual([]);
    expect(bot.log.lines.map((line) => line.event)).toContain('teams.slow');
  });
});

describe('a token for the Bot Connector', () => {
  it('that Microsoft does not give is said to whoever runs the bot, and does not keep it from starting', async () => {
    bot = await startTeamsBot({
      mode: { token: () => Promise.reject(Object.assign(new Error('AADSTS7000215'), { errorCode: 'invalid_client' })) },
    });
    await expect.poll(() => bot.teams.problem()).toContain('Microsoft does not accept TEAMS_CLIENT_SECRET');
    expect(bot.logged()).not.toContain('AADSTS');
    expect(await bot.press('card', click)).toMatchObject({
      value: expect.stringContaining('Teams did not say just now who you are') as string,
    });
    expect(bot.asked).toEqual([]);
  });

  it.each([
    [{ errorCode: 'unauthorized_client' }, 'check TEAMS_CLIENT_ID and TEAMS_TENANT_ID'],
    [{ errorCode: 'network_error' }, 'check the network'],
    [{}, 'check the network'],
  ])('%j: the sentence says what to look at', async (more, sentence) => {
    bot = await startTeamsBot({ mode: { token: () => Promise.reject(Object.assign(new Error('x'), more)) } });
    await expect.poll(() => bot.teams.problem()).toContain(sentence);
  });

  it('that comes after all is no problem any more', async () => {
    let fails = true;
    bot = await startTeamsBot({
      mode: { token: () => (fails ? Promise.reject(new Error('x')) : Promise.resolve('sample-connector-token')) },
    });
    await expect.poll(() => bot.teams.problem()).toContain('check the network');
    fails = false;
    await bot.press('card', click);
    expect(bot.teams.problem()).toBeUndefined();
  });

  it('needs a secret', async () => {
    await expect(startTeamsBot({ mode: { token: undefined } })).rejects.toThrow(
      'Set TEAMS_CLIENT_SECRET to a client secret of the bot.',
    );
  });

  it('goes to no address outside the list', async () => {
    await expect(startTeamsBot({ mode: { serviceUrl: 'https://evil.example/teams' } })).rejects.toThrow(
      'check TEAMS_SERVICE_HOSTS',
    );
  });
});
