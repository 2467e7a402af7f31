/** Requests against one bot, a fixed number in flight. */

import { Agent, request } from 'node:http';
import type { Measured } from './child.ts';

export interface Load {
  /** CPU of the bot for each request, µs. */
  cpu: number;
  /** Time from sending to acknowledgement, ms, one for each request. */
  times: number[];
  /** Requests that were not accepted. */
  refused: number;
  /** Requests answered in a second. */
  rate: number;
}

export interface Answer {
  /** Time from sending to acknowledgement. */
  ms: number;
  status: number;
  body: string;
}

interface Post {
  port: number;
  path: string;
  headers: Record<string, string>;
  body: string;
  agent?: Agent | undefined;
}

export function post({ port, path, headers, body, agent }: Post): Promise<Answer> {
  const options = {
    host: '127.0.0.1',
    port,
    path,
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    ...(agent ? { agent } : {}),
  };
  const sent = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () =>
        resolve({ ms: performance.now() - sent, status: response.statusCode ?? 0, body: text }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

export interface Sending {
  /** Must differ for each n: a bot may drop repeated content. */
  send: (port: number, n: number, agent: Agent) => Promise<Answer>;
  accepted: (answer: Answer) => boolean;
}

/** Sends `requests` of them, the first with the number `first`. */
export async function load(
  bot: Measured,
  inFlight: number,
  requests: number,
  first: number,
  { send, accepted }: Sending,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const times: number[] = [];
  let sent = 0;
  let refused = 0;
  const worker = async () => {
    while (sent < requests) {
      const answer = await send(bot.port, first + sent++, agent);
      times.push(answer.ms);
      if (!accepted(answer)) refused += 1;
    }
  };
  const before = await bot.cpu();
  const started = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const rate = (requests * 1000) / (performance.now() - started);
  const cpu = ((await bot.cpu()) - before) / requests;
  agent.destroy();
  return { cpu, times, refused, rate };
}
