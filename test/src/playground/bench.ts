/** A separate playground with a tiny bot behind it, for tests. */

import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebClient } from '@slack/web-api';
import express from 'express';
import type { Organisation } from '../../../flows/organisation.ts';
import { mountPlayground, type PlaygroundOptions } from '../../../src/playground/mount.ts';
import type { Done } from '../../../src/playground/page/wire.ts';

export const ORGANISATION: Organisation = {
  name: 'Sample company',
  people: [
    { id: 'rep', name: 'Sample rep', slack: 'U0SAMPLEREP1' },
    { id: 'counsel', name: 'Sample counsel', slack: 'U0SAMPLECNS1' },
    { id: 'elsewhere', name: 'Sample elsewhere' },
  ],
  groups: [{ id: 'compliance', name: 'Compliance', members: ['counsel'] }],
  products: [],
  clearanceChannels: [{ id: 'C0CLEARANCE1' }],
  timeZone: 'UTC',
  holidays: [],
  roles: { compliance: 'compliance', chief: 'compliance' },
  hash: 'sample',
};
export const REP = 'U0SAMPLEREP1';
export const COUNSEL = 'U0SAMPLECNS1';
export const CHANNEL = 'C0CLEARANCE1';
const SECRET = 'a-secret-for-tests';

/** One request of the cloud to the bot, with its signature checked. */
export interface Heard {
  signed: boolean;
  headers: Record<string, string | string[] | undefined>;
  fields: Record<string, string>;
  /** The parsed `payload`, or the JSON body of an event. */
  payload: Record<string, unknown>;
}

export interface Bench {
  url: string;
  web: WebClient;
  heard: Heard[];
  /** The tiny bot's answer; undefined: an empty 200. */
  answer: (
    heard: Heard,
  ) => Promise<{ status?: number; body?: unknown } | undefined> | { status?: number; body?: unknown } | undefined;
  /** Does the same as the page. */
  ui(path: string, body: Record<string, unknown>, user?: string): Promise<Done>;
  see<T>(path: string, query?: Record<string, string>, user?: string): Promise<T>;
  /** Ends the server and starts another on the same data, at another port. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const heardFrom = async (request: IncomingMessage): Promise<Heard> => {
  const body = await bodyOf(request);
  const stamp = String(request.headers['x-slack-request-timestamp']);
  const wanted = `v0=${createHmac('sha256', SECRET).update(`v0:${stamp}:${body}`).digest('hex')}`;
  const fresh = Math.abs(Date.now() / 1000 - Number(stamp)) < 60;
  const json = request.headers['content-type'] === 'application/json';
  const fields = json ? {} : Object.fromEntries(new URLSearchParams(body));
  const payload = JSON.parse(json ? body : (fields['payload'] ?? '{}')) as Record<string, unknown>;
  return {
    signed: fresh && request.headers['x-slack-signature'] === wanted,
    headers: request.headers,
    fields,
    payload,
  };
};

export const openBench = async (more: Partial<PlaygroundOptions> = {}): Promise<Bench> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clearthread-playground-'));
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const heard = await heardFrom(request);
    bench.heard.push(heard);
    const answer = await bench.answer(heard);
    response.writeHead(answer?.status ?? 200, { 'content-type': 'application/json' });
    response.end(answer?.body === undefined ? '' : JSON.stringify(answer.body));
  };
  const bot = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const botUrl = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/slack/events`;

  const start = async () => {
    const app = express();
    const server = createServer(app);
    const playground = await mountPlayground(app, {
      organisation: ORGANISATION,
      dataDir,
      signingSecret: SECRET,
      botToken: 'xoxb-test',
      eventsUrl: () => botUrl,
      baseUrl: () => bench.url,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      ...more,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      port: (server.address() as AddressInfo).port,
      stop: async () => {
        await playground.close();
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
      apiUrl: playground.apiUrl,
    };
  };

  const bench: Bench = {
    url: '',
    heard: [],
    answer: () => undefined,
    web: new WebClient(),
    ui: async (path, body, user = REP) => {
      const response = await fetch(`${bench.url}/playground/ui/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: bench.url },
        body: JSON.stringify({ user, tab: 'tab-1', ...body }),
      });
      return (await response.json()) as Done;
    },
    see: async (path, query = {}, user = REP) => {
      const response = await fetch(
        `${bench.url}/playground/ui/${path}?${new URLSearchParams({ user, ...query }).toString()}`,
      );
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return (await response.json()) as never;
    },
    restart: async () => {
      await running.stop();
      // Another port: clients may still hold sockets of the old server.
      await begin();
    },
    end: async () => {
      await running.stop();
      bot.closeAllConnections();
      await new Promise((resolve) => bot.close(resolve));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  let running: Awaited<ReturnType<typeof start>>;
  const begin = async (): Promise<void> => {
    running = await start();
    bench.url = `http://127.0.0.1:${running.port}`;
    bench.web = new WebClient('xoxb-test', { slackApiUrl: running.apiUrl(), retryConfig: { retries: 0 } });
  };
  await begin();
  return bench;
};

/** Error code that Slack's client throws. */
export const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
  } catch (error) {
    const { data } = error as { data?: { error?: string } };
    return data?.error ?? String(error);
  }
  return 'ok';
};

export const plain = (text: string) => ({ type: 'plain_text' as const, text });
