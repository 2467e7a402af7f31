/** A small strict stand-in for the Bot Connector: it refuses what Teams refuses, and can be told to have a bad day. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PUBLIC } from '@microsoft/teams.api';
import { z } from 'zod';
import type { TeamsMode } from '../../../src/teams/mode.ts';

export const CONNECTOR_TOKEN = 'sample-connector-token';
export const TENANT = '00000000-0000-4000-8000-0000000000aa';
export const CLIENT_ID = '00000000-0000-4000-8000-0000000000bb';

/** Settings of a bot that writes to the stand-in at `serviceUrl`. */
export const loopbackMode = (serviceUrl: string): TeamsMode => ({
  clientId: CLIENT_ID,
  clientSecret: '',
  tenantId: TENANT,
  tenants: [TENANT],
  serviceHosts: ['127.0.0.1'],
  serviceUrl,
  cloud: PUBLIC,
  token: async () => CONNECTOR_TOKEN,
  loopback: true,
});

type Method = 'GET' | 'POST' | 'PUT';
/** `drip`: endless bytes, never an answer. `done-then-reset`: it takes effect, but the reply is lost. */
type Trouble =
  | 'hang'
  | 'drip'
  | 'reset'
  | 'done-then-reset'
  | { status: number; code?: string; headers?: Record<string, string>; body?: string };

export interface Account {
  /** Entra object id. */
  id: string;
  /** `29:…` */
  user: string;
  installed: boolean;
  left?: boolean;
  role?: string;
  /** Other data that Teams has of them. */
  profile?: {
    email?: string;
    userPrincipalName?: string;
    tenantId?: string;
    aadObjectId?: string | undefined;
    objectId?: string | undefined;
  };
}

export interface Sent {
  id: string;
  conversation: string;
  thread: string | undefined;
  summary: string;
  card: Record<string, unknown>;
  edits: number;
}

export interface BotConnector {
  url: string;
  /** `METHOD /path` in the order of arrival, with the parts of the path decoded. */
  calls: string[];
  sent: Sent[];
  /** Kind of each conversation by id. The bot is in all of them. */
  places: Map<string, 'channel' | 'groupChat' | 'personal'>;
  accounts: Account[];
  /** Troubles of the next calls with this method, one each. */
  trouble(method: Method, ...troubles: Trouble[]): void;
  close(): Promise<void>;
}

const activity = z.strictObject({
  type: z.literal('message'),
  summary: z.string().min(1).max(300),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        content: z.looseObject({ type: z.literal('AdaptiveCard'), version: z.literal('1.5') }),
      }),
    )
    .length(1),
});
const creation = z.strictObject({
  isGroup: z.literal(false),
  bot: z.strictObject({ id: z.literal(`28:${CLIENT_ID}`) }),
  members: z.array(z.strictObject({ id: z.string(), role: z.literal('user') })).length(1),
  tenantId: z.literal(TENANT),
  channelData: z.strictObject({ tenant: z.strictObject({ id: z.literal(TENANT) }) }),
});

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

const bodyOf = async (req: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  if (text.length > 80_000) throw new Refusal(413, 'MessageSizeTooBig');
  return text === '' ? undefined : JSON.parse(text);
};

export const personalChat = (account: Pick<Account, 'id'>): string => `a:chat-${account.id}`;

