/** A bot for the tests of the edge: real Bolt on a real socket, a scripted route behind it, a stand-in for Slack. */

import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Organisation } from '../../../flows/organisation.ts';
import type { Interaction, Reply } from '../../../src/edge/interaction.ts';
import type { AccountRefusal } from '../../../src/edge/refusals.ts';
import type { LogFields, Logger } from '../../../src/log.ts';
import { createSlack, type Slack } from '../../../src/slack/slack.ts';
import { signatureOf } from '../../../src/slack/verify.ts';
import type { Json, MessageRef } from '../../../store/event-store.ts';
import { startWebApi, TEAM, TOKEN, type WebApi } from './web-api.ts';

export const SECRET = 'sample-signing-secret';

export const organisation: Organisation = {
  name: 'Sample Org',
  people: [
    { id: 'rep-1', name: 'Sample Rep', slack: 'U0REP' },
    { id: 'counsel-1', name: 'Sample Counsel', slack: 'U0COUNSEL' },
    { id: 'compliance-1', name: 'Sample Compliance' },
    { id: 'twin-1', name: 'Sample Twin', slack: 'U0TWIN' },
    { id: 'twin-2', name: 'Other Twin', slack: 'U0TWIN' },
  ],
  groups: [{ id: 'compliance', name: 'Compliance', members: ['compliance-1'] }],
  products: [],
  clearanceChannels: [{ id: 'C0DEALS' }],
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
    /** Keys that are expired when seen are not kept. */
    firstTime: async (key: string, expires: string) =>
      !seen.has(key) && (Date.parse(expires) <= Date.now() - YEAR_MS || Boolean(seen.add(key))),
    saveRef: async (stream: string, key: string, ref: MessageRef) => void refs.set(`${stream}/${key}`, ref),
    ref: async (stream: string, key: string) => refs.get(`${stream}/${key}`),
    turn: async () => ({ taken: true, waitMs: 0 }),
    holdTurns: async () => {},
    saveConversation: async (key: string, value: Json) => void conversations.set(key, value),
    conversation: async (key: string) => conversations.get(key),
  };
};

export interface LogLine {
  level: string;
  event: string;
  fields: LogFields;
}

export const memoryLogger = (): Logger & { lines: LogLine[] } => {
  const lines: LogLine[] = [];
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      void lines.push({ level, event, fields });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
};

export type Answer = Reply | Error | Promise<Reply>;

/** A route that keeps its calls and replies as told; then `done`. */
export const scriptedRoute = () => {
  const asked: Interaction[] = [];
  const ahead: string[] = [];
  const answers: Answer[] = [];
  const asking = async (interaction: Interaction): Promise<Reply> => {
    asked.push(interaction);
    const next = answers.shift() ?? { kind: 'done' };
    if (next instanceof Error) throw next;
    return next;
  };
  const route = Object.assign(asking, { lookAhead: (about: string) => void ahead.push(about) });
  return { asked, ahead, answers, route };
};

export interface Bot {
  /** Of its receiver. */
  url: string;
  api: WebApi;
  slack: Slack;
  store: ReturnType<typeof memoryStore>;
  log: ReturnType<typeof memoryLogger>;
  /** Calls that reached the route. */
  asked: Interaction[];
  /** Deals that the route was told to read ahead. */
  ahead: string[];
  /** The next replies of the route; then `done`. */
  answers: Answer[];
  /** People recorded as refused. */
  turnedAway: AccountRefusal[];
  now: { value: Date };
  send(
    body: string,
    options?: { type?: string; at?: number; signature?: string; headers?: Record<string, string> },
  ): Promise<Response>;
  /** These three also wait for the work after the acknowledgement, unless the route is made to be slow. */
  event(body: object, acknowledged?: () => void): Promise<Response>;
  act(payload: object): Promise<Response>;
  command(fields?: Record<string, string>): Promise<Response>;
  /** Everything that the bot logged, as one text. */
  logged(): string;
  /** Clears what happened so far, for the next test. */
  forget(): void;
  stop(): Promise<void>;
}

