/** Each reply of the route, and the calls to Teams that it becomes. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Card, Form } from '../../../blocks/card.ts';
import type { HeldForm, Ours } from '../../../blocks/teams/data.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { StoreFault } from '../../../store/event-store.ts';
import { nodes } from '../../support/bad-day-bench.ts';
import { personalChat } from './bot-connector.ts';
import {
  CHANNEL,
  COUNSEL,
  FROM,
  PERSONAL,
  PRESSED,
  REP,
  ROOT,
  startTeamsBot,
  type Body,
  type TeamsBot,
} from './bot.ts';

let bot: TeamsBot;
beforeAll(async () => {
  bot = await startTeamsBot();
});
afterAll(() => bot.stop());
beforeEach(() => bot.forget());

const form = (more: Partial<Form> = {}): Form => ({
  name: 'deal.section',
  title: 'Product',
  submit: 'Save',
  context: '{"deal":"D-1","section":"product"}',
  blocks: [
    { kind: 'input', name: 'P1', label: 'Yes or no?', control: { type: 'line' } },
    { kind: 'input', name: 'day', label: 'When?', control: { type: 'date' } },
  ],
  ...more,
});
const tell = (text: string): Reply => ({ kind: 'tell', card: { blocks: [{ kind: 'text', text }] } });
const openly = (text: string): Reply => ({ kind: 'tell', card: { blocks: [{ kind: 'text', text }] }, open: true });
const told = (text: string): Card => ({ blocks: [{ kind: 'title', text }] });
const click: Ours = { do: 'click', name: 'deal.answer', value: 'D-1' };

/** Our data in a card's action, wherever the action is. */
const heldIn = (answer: unknown): HeldForm => {
  const found = /"clearthread":(\{"do":"submit","form":\{.*?\}\})/.exec(JSON.stringify(answer))?.[1];
  if (found === undefined) throw new Error('no form in the answer');
  return (JSON.parse(found) as { form: HeldForm }).form;
};
const CARD = 'application/vnd.microsoft.card.adaptive';
const dialog = (answer: Body | undefined): { title: string; height: string; card: { content: Body } } => {
  expect(answer).toMatchObject({ task: { type: 'continue', value: { width: 'medium', card: { contentType: CARD } } } });
  return (answer as { task: { value: { title: string; height: string; card: { content: Body } } } }).task.value;
};
const inPlace = (answer: Body | undefined): Body => {
  expect(answer).toMatchObject({ statusCode: 200, type: CARD, value: { type: 'AdaptiveCard' } });
  return answer?.['value'] as Body;
};
const words = (value: string): Body => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value });
const dialogWords = (value: string): Body => ({ task: { type: 'message', value } });
const said = () => bot.api.sent.slice(1).map(({ conversation, thread, summary }) => [conversation, thread, summary]);
/** A form that was shown to the rep in a dialog or on a card. */
const shown = async (via: 'fetch' | 'card', more: Partial<Form> = {}): Promise<HeldForm> => {
  bot.answers.push({ kind: 'form', form: form(more) });
  return heldIn(await bot.press(via, click));
};

describe('a button that opens a dialog', () => {
  it('opens it with the form', async () => {
    bot.answers.push({ kind: 'form', form: form() });
    const { title, height, card } = dialog(await bot.press('fetch', click));
    expect([title, height]).toEqual(['Product', 'medium']);
    expect(JSON.stringify(card.content)).not.toContain('Action.Execute');
    expect(heldIn(card)).toMatchObject({ name: 'deal.section', context: form().context, inputs: ['P1', 'day'] });
  });

  it('names each showing anew', async () => {
    expect((await shown('fetch')).showing).not.toBe((await shown('fetch')).showing);
  });

  it('shows words in it', async () => {
    bot.answers.push(tell('Only you <at>x</at>'));
    const { title, height, card } = dialog(await bot.press('fetch', click));
    expect([title, height]).toEqual(['Clearthread', 'small']);
    expect(JSON.stringify(card.content)).toContain('Only you <at>x</at>');
    expect(said()).toEqual([]);
  });

  it.each<[string, Reply, string]>([
    ['that it is done', { kind: 'done' }, 'Done.'],
    ['mistakes', { kind: 'errors', errors: { a: 'Not now.', b: 'Nor then.' } }, 'Not now. Nor then.'],
  ])('says %s', async (_, reply, value) => {
    bot.answers.push(reply);
    expect(await bot.press('fetch', click)).toEqual(dialogWords(value));
  });
});

