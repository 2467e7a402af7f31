/** A small strict stand-in for Slack's Web API: it refuses what Slack refuses, and can be told to fail. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { homeProblems, messageProblems, viewProblems } from './check-blocks.ts';

export const TOKEN = 'xoxb-sample';
export const TEAM = 'T0SAMPLE';
export const BOT = { id: 'B0BOT', user: 'U0BOT' };

type Args = Record<string, unknown>;
export interface Call {
  method: string;
  args: Args;
}
/**
 * A Slack error code, an HTTP status with headers, `reset` (a cut connection) or `hang` (no answer ever). With `done`
 * the call takes effect all the same.
 */
export type Failure =
  | string
  | 'done-then-reset'
  | 'done-then-hang'
  | { status: number; headers?: Record<string, string>; done?: boolean };
type Answer = Args | string;

export interface Posted {
  channel: string;
  ts: string;
  thread_ts?: string | undefined;
  text: string;
  blocks: unknown;
  metadata?: unknown;
  bot_id: string;
}

export interface WebApi {
  url: string;
  calls: Call[];
  messages: Posted[];
  /** Members of each channel; the bot is in it if it is listed. */
  channels: Record<string, { members: string[]; is_ext_shared?: boolean; is_private?: boolean; public?: boolean }>;
  users: Record<string, object>;
  triggers: Set<string>;
  views: Record<string, { hash: string }>;
  /** Profiles of all people here. */
  team: string;
  /** The failure of a call, if none is queued for its method; undefined: it succeeds. */
  trouble: (call: Call) => Failure | undefined;
  /** Duration of an answer: half of it before the effect, half after. */
  delayMs: (call: Call) => number;
  /** Makes the next call of a method fail. Several failures may be queued. */
  fail(method: string, ...failures: Failure[]): void;
  of(method: string): Args[];
  close(): Promise<void>;
}

const readArgs = async (req: IncomingMessage): Promise<Args> => {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  const fields = parse(Buffer.concat(parts).toString());
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const text = String(value);
      try {
        return [key, /^[[{]/.test(text) ? (JSON.parse(text) as unknown) : text];
      } catch {
        return [key, text];
      }
    }),
  );
};

