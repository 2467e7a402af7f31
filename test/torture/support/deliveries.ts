/** Deliveries of Slack and Teams, each with one effect that can be counted afterwards. */

import { randomUUID } from 'node:crypto';
import { CLIENT_ID, personalChat, TENANT, type BotConnector } from '../../src/teams/bot-connector.ts';
import { heldForm, inPersonalChat, type Who } from '../../src/teams/whole-bot.ts';
import { OPENING } from '../../support/bad-day-deals.ts';
import { asPayload, pressing, submission, TEAM, type RawValues } from '../../support/bad-day.ts';
import { PEOPLE, TEAMS_PEOPLE } from '../../support/playing.ts';
import type { Company } from './bot-process.ts';

/** Number of effects: `once` must be 1, and so must `told`, except an answer that a kill allows to be repeated. */
export interface Effect {
  once: number;
  told: number;
}

export interface Delivery {
  what: string;
  chat: 'slack' | 'teams';
  /** `event`: the chat itself sends the same again. Else a person presses again, or their request is repeated. */
  how: 'event' | 'press';
  /** Body of the nth try. */
  body(n: number): string;
  json?: boolean;
  /** Tells whether the person sees that it worked; if they do not, they try again. True if absent. */
  seen?(): boolean;
  /** Counts once everything was sent. */
  effect(): Promise<Effect>;
}

export interface Place {
  deal: string;
  channel: string;
  /** Timestamp of its root message. */
  thread: string;
}

const ONCE = { once: 1, told: 1 };

