/** Reading a file that was handed in: its hash, its limits, and where the bot's token may go. */

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileReader } from '../../../src/slack/files.ts';
import { memoryLogger } from './bot.ts';

const BYTES = Buffer.from('Clause 14 names all three risks.');
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const LINK = 'https://sample.slack.com/files/U0REP/F0CLAUSE/clause.pdf';

let server: Server;
let base: string;
let serve: (request: IncomingMessage, response: ServerResponse) => void;
let requests: (string | undefined)[];
beforeEach(async () => {
  requests = [];
  serve = (_request, response) => void response.end(BYTES);
  server = createServer((request, response) => {
    requests.push(request.headers.authorization);
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

let now = 0;
const reading = (file: object | Error = {}) => {
  const asked: string[] = [];
  const info = async ({ file: id }: { file: string }) => {
    asked.push(id);
    if (file instanceof Error) throw file;
    return { ok: true, file: { size: BYTES.length, url_private_download: `${base}/download`, ...file } };
  };
  const read = createFileReader({
    client: { files: { info } } as unknown as Pick<WebClient, 'files'>,
    token: 'xoxb-sample',
    apiUrl: `${base}/api/`,
    logger: memoryLogger(),
    clock: () => new Date(now),
    deadlineMs: 200,
  });
  return { asked, read };
};
const refused = (error: string): Error => new WebAPIPlatformError({ ok: false, error });

describe('a file that was handed in', () => {
  it('is read once in ten seconds with the bot’s token', async () => {
    const { asked, read } = reading();
    for (const _ of [1, 2]) expect(await read(LINK)).toEqual({ kind: 'read', sha256: SHA256, size: BYTES.length });
    expect([asked, requests]).toEqual([['F0CLAUSE'], ['Bearer xoxb-sample']]);
    now += 10_001;
    await read(LINK);
    expect(requests).toHaveLength(2);
  });

  it('that could not be read is tried again by the next who asks', async () => {
    const { asked, read } = reading(refused('ratelimited'));
    for (const _ of [1, 2]) expect(await read(LINK)).toMatchObject({ kind: 'not read' });
    expect(asked).toHaveLength(2);
  });

  it('that is too large is not fetched', async () => {
    expect(await reading({ size: 20_000_001 }).read(LINK)).toEqual({ kind: 'too large', size: 20_000_001 });
    expect(requests).toEqual([]);
  });

  it.each(['https://evil.example/f', 'http://files.slack.com/f', 'https://slack.com.evil.example/f', 'nowhere'])(
    'is not fetched from %s: the token goes to Slack alone',
    async (url) => {
      expect(await reading({ url_private_download: url }).read(LINK)).toEqual({ kind: 'not read', why: 'chat' });
      expect(requests).toEqual([]);
    },
  );

  it('of another service, and a link to no file, are not read', async () => {
    expect(await reading({ is_external: true }).read(LINK)).toEqual({ kind: 'not read', why: 'chat' });
    const { asked, read } = reading();
    for (const link of ['https://sample.sharepoint.com/clause.pdf', 'no link at all', ''])
      expect(await read(link)).toEqual({ kind: 'not read', why: 'chat' });
    expect(asked).toEqual([]);
  });

  it.each([
    ['is deleted', () => refused('file_deleted'), 'gone'],
    ['may not be seen', () => refused('missing_scope'), 'failed'],
  ] as const)('that %s is not read', async (_, error, why) => {
    expect(await reading(error()).read(LINK)).toEqual({ kind: 'not read', why });
  });

  it.each([
    ['comes too slowly', () => {}, 'slow'],
    ['is another length, such as a sign-in page', (_: unknown, to: ServerResponse) => to.end('<html>'), 'failed'],
    ['leads elsewhere', (_: unknown, to: ServerResponse) => to.writeHead(302, { location: '/x' }).end(), 'failed'],
    ['is gone', (_: unknown, to: ServerResponse) => to.writeHead(404).end(), 'gone'],
  ] as const)('that %s is not read', async (_, answer, why) => {
    serve = answer as typeof serve;
    expect(await reading().read(LINK)).toEqual({ kind: 'not read', why });
  });
});