describe('a form in a dialog', () => {
  it('is drawn again under the newest words alone', async () => {
    const held = await shown('fetch');
    const send = (typed: Body) => bot.press('dialog', { do: 'submit', form: held }, typed);
    const times = (answer: Body | undefined): number =>
      JSON.stringify(dialog(answer).card.content['body']).split('It may be saved.').length - 1;
    for (const expected of [1, 1]) {
      bot.answers.push(new StoreFault('io', 'unknown', 'x'));
      expect(times(await send({ P1: 'x' }))).toBe(expected);
    }
    bot.answers.push({ kind: 'errors', errors: { P1: 'Please choose.' } });
    expect(times(await send({ P1: 'x' }))).toBe(0);
  });

  it('that grew does not say for ever that nothing is saved yet', async () => {
    const grows = (names: string[]): Partial<Form> => ({
      context: JSON.stringify({ deal: 'D-1', shown: names }),
      blocks: names.map((name) => ({ kind: 'input', name, label: `About ${name}?`, control: { type: 'line' } })),
    });
    const held = await shown('fetch', grows(['P1']));
    bot.answers.push({ kind: 'form', form: form(grows(['P1', 'P2'])) });
    const grown = await bot.press('dialog', { do: 'submit', form: held }, { P1: 'x' });
    expect(JSON.stringify(grown)).toContain('Nothing is saved yet.');
    bot.answers.push({ kind: 'done' }, new StoreFault('io', 'unknown', 'x'));
    const typed = { P1: 'x', P2: 'y' };
    const maybe = JSON.stringify(await bot.press('dialog', { do: 'submit', form: heldIn(grown) }, typed));
    expect(maybe).toContain('It may be saved.');
    expect(maybe).not.toContain('Nothing is saved yet.');
  });

  it.each([
    ['is sent although there would be room for a note', { optional: true }, false],
    ['asks first what has to be answered too', {}, true],
    [
      'asks first with each input of a question that is answered by one of several',
      { optional: true, reactive: true },
      true,
    ],
  ])('%s', async (_, added, waits) => {
    const shownNames = (names: string[]): string => JSON.stringify({ deal: 'D-1', shown: names });
    const input = { kind: 'input', label: 'Sample?', control: { type: 'line' } } as const;
    const first = { ...input, name: 'P1', reactive: true };
    const held = await shown('fetch', { context: shownNames(['P1']), blocks: [first] });
    const grown = form({ context: shownNames(['P1', 'P2']), blocks: [first, { ...input, name: 'P2', ...added }] });
    bot.asked.length = 0;
    bot.answers.push({ kind: 'form', form: grown });
    const answer = await bot.press('dialog', { do: 'submit', form: held }, { P1: 'x' });
    expect(bot.asked.map(({ kind }) => kind)).toEqual(waits ? ['change'] : ['change', 'submit']);
    if (waits) expect(JSON.stringify(dialog(answer))).toContain('Nothing is saved yet.');
    else expect(answer).toBeUndefined();
  });

  it('tells a card whose buttons work from there: a dialog knows no Action.Execute, and opens no other one', async () => {
    const held = await shown('fetch');
    const actions = [
      { name: 'desk.show', value: '1', label: 'Show it' },
      { name: 'desk.words', value: '2', label: 'Write', opens: 'form' as const },
    ];
    bot.answers.push({ kind: 'tell', card: { blocks: [{ kind: 'actions', actions }] } });
    const told = JSON.stringify(dialog(await bot.press('dialog', { do: 'submit', form: held }, { P1: 'x' })));
    expect(told).toContain('Action.Submit');
    expect(told).not.toMatch(/Action\.Execute|task\/fetch/);
    bot.asked.length = 0;
    bot.answers.push({ kind: 'form', form: form({ title: 'The next one' }) });
    const next = dialog(await bot.press('dialog', { do: 'click', name: 'desk.words', value: '2' }));
    expect([next.title, bot.asked[0]]).toEqual([
      'The next one',
      expect.objectContaining({ kind: 'click', name: 'desk.words', value: '2' }),
    ]);
  });

  it('closes when it is done', async () => {
    const held = await shown('fetch');
    expect(await bot.press('dialog', { do: 'submit', form: held }, { P1: 'x' })).toBeUndefined();
  });

  it('gives way to the next one', async () => {
    const held = await shown('fetch');
    bot.answers.push({ kind: 'form', form: form({ title: 'The next one' }) });
    const next = dialog(await bot.press('dialog', { do: 'submit', form: held }, { P1: 'x' }));
    expect(next.title).toBe('The next one');
    expect(heldIn(next).showing).not.toBe(held.showing);
  });

  it('that has to be filled in further stays the same showing', async () => {
    const held = await shown('fetch');
    bot.answers.push({ kind: 'form', form: form(), again: true });
    expect(heldIn(await bot.press('dialog', { do: 'submit', form: held })).showing).toBe(held.showing);
  });

  it('comes back with its mistakes, built again by the route', async () => {
    const held = await shown('fetch');
    bot.answers.push({ kind: 'errors', errors: { P1: 'Please choose.' }, form: () => form({ title: 'Again' }) });
    const again = dialog(await bot.press('dialog', { do: 'submit', form: held }, { P1: 'typed' }));
    expect(again.title).toBe('Again');
    expect(JSON.stringify(again.card)).toContain('Please choose.');
    expect(heldIn(again).showing).toBe(held.showing);
  });

  it('comes back with its mistakes as it was typed, where the route does not build it', async () => {
    const held = await shown('fetch');
    bot.answers.push({ kind: 'errors', errors: { P1: 'Please choose.' } });
    const typed = { P1: 'typed words', day: '2027-01-31' };
    const again = dialog(await bot.press('dialog', { do: 'submit', form: held }, typed));
    expect(JSON.stringify(again.card)).toMatch(/Please choose\..*typed words.*2027-01-31/);
    expect(heldIn(again).showing).toBe(held.showing);
  });

  it('that this process never showed is answered in words', async () => {
    const held = { ...(await shown('fetch')), showing: 'from-before-a-restart' };
    bot.answers.push({ kind: 'errors', errors: { P1: 'Please choose.' } });
    expect(await bot.press('dialog', { do: 'submit', form: held })).toEqual(dialogWords('Please choose.'));
  });

  it('is never shown to somebody else', async () => {
    const held = await shown('fetch');
    bot.answers.push({ kind: 'errors', errors: { P1: 'Please choose.' } });
    expect(await bot.press('dialog', { do: 'submit', form: held }, { P1: 'x' }, FROM(COUNSEL))).toEqual(
      dialogWords('Please choose.'),
    );
  });

  it('stays with what was typed when something goes wrong', async () => {
    const held = await shown('fetch');
    bot.answers.push(new Error('boom'));
    const again = dialog(await bot.press('dialog', { do: 'submit', form: held }, { P1: 'typed words' }));
    expect(JSON.stringify(again.card)).toMatch(/Nothing you typed is lost if you press again\. \(ref [0-9A-Z]{8}\)/);
    expect(JSON.stringify(again.card)).toContain('typed words');
    expect(heldIn(again).showing).toBe(held.showing);
    expect(bot.log.lines.map((line) => line.event)).toContain('teams.fault');
  });

  it('says that it may be saved when the store does not know', async () => {
    const held = await shown('fetch');
    bot.answers.push(new StoreFault('io', 'unknown', 'x'));
    const again = dialog(await bot.press('dialog', { do: 'submit', form: held }, { P1: 'typed words' }));
    expect(JSON.stringify(again.card)).toContain("It may be saved. Press again; it can't count twice.");
    const lost = { ...held, showing: 'from-before-a-restart' };
    bot.answers.push(new StoreFault('io', 'unknown', 'x'));
    expect(await bot.press('dialog', { do: 'submit', form: lost })).toEqual(
      dialogWords('This may have worked. Please look at the thread before you try again.'),
    );
  });

  it('that cannot be drawn is our fault, and said to be', async () => {
    bot.answers.push({ kind: 'form', form: form({ context: 'x'.repeat(4000) }) });
    expect(JSON.stringify(await bot.press('fetch', click))).toContain('Something went wrong on our side');
  });

  it('gives way to words', async () => {
    const held = await shown('fetch');
    bot.answers.push(tell('Only you'));
    expect(JSON.stringify(dialog(await bot.press('dialog', { do: 'submit', form: held })).card)).toContain('Only you');
  });
});

