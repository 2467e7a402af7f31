/** The chat of a row, and the message when nobody can be reached. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fallbackText } from '../../../blocks/fallback.ts';
import type { Chat } from '../../../flows/chats.ts';
import type { Person } from '../../../flows/organisation.ts';
import { createDeliver, type Delivering } from '../../../src/outbox/deliver.ts';
import { DeliveryFault, UNREACHABLE, type Deliver, type Message, type Outlet } from '../../../src/outbox/delivery.ts';
import type { OutboxRow } from '../../../store/event-store.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { memoryLogger, memoryStore } from '../slack/bot.ts';

const SLACK_HOME = { platform: 'slack' as const, channel: 'C0CLEAR' };
const TEAMS_HOME = { platform: 'teams' as const, channel: '19:clear@thread.tacv2' };

interface Sent {
  chat: Chat;
  /** The id inside the message: a repeat is recognised by it. */
  id: string;
  key: string;
  to: string;
  rootKey: string;
  /** Words of the message, with the link that its card was built with. */
  text: string;
}

let store: ReturnType<typeof memoryStore>;
let log: ReturnType<typeof memoryLogger>;
let sent: Sent[];
/** Errors of the next sends in a chat. */
let faults: Record<Chat, DeliveryFault[]>;
/** Root messages by chat and key. */
let links: Record<string, string>;
let message: Message | undefined;
let who: Partial<Person>;
/** Members of compliance, if a test has some. */
let others: Person[];
/** Mirror of C0CLEAR, as the organisation file says now. */
let mirror: string | undefined;
/** Duration of each send. */
let takesMs: number;

const unreachable = (): DeliveryFault => new DeliveryFault(UNREACHABLE, undefined);
const later = (): DeliveryFault => new DeliveryFault('http_503', 0);

const NO_DEALS = { view: async () => undefined, viewAt: async () => undefined, privately: async () => [] };

const outlet = (chat: Chat): Outlet => ({
  chat,
  edit: async () => true,
  threadUrl: async (_, rootKey, channel) => links[`${chat}/${rootKey} in ${channel}`],
  send: async (row, { key, where, home }, card, rootKey) => {
    vi.advanceTimersByTime(takesMs);
    const fault = faults[chat].shift();
    if (fault) throw fault;
    const to = where.to === 'person' ? where.person : `${where.to} of ${home.channel}`;
    sent.push({ chat, id: row.id, key, to, rootKey, text: fallbackText(card, (id) => `@${id}`) });
    const channel = chat === 'slack' ? 'D0SOMEBODY' : 'a:somebody';
    await store.saveRef(row.stream, key, { channel, message: `${sent.length}` });
  },
});

const deliveringIn = (...chats: Chat[]): Delivering =>
  createDeliver({
    outlets: chats.map(outlet),
    deals: NO_DEALS,
    clock: () => new Date(),
    render: async () => message,
    organisation: () => {
      const organisation = anOrganisation({ clearanceChannels: [{ id: 'C0CLEAR', mirror }] });
      return { ...organisation, people: [{ id: 'counsel-1', name: 'Sample Counsel', ...who }, ...others] };
    },
    store,
    logger: log,
  });
const deliverIn = (...chats: Chat[]): Deliver => deliveringIn(...chats).deliver;

const row = (more: Partial<OutboxRow> = {}): OutboxRow => ({
  id: 'n-1',
  kind: 'fact',
  lane: 'person:counsel-1',
  stream: 'D-1',
  version: 1,
  notice: {},
  attempts: 0,
  ...more,
});
const direct = (home: Message['home']): Message => ({
  stream: 'D-1',
  key: 'n-1',
  home,
  where: { to: 'person', person: 'counsel-1' },
  owner: 'rep-1',
  viewers: [],
  card: ({ threadUrl = 'nowhere' }) => ({ blocks: [{ kind: 'text', text: `Told, see ${threadUrl}` }] }),
});
const faultOf = async (delivered: Promise<void>): Promise<DeliveryFault> => {
  const fault: unknown = await delivered.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof DeliveryFault)) throw new Error('no DeliveryFault', { cause: fault });
  return fault;
};

