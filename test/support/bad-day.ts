/** Requests that no Slack client sends, and repeated ones: raw signed requests to the whole bot, and its record. */

import { createHmac, randomUUID } from 'node:crypto';
import type { DealEvent, DealEventType } from '../../flows/deal/events.ts';
import { replay } from '../../flows/deal/evolve.ts';
import type { DealState } from '../../flows/deal/state.ts';
import { PLAYGROUND } from '../../src/startup/playground.ts';
import type { EventStore, MessageRef } from '../../store/event-store.ts';
import { databaseFile, loadDataKey } from '../../store/keys.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite.ts';
import { CLEARANCE } from './chat-hand.ts';

export const TEAM = 'T0PLAYGROUND';

export interface RawView {
  callback_id: string;
  private_metadata: string;
  title: { text: string };
  blocks: RawBlock[];
}
export interface RawBlock {
  type: string;
  block_id?: string;
  optional?: boolean;
  element?: {
    type: string;
    options?: { value: string }[];
    initial_value?: string;
    initial_option?: { value: string };
    max_length?: number;
  };
}

/** The bot's answer. `text` is its whole body: all that a person could read in it. */
export interface Answer {
  status: number;
  text: string;
  errors: Record<string, string> | undefined;
  view: RawView | undefined;
}

export type RawValue = string | readonly string[] | { user: string };
export type RawValues = Readonly<Record<string, RawValue>>;

export interface Submission {
  form: string;
  /** The form's own context; undefined for a view that has none. */
  context: unknown;
  values?: RawValues | undefined;
  /** Inputs that the form shows besides those with values: its errors need a place. */
  inputs?: readonly string[] | undefined;
  view?: string | undefined;
  hash?: string | undefined;
  /** Replaces the metadata made from `context`. */
  metadata?: string | undefined;
  team?: string | undefined;
}

export interface Press {
  name: string;
  value: string;
  thread?: string | undefined;
  channel?: string | undefined;
  trigger?: string | undefined;
  team?: string | undefined;
}

export const fieldOf = (value: RawValue): object => {
  if (typeof value === 'string') return { type: 'plain_text_input', value };
  if ('user' in value) return { type: 'users_select', selected_user: value.user };
  return {
    type: 'checkboxes',
    selected_options: value.map((v) => ({ value: v, text: { type: 'plain_text', text: v } })),
  };
};

export const submission = (user: string, given: Submission): object => ({
  type: 'view_submission',
  team: { id: given.team ?? TEAM, domain: 'playground' },
  user: { id: user, name: 'x', username: 'x', team_id: given.team ?? TEAM },
  trigger_id: randomUUID(),
  view: {
    id: given.view ?? `V${randomUUID()}`,
    hash: given.hash ?? randomUUID(),
    callback_id: given.form,
    private_metadata:
      given.metadata ?? JSON.stringify({ context: JSON.stringify(given.context), place: { channel: CLEARANCE } }),
    title: { type: 'plain_text', text: 'A form' },
    blocks: [...new Set([...Object.keys(given.values ?? {}), ...(given.inputs ?? [])])].map((name) => ({
      type: 'input',
      block_id: name,
    })),
    state: { values: Object.fromEntries(Object.entries(given.values ?? {}).map(([k, v]) => [k, { v: fieldOf(v) }])) },
  },
});

export const pressing = (user: string, { name, value, thread, channel = CLEARANCE, trigger, team }: Press): object => ({
  type: 'block_actions',
  team: { id: team ?? TEAM, domain: 'playground' },
  user: { id: user, name: 'x', username: 'x', team_id: team ?? TEAM },
  trigger_id: trigger ?? randomUUID(),
  container: { type: 'message', message_ts: thread ?? '1700000000.000001', channel_id: channel, is_ephemeral: false },
  channel: { id: channel, name: 'x' },
  ...(thread === undefined ? {} : { message: { ts: thread, thread_ts: thread } }),
  actions: [{ type: 'button', action_id: `${name}#1`, block_id: 'b', value, action_ts: '1' }],
});

const now = (): number => Math.floor(Date.now() / 1000);

export interface Signed {
  body: string;
  timestamp: string;
  signature: string;
  type: string;
}