describe('a card', () => {
  beforeEach(async () => {
    await bot.store.saveRef('D-1', 'section:product@teams', { channel: CHANNEL, message: PRESSED });
    bot.live.set('D-1 section:product', told('As it is now'));
  });
  const look: Ours = { do: 'look', deal: 'D-1', key: 'section:product' };
  const refreshes = { userIds: [REP.user], action: { verb: 'look', data: { clearthread: look } } };

  it('is drawn anew for whoever pressed it', async () => {
    const card = inPlace(await bot.press('card', click));
    expect(JSON.stringify(card)).toContain('As it is now');
    expect(card['refresh']).toMatchObject(refreshes);
  });

  it('that is no live card answers in words', async () => {
    expect(await bot.press('card', click, {}, { replyToId: '1600000000999' })).toEqual(words('Done.'));
    bot.live.clear();
    expect(await bot.press('card', click)).toEqual(words('Done.'));
  });

  it.each<[string, Reply, string]>([
    ['a refusal', tell('Not you <b>x</b>'), 'Not you <b>x</b>'],
    ['mistakes', { kind: 'errors', errors: { a: 'Not now.' } }, 'Not now.'],
    [
      'a form that only says something',
      { kind: 'form', form: form({ submit: undefined, blocks: [{ kind: 'text', text: 'Saved for later' }] }) },
      'Saved for later',
    ],
  ])('stays, and %s is told to whoever pressed it', async (_, reply, value) => {
    bot.answers.push(reply);
    expect(await bot.press('card', click)).toEqual(words(value));
    expect(said()).toEqual([]);
  });

  it('gives way to a form for whoever pressed it', async () => {
    bot.answers.push({ kind: 'form', form: form() });
    const card = inPlace(await bot.press('card', click));
    expect(card['refresh']).toMatchObject(refreshes);
    expect(JSON.stringify(card)).toContain('Action.Execute');
  });

  it('shows a form to whoever has something to fill in, and stays as it is for everybody else', async () => {
    bot.answers.push({ kind: 'form', form: form() });
    const card = inPlace(await bot.press('card', look));
    expect(heldIn(card).name).toBe('deal.section');
    expect(card['refresh']).toMatchObject(refreshes);
    expect(JSON.stringify(inPlace(await bot.press('card', look)))).toContain('As it is now');
    bot.answers.push(tell('Only the deal team'));
    expect(JSON.stringify(inPlace(await bot.press('card', look)))).toContain('As it is now');
    expect(said()).toEqual([]);
  });

  it.each<[string, Ours, Reply | Error, Body]>([
    ['another deal', { ...look, deal: 'D-2' }, { kind: 'done' }, {}],
    ['another deal’s form', { ...look, deal: 'D-2' }, { kind: 'form', form: form() }, {}],
    ['another card', { ...look, key: 'root' }, { kind: 'done' }, {}],
    ['a name of every object', { ...look, deal: 'constructor', key: '__proto__' }, { kind: 'done' }, {}],
    ['a fault', look, new Error('boom'), {}],
    ['a message that is no card of ours', look, { kind: 'done' }, { replyToId: '1600000000999' }],
  ])('that is looked at by %s stays as it is, without a word', async (_, ours, reply, more) => {
    bot.live.set('D-2 section:product', told('Secret')).set('D-1 root', told('Secret'));
    bot.answers.push(reply);
    const answer = await bot.press('card', ours, {}, more);
    expect(answer).toMatchObject({ statusCode: 500, type: 'application/vnd.microsoft.error' });
    expect(said()).toEqual([]);
  });

  describe('with a form in its place', () => {
    it('shows what everybody sees once that is sent', async () => {
      const held = await shown('card');
      const card = inPlace(await bot.press('card', { do: 'submit', form: held }, { P1: 'x' }));
      expect(JSON.stringify(card)).toContain('As it is now');
    });

    it('says that it is saved where there is no such card', async () => {
      const held = await shown('card');
      bot.live.clear();
      expect(await bot.press('card', { do: 'submit', form: held }, { P1: 'x' })).toEqual(words('Saved.'));
    });

    it('keeps it with its mistakes', async () => {
      const held = await shown('card');
      bot.answers.push({ kind: 'errors', errors: { P1: 'Please choose.' } });
      const card = inPlace(await bot.press('card', { do: 'submit', form: held }, { P1: 'typed words' }));
      expect(JSON.stringify(card)).toMatch(/Please choose\..*typed words/);
      expect(heldIn(card).showing).toBe(held.showing);
      expect(card['refresh']).toMatchObject(refreshes);
    });

    it('goes on with its next page', async () => {
      const context = (page: number, factsHash: string): string =>
        JSON.stringify({ deal: 'D-1', step: 0, page, factsHash, shown: [`p${page}`] });
      const held = await shown('card', { name: 'deal.review', context: context(1, 'a') });
      // The form is first asked whether it grows, and does not.
      bot.answers.push(
        { kind: 'done' },
        { kind: 'form', form: form({ name: 'deal.review', context: context(2, 'b') }) },
      );
      const card = inPlace(await bot.press('card', { do: 'submit', form: held }, { P1: 'x' }));
      expect(heldIn(card)).toMatchObject({ name: 'deal.review', context: context(2, 'b') });
      expect(heldIn(card).showing).not.toBe(held.showing);
    });

    it.each<[string, Partial<Form>]>([
      ['another section', { context: '{"deal":"D-1","section":"people"}' }],
      ['another form', { name: 'deal.details' }],
    ])('does not go on with %s: that has a card of its own', async (_, more) => {
      const held = await shown('card');
      bot.answers.push({ kind: 'form', form: form(more) });
      const card = inPlace(await bot.press('card', { do: 'submit', form: held }, { P1: 'x' }));
      expect(JSON.stringify(card)).toContain('As it is now');
    });

    it('goes on with what a button in it leads to', async () => {
      const held = await shown('card');
      bot.answers.push({ kind: 'form', form: form({ name: 'deal.hand-over' }) });
      const press: Ours = { do: 'press', name: 'deal.hand-over', value: 'D-1', form: held };
      expect(heldIn(inPlace(await bot.press('card', press, { P1: 'x' }))).name).toBe('deal.hand-over');
    });

    it('has a way back from any form that is not its own', async () => {
      const back = { type: 'Action.Execute', title: 'Back', verb: 'look', data: { clearthread: look } };
      const backs = (card: Body): object[] =>
        nodes(card).filter(({ title, type }) => title === 'Back' && type === back.type);
      const own = await shown('card');
      const other = form({ name: 'deal.hand-over', title: 'Who might know?' });
      bot.answers.push({ kind: 'form', form: other });
      const press: Ours = { do: 'press', name: 'deal.hand-over', value: 'D-1', form: own };
      const card = inPlace(await bot.press('card', press));
      expect(backs(card)).toMatchObject([back]);
      // Not only at first.
      bot.answers.push({ kind: 'errors', errors: { P1: 'That person has this section already.' }, form: () => other });
      const again = inPlace(await bot.press('card', { do: 'submit', form: heldIn(card) }, { P1: 'x' }));
      expect(backs(again)).toMatchObject([back]);
      bot.answers.push({ kind: 'form', form: form() });
      const section = inPlace(await bot.press('card', look));
      expect(heldIn(section).name).toBe('deal.section');
      expect(backs(section)).toEqual([]);
    });

    it('says what went wrong, and what was typed stays on the screen', async () => {
      const held = await shown('card');
      bot.answers.push(new StoreFault('io', 'unknown', 'x'));
      expect(await bot.press('card', { do: 'submit', form: held }, { P1: 'x' })).toEqual(
        words("It may be saved. Press again; it can't count twice."),
      );
    });
  });
});