afterEach(() => void vi.useRealTimers());
beforeEach(() => {
  vi.useFakeTimers();
  takesMs = 0;
  store = memoryStore();
  log = memoryLogger();
  sent = [];
  faults = { slack: [], teams: [] };
  links = {};
  mirror = TEAMS_HOME.channel;
  others = [];
  message = direct(SLACK_HOME);
  who = { slack: 'U0COUNSEL', teams: 'counsel-object-id' };
});

describe('a message to one account', () => {
  const AT = { chat: 'teams' as const, account: 'counsel-object-id' };
  const settledAs = async (...chats: Chat[]): Promise<unknown> => {
    message = { ...direct(SLACK_HOME), where: { to: 'person', person: 'counsel-1', at: AT } };
    await deliverIn(...chats)(row());
    expect(sent).toEqual([]);
    return store.ref('D-1', 'n-1');
  };

  it.each([
    ['theirs', 'counsel-object-id'],
    ['theirs no more', 'another'],
  ])('of a chat that is not on is settled as that, not as an account that is gone: %s', async (_, account) => {
    who = { teams: account };
    expect(await settledAs('slack')).toEqual({ channel: 'none', message: 'a chat that is not on' });
  });

  it('that was somebody’s and is not there any more is settled as that', async () => {
    who = { teams: 'another' };
    faults.teams.push(unreachable());
    expect(await settledAs('teams')).toEqual({ channel: 'none', message: 'an account that is not there any more' });
  });
});

describe('a notice for the thread', () => {
  it.each([
    ['its own place', 'section:product', SLACK_HOME, 'slack', 'root'],
    ['its mirror', 'section:product@teams', TEAMS_HOME, 'teams', 'root@teams'],
    ['a home in Teams', 'root', TEAMS_HOME, 'teams', 'root'],
    ['a mirror in Slack', 'n-1@slack', SLACK_HOME, 'slack', 'root@slack'],
  ])('goes to %s', async (_, key, home, chat, rootKey) => {
    message = { ...direct(home), key, where: { to: 'thread' } };
    links = { [`${chat}/${rootKey} in ${home.channel}`]: 'https://here' };
    await deliverIn('slack', 'teams')(row());
    expect(sent).toEqual([
      { chat, id: 'n-1', key, to: `thread of ${home.channel}`, rootKey, text: 'Told, see https://here' },
    ]);
  });

  it('goes to the mirror that the organisation file names by now', async () => {
    mirror = '19:right@thread.tacv2';
    links = { [`teams/root@teams in ${mirror}`]: 'https://here' };
    message = { ...direct(TEAMS_HOME), key: 'n-1@teams', where: { to: 'thread' }, own: SLACK_HOME };
    await deliverIn('slack', 'teams')(row());
    expect(sent).toMatchObject([{ chat: 'teams', to: `thread of ${mirror}`, text: 'Told, see https://here' }]);
  });

  it.each([[undefined], ['C0OTHER']])('goes nowhere when there is no such mirror any more (%j)', async (now) => {
    mirror = now;
    message = { ...direct(TEAMS_HOME), key: 'n-1@teams', where: { to: 'thread' }, own: SLACK_HOME };
    await deliverIn('slack', 'teams')(row());
    expect(sent).toEqual([]);
    expect(log.lines).toMatchObject([{ event: 'deliver.no-mirror', fields: { stream: 'D-1', notice: 'n-1' } }]);
  });

  it('of a chat that is not on fails for good', async () => {
    message = { ...direct(TEAMS_HOME), where: { to: 'channel' } };
    expect(await faultOf(deliverIn('slack')(row()))).toMatchObject({ code: 'chat_not_on', retryAfterMs: undefined });
  });

  it('is left alone when there is nothing to say any more', async () => {
    message = undefined;
    await deliverIn('slack', 'teams')(row());
    expect(sent).toEqual([]);
  });
});

