/** Real deals behind the real Teams SDK, sample policy and organisation; Slack is the route alone. Sends any data. */

import type { AddressInfo } from 'node:net';
import { PUBLIC, withOverrides } from '@microsoft/teams.api';
import express from 'express';
import type { FormValues } from '../../../blocks/card.ts';
import { ours as oursSchema, type HeldForm, type Ours } from '../../../blocks/teams/data.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../../../src/config/policy-file.ts';
import { NOT_READ_HERE } from '../../../src/edge/file-read.ts';
import type { Interaction, Reply } from '../../../src/edge/interaction.ts';
import { createDeliver } from '../../../src/outbox/deliver.ts';
import type { Outlet } from '../../../src/outbox/delivery.ts';
import { startOutbox, type Outbox } from '../../../src/outbox/outbox.ts';
import { createLiveCard, createRender } from '../../../src/outbox/render.ts';
import { createRouter } from '../../../src/route/route.ts';
import { createDealIndex } from '../../../src/streams/deal-index.ts';
import { createDeals } from '../../../src/streams/deals.ts';
import { createEarlierDeals } from '../../../src/streams/earlier-deals.ts';
import { homesOf } from '../../../src/streams/homes.ts';
import { createPolicies } from '../../../src/streams/policies.ts';
import { createReadAhead } from '../../../src/streams/read-ahead.ts';
import { createTeams } from '../../../src/teams/teams.ts';
import { nodes } from '../../support/bad-day-bench.ts';
import { OPENING, type Sections } from '../../support/bad-day-deals.ts';
import { TEAMS_PEOPLE } from '../../support/playing.ts';
import { digestsOn, registersOn } from '../../support/registers.ts';
import { sqliteFolder } from '../../support/sqlite.ts';
import { memoryLogger } from '../slack/bot.ts';
import { CLIENT_ID, loopbackMode, personalChat, startBotConnector, TENANT } from './bot-connector.ts';
import { startSigning } from './tokens.ts';

const TEAMS_CHANNEL = '19:dealclearance@thread.tacv2';
const SLACK_CHANNEL = 'C0CLEARANCE1';
export type Who = keyof typeof TEAMS_PEOPLE;
export type Via = 'fetch' | 'dialog' | 'card' | 'message';
type Body = Record<string, unknown>;

export interface WholeBot {
  log: ReturnType<typeof memoryLogger>;
  /** Sends as Teams does, with a good token. `ours` and `typed` are what a client made of them. */
  press(who: Who, via: Via, ours: unknown, typed?: Body, more?: Body): Promise<{ status: number; body: unknown }>;
  /** The data that `press` sends. */
  activity(who: Who, via: Via, ours: unknown, typed?: Body, more?: Body): Body;
  /** Sends any text under a good token. Resolves with the status. */
  raw(body: string): Promise<number>;
  /** The same person in Slack. */
  inSlack(person: string, asked: { kind: 'submit'; form: string; context: object; values: FormValues }): Promise<Reply>;
  /** Opens and answers a deal in Slack, by `rep-1`. */
  answered(sections: Sections): Promise<string>;
  view(deal: string): Promise<DealView>;
  types(deal: string): Promise<string[]>;
  /** Goes through the review's pages in dialogs to the last, which is not sent. */
  review(who: Who, deal: string): Promise<Extract<Ours, { do: 'submit' }>>;
  /** Waits for everything that is owed. */
  settled(): Promise<void>;
  end(): Promise<void>;
}

let showings = 0;
/** A form that a client may claim to have been shown. */
export const heldForm = (name: string, context: object, inputs: string[] = []): HeldForm => ({
  name,
  context: JSON.stringify(context),
  showing: `a showing ${(showings += 1)}`,
  inputs,
  lists: [],
});

export const inPersonalChat = (who: Who): Body => ({
  conversation: { id: personalChat({ id: TEAMS_PEOPLE[who] }), conversationType: 'personal', tenantId: TENANT },
});

/** Data of the form's submit button; undefined if an answer has none. */
const submitIn = (body: unknown): Extract<Ours, { do: 'submit' }> | undefined =>
  nodes(body).flatMap((node) => {
    const read = oursSchema.safeParse(node['clearthread']);
    return read.data?.do === 'submit' ? [read.data] : [];
  })[0];

const RATIONALE = 'The answers and safeguards support this decision.';

/** What is typed unless it is said: the tick of a voter's first vote on a deal. */
const DECLARED: Body = { noStake: 'none' };

/** A plain choice for every input of a page of the review. */
const plainChoices = (body: unknown): Body =>
  Object.fromEntries(
    nodes(body).flatMap(({ type, id, value, choices }): [string, unknown][] => {
      if (typeof type !== 'string' || !type.startsWith('Input.') || typeof id !== 'string') return [];
      if (id.startsWith('f:')) return [[id, 'uphold']];
      if (id === 'flags') return [[id, 'all']];
      if (id === 'outcome') return [[id, 'approve']];
      if (id === 'rationale') return [[id, RATIONALE]];
      return [[id, value ?? nodes(choices)[0]?.['value'] ?? '']];
    }),
  );