export const startBot = async (more: { deadlineMs?: number; graceMs?: number } = {}): Promise<Bot> => {
  const api = await startWebApi();
  const store = memoryStore();
  const log = memoryLogger();
  const { asked, ahead, answers, route } = scriptedRoute();
  const turnedAway: AccountRefusal[] = [];
  const now = { value: new Date('2026-11-20T10:00:00Z') };
  const slack = createSlack(
    { mode: 'http', botToken: TOKEN, signingSecret: SECRET },
    {
      apiUrl: api.url,
      organisation: () => organisation,
      store,
      route,
      refused: async (refusal) => void turnedAway.push(refusal),
      logger: log,
      clock: () => now.value,
      ...more,
    },
  );
  const app = express();
  app.post('/slack/events', (req, res) => slack.listener?.(req, res));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  await slack.start();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;

  let n = 0;
  const unique = () => `${(n += 1)}`;
  const form = 'application/x-www-form-urlencoded';
  const send: Bot['send'] = (body, { type = form, at, signature, headers = {} } = {}) => {
    const timestamp = `${at ?? Math.floor(now.value.getTime() / 1000)}`;
    return fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature ?? signatureOf(SECRET, timestamp, body),
        ...headers,
      },
    });
  };
  const settled = async (sent: Promise<Response>): Promise<Response> => {
    const response = await sent;
    if (more.deadlineMs === undefined) await slack.idle();
    return response;
  };
  return {
    url,
    api,
    slack,
    store,
    log,
    asked,
    ahead,
    answers,
    turnedAway,
    now,
    send,
    event: (body, acknowledged = () => {}) =>
      settled(
        send(JSON.stringify({ type: 'event_callback', team_id: TEAM, event_id: `Ev${unique()}`, ...body }), {
          type: 'application/json',
        }).then((response) => {
          acknowledged();
          return response;
        }),
      ),
    act: (payload) =>
      settled(
        send(
          new URLSearchParams({
            payload: JSON.stringify({
              team: { id: TEAM },
              user: { id: 'U0REP', team_id: TEAM },
              action_ts: unique(),
              ...payload,
            }),
          }).toString(),
        ),
      ),
    command: (fields) => {
      const trigger = `t-command-${unique()}`;
      api.triggers.add(trigger);
      return settled(
        send(
          new URLSearchParams({
            command: '/deal',
            text: '',
            user_id: 'U0REP',
            team_id: TEAM,
            channel_id: 'C0DEALS',
            trigger_id: trigger,
            ...fields,
          }).toString(),
        ),
      );
    },
    logged: () =>
      JSON.stringify(log.lines, (_, value: unknown) => (value instanceof Error ? { name: value.name } : value)),
    forget: () => {
      for (const list of [asked, ahead, answers, turnedAway, log.lines, api.calls]) list.length = 0;
    },
    stop: async () => {
      await slack.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await api.close();
    },
  };
};

/** Recorded shapes, with sample ids. */
export const buttonClick = (trigger: string, action: object = {}, more: object = {}) => ({
  type: 'block_actions',
  trigger_id: trigger,
  container: { type: 'message', message_ts: '1700000000.000002', channel_id: 'C0DEALS', is_ephemeral: false },
  channel: { id: 'C0DEALS', name: 'deals' },
  message: { ts: '1700000000.000002', thread_ts: '1700000000.000001', text: 'x' },
  actions: [{ type: 'button', action_id: 'deal.answer#2', block_id: 'b', value: 'D-7K3QXM/product', ...action }],
  ...more,
});

export const view = (more: object = {}) => ({
  id: 'V1',
  hash: '1.abc',
  callback_id: 'deal.section',
  title: { type: 'plain_text', text: 'Product' },
  private_metadata: JSON.stringify({
    context: '{"deal":"D-7K3QXM"}',
    place: { platform: 'slack', channel: 'C0DEALS', thread: '1700000000.000001' },
  }),
  blocks: [
    { type: 'rich_text', block_id: 'x' },
    { type: 'input', block_id: 'P1' },
    { type: 'input', block_id: 'note' },
  ],
  state: {
    values: {
      P1: {
        v: { type: 'radio_buttons', selected_option: { value: 'yes', text: { type: 'plain_text', text: 'Yes' } } },
      },
      note: { v: { type: 'plain_text_input', value: 'Typed <!here>' } },
      empty: { v: { type: 'plain_text_input', value: null } },
      laws: { v: { type: 'checkboxes', selected_options: [{ value: 'a' }, { value: 'b' }] } },
      none: { v: { type: 'checkboxes', selected_options: [] } },
      day: { v: { type: 'datepicker', selected_date: '2027-01-31' } },
      country: { 'v:countries': { type: 'external_select', selected_option: { value: 'NO' } } },
      who: { v: { type: 'users_select', selected_user: 'U0COUNSEL' } },
      proof: {
        v: {
          type: 'file_input',
          files: [
            { id: 'F1', name: 'Clause 14,\n signed.pdf', permalink: 'https://sample.slack.com/files/U1/F1/clause.pdf' },
            { id: 'F2', name: null, title: '', permalink: 'https://sample.slack.com/files/U1/F2/x' },
          ],
        },
      },
      nothing: { v: { type: 'file_input', files: [] } },
    },
  },
  ...more,
});

export const VALUES = {
  P1: 'yes',
  note: 'Typed <!here>',
  laws: ['a', 'b'],
  day: '2027-01-31',
  country: 'NO',
  who: 'counsel-1',
  proof: [
    'Clause 14, signed.pdf, https://sample.slack.com/files/U1/F1/clause.pdf',
    'File, https://sample.slack.com/files/U1/F2/x',
  ],
};
