/** A separate Teams pane with a tiny bot behind it, for tests. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import type { Organisation } from '../../../flows/organisation.ts';
import { mountPlayground, type Playground, type PlaygroundOptions } from '../../../src/playground/mount.ts';
import type { TeamsDone } from '../../../src/playground/page/teams/wire.ts';

export const REP = '00000000-0000-4000-8000-000000000001';
export const COUNSEL = '00000000-0000-4000-8000-000000000008';
export const GUEST = '00000000-0000-4000-8000-0000000000c1';
export const LEAVER = '00000000-0000-4000-8000-0000000000c2';
export const COLLEAGUE = '00000000-0000-4000-8000-0000000000c3';
export const CHANNEL = '19:dealclearance@thread.tacv2';
export const GENERAL = '19:general@thread.tacv2';
export const GROUP_CHAT = '19:samplegroup@thread.v2';
export const TENANT = '00000000-0000-4000-8000-0000000000aa';

export const ORGANISATION: Organisation = {
  name: 'Sample company',
  people: [
    { id: 'rep', name: 'Sample rep', slack: 'U0SAMPLEREP1', teams: REP },
    { id: 'counsel', name: 'Sample counsel', teams: COUNSEL },
    { id: 'elsewhere', name: 'Sample elsewhere' },
  ],
  groups: [{ id: 'compliance', name: 'Compliance', members: ['counsel'] }],
  products: [],
  clearanceChannels: [{ id: 'C0CLEARANCE1', name: 'Deal clearance', mirror: CHANNEL }],
  timeZone: 'UTC',
  holidays: [],
  roles: { compliance: 'compliance', chief: 'compliance' },
  hash: 'sample',
};

/** One request of the cloud to the bot; `claims` of its verified token. */
export interface Heard {
  claims: JWTPayload;
  activity: Record<string, unknown>;
}

export interface Answer {
  status?: number;
  body?: unknown;
}

export interface Bench {
  url: string;
  running: Playground;
  heard: Heard[];
  /** The tiny bot's answer; undefined: an empty 200. */
  answer: (heard: Heard) => Promise<Answer | undefined> | Answer | undefined;
  /** Does the same as the page. */
  ui(path: string, body?: Record<string, unknown>, user?: string): Promise<TeamsDone>;
  see<T>(path: string, query?: Record<string, string>, user?: string): Promise<T>;
  /** Calls the connector as the bot. */
  call(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>;
  /** Posts as the bot and returns the new activity's id. */
  post(conversation: string, activity: object): Promise<string>;
  restart(): Promise<void>;
  end(): Promise<void>;
}

const jsonOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
};

export const openBench = async (more: Partial<PlaygroundOptions> = {}): Promise<Bench> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clearthread-teams-'));
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const activity = await jsonOf(request);
    const { cloud, clientId } = bench.running.teams;
    // As the SDK derives it.
    const keys = createRemoteJWKSet(new URL(cloud.openIdMetadataUrl.replace(/\/openidconfiguration$/, '/keys')));
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: cloud.tokenIssuer,
      audience: clientId,
    });
    const heard = { claims: payload, activity };
    bench.heard.push(heard);
    const answer = await bench.answer(heard);
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' });
    response.end(answer?.body === undefined ? '' : JSON.stringify(answer.body));
  };
  const bot = createServer((request, response) => {
    respond(request, response).catch(() => {
      if (!response.destroyed) response.writeHead(401).end();
    });
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const botUrl = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/api/messages`;

  const start = async () => {
    const app = express();
    const server = createServer(app);
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
    const url = `http://127.0.0.1:${port}`;
    const playground = await mountPlayground(app, {
      organisation: ORGANISATION,
      dataDir,
      signingSecret: 'a-secret-for-tests',
      botToken: 'xoxb-test',
      eventsUrl: () => botUrl,
      teamsUrl: () => botUrl,
      baseUrl: () => url,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      ...more,
    });
    const stop = async (): Promise<void> => {
      await playground.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    return { playground, url, stop };
  };

  let started = await start();
  const bench: Bench = {
    url: started.url,
    running: started.playground,
    heard: [],
    answer: () => undefined,
    ui: async (path, body = {}, user = REP) => {
      const response = await fetch(`${bench.url}/playground/teams/ui/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: bench.url },
        body: JSON.stringify({ user, tab: 'tab-1', ...body }),
      });
      return (await response.json()) as TeamsDone;
    },
    see: async (path, query = {}, user = REP) => {
      const search = new URLSearchParams({ user, ...query }).toString();
      const response = await fetch(`${bench.url}/playground/teams/ui/${path}?${search}`);
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return (await response.json()) as never;
    },
    call: async (method, path, body, token) => {
      const bearer = token ?? (await bench.running.teams.token?.()) ?? '';
      const response = await fetch(`${bench.running.teams.serviceUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return {
        status: response.status,
        body: (await response.json()) as Record<string, unknown>,
        headers: response.headers,
      };
    },
    post: async (conversation, activity) => {
      const path = `v3/conversations/${encodeURIComponent(conversation)}/activities`;
      const { status, body } = await bench.call('POST', path, { type: 'message', ...activity });
      if (status !== 201) throw new Error(JSON.stringify(body));
      return String(body['id']);
    },
    restart: async () => {
      await started.stop();
      started = await start();
      bench.url = started.url;
      bench.running = started.playground;
    },
    end: async () => {
      await started.stop();
      bot.closeAllConnections();
      await new Promise((resolve) => bot.close(resolve));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return bench;
};

export const CARD = 'application/vnd.microsoft.card.adaptive';
export const card = (more: object = {}): object => ({ type: 'AdaptiveCard', version: '1.5', body: [], ...more });
/** An activity that carries a card. */
export const carrying = (content: object): object => ({ attachments: [{ contentType: CARD, content }] });
export const textCard = (text: string, more: object = {}): object =>
  card({ body: [{ type: 'TextBlock', text, wrap: true }], ...more });
