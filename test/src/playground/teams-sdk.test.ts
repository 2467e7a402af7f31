/** The Teams SDK itself in front of the stand-in: its token check, its connector client, its answers. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, ExpressAdapter } from '@microsoft/teams.apps';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mountPlayground, type Playground } from '../../../src/playground/mount.ts';
import type { ShownActivity, TeamsDone } from '../../../src/playground/page/teams/wire.ts';
import { CHANNEL, ORGANISATION, REP } from './teams-bench.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'clearthread-teams-'));
const web = express();
const server = createServer(web);
let url = '';
let playground: Playground;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const quiet = (): void => undefined;
  playground = await mountPlayground(web, {
    organisation: ORGANISATION,
    dataDir,
    signingSecret: 'a-secret-for-tests',
    botToken: 'xoxb-test',
    eventsUrl: () => url,
    baseUrl: () => url,
    logger: { info: quiet, warn: quiet, error: quiet },
  });
  const { clientId, tenantId, cloud, serviceUrl, token } = playground.teams;
  const silent = { debug: quiet, info: quiet, trace: quiet, warn: quiet, error: quiet, log: quiet };
  const logger = { ...silent, child: () => ({ ...silent, child: () => logger }) };
  const app = new App({
    clientId,
    tenantId,
    cloud,
    serviceUrl,
    token: async () => (await token?.()) ?? '',
    httpServerAdapter: new ExpressAdapter(web),
    logger,
  });
  app.on('message', async ({ send, activity }) => {
    await send(`Heard: ${activity.text}`);
  });
  await app.initialize();
});
afterAll(async () => {
  await playground.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dataDir, { recursive: true, force: true });
});

it('a message passes the check, and its answer stands in the thread', async () => {
  const said = await fetch(`${url}/playground/teams/ui/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ user: REP, tab: 'tab-1', conversation: CHANNEL, text: '@Clearthread hello' }),
  });
  expect((await said.json()) as TeamsDone).toEqual({});
  const at = (query: object) => {
    const search = new URLSearchParams({ user: REP, conversation: CHANNEL, ...query }).toString();
    return fetch(`${url}/playground/teams/ui/messages?${search}`).then((r) => r.json() as Promise<ShownActivity[]>);
  };
  const [root] = await at({});
  expect(root).toMatchObject({ text: '@Clearthread hello', replies: 1, author: { id: REP, bot: false } });
  expect(await at({ thread: root?.id ?? '' })).toMatchObject([
    { id: root?.id },
    { thread: root?.id, text: expect.stringContaining('hello'), author: { bot: true } },
  ]);
});

it('what nobody signed does not', async () => {
  const response = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await playground.teams.token?.()}` },
    body: JSON.stringify({ type: 'message', serviceUrl: playground.teams.serviceUrl }),
  });
  expect(response.status).toBe(401);
});