describe('a picture', () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="#fff"/></svg>';
  const reply: Reply = { kind: 'tell', card: { blocks: [{ kind: 'picture', svg, alt: 'Three were approved' }] } };
  const image = {
    type: 'Image',
    altText: 'Three were approved',
    url: expect.stringMatching(/^data:image\/png;base64,/),
  };

  it('stands in the private answer to words', async () => {
    bot.answers.push(reply);
    await bot.say('board numbers', PERSONAL);
    const found = bot.api.sent.flatMap((sent) => nodes(sent)).filter((node) => node['type'] === 'Image');
    expect(found).toMatchObject([image]);
  });

  it('stands in the dialog that asked for it, which is tall', async () => {
    const held = await shown('fetch');
    bot.answers.push(reply);
    const { height, card } = dialog(
      await bot.press('dialog', { do: 'press', name: 'desk.numbers-picture', value: '', form: held }),
    );
    expect(height).toBe('large');
    expect(nodes(card.content).filter((node) => node['type'] === 'Image')).toMatchObject([image]);
  });
});

describe('words', () => {
  it('are answered where they were said, if the answer may stand there', async () => {
    bot.answers.push(openly('Sample help'));
    await bot.say('help');
    expect(said()).toEqual([[CHANNEL, ROOT, 'Sample help']]);
    bot.answers.push(openly('Sample help'));
    await bot.say('help', PERSONAL);
    expect(said().at(-1)).toEqual([personalChat(REP), undefined, 'Sample help']);
  });

  it.each(['holds', 'training all', 'digest', 'help'])(
    'are answered in private where nobody said otherwise: %s',
    async (words) => {
      bot.answers.push(tell('A confidential reason'));
      await bot.say(words, FROM(COUNSEL));
      expect(said()).toEqual([
        [personalChat(COUNSEL), undefined, 'A confidential reason'],
        [CHANNEL, ROOT, 'I answered you in our chat.'],
      ]);
    },
  );

  it('that could not be read are told to the person alone', async () => {
    bot.answers.push({ kind: 'errors', errors: { why: 'Please say why.' } });
    await bot.say('alert Norway', FROM(COUNSEL));
    expect(said()[0]).toEqual([personalChat(COUNSEL), undefined, 'Please say why.']);
  });

  it('that name a deal are answered in the person’s own chat', async () => {
    bot.answers.push(tell('How it stands'));
    await bot.say('status d-7k3qxm', FROM(COUNSEL));
    expect(said()).toEqual([
      [personalChat(COUNSEL), undefined, 'How it stands'],
      [CHANNEL, ROOT, 'I answered you in our chat.'],
    ]);
    expect(bot.store.conversations.get('teams:person:counsel-1')).toMatchObject({ user: COUNSEL.user });
  });

  it('that name a deal need no second word in that chat itself', async () => {
    bot.answers.push(tell('How it stands'));
    await bot.say('status D-7K3QXM', PERSONAL);
    expect(said()).toEqual([[personalChat(REP), undefined, 'How it stands']]);
  });

  it('that name a deal are not answered in public where there is no such chat', async () => {
    const counsel = bot.api.accounts.find((a) => a.user === COUNSEL.user);
    if (counsel) counsel.installed = false;
    bot.answers.push(tell('How it stands'));
    await bot.say('please say status of D-7K3QXM, thanks', FROM(COUNSEL));
    expect(said()).toMatchObject([[CHANNEL, ROOT, expect.stringContaining('I answer this in private') as string]]);
    if (counsel) counsel.installed = true;
  });

  it('that name a deal: what is said instead is true of a bad day too', async () => {
    bot.api.trouble('POST', { status: 503 });
    bot.answers.push(tell('How it stands'));
    await bot.say('status D-7K3QXM');
    expect(said()).toEqual([
      [
        CHANNEL,
        ROOT,
        expect.stringMatching(/did not get through.*again.*If Clearthread is not in your own Teams/) as string,
      ],
    ]);
  });

  it('cannot open a form: it says how', async () => {
    bot.answers.push({ kind: 'form', form: form() });
    await bot.say('change');
    expect(said()).toMatchObject([
      [CHANNEL, ROOT, expect.stringContaining('opens a form only after a button') as string],
    ]);
  });

  it('that led nowhere are not answered; those that failed are', async () => {
    await bot.say('status');
    expect(said()).toEqual([]);
    bot.answers.push(new Error('boom'));
    await bot.say('status');
    expect(said()).toMatchObject([
      [personalChat(REP), undefined, expect.stringContaining('Something went wrong') as string],
    ]);
  });

  it('are answered a little later when Teams says that it is too much just now', async () => {
    bot.api.trouble('POST', { status: 429, headers: { 'retry-after': '1' } });
    bot.answers.push(openly('Sample help'));
    await bot.say('help');
    expect(said()).toEqual([[CHANNEL, ROOT, 'Sample help']]);
  });

  it('whose answer cannot be posted are logged, and taken all the same', async () => {
    bot.api.trouble('POST', { status: 503 });
    bot.answers.push(openly('Sample help'));
    expect((await bot.say('help')).status).toBe(200);
    expect(bot.log.lines.map((line) => line.event)).toEqual(['teams.say-failed']);
  });

  it('of the message action open the dialog', async () => {
    bot.answers.push({ kind: 'form', form: form({ name: 'deal.open', title: 'Clear a deal' }) });
    const value = { commandId: 'newDeal', commandContext: 'message', messagePayload: { id: ROOT } };
    expect(dialog(await bot.invoke('composeExtension/fetchTask', value)).title).toBe('Clear a deal');
    bot.answers.push(tell('Not in this channel'));
    const refused = dialog(await bot.invoke('composeExtension/fetchTask', value));
    expect(JSON.stringify(refused.card)).toContain('Not in this channel');
    expect(said()).toEqual([]);
  });
});

