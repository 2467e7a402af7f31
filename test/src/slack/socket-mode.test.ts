/** The same edge over Socket Mode: a local web socket in Slack's place. */

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Interaction } from '../../../src/edge/interaction.ts';
import { createSlack } from '../../../src/slack/slack.ts';
import { buttonClick, memoryLogger, memoryStore, organisation, view } from './bot.ts';
import { startWebApi, TEAM, TOKEN, type WebApi } from './web-api.ts';

/** One text frame. What a client sends is masked: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
const frame = (text: string): Buffer => {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
};
const readFrames = (data: Buffer, onText: (text: string) => void): void => {
  let at = 0;
  while (at + 6 <= data.length) {
    const short = (data[at + 1] ?? 0) & 0x7f;
    const head = short === 126 ? 4 : 2;
    const length = short === 126 ? data.readUInt16BE(at + 2) : short;
    const mask = data.subarray(at + head, at + head + 4);
    const body = data.subarray(at + head + 4, at + head + 4 + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
    if (((data[at] ?? 0) & 0x0f) === 1) onText(Buffer.from(body).toString());
    at += head + 4 + length;
  }
};

let api: WebApi;
let send: (payload: object) => Promise<{ envelope_id: string; payload?: unknown }>;
let close: () => Promise<void>;
let url: string;

beforeEach(async () => {
  api = await startWebApi();
  let client: Socket | undefined;
  const waiting = new Map<string, (ack: { envelope_id: string; payload?: unknown }) => void>();
  const server = createServer((req, res) => {
    // The app token asks for a socket, everything else goes to the stand-in.
    if (req.url?.endsWith('apps.connections.open')) {
      const socketUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/socket`;
      return void res
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ok: true, url: socketUrl }));
    }
    void forward(req.url ?? '', req, res);
  });
  const forward = async (path: string, req: IncomingMessage, res: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    const answer = await fetch(new URL(path, api.url), {
      method: 'POST',
      body: Buffer.concat(parts),
      headers: { authorization: req.headers.authorization ?? '', 'content-type': req.headers['content-type'] ?? '' },
    });
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  };
  server.on('upgrade', (req, socket: Socket) => {
    const accept = createHash('sha1')
      .update(`${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    client = socket;
    socket.on('data', (data: Buffer) =>
      readFrames(data, (text) => {
        const ack = JSON.parse(text) as { envelope_id: string };
        waiting.get(ack.envelope_id)?.(ack);
      }),
    );
    socket.on('error', () => {});
    socket.write(frame(JSON.stringify({ type: 'hello', num_connections: 1 })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  let n = 0;
  send = (payload) => {
    const envelope_id = `e${(n += 1)}`;
    const acked = new Promise<{ envelope_id: string; payload?: unknown }>((resolve) =>
      waiting.set(envelope_id, resolve),
    );
    const type = 'event' in payload ? 'events_api' : 'command' in payload ? 'slash_commands' : 'interactive';
    client?.write(frame(JSON.stringify({ type, envelope_id, payload, accepts_response_payload: true })));
    return acked;
  };
  close = async () => {
    client?.destroy();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    await api.close();
  };
});
afterEach(() => close());

it('asks the route the same and acknowledges in the envelope', async () => {
  const asked: Interaction[] = [];
  const log = memoryLogger();
  const slack = createSlack(
    { mode: 'socket', botToken: TOKEN, appToken: 'xapp-sample' },
    {
      apiUrl: url,
      organisation: () => organisation,
      store: memoryStore(),
      route: async (interaction) => {
        asked.push(interaction);
        if (interaction.kind === 'submit') return { kind: 'errors', errors: { P1: 'Please choose.' } };
        if (interaction.kind === 'suggest') return { kind: 'options', options: [{ value: 'NO', label: 'Norway' }] };
        return { kind: 'tell', card: { blocks: [{ kind: 'text', text: 'Only you' }] } };
      },
      refused: async () => {},
      logger: log,
      clock: () => new Date(),
    },
  );
  expect(slack.listener).toBeUndefined();
  expect(slack.problem()).toContain('not said yet');
  await slack.start();
  expect(slack.problem()).toBeUndefined();

  const by = { team: { id: TEAM }, user: { id: 'U0REP' } };
  const command = {
    command: '/deal',
    text: 'help',
    user_id: 'U0REP',
    team_id: TEAM,
    channel_id: 'C0DEALS',
    trigger_id: 't1',
  };
  expect(await send(command)).toMatchObject({ payload: { response_type: 'ephemeral', text: 'Only you' } });
  expect(await send({ type: 'view_submission', ...by, view: view() })).toMatchObject({
    payload: { response_action: 'errors', errors: { P1: 'Please choose.' } },
  });
  expect(
    await send({ type: 'block_suggestion', ...by, action_id: 'v:countries', value: 'n', view: view() }),
  ).toMatchObject({
    payload: { options: [{ value: 'NO' }] },
  });
  expect((await send({ ...by, ...buttonClick('t2') })).payload).toEqual({});
  await send({
    type: 'event_callback',
    team_id: TEAM,
    event_id: 'Ev1',
    event: { type: 'app_mention', user: 'U0REP', channel: 'C0DEALS', text: 'status' },
  });
  await expect.poll(() => asked.map((a) => a.kind)).toEqual(['words', 'submit', 'suggest', 'click', 'words']);
  await expect.poll(() => api.of('chat.postEphemeral').length).toBe(2);
  expect(log.lines.filter((l) => l.level === 'error')).toEqual([]);

  await slack.stop();
  expect(slack.problem()).toContain('stopping');
});

it('says what to set when Slack does not accept a token', async () => {
  const options = {
    apiUrl: url,
    organisation: () => organisation,
    store: memoryStore(),
    route: async () => ({ kind: 'done' as const }),
    refused: async () => {},
    logger: memoryLogger(),
    clock: () => new Date(),
  };
  const slack = createSlack({ mode: 'socket', botToken: 'xoxb-wrong', appToken: 'xapp-sample' }, options);
  await expect(slack.start()).rejects.toThrow('Slack does not accept SLACK_BOT_TOKEN (invalid_auth)');
});