export const startBotConnector = async (): Promise<BotConnector> => {
  const troubles = new Map<string, Trouble[]>();
  let count = 1_700_000_000_000;
  const state: Omit<BotConnector, 'url' | 'close' | 'trouble'> = {
    calls: [],
    sent: [],
    places: new Map(),
    accounts: [],
  };

  const placeOf = (raw: string): { id: string; thread: string | undefined } => {
    const [, id = raw, thread] = /^(.*);messageid=(\d+)$/.exec(raw) ?? [];
    const kind = state.places.get(id);
    if (kind === undefined) throw new Refusal(404, 'ConversationNotFound');
    const rooted = state.sent.some((s) => s.conversation === id && s.id === thread && s.thread === undefined);
    if (thread !== undefined && (kind !== 'channel' || !rooted)) throw new Refusal(404, 'ConversationNotFound');
    const owner = state.accounts.find((a) => personalChat(a) === id);
    if (owner && !owner.installed) throw new Refusal(403, 'BotNotInConversationRoster');
    return { id, thread };
  };
  const contentOf = (body: unknown): Pick<Sent, 'summary' | 'card'> => {
    const { data } = activity.safeParse(body);
    if (!data?.attachments[0]) throw new Refusal(400, 'BadSyntax');
    return { summary: data.summary, card: data.attachments[0].content };
  };
  const accountOf = (id: string | undefined): Account => {
    const account = state.accounts.find((a) => a.id === id || a.user === id);
    if (!account || account.left) throw new Refusal(404, 'MemberNotFoundInConversation');
    return account;
  };

  const answer = (method: string, parts: readonly string[], body: unknown): [number, object] => {
    const [v3, conversations, place, what, item, ...rest] = parts;
    if (v3 !== 'v3' || conversations !== 'conversations' || rest.length > 0) throw new Refusal(404, 'NotFound');
    if (method === 'POST' && place === undefined) {
      const { data } = creation.safeParse(body);
      if (!data) throw new Refusal(400, 'BadSyntax');
      const account = accountOf(data.members[0]?.id);
      if (!account.installed) throw new Refusal(403, 'ForbiddenOperationException');
      state.places.set(personalChat(account), 'personal');
      return [201, { id: personalChat(account) }];
    }
    const { id: conversation, thread } = placeOf(place ?? '');
    if (method === 'POST' && what === 'activities' && item === undefined) {
      const id = String((count += 1));
      state.sent.push({ id, conversation, thread, ...contentOf(body), edits: 0 });
      return [201, { id }];
    }
    if (method === 'PUT' && what === 'activities') {
      const found = state.sent.find((s) => s.conversation === conversation && s.id === item);
      if (!found) throw new Refusal(404, 'ActivityNotFoundInConversation');
      Object.assign(found, contentOf(body), { edits: found.edits + 1 });
      return [200, { id: found.id }];
    }
    if (method === 'GET' && what === 'members') {
      const found = accountOf(item);
      // Only the two of them are in a personal chat.
      const owner = state.accounts.find((a) => personalChat(a) === conversation);
      if (owner && owner !== found) throw new Refusal(404, 'MemberNotFoundInConversation');
      const { id, user, role = 'user', profile } = found;
      return [
        200,
        { id: user, aadObjectId: id, objectId: id, name: 'Sample', userRole: role, tenantId: TENANT, ...profile },
      ];
    }
    throw new Refusal(405, 'MethodNotAllowed');
  };

  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const json = (status: number, value: object, headers: Record<string, string> = {}): void => {
      res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
    };
    const { method = '', url = '' } = req;
    const parts = url.split('/').slice(2).map(decodeURIComponent);
    state.calls.push(`${method} ${parts.join('/')}`);
    try {
      const body = await bodyOf(req);
      if (req.headers.authorization !== `Bearer ${CONNECTOR_TOKEN}`) throw new Refusal(401, 'Unauthorized');
      const trouble = troubles.get(method)?.shift();
      if (trouble === 'hang') return;
      if (trouble === 'drip') {
        res.writeHead(201, { 'content-type': 'application/json' });
        const timer = setInterval(() => res.write(' '), 20);
        res.on('close', () => clearInterval(timer));
        return;
      }
      if (trouble === 'reset') return void req.socket.destroy();
      if (typeof trouble === 'object') {
        const { status, code, headers = {}, body: text } = trouble;
        if (text === undefined)
          return json(status, code === undefined ? {} : { error: { code, message: 'x' } }, headers);
        return void res.writeHead(status, headers).end(text);
      }
      const [status, value] = answer(method, parts, body);
      if (trouble === 'done-then-reset') return void req.socket.destroy();
      json(status, value);
    } catch (error) {
      const { status, code } = error instanceof Refusal ? error : new Refusal(500, 'ServiceError');
      json(status, { error: { code, message: 'Sample words of Microsoft.' } });
    }
  };

  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...state,
    // A path before `v3`, as Teams' regions have.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/emea/`,
    trouble: (method, ...list) => void troubles.set(method, [...(troubles.get(method) ?? []), ...list]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
