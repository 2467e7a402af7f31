/** Where a deal can be opened in either chat, in which ways, and the reply where it cannot. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { actionsOf, plain, presses } from '../../blocks/cards/plain.ts';
import { inputOf, presets } from '../../blocks/forms/support.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

const DEALS = '19:deals@thread.tacv2';
const GROUP = '19:sales@thread.v2';
const organisation = anOrganisation({
  clearanceChannels: [
    { id: 'C0CLEAR', name: 'deals', mirror: DEALS },
    { id: GROUP, name: 'sales chat' },
  ],
});
const slack = (channel: string, more: Partial<Place> = {}): Place => ({ platform: 'slack', channel, ...more });
const teams = (channel: string, more: Partial<Place> = {}): Place => ({ platform: 'teams', channel, ...more });
const PERSONAL = teams('a:personal', { direct: true });
const DM = slack('D0REP', { direct: true });

let at: AtDesk;
beforeAll(() => {
  at = atDesk({ organisation });
});
afterAll(() => at.end());

const say = (words: string, place: Place, canOpen?: boolean): Promise<Reply> =>
  at.ask('rep-1', { kind: 'words', words, ...(canOpen === undefined ? {} : { canOpen }) }, place);
const press = (place: Place | undefined, value = ''): Promise<Reply> =>
  at.ask('rep-1', { kind: 'click', name: 'deal.new', value }, place);
const contextOf = (reply: Reply): unknown => {
  const { shown: _, ...context } = JSON.parse(formIn(reply).context) as Record<string, unknown>;
  return context;
};
const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};

describe('in a clearance channel', () => {
  it.each([
    ['a command', '', slack('C0CLEAR'), 'C0CLEAR'],
    ['a message action', 'new', teams(DEALS, { thread: '1700000000001' }), DEALS],
    ['a message action in a group chat', 'new', teams(GROUP), GROUP],
  ])('%s brings the form', async (_, words, place, channel) => {
    expect(contextOf(await say(words, place, true))).toEqual({ channel });
  });

  it.each([
    ['in Teams', 'new deal', teams(DEALS), DEALS],
    ['in a Teams group chat', 'new', teams(GROUP), GROUP],
    ['as a mention in Slack', '', slack('C0CLEAR'), 'C0CLEAR'],
  ])('words %s bring the button for it', async (_, words, place, channel) => {
    const reply = await say(words, place);
    expect(told(reply)).toMatch(/Clear a new deal/);
    const { card } = reply as Extract<Reply, { kind: 'tell' }>;
    expect(presses(card)).toEqual([`deal.new ${channel}`]);
    expect(actionsOf(card)[0]?.opens).toBe('form');
  });

  it('the button opens the form for where it is pressed, whatever it says', async () => {
    expect(contextOf(await press(teams(DEALS), 'C0CLEAR'))).toEqual({ channel: DEALS });
    expect(contextOf(await press(slack('C0CLEAR'), 'C0ELSEWHERE'))).toEqual({ channel: 'C0CLEAR' });
  });

  it('a personal chat that is listed itself is home', async () => {
    const own = atDesk({ organisation: anOrganisation({ clearanceChannels: [{ id: 'a:personal' }] }) });
    expect(contextOf(await own.ask('rep-1', { kind: 'click', name: 'deal.new', value: '' }, PERSONAL))).toEqual({
      channel: 'a:personal',
    });
    await own.end();
  });

  it('a mention in a deal’s thread is about that deal, unless it asks for a new one', async () => {
    const deal = await at.openDeal();
    await at.store.saveRef(deal, 'root', { channel: 'C0CLEAR', message: '1.1' });
    const thread = slack('C0CLEAR', { thread: '1.1' });
    expect(told(await say('', thread))).toContain(deal);
    expect(told(await say('new deal', thread))).toMatch(/Clear a new deal/);
    expect(contextOf(await say('new', thread, true))).toEqual({ channel: 'C0CLEAR' });
  });
});

describe('in a chat with the bot alone', () => {
  it('a command brings a form that asks in which channel', async () => {
    const reply = await say('', DM, true);
    expect(contextOf(reply)).toEqual({ chat: 'slack' });
    expect(presets(formIn(reply))).toMatchObject({ channel: 'C0CLEAR' });
  });

  it('words bring the button, and the button the form; its hint is a preset', async () => {
    expect(told(await say('new deal', PERSONAL))).toMatch(/Clear a new deal/);
    const reply = await press(PERSONAL, GROUP);
    expect(contextOf(reply)).toEqual({ chat: 'teams' });
    expect(inputOf(formIn(reply), 'channel').label).toBe('Where should it be cleared?');
    expect(presets(formIn(reply))).toMatchObject({ channel: GROUP });
    expect(presets(formIn(await press(PERSONAL, '19:elsewhere@thread.v2')))['channel']).toBeUndefined();
  });

  it('the form keeps asking while it grows', async () => {
    const context = formIn(await press(PERSONAL)).context;
    const values = { product: 'other', channel: GROUP };
    const grown = await at.ask('rep-1', { kind: 'change', form: 'deal.open', context, values, input: 'product' });
    expect(presets(formIn(grown))).toMatchObject({ channel: GROUP, product: 'other' });
  });

  it('leads to the other chat where this one has no channel', async () => {
    const slackOnly = atDesk();
    const reply = await slackOnly.ask('rep-1', { kind: 'words', words: 'new deal' }, PERSONAL);
    expect(told(reply)).toMatch(/Deals are cleared in Slack, in the clearance channel/);
    await slackOnly.end();
  });
});

describe('what was typed and not sent', () => {
  const TYPED: FormValues = { customer: 'Sample Telecom', product: 'analytics', exportLicence: 'not-determined' };
  const WORDS = 'This is what you typed on';
  const HERE = { channel: 'C0CLEAR' };
  let own: AtDesk;
  beforeAll(() => {
    own = atDesk({ organisation });
  });
  afterAll(() => own.end());
  const reopened = async (person = 'rep-1', place: Place = slack('C0CLEAR')) =>
    formIn(await own.ask(person, { kind: 'click', name: 'deal.new', value: '' }, place));
  const change = (values: FormValues, person = 'rep-1') =>
    own.ask(person, { kind: 'change', form: 'deal.open', context: JSON.stringify(HERE), values, input: 'product' });

  it('is there again, in either chat and for nobody else, until it is sent', async () => {
    const grown = formIn(await change(TYPED));
    expect(JSON.stringify(grown)).not.toContain(WORDS);
    for (const place of [slack('C0CLEAR'), PERSONAL, DM]) {
      const form = await reopened('rep-1', place);
      expect(presets(form)).toMatchObject(TYPED);
      expect(JSON.stringify(form)).toContain(WORDS);
    }
    expect(presets(formIn(await own.ask('rep-1', { kind: 'words', words: '', canOpen: true }, DM)))).toMatchObject(
      TYPED,
    );
    expect(presets(await reopened('product-1'))['customer']).toBeUndefined();

    const wrong = { ...TYPED, endUserName: 'Sample Ministry', destination: 'NO' };
    expect((await own.submit('rep-1', 'deal.open', HERE, wrong)).kind).toBe('errors');
    expect(presets(await reopened())).toMatchObject(wrong);
    const sent = await own.submit('rep-1', 'deal.open', HERE, { ...wrong, endUserKind: 'government' });
    expect(JSON.stringify(sent)).toContain('Opened: D-');
    await expect.poll(async () => presets(await reopened())['customer']).toBeUndefined();
  });

  it('is left out where they start empty, and after a week', async () => {
    await change(TYPED);
    const form = await reopened();
    const empty = await own.ask('rep-1', {
      kind: 'click',
      name: 'desk.start-empty',
      value: '',
      form: { name: 'deal.open', context: form.context, values: TYPED },
    });
    expect(presets(formIn(empty))['customer']).toBeUndefined();
    expect(presets(await reopened())['customer']).toBeUndefined();
    await change(TYPED);
    await own.travel(new Date(own.desk.clock().getTime() + 7 * 24 * 60 * 60 * 1000).toISOString());
    expect(presets(await reopened())['customer']).toBeUndefined();
  });

  it('is not kept of a form that is as it was opened', async () => {
    await change({ exportLicence: 'not-determined', channel: 'C0CLEAR' });
    expect(JSON.stringify(await reopened())).not.toContain(WORDS);
  });
});

describe('elsewhere', () => {
  it.each([
    ['Slack', slack('C0GENERAL'), /not cleared in this channel. Please type \/deal in the channel deals\./],
    [
      'Teams',
      teams('19:general@thread.tacv2'),
      /not cleared in this channel. Please write @Clearthread new deal in one of these channels: deals, sales chat\./,
    ],
    ['a channel shared with others', slack('C0CLEAR', { shared: true }), /shared with another organisation/],
  ])('in %s it is said where instead, to words and to an old button', async (_, place, words) => {
    expect(told(await say('new deal', place, true))).toMatch(words);
    expect(told(await say('new deal', place))).toMatch(words);
    expect(told(await press(place, 'C0CLEAR'))).toMatch(words);
  });

  it('a button without a place opens nothing', async () => {
    expect(told(await press(undefined, 'C0CLEAR'))).toMatch(/not cleared/);
  });
});

describe('the submitted form', () => {
  const VALUES: FormValues = {
    customer: 'Sample Telecom',
    product: 'analytics',
    destination: 'NO',
    endUserName: 'Sample Ministry',
    endUserKind: 'government',
    exportLicence: 'pending',
  };
  const submit = (context: object, values: FormValues) => at.submit('rep-1', 'deal.open', context, values);
  const opened = async (reply: Reply) => {
    const text = JSON.stringify(formIn(reply));
    const [id = ''] = /D-[0-9A-Z]+/.exec(text) ?? [];
    return { text, home: (await at.deals.view(id))?.deal.home };
  };

  it('opens the deal where it was asked for, in the chat of that channel', async () => {
    const { text, home } = await opened(await submit({ channel: DEALS }, VALUES));
    expect(home).toEqual({ platform: 'teams', channel: DEALS });
    expect(text).toMatch(/Opened: D-[0-9A-Z]+\. /);
  });

  it('opens it in the chosen channel, and says where', async () => {
    const { text, home } = await opened(await submit({ chat: 'slack' }, { ...VALUES, channel: 'C0CLEAR' }));
    expect(home).toEqual({ platform: 'slack', channel: 'C0CLEAR' });
    expect(text).toMatch(/Opened: D-[0-9A-Z]+, in the channel deals\./);
  });

  it.each([
    ['of the other chat', 'C0CLEAR'],
    ['of nobody', '19:elsewhere@thread.tacv2'],
    ['left out', ''],
  ])('opens nothing in a channel %s', async (_, channel) => {
    const before = await at.commits();
    const reply = await submit({ chat: 'teams', shown: ['channel'] }, { ...VALUES, channel });
    if (reply.kind !== 'errors') throw new Error('no errors');
    expect(Object.keys(reply.errors)).toEqual(['channel']);
    const form = reply.form?.();
    expect(form && presets(form)).toMatchObject({ customer: 'Sample Telecom' });
    expect(await at.commits()).toBe(before);
  });

  it('opens nothing where its context names a channel that is not listed', async () => {
    const before = await at.commits();
    expect(await submit({ channel: '19:elsewhere@thread.tacv2' }, VALUES)).toMatchObject({
      errors: { channel: expect.stringMatching(/not cleared/) },
    });
    expect(await at.commits()).toBe(before);
  });
});

describe('help', () => {
  it.each([
    ['Slack', slack('C0CLEAR'), ['/deal: ', '/deal status D-…']],
    ['Teams', teams(DEALS), ['@Clearthread new deal: ', '@Clearthread status D-…']],
    ['a personal chat in Teams', PERSONAL, ['- new deal: ', '- status D-…']],
  ])('says what to type in %s', async (_, place, words) => {
    const text = told(await say('help', place));
    for (const part of words) expect(text).toContain(part);
    expect(place.platform === 'teams' && text.includes('/deal')).toBe(false);
    const asked = told(await say('change', place));
    expect(asked).toContain(words[1]?.replace('- ', '').replace('status', 'change'));
  });
});

it('people are suggested by name', async () => {
  const names = async (query: string) => {
    const reply = await at.ask('rep-1', { kind: 'suggest', source: 'people', query });
    return reply.kind === 'options' ? reply.options.map(({ value }) => value) : [];
  };
  expect(await names(' SENIOR')).toEqual(['senior-1', 'senior-2']);
  expect((await names('')).length).toBe(organisation.people.length);
  expect(await names('nobody of that name')).toEqual([]);
});