describe('a notice for a person', () => {
  const both = { slack: 'U0COUNSEL', teams: 'counsel-object-id' };
  it.each<[string, Partial<Person>, Message['home'], Chat[], Chat]>([
    ['the deal’s chat', both, SLACK_HOME, ['slack', 'teams'], 'slack'],
    ['the deal’s chat', both, TEAMS_HOME, ['slack', 'teams'], 'teams'],
    ['the chat they prefer', { ...both, chat: 'teams' }, SLACK_HOME, ['slack', 'teams'], 'teams'],
    ['the chat they prefer', { ...both, chat: 'slack' }, TEAMS_HOME, ['slack', 'teams'], 'slack'],
    ['the only chat they are in', { teams: both.teams }, SLACK_HOME, ['slack', 'teams'], 'teams'],
    ['the only chat they are in', { slack: both.slack }, TEAMS_HOME, ['slack', 'teams'], 'slack'],
    [
      'another than they prefer and are not in',
      { slack: both.slack, chat: 'teams' },
      SLACK_HOME,
      ['slack', 'teams'],
      'slack',
    ],
    ['another than they prefer and is off', { ...both, chat: 'teams' }, SLACK_HOME, ['slack'], 'slack'],
    ['the only chat that is on', both, SLACK_HOME, ['teams'], 'teams'],
  ])('goes to %s: %j', async (_, person, home, on, chat) => {
    who = person;
    message = direct(home);
    await deliverIn(...on)(row());
    expect(sent).toMatchObject([{ chat, key: 'n-1', to: 'counsel-1' }]);
  });

  const OWN = `slack/root in ${SLACK_HOME.channel}`;
  const MIRROR = `teams/root@teams in ${TEAMS_HOME.channel}`;
  it.each<[string, Record<string, string>, Chat, string]>([
    ['the thread in their chat', { [OWN]: 'home', [MIRROR]: 'mirror' }, 'teams', 'mirror'],
    ['the deal’s own where there is no mirror', { [OWN]: 'home' }, 'teams', 'home'],
    ['the deal’s own in its own chat', { [OWN]: 'home', [MIRROR]: 'mirror' }, 'slack', 'home'],
    [
      'the deal’s own while nothing stands in a new mirror',
      { [OWN]: 'home', 'teams/root@teams in 19:old': 'old' },
      'teams',
      'home',
    ],
    ['nowhere while there is no thread', {}, 'teams', 'nowhere'],
  ])('links to %s', async (_, known, chat, link) => {
    links = known;
    who = { ...who, chat };
    await deliverIn('slack', 'teams')(row());
    expect(sent).toMatchObject([{ chat, text: `Told, see ${link}` }]);
  });

  it('tries their other chat when they cannot be reached in the first', async () => {
    faults.slack.push(unreachable());
    await deliverIn('slack', 'teams')(row());
    expect(sent).toMatchObject([{ chat: 'teams', to: 'counsel-1' }]);
    expect(log.lines).toMatchObject([{ event: 'deliver.not-reached', fields: { platform: 'slack' } }]);
  });

  it('does not wander to their other chat because of a bad day', async () => {
    faults.slack.push(later());
    expect(await faultOf(deliverIn('slack', 'teams')(row()))).toMatchObject({ code: 'http_503', retryAfterMs: 0 });
    expect(sent).toEqual([]);
  });

  it('is tried in their other chat at another time when the first took long: the lease must last', async () => {
    takesMs = 10_001;
    faults.slack.push(unreachable());
    expect(await faultOf(deliverIn('slack', 'teams')(row()))).toMatchObject({ code: 'too_slow', retryAfterMs: 0 });
    expect(sent).toEqual([]);
  });

  it('stays in the chat where it was sent, whatever they prefer by now', async () => {
    await deliverIn('slack', 'teams')(row());
    who = { ...who, chat: 'teams' };
    await deliverIn('slack', 'teams')(row({ attempts: 1 }));
    expect(sent.map(({ chat }) => chat)).toEqual(['slack', 'slack']);
  });
});