/** Signs as Slack does. `at` in seconds since 1970. */
export const signed = (body: string, { at = now(), secret = PLAYGROUND.signingSecret, type = FORM } = {}): Signed => ({
  body,
  timestamp: String(at),
  signature: `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
  type,
});

const FORM = 'application/x-www-form-urlencoded';
export const asPayload = (payload: object): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

const parsed = (text: string): { errors?: Record<string, string>; view?: RawView } => {
  try {
    return JSON.parse(text) as { errors?: Record<string, string>; view?: RawView };
  } catch {
    return {};
  }
};

export interface Wire {
  send(request: Signed): Promise<Answer>;
  payload(payload: object): Promise<Answer>;
  submit(user: string, given: Submission): Promise<Answer>;
  press(user: string, given: Press): Promise<Answer>;
  command(user: string, text?: string, channel?: string, team?: string): Promise<Answer>;
  event(body: object): Promise<Answer>;
}

/** `url` is called each time: a restarted bot may have another. `at`: time of signatures, in seconds since 1970. */
export const createWire = (url: () => string, at = now): Wire => {
  // Two requests with one body in one second would have one signature: Slack's bodies differ, so these must too.
  let sent = 0;
  const unique = (body: string): string => `${body}&n=${(sent += 1)}`;
  const wire: Wire = {
    send: async ({ body, timestamp, signature, type }) => {
      const response = await fetch(`${url()}/slack/events`, {
        method: 'POST',
        body,
        headers: { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature },
      });
      const text = await response.text();
      const { errors, view } = parsed(text);
      return { status: response.status, text, errors, view };
    },
    payload: (payload) => wire.send(signed(unique(asPayload(payload)), { at: at() })),
    submit: (user, given) => wire.payload(submission(user, given)),
    press: (user, given) => wire.payload(pressing(user, given)),
    command: (user, text = '', channel = CLEARANCE, team = TEAM) =>
      wire.send(
        signed(
          new URLSearchParams({
            command: '/deal',
            text,
            user_id: user,
            team_id: team,
            channel_id: channel,
            trigger_id: randomUUID(),
          }).toString(),
          { at: at() },
        ),
      ),
    event: (body) => wire.send(signed(JSON.stringify(body), { at: at(), type: 'application/json' })),
  };
  return wire;
};

/** The bot's record, read over a separate connection. */
export interface DealRecord {
  store: EventStore;
  events(deal: string): Promise<DealEvent[]>;
  types(deal: string): Promise<DealEventType[]>;
  state(deal: string): Promise<DealState>;
  /** The deal's root message, once it is posted. */
  root(deal: string): Promise<MessageRef>;
  /** True when everything owed was sent. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 15_000;

export const until = async <T>(what: string, find: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  const end = Date.now() + TIMEOUT_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

export const openRecord = (dataDir: string): DealRecord =>
  recordIn(openSqliteStore({ file: databaseFile(dataDir), dataKey: loadDataKey(undefined, dataDir) }));

/** Closing it closes the store. */
export const recordIn = (store: EventStore): DealRecord => {
  const events = async (deal: string): Promise<DealEvent[]> =>
    (await store.read(deal)).flatMap((commit) => commit.body.events as unknown as DealEvent[]);
  return {
    store,
    events,
    // What other deals say is noted by the bot alone, when it has looked.
    types: async (deal) => (await events(deal)).map((e) => e.type).filter((type) => type !== 'OthersNoted'),
    state: async (deal) => replay(await events(deal)),
    root: (deal) => until(`the root of ${deal}`, () => store.ref(deal, 'root')),
    quiet: async () => {
      await until('nothing owed', async () => ((await store.nextReady()) === null ? true : undefined));
    },
    close: () => store.close(),
  };
};

/** Deletes a message as a workspace's admin does; the stand-in lets only the bot do it. */
export const deleteMessage = async (url: string, channel: string, ts: string): Promise<void> => {
  const response = await fetch(`${url}/playground/api/chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PLAYGROUND.botToken}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ channel, ts }).toString(),
  });
  const { ok } = (await response.json()) as { ok: boolean };
  if (!ok) throw new Error(`${ts} was not deleted`);
};