export const createDeliveries = ({ api, record }: Company, connector: BotConnector) => {
  const view = (): { view: string; hash: string } => ({ view: `V${randomUUID()}`, hash: randomUUID() });
  const form = (
    what: string,
    user: string,
    name: string,
    context: object,
    values: RawValues,
  ): Omit<Delivery, 'effect'> => {
    const same = view();
    return {
      what,
      chat: 'slack',
      how: 'press',
      body: (n) => `${asPayload(submission(user, { form: name, context, values, ...same }))}&n=${n}`,
    };
  };
  const count = async (deal: string, is: (event: Record<string, unknown>) => boolean): Promise<number> =>
    (await record.events(deal)).filter((event) => is(event as unknown as Record<string, unknown>)).length;

  const customers = new Map<string, string>();
  const dealsByCustomer = async (): Promise<Map<string, string[]>> => {
    const by = new Map<string, string[]>();
    for (const { stream } of await record.store.list({ kind: 'deal', limit: 100_000 })) {
      const [opened] = customers.has(stream) ? [] : await record.events(stream);
      if (opened?.type === 'DealOpened') customers.set(stream, opened.details.customer);
      const customer = customers.get(stream) ?? '';
      by.set(customer, [...(by.get(customer) ?? []), stream]);
    }
    return by;
  };

  /** A repeated notice is recognised by its id. */
  const isTold = (words: string, thread?: string): number =>
    api.messages.some((m) => m.thread_ts === thread && JSON.stringify(m.blocks).includes(words)) ? 1 : 0;
  const flagged = async ({ deal, thread }: Place, title: string): Promise<Effect> => ({
    once: await count(deal, (e) => e['type'] === 'FlagRaised' && e['title'] === title),
    told: isTold(title, thread),
  });

  const teams = (what: string, who: Who, more: object): Omit<Delivery, 'effect'> => {
    const activity = {
      id: `f:${randomUUID()}`,
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id: `29:${who}`, aadObjectId: TEAMS_PEOPLE[who] },
      recipient: { id: `28:${CLIENT_ID}` },
      ...inPersonalChat(who),
      channelData: { tenant: { id: TENANT } },
      ...more,
    };
    return { what, chat: 'teams', how: 'event', body: () => JSON.stringify(activity) };
  };
  const title = (): string => `Something worries me: ${randomUUID()}.`;

  return {
    mention: (place: Place, user: string): Delivery => {
      const event = {
        type: 'event_callback',
        team_id: TEAM,
        event_id: `Ev${randomUUID()}`,
        event: {
          type: 'app_mention',
          user,
          team: TEAM,
          channel: place.channel,
          text: '<@U0BOT> status',
          ts: '1.1',
          thread_ts: place.thread,
        },
      };
      const told = (): number =>
        api.of('chat.postEphemeral').filter((c) => c['user'] === user && c['thread_ts'] === place.thread).length;
      return {
        what: 'a mention in Slack',
        chat: 'slack',
        how: 'event',
        json: true,
        body: () => JSON.stringify(event),
        effect: async () => ({ once: Math.min(told(), 1), told: told() }),
      };
    },
    /** Each is an act of its own, which only a proxy repeats: none opens its form twice, and one opens. */
    command: (channel: string): Delivery => {
      const id = randomUUID();
      const opened = (): string[] =>
        api
          .of('views.open')
          .map((call) => String(call['trigger_id']))
          .filter((trigger) => trigger.startsWith(id));
      const fields = { command: '/deal', text: '', user_id: PEOPLE.rep, team_id: TEAM, channel_id: channel };
      return {
        what: 'a command in Slack',
        chat: 'slack',
        how: 'press',
        body: (n) => {
          const trigger_id = `${id}.${n}`;
          api.triggers.add(trigger_id);
          return new URLSearchParams({ ...fields, trigger_id }).toString();
        },
        // It is acknowledged while its form opens: a kill can come in between.
        seen: () => opened().length > 0,
        effect: async () => {
          const all = opened();
          return { ...ONCE, once: Math.max(0, ...all.map((one) => all.filter((other) => other === one).length)) };
        },
      };
    },
    opening: (channel: string): Delivery & { opened(): Promise<string | undefined> } => {
      const customer = `Customer ${randomUUID()}`;
      const values = { ...OPENING, customer };
      const context = { channel, shown: Object.keys(values) };
      const found = async (): Promise<string[]> => (await dealsByCustomer()).get(customer) ?? [];
      return {
        ...form('a new deal in Slack', PEOPLE.rep, 'deal.open', context, values),
        opened: async () => (await found())[0],
        effect: async () => ({ once: (await found()).length, told: isTold(customer) }),
      };
    },
    section: ({ deal }: Place): Delivery => ({
      ...form(
        'a section in Slack',
        PEOPLE.rep,
        'deal.section',
        { deal, section: 'scope', shown: ['q:G1-capability'] },
        { 'q:G1-capability': 'yes' },
      ),
      effect: async () => ({
        ...ONCE,
        once: await count(deal, (e) => e['type'] === 'SectionAnswered' && e['section'] === 'scope'),
      }),
    }),
    flag: (place: Place, user: string): Delivery => {
      const words = title();
      const made = form('a flag in Slack', user, 'deal.raise-flag', { deal: place.deal }, { title: words });
      return { ...made, effect: () => flagged(place, words) };
    },
    vote: ({ deal }: Place, context: object): Delivery => ({
      ...form('a vote in Slack', PEOPLE.compliance, 'deal.review', context, { noStake: ['none'] }),
      effect: async () => {
        const votes = await count(deal, (e) => e['type'] === 'VoteCast');
        return { ...ONCE, once: votes === 1 ? await count(deal, (e) => e['type'] === 'DealDecided') : votes };
      },
    }),
    /** `before`: number of nudges so far. */
    nudge: ({ deal, channel, thread }: Place, before: number): Delivery => {
      const press = pressing(PEOPLE.rep, { name: 'deal.nudge', value: deal, thread, channel, trigger: randomUUID() });
      return {
        what: 'a button in Slack',
        chat: 'slack',
        how: 'press',
        body: (n) => `${asPayload(press)}&n=${n}`,
        effect: async () => ({ ...ONCE, once: (await count(deal, (e) => e['type'] === 'Nudged')) - before }),
      };
    },
    said: ({ deal }: Place, who: Who): Delivery => {
      const told = (): number =>
        connector.sent.filter(
          (s) => s.conversation === personalChat({ id: TEAMS_PEOPLE[who] }) && JSON.stringify(s.card).includes(deal),
        ).length;
      return {
        ...teams('words in Teams', who, { type: 'message', text: `status ${deal}` }),
        effect: async () => ({ once: Math.min(told(), 1), told: told() }),
      };
    },
    /** `message`: from a client that does not know `Action.Execute`. */
    teamsFlag: (place: Place, who: Who, via: 'message' | 'dialog'): Delivery => {
      const words = title();
      const held = heldForm('deal.raise-flag', { deal: place.deal }, ['title']);
      const data = { title: words, clearthread: { do: 'submit', form: { ...held, showing: randomUUID() } } };
      const effect = (): Promise<Effect> => flagged(place, words);
      if (via === 'message') {
        return { ...teams('a card sent as a message in Teams', who, { type: 'message', value: data }), effect };
      }
      // Each press is an activity of its own, of one showing of the form.
      const press = (n: number): object => ({
        type: 'invoke',
        name: 'task/submit',
        value: { data },
        id: `f:${words}:${n}`,
      });
      const made = teams('a form in Teams', who, {});
      return {
        ...made,
        how: 'press',
        body: (n) => JSON.stringify({ ...(JSON.parse(made.body(n)) as object), ...press(n) }),
        effect,
      };
    },
  };
};