describe('a person who cannot be reached', () => {
  it('is named in the deal’s thread, once, and the notice stays visible as failed', async () => {
    const deliver = deliverIn('slack', 'teams');
    for (let n = 0; n < 3; n += 1) {
      faults = { slack: [unreachable()], teams: [unreachable()] };
      expect(await faultOf(deliver(row({ attempts: n })))).toMatchObject({
        code: UNREACHABLE,
        retryAfterMs: undefined,
      });
    }
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ chat: 'slack', to: 'thread of C0CLEAR', rootKey: 'root', key: 'n-1:not-reached' });
    expect(sent[0]?.text).toContain('A message about this deal did not get to @counsel-1.');
    expect(sent[0]?.text).toContain('Ask them to install Clearthread in Teams, or tell them yourself.');
  });

  it('is named for each notice that did not reach them', async () => {
    const deliver = deliverIn('slack');
    for (const id of ['n-1', 'n-2']) {
      message = { ...direct(SLACK_HOME), key: id };
      faults.slack = [unreachable()];
      await faultOf(deliver(row({ id })));
    }
    expect(sent.map(({ key }) => key)).toEqual(['n-1:not-reached', 'n-2:not-reached']);
    expect(sent.map(({ id }) => id)).toEqual(['n-1:not-reached', 'n-2:not-reached']);
  });

  it('is named again only when that did not work: the whole row waits', async () => {
    const deliver = deliverIn('slack', 'teams');
    faults = { slack: [unreachable(), later()], teams: [unreachable()] };
    expect(await faultOf(deliver(row()))).toMatchObject({ code: 'http_503', retryAfterMs: 0 });
    faults = { slack: [unreachable()], teams: [unreachable()] };
    expect(await faultOf(deliver(row({ attempts: 1 })))).toMatchObject({ code: UNREACHABLE, retryAfterMs: undefined });
    expect(sent).toHaveLength(1);
  });

  it('waits for the thread where nobody else can be told, however often it was tried', async () => {
    const deliver = deliverIn('slack', 'teams');
    faults = { slack: [unreachable(), later(), unreachable()], teams: [unreachable(), unreachable()] };
    expect(await faultOf(deliver(row({ attempts: 5 })))).toMatchObject({ code: 'http_503', retryAfterMs: 0 });
    expect(log.lines.map(({ event }) => event)).not.toContain('deliver.not-reached-not-said');
  });

  it('fails for good where the thread is gone too', async () => {
    faults = { slack: [unreachable(), new DeliveryFault('channel_not_found', undefined)], teams: [unreachable()] };
    expect(await faultOf(deliverIn('slack', 'teams')(row()))).toMatchObject({
      code: UNREACHABLE,
      retryAfterMs: undefined,
    });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ event: 'deliver.not-reached-not-said', level: 'error' }),
    );
  });

  it.each<[string, Partial<Person>, Chat[]]>([
    ['without any account', {}, ['slack', 'teams']],
    ['without an account in the chat that is on', { teams: 'counsel-object-id' }, ['slack']],
  ])('%s is not advised to install anything', async (_, person, on) => {
    who = person;
    expect(await faultOf(deliverIn(...on)(row()))).toMatchObject({ code: UNREACHABLE });
    expect(sent[0]?.text).toContain('Please tell them yourself.');
    expect(sent[0]?.text).not.toContain('install');
  });

  it('fails for good where the deal’s own chat is off', async () => {
    faults.teams.push(unreachable());
    expect(await faultOf(deliverIn('teams')(row()))).toMatchObject({ code: UNREACHABLE, retryAfterMs: undefined });
    expect(sent).toEqual([]);
  });
});

