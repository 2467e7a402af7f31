/** A bot for the tests of the edge: real Teams SDK on a real socket, a scripted route, stand-ins for Microsoft. */

import type { AddressInfo } from 'node:net';
import { PUBLIC, withOverrides } from '@microsoft/teams.api';
import express from 'express';
import type { Card } from '../../../blocks/card.ts';
import type { Ours } from '../../../blocks/teams/data.ts';
import type { Organisation } from '../../../flows/organisation.ts';
import type { Interaction } from '../../../src/edge/interaction.ts';
import type { AccountRefusal } from '../../../src/edge/refusals.ts';
import type { TeamsMode } from '../../../src/teams/mode.ts';
import { createTeams, type Teams } from '../../../src/teams/teams.ts';
import type { Json, MessageRef } from '../../../store/event-store.ts';
import { memoryLogger, scriptedRoute, type Answer } from '../slack/bot.ts';
import {
  CLIENT_ID,
  loopbackMode,
  personalChat,
  startBotConnector,
  TENANT,
  type Account,
  type BotConnector,
} from './bot-connector.ts';
import { startSigning, type Signing } from './tokens.ts';

export const CHANNEL = '19:deals@thread.tacv2';
export const GROUP = '19:group@thread.v2';
const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;

export const REP: Account = { id: id(1), user: '29:rep', installed: true };
export const COUNSEL: Account = { id: id(2), user: '29:counsel', installed: true };
export const STRANGER: Account = { id: id(3), user: '29:stranger', installed: true };
export const TWIN: Account = { id: id(4), user: '29:twin', installed: true };

export const organisation: Organisation = {
  name: 'Sample Org',
  people: [
    { id: 'rep-1', name: 'Sample Rep', teams: REP.id.toUpperCase(), email: 'rep@sample.example' },
    { id: 'counsel-1', name: 'Sample Counsel', teams: COUNSEL.id, email: 'counsel@sample.example' },
    { id: 'compliance-1', name: 'Sample Compliance' },
    { id: 'twin-1', name: 'Sample Twin', teams: TWIN.id },
    { id: 'twin-2', name: 'Other Twin', teams: TWIN.id },
  ],
  groups: [{ id: 'compliance', name: 'Compliance', members: ['compliance-1'] }],
  products: [],
  clearanceChannels: [{ id: CHANNEL }],
  timeZone: 'UTC',
  holidays: [],
  roles: { compliance: 'compliance', chief: 'chief' },
  hash: 'sample',
};

const YEAR_MS = 365 * 24 * 60 * 60_000;

export const memoryStore = () => {
  const seen = new Set<string>();
  const refs = new Map<string, MessageRef>();
  const conversations = new Map<string, Json>();
  return {
    seen,
    conversations,
    /** Writes to `conversations` so far. */
    writes: 0,
    /** Keys that are expired when seen are not kept. */
    firstTime: async (key: string, expires: string) =>
      !seen.has(key) && (Date.parse(expires) <= Date.now() - YEAR_MS || Boolean(seen.add(key))),
    saveRef: async (stream: string, key: string, ref: MessageRef) => void refs.set(`${stream} ${key}`, ref),
    ref: async (stream: string, key: string) => refs.get(`${stream} ${key}`),
    findRef: async ({ channel, message }: MessageRef) => {
      const found = [...refs].find(([, ref]) => ref.channel === channel && ref.message === message)?.[0];
      const [stream = '', key = ''] = found?.split(' ') ?? [];
      return found === undefined ? undefined : { stream, key };
    },
    async saveConversation(key: string, value: Json) {
      this.writes += 1;
      conversations.set(key, value);
    },
    conversation: async (key: string) => conversations.get(key),
    turn: async () => ({ taken: true, waitMs: 0 }),
    holdTurns: async () => {},
  };
};

export type Body = Record<string, unknown>;

export interface Sending {
  /** Replaces a good token. */
  authorization?: string | undefined;
  claims?: Record<string, unknown>;
  type?: string;
}

export interface TeamsBot {
  url: string;
  api: BotConnector;
  signing: Signing;
  teams: Teams;
  store: ReturnType<typeof memoryStore>;
  log: ReturnType<typeof memoryLogger>;
  /** Calls that reached the route. */
  asked: Interaction[];
  /** The next replies of the route; then `done`. */
  answers: Answer[];
  refused: AccountRefusal[];
  /** `deal key` → the card that everybody sees. */
  live: Map<string, Card>;
  now: { value: Date };
  send(body: unknown, how?: Sending): Promise<Response>;
  /** Sends an activity of the rep in a thread of the channel; waits for the answer, and for the work after it. */
  activity(more: Body): Body;
  say(text: string, more?: Body): Promise<Response>;
  /** Parsed body of the answer; undefined for an empty one. */
  invoke(name: string, value: unknown, more?: Body): Promise<Body | undefined>;
  press(via: 'fetch' | 'dialog' | 'card' | 'message', ours: Ours, typed?: Body, more?: Body): Promise<Body | undefined>;
  /** Everything that the bot logged, as one text. */
  logged(): string;
  /** Clears what happened so far, for the next test; the root message stays. */
  forget(): void;
  stop(): Promise<void>;
}