export const startWholeBot = async (): Promise<WholeBot> => {
  const api = await startBotConnector();
  const clock = (): Date => new Date();
  const signing = await startSigning(() => api.url, clock);
  const folder = sqliteFolder();
  const store = folder.open();
  const log = memoryLogger();
  const loaded = loadOrganisation(sampleOrganisationFile);
  const organisation = () => loaded;
  const wired: { outbox?: Outbox } = {};
  const ahead = createReadAhead();
  const deals = createDeals({
    store,
    policies: await createPolicies(store, loadPolicy(defaultPolicyFile), policyFromJson),
    organisation,
    homes: homesOf(organisation, ['slack', 'teams']),
    clock,
    wake: () => wired.outbox?.wake(),
    ahead,
  });
  const registers = registersOn(store, organisation, clock, undefined, ahead);
  const index = createDealIndex({ store, deals, logger: log, organisation });
  const earlierDeals = createEarlierDeals({ index, deals, logger: log });
  const route = createRouter({
    deals,
    registers,
    index,
    digests: digestsOn(store, deals, organisation, clock),
    store,
    organisation,
    ...earlierDeals,
    threadUrl: async () => undefined,
    readFile: async () => NOT_READ_HERE,
    clock,
    command: '/deal',
  });
  api.places.set(TEAMS_CHANNEL, 'channel');
  for (const [name, id] of Object.entries(TEAMS_PEOPLE)) {
    api.accounts.push({ id, user: `29:${name}`, installed: true });
    api.places.set(personalChat({ id }), 'personal');
  }
  const teams = createTeams(
    {
      ...loopbackMode(api.url),
      cloud: withOverrides(PUBLIC, { openIdMetadataUrl: signing.openIdMetadataUrl }),
    },
    {
      organisation,
      store,
      route,
      liveCard: createLiveCard(deals),
      refused: async () => {},
      logger: log,
      clock,
      rates: [],
      // A busy machine is not a failure.
      deadlineMs: 30_000,
    },
  );
  let sent = 0;
  const slack: Outlet = {
    chat: 'slack',
    threadUrl: async () => undefined,
    send: async ({ stream }, { key }) => {
      await store.saveRef(stream, key, { channel: SLACK_CHANNEL, message: `1.${(sent += 1)}` });
    },
    edit: async () => true,
  };
  const outlets = [slack, teams.outlet];
  const outbox = startOutbox({
    store,
    ...createDeliver({
      outlets,
      deals,
      clock,
      render: createRender({ deals, registers, organisation }),
      organisation,
      store,
      logger: log,
    }),
    clock,
    logger: log,
  });
  wired.outbox = outbox;
  const app = express();
  await teams.start(app);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;

  let acts = 0;
  const invokeOf = (via: Via, data: Body): Body => {
    switch (via) {
      case 'fetch':
        return { type: 'invoke', name: 'task/fetch', value: { data } };
      case 'dialog':
        return { type: 'invoke', name: 'task/submit', value: { data } };
      case 'card': {
        const action = { type: 'Action.Execute', verb: 'any', data };
        return { type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' } };
      }
      case 'message':
        return { type: 'message', value: data };
      default: {
        const never: never = via;
        return never;
      }
    }
  };
  const posted = async (body: string): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await signing.sign()}` },
    });
  const bot: WholeBot = {
    log,
    activity: (who, via, ours, typed = DECLARED, more = {}) => ({
      ...invokeOf(via, { ...typed, clearthread: ours }),
      id: `f:${(acts += 1)}`,
      channelId: 'msteams',
      serviceUrl: api.url,
      from: { id: `29:${who}`, aadObjectId: TEAMS_PEOPLE[who] },
      recipient: { id: `28:${CLIENT_ID}` },
      conversation: { id: TEAMS_CHANNEL, conversationType: 'channel', tenantId: TENANT },
      channelData: { tenant: { id: TENANT } },
      ...more,
    }),
    raw: async (body) => {
      const response = await posted(body);
      await response.text();
      return response.status;
    },
    press: async (...what) => {
      const response = await posted(JSON.stringify(bot.activity(...what)));
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    },
    inSlack: (person, { context, ...asked }) => {
      const interaction: Interaction = {
        ...asked,
        context: JSON.stringify(context),
        person,
        place: { platform: 'slack', channel: SLACK_CHANNEL },
        cause: `in slack ${(acts += 1)}`,
        trace: 'T',
      };
      return route(interaction);
    },
    answered: async (sections) => {
      const submit = (form: string, context: object, values: object): Promise<Reply> =>
        bot.inSlack('rep-1', { kind: 'submit', form, context, values: values as FormValues });
      const opened = await submit('deal.open', { channel: SLACK_CHANNEL }, OPENING);
      if (opened.kind !== 'form') throw new Error('not opened');
      const { deal } = JSON.parse(opened.form.context) as { deal: string };
      for (const [section, values] of Object.entries(sections)) {
        await submit('deal.section', { deal, section, shown: Object.keys(values) }, values);
      }
      if ((await bot.view(deal)).deal.finding) {
        await deals.handle(deal, { type: 'SendOn' }, { actor: 'rep-1', cause: `send ${deal} on` });
      }
      if ((await bot.view(deal)).deal.status !== 'deciding') throw new Error('not answered to the end');
      return deal;
    },
    view: async (deal) => {
      const view = await deals.view(deal);
      if (!view) throw new Error(`no deal ${deal}`);
      return view;
    },
    types: async (deal) =>
      (await store.read(deal)).flatMap(({ body }) => (body.events as { type: string }[]).map(({ type }) => type)),
    review: async (who, deal) => {
      let { body } = await bot.press(who, 'fetch', { do: 'click', name: 'deal.review', value: `${deal}/0` });
      for (let page = 0; page < 14; page += 1) {
        const submit = submitIn(body);
        if (!submit) throw new Error(`no review: ${JSON.stringify(body)}`);
        if (JSON.stringify(body).includes('"title":"Review: confirm"')) return submit;
        ({ body } = await bot.press(who, 'dialog', submit, plainChoices(body)));
      }
      throw new Error('the review has no end');
    },
    settled: async () => {
      await teams.idle();
      await outbox.drain();
    },
    end: async () => {
      await teams.stop();
      await outbox.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await signing.close();
      await api.close();
      await folder.remove();
    },
  };
  return bot;
};