describe('a place that is gone', () => {
  const gone = (code = 'conversation_gone'): DeliveryFault => new DeliveryFault(code, undefined);
  const inMirror = (key = 'root@teams'): void => {
    message = { ...direct(TEAMS_HOME), own: SLACK_HOME, key, where: { to: 'channel' } };
  };
  beforeEach(() => {
    who = { id: 'rep-1', slack: 'U0REP', teams: 'rep-object-id' };
  });

  it('is named in the other thread of the deal, once, and the row stays visible as failed', async () => {
    inMirror();
    faults.teams = [gone(), gone(), gone()];
    expect(await faultOf(deliverIn('slack', 'teams')(row()))).toMatchObject({ code: 'conversation_gone' });
    inMirror('section:product@teams');
    await faultOf(deliverIn('slack', 'teams')(row({ id: 'n-2' })));
    expect(sent).toMatchObject([{ chat: 'slack', key: 'gone:teams', to: 'thread of C0CLEAR', rootKey: 'root' }]);
    expect(sent[0]?.text).toMatch(/^.*D-1 can't be shown in Teams[\s\S]*This thread goes on/);
  });

  it.each(['channel_not_found', 'not_in_channel', 'is_archived'])(
    'in Slack (%s) is named in the mirror, under the root there',
    async (code) => {
      message = { ...direct(SLACK_HOME), key: 'n-1', where: { to: 'thread' } };
      faults.slack = [gone(code)];
      await faultOf(deliverIn('slack', 'teams')(row()));
      expect(sent).toMatchObject([{ chat: 'teams', to: `thread of ${TEAMS_HOME.channel}`, rootKey: 'root@teams' }]);
    },
  );

  it.each([
    ['is not mirrored', ['teams'] as Chat[], []],
    ['is gone in both chats', ['slack', 'teams'] as Chat[], [gone('is_archived')]],
  ])('is told to the owner where the deal %s', async (_, chats, slack) => {
    message = { ...direct(TEAMS_HOME), key: 'root', where: { to: 'channel' } };
    mirror = slack.length === 0 ? undefined : mirror;
    faults.teams = [gone()];
    faults.slack = slack;
    expect(await faultOf(deliverIn(...chats)(row()))).toMatchObject({ code: 'conversation_gone' });
    expect(sent).toMatchObject([{ key: 'gone:teams', to: 'rep-1' }]);
    expect(sent[0]?.text).toContain('The deal goes on in messages to the people who are asked.');
  });

  it('is told to compliance as well as to the owner where another company reads it, once for all deals there', async () => {
    message = { ...direct(SLACK_HOME), key: 'n-1', where: { to: 'thread' } };
    mirror = undefined;
    others = [{ id: 'compliance-1', name: 'Sample Compliance', slack: 'U0COMPLIANCE' }];
    const deliver = deliverIn('slack');
    faults.slack = [gone('shared_channel')];
    expect(await faultOf(deliver(row()))).toMatchObject({ code: 'shared_channel' });
    message = { ...message, stream: 'D-2' };
    faults.slack = [gone('shared_channel')];
    expect(await faultOf(deliver(row({ id: 'n-2', stream: 'D-2' })))).toMatchObject({ code: 'shared_channel' });
    expect(sent.map(({ to, key }) => [to, key])).toEqual([
      ['compliance-1', 'shared:slack:compliance'],
      ['rep-1', 'shared:slack'],
      ['rep-1', 'shared:slack'],
    ]);
    expect(sent[0]?.text).toContain("D-1's channel is shared with another company");
    expect(sent[0]?.text).toContain('Clearthread posts nothing more there');
  });

  it('is named again only when that did not work: the row waits', async () => {
    inMirror();
    faults.teams = [gone(), gone()];
    faults.slack = [later()];
    expect(await faultOf(deliverIn('slack', 'teams')(row()))).toMatchObject({ retryAfterMs: 0 });
    expect(await faultOf(deliverIn('slack', 'teams')(row({ attempts: 1 })))).toMatchObject({
      code: 'conversation_gone',
    });
    expect(sent).toHaveLength(1);
  });

  it('is no reason to say so while a failure may pass, or a message is only too large', async () => {
    inMirror();
    faults.teams = [later(), gone('http_413')];
    await faultOf(deliverIn('slack', 'teams')(row()));
    await faultOf(deliverIn('slack', 'teams')(row()));
    expect(sent).toEqual([]);
  });
});

describe('a message that is given up', () => {
  const tooOften = later();
  const compliance: Person = { id: 'compliance-1', name: 'Sample Compliance', slack: 'U0COMPLIANCE' };
  const gone = (): DeliveryFault => new DeliveryFault('is_archived', undefined);
  const giveUp = (why = tooOften, r = row(), ...chats: Chat[]): Promise<void> =>
    deliveringIn(...(chats.length === 0 ? (['slack', 'teams'] as const) : chats)).giveUp(r, why);

  it('to a person is said in the thread, once', async () => {
    await giveUp();
    await giveUp();
    expect(sent).toMatchObject([{ chat: 'slack', to: 'thread of C0CLEAR', key: 'n-1:not-reached' }]);
    expect(sent[0]?.text).toContain('A message about this deal did not get to @counsel-1.');
  });

  it('to a person whose thread is gone too is said to compliance', async () => {
    others = [compliance];
    faults.slack = [gone()];
    await giveUp();
    expect(sent).toMatchObject([{ chat: 'slack', to: 'compliance-1', key: 'n-1:not-reached' }]);
    expect(sent[0]?.text).toContain('A message about D-1 did not get to @counsel-1.');
  });

  it('to a person about no deal is said to compliance, and names nobody where that could harm', async () => {
    others = [compliance];
    message = { ...direct(SLACK_HOME), standalone: true };
    await giveUp(tooOften, row({ stream: 'register:absences' }));
    await giveUp(tooOften, row({ id: 'n-2', stream: 'G-7K3QXM' }));
    expect(sent.map(({ to }) => to)).toEqual(['compliance-1', 'compliance-1']);
    expect(sent[0]?.text).toContain('A message of Clearthread did not get to @counsel-1.');
    expect(sent[1]?.text).not.toContain('counsel-1');
    expect(sent[1]?.text).toContain('Clearthread gave up on a message after several tries.');
  });

  it('to a thread is said there while that works', async () => {
    message = { ...direct(TEAMS_HOME), own: SLACK_HOME, key: 'n-1@teams', where: { to: 'thread' } };
    await giveUp();
    expect(sent).toMatchObject([{ chat: 'teams', rootKey: 'root@teams', key: 'n-1:missed' }]);
    expect(sent[0]?.text).toContain('Clearthread gave up on a message in the thread of D-1 after several tries');
  });

  it.each([
    ['in the other thread', [gone()], [], 'thread of C0CLEAR'],
    ['to the owner', [gone()], [gone()], 'counsel-1'],
    ['to compliance', [gone(), unreachable()], [gone(), unreachable()], 'compliance-1'],
  ])('to a thread that is gone is said %s', async (_, teams, slack, to) => {
    others = [compliance];
    message = {
      ...direct(TEAMS_HOME),
      own: SLACK_HOME,
      key: 'n-1@teams',
      where: { to: 'thread' },
      owner: 'counsel-1',
    };
    faults = { slack, teams };
    await giveUp();
    expect(sent).toMatchObject([{ to, key: 'n-1:missed' }]);
  });

  it('and could not even be drawn is said to compliance', async () => {
    others = [compliance];
    const { giveUp: tell } = createDeliver({
      outlets: [outlet('slack')],
      deals: NO_DEALS,
      clock: () => new Date(),
      render: () => Promise.reject(new TypeError('a bug with words in it')),
      organisation: () => ({ ...anOrganisation({ clearanceChannels: [{ id: 'C0CLEAR' }] }), people: others }),
      store,
      logger: log,
    });
    await tell(row(), tooOften);
    await tell(row(), tooOften);
    expect(sent).toMatchObject([{ to: 'compliance-1', key: 'n-1:missed' }]);
  });

  it('is not said again where that was said when it was tried', async () => {
    await giveUp(unreachable());
    await giveUp(new DeliveryFault('not_in_channel', undefined));
    expect(sent).toEqual([]);
  });

  it('waits while telling may still succeed', async () => {
    faults.slack = [later()];
    expect(await faultOf(giveUp())).toMatchObject({ code: 'http_503', retryAfterMs: 0 });
  });

  it('is logged where nobody can be told', async () => {
    faults.slack = [gone()];
    await giveUp();
    expect(sent).toEqual([]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ event: 'deliver.not-reached-not-said', level: 'error' }),
    );
  });
});