describe('who looks for a deal to paste', () => {
  interface Result {
    type: string;
    text?: string;
    attachments: { content: Body; preview: { content: Body } }[];
  }
  const seek = async (): Promise<Result> => {
    const parameters = [{ name: 'words', value: 'harbour' }];
    const answer = await bot.invoke('composeExtension/query', { commandId: 'findDeal', parameters });
    return (answer as { composeExtension: Result }).composeExtension;
  };

  it('sees what it is; everybody sees of the pasted card its number and one button', async () => {
    const description = '“Harbour <b>Telecom</b>” 3 of 6 sections';
    bot.answers.push({ kind: 'options', options: [{ value: 'D-7K3QXM', label: 'D-7K3QXM', description }] });
    const { type, attachments } = await seek();
    const [found, ...others] = attachments;
    expect([type, others]).toEqual(['result', []]);
    expect(found?.preview.content).toEqual({
      title: 'D-7K3QXM',
      text: '“Harbour &lt;b&gt;Telecom&lt;/b&gt;” 3 of 6 sections',
    });
    const pasted = JSON.stringify(found?.content);
    expect(pasted).toContain('D-7K3QXM');
    expect(pasted).not.toContain('Harbour');
    expect(pasted).not.toContain('sections');
    expect(pasted.match(/"Action\.\w+"/g)).toEqual(['"Action.Submit"']);
  });

  it('is told where nothing fits, and why nothing is shown', async () => {
    bot.answers.push({ kind: 'options', options: [] });
    expect(await seek()).toMatchObject({
      type: 'message',
      text: expect.stringContaining('No deal that you may read fits'),
    });
    bot.answers.push({ kind: 'options', options: [], nothing: 'Ask in the channel deals.' });
    expect(await seek()).toMatchObject({ type: 'message', text: 'Ask in the channel deals.' });
    bot.answers.push(tell('Not for you'));
    expect((await seek()).type).toBe('message');
    expect(said()).toEqual([]);
  });
});

describe('a client that knows no Action.Execute', () => {
  it('gets a form in the person’s own chat', async () => {
    bot.answers.push({ kind: 'form', form: form() });
    await bot.press('message', click);
    expect(said()).toEqual([[personalChat(REP), undefined, 'Please fill in']]);
    const held = heldIn(bot.api.sent.at(-1)?.card);
    bot.answers.push({ kind: 'errors', errors: { P1: 'Please choose.' } });
    await bot.press('message', { do: 'submit', form: held }, { P1: 'typed words' }, PERSONAL);
    expect(JSON.stringify(bot.api.sent.at(-1)?.card)).toMatch(/Please choose\..*typed words/);
    await bot.press('message', { do: 'submit', form: held }, { P1: 'x' }, PERSONAL);
    expect(said().at(-1)).toEqual([personalChat(REP), undefined, 'Saved.']);
  });

  it('gets words there too, and silence after a click that worked', async () => {
    bot.answers.push(tell('Only you'));
    await bot.press('message', click);
    expect(said()).toEqual([[personalChat(REP), undefined, 'Only you']]);
    await bot.press('message', click);
    expect(said()).toHaveLength(1);
  });
});