/** The root message of the thread that activities come from, and the message whose card is pressed. */
export const ROOT = '1600000000001';
export const PRESSED = '1600000000002';
export const FROM = (account: Account): Body => ({
  from: { id: account.user, aadObjectId: account.id, name: 'Sample', role: 'user' },
});
export const PERSONAL: Body = {
  conversation: { id: personalChat(REP), conversationType: 'personal', tenantId: TENANT },
};

export const startTeamsBot = async (
  more: { deadlineMs?: number; graceMs?: number; mode?: Partial<TeamsMode> } = {},
): Promise<TeamsBot> => {
  const api = await startBotConnector();
  const now = { value: new Date() };
  const signing = await startSigning(
    () => api.url,
    () => now.value,
  );
  api.places.set(CHANNEL, 'channel').set(GROUP, 'groupChat').set(personalChat(REP), 'personal');
  api.accounts.push(...[REP, COUNSEL, STRANGER, TWIN].map((account) => ({ ...account })));
  api.sent.push({ id: ROOT, conversation: CHANNEL, thread: undefined, summary: 'Sample', card: {}, edits: 0 });
  const store = memoryStore();
  const log = memoryLogger();
  const { asked, answers, route } = scriptedRoute();
  const refused: AccountRefusal[] = [];
  const live = new Map<string, Card>();
  const teams = createTeams(
    {
      ...loopbackMode(api.url),
      serviceHosts: ['127.0.0.1', 'smba.trafficmanager.net', 'emea.sample.example'],
      cloud: withOverrides(PUBLIC, { openIdMetadataUrl: signing.openIdMetadataUrl }),
      ...more.mode,
    },
    {
      organisation: () => organisation,
      store,
      route,
      liveCard: async (deal, key) => live.get(`${deal} ${key}`),
      refused: async (refusal) => void refused.push(refusal),
      logger: log,
      clock: () => now.value,
      rates: [],
      ...(more.deadlineMs === undefined ? {} : { deadlineMs: more.deadlineMs }),
      graceMs: more.graceMs,
    },
  );
  const app = express();
  await teams.start(app).catch(async (error: unknown) => {
    await Promise.all([signing.close(), api.close()]);
    throw error;
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`;

  let n = 0;
  const activity: TeamsBot['activity'] = (fields) => ({
    type: 'message',
    id: `f:${(n += 1)}`,
    channelId: 'msteams',
    serviceUrl: api.url,
    ...FROM(REP),
    recipient: { id: `28:${CLIENT_ID}`, name: 'Clearthread' },
    conversation: { id: `${CHANNEL};messageid=${ROOT}`, conversationType: 'channel', tenantId: TENANT, isGroup: true },
    channelData: { tenant: { id: TENANT } },
    ...fields,
  });
  const send: TeamsBot['send'] = async (body, { claims, type = 'application/json', ...how } = {}) => {
    const authorization = 'authorization' in how ? how.authorization : `Bearer ${await signing.sign(claims)}`;
    return fetch(url, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': type, ...(authorization === undefined ? {} : { authorization }) },
    });
  };
  const settled = async (sent: Promise<Response>): Promise<Response> => {
    const response = await sent;
    if (more.deadlineMs === undefined) await teams.idle();
    return response;
  };
  const invoke: TeamsBot['invoke'] = async (name, value, fields = {}) => {
    const response = await settled(send(activity({ type: 'invoke', name, value, ...fields })));
    const text = await response.text();
    if (response.status !== 200) throw new Error(`answered ${response.status}`);
    return text === '' ? undefined : (JSON.parse(text) as Body);
  };
  return {
    url,
    api,
    signing,
    teams,
    store,
    log,
    asked,
    answers,
    refused,
    live,
    now,
    send,
    activity,
    invoke,
    say: (text, fields = {}) =>
      settled(
        send(
          activity({
            text: `<at>Clearthread</at> ${text}`,
            entities: [
              {
                type: 'mention',
                text: '<at>Clearthread</at>',
                mentioned: { id: `28:${CLIENT_ID}`, name: 'Clearthread' },
              },
            ],
            ...fields,
          }),
        ),
      ),
    press: async (via, ours, typed = {}, fields = {}) => {
      const data = { ...typed, clearthread: ours };
      const on = { replyToId: PRESSED, ...fields };
      if (via === 'fetch') return invoke('task/fetch', { data: { ...data, msteams: { type: 'task/fetch' } } }, on);
      if (via === 'dialog') return invoke('task/submit', { data }, fields);
      if (via === 'card') {
        const verb = ours.do === 'look' ? 'look' : 'any';
        return invoke('adaptiveCard/action', { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' }, on);
      }
      const response = await settled(send(activity({ value: data, ...on })));
      if (response.status !== 200) throw new Error(`answered ${response.status}`);
      return undefined;
    },
    logged: () =>
      JSON.stringify(log.lines, (_, value: unknown) => (value instanceof Error ? { name: value.name } : value)),
    forget: () => {
      for (const list of [asked, answers, refused, log.lines, api.calls]) list.length = 0;
      api.sent.splice(1);
      live.clear();
    },
    stop: async () => {
      await teams.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await signing.close();
      await api.close();
    },
  };
};
