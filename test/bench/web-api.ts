/** As much of Slack's Web API as a bot under load needs: it accepts everything and keeps the forms it was shown. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface View {
  callback_id: string;
  private_metadata?: string;
  blocks: Block[];
}

export interface Block {
  type: string;
  block_id: string;
  optional?: boolean;
  element?: Element;
}

export interface Element {
  type: string;
  action_id: string;
  options?: Choice[];
  initial_option?: Choice;
}

export interface Choice {
  text: object;
  value: string;
}

export interface WebApi {
  url: string;
  /** The form of the next `views.open`. */
  nextView(): Promise<View>;
  /** Messages posted and updated so far. */
  messages(): number;
  stop(): void;
}

const USER = { id: 'U1', team_id: 'T1', name: 'sample', deleted: false, is_bot: false, is_restricted: false };

/** `silent`: never answers requests that send a message, so a bot waits with all of them and only takes requests. */
export async function startWebApi({ silent = false } = {}): Promise<WebApi> {
  const waiting: ((view: View) => void)[] = [];
  let messages = 0;
  let sent = 0;

  const answer = (method: string, fields: URLSearchParams): object => {
    if (method.startsWith('views.')) {
      const view = fields.get('view');
      if (view && method === 'views.open') waiting.shift()?.(JSON.parse(view) as View);
      return { view: { id: `V${messages++}`, hash: 'h', state: { values: {} } } };
    }
    if (method.startsWith('users.')) return { user: USER };
    if (method === 'auth.test') return { user_id: 'U0', bot_id: 'B0', team_id: 'T1', url: 'https://sample.example/' };
    const channel = fields.get('channel') ?? fields.get('users') ?? 'C1';
    if (method.startsWith('conversations.')) return { channel: { id: channel, is_member: true, is_ext_shared: false } };
    return {
      channel,
      ts: `1700000000.${String(messages++).padStart(6, '0')}`,
      message: {},
      permalink: 'https://sample.example/',
    };
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const method = (request.url ?? '').split('?')[0]?.split('/').at(-1) ?? '';
      if (method.startsWith('chat.') && method !== 'chat.getPermalink') {
        if (silent) return;
        sent += 1;
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, ...answer(method, new URLSearchParams(body)) }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/`,
    nextView: () => new Promise((resolve) => waiting.push(resolve)),
    messages: () => sent,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