export const startWebApi = async (): Promise<WebApi> => {
  const failures = new Map<string, Failure[]>();
  let count = 0;
  const api: Omit<WebApi, 'url' | 'close'> = {
    calls: [],
    messages: [],
    channels: {
      C0DEALS: { members: ['U0REP', 'U0COUNSEL', BOT.user] },
      C0OTHER: { members: ['U0REP'] },
      C0PUBLIC: { members: ['U0REP'], public: true },
      C0SHARED: { members: ['U0REP', BOT.user], is_ext_shared: true },
      D0REP: { members: ['U0REP', BOT.user] },
      D0COUNSEL: { members: ['U0COUNSEL', BOT.user] },
      D0NOBODY: { members: ['U0NOBODY', BOT.user] },
    },
    users: Object.fromEntries(['U0REP', 'U0COUNSEL', 'U0NOBODY'].map((id) => [id, { id, team_id: TEAM }])),
    triggers: new Set(),
    views: {},
    team: TEAM,
    trouble: () => undefined,
    delayMs: () => 0,
    fail: (method, ...list) => failures.set(method, [...(failures.get(method) ?? []), ...list]),
    of: (method) => api.calls.filter((call) => call.method === method).map((call) => call.args),
  };

  /** Own properties only: ids come from outside and may be `constructor`. */
  const own = <T>(record: Record<string, T>, id: unknown): T | undefined =>
    Object.hasOwn(record, String(id)) ? record[String(id)] : undefined;

  const channelProblem = (args: Args, invisible = 'channel_not_found'): string | undefined => {
    const channel = own(api.channels, args['channel']);
    return channel?.members.includes(BOT.user) ? undefined : channel ? invisible : 'channel_not_found';
  };

  const message = (args: Args, make: () => Answer): Answer => {
    const problem = channelProblem(args, 'not_in_channel');
    if (problem) return problem;
    if (messageProblems(args['blocks']).length > 0) return 'invalid_blocks';
    if (typeof args['text'] !== 'string' || args['text'] === '' || /<[@!]/.test(args['text'])) return 'no_text';
    return make();
  };

  const post = (args: Args): Answer =>
    message(args, () => {
      count += 1;
      const ts = `1700000000.${String(count).padStart(6, '0')}`;
      const thread = args['thread_ts'] as string | undefined;
      if (thread !== undefined && !api.messages.some((m) => m.ts === thread)) return 'thread_not_found';
      api.messages.push({
        channel: String(args['channel']),
        ts,
        thread_ts: thread,
        text: String(args['text']),
        blocks: args['blocks'],
        metadata: args['metadata'],
        bot_id: BOT.id,
      });
      return { ts, channel: args['channel'] };
    });

  const methods: Record<string, (args: Args) => Answer> = {
    'auth.test': () => ({ team_id: api.team, user_id: BOT.user, bot_id: BOT.id }),
    'users.info': ({ user }) => (own(api.users, user) ? { user: own(api.users, user) } : 'user_not_found'),
    'conversations.info': (args) => {
      const found = own(api.channels, args['channel']);
      const is_member = found?.members.includes(BOT.user) ?? false;
      if (!found || (!is_member && !found.public)) return 'channel_not_found';
      const { is_ext_shared = false, is_private = true } = found;
      return { channel: { id: args['channel'], is_member, is_ext_shared, is_private } };
    },
    'conversations.open': ({ users }) => {
      const found = Object.entries(api.channels).find(
        ([id, { members }]) => id.startsWith('D') && members.includes(String(users)),
      );
      return found ? { channel: { id: found[0] } } : 'user_not_found';
    },
    'conversations.replies': (args) =>
      channelProblem(args) ?? {
        messages: api.messages.filter((m) => m.channel === args['channel'] && (m.thread_ts ?? m.ts) === args['ts']),
      },
    'conversations.history': (args) =>
      channelProblem(args) ?? { messages: api.messages.filter((m) => m.channel === args['channel'] && !m.thread_ts) },
    'chat.postMessage': post,
    'chat.postEphemeral': (args) =>
      message(args, () =>
        own(api.channels, args['channel'])?.members.includes(String(args['user']))
          ? { message_ts: '1.1' }
          : 'user_not_in_channel',
      ),
    'chat.update': (args) =>
      message(args, () => {
        const found = api.messages.find((m) => m.channel === args['channel'] && m.ts === args['ts']);
        if (!found) return 'message_not_found';
        Object.assign(found, { text: args['text'], blocks: args['blocks'] });
        return { ts: found.ts };
      }),
    'chat.getPermalink': ({ channel, message_ts }) => ({
      permalink: `https://sample.slack.com/archives/${String(channel)}/p${String(message_ts)}`,
    }),
    'views.open': ({ trigger_id, view }) => {
      if (!api.triggers.delete(String(trigger_id))) return 'expired_trigger_id';
      return viewProblems(view).length > 0 ? 'invalid_arguments' : { view: { id: 'V1' } };
    },
    'views.push': ({ trigger_id, view }) => {
      if (!api.triggers.delete(String(trigger_id))) return 'expired_trigger_id';
      return viewProblems(view).length > 0 ? 'invalid_arguments' : { view: { id: 'V2' } };
    },
    'views.publish': ({ user_id, view }) => {
      if (!own(api.users, user_id)) return 'user_not_found';
      return homeProblems(view).length > 0 ? 'invalid_arguments' : { view: { id: 'V0HOME' } };
    },
    'views.update': ({ view_id, hash, view }) => {
      const found = own(api.views, view_id);
      if (!found) return 'not_found';
      if (hash !== undefined && hash !== found.hash) return 'hash_conflict';
      return viewProblems(view).length > 0 ? 'invalid_arguments' : { view: { id: view_id } };
    },
  };

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const method = (req.url ?? '').replace('/api/', '');
    const args = await readArgs(req);
    const call = { method, args };
    api.calls.push(call);
    const half = async (): Promise<void> => {
      const ms = api.delayMs(call) / 2;
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    };
    await half();
    const failure = failures.get(method)?.shift() ?? api.trouble(call);
    if (failure === 'reset') return void req.socket.destroy();
    if (failure === 'hang') return;
    if (typeof failure === 'object' && !failure.done) {
      return void res.writeHead(failure.status, failure.headers).end();
    }
    const run = own(methods, method);
    const done = failure === 'done-then-reset' || failure === 'done-then-hang' || typeof failure === 'object';
    const result =
      req.headers.authorization !== `Bearer ${TOKEN}`
        ? 'invalid_auth'
        : failure !== undefined && !done
          ? failure
          : (run?.(args) ?? 'unknown_method');
    if (failure === 'done-then-reset') return void req.socket.destroy();
    if (failure === 'done-then-hang') return;
    if (typeof failure === 'object') return void res.writeHead(failure.status, failure.headers).end();
    await half();
    const body = typeof result === 'string' ? { ok: false, error: result } : { ok: true, ...result };
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(api, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
};
