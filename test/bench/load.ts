/** Signed interactions against one bot, a fixed number in flight. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Measured } from './child.ts';

export const SIGNING_SECRET = 'bench-signing-secret-0123456789ab';

export interface Load {
  /** CPU of the bot for each request, µs. */
  cpu: number;
  /** From sent to acknowledged, ms, one for each request. */
  times: number[];
  /** Requests that were not accepted. */
  refused: number;
}

export interface Answer {
  /** From sent to acknowledged. */
  ms: number;
  status: number;
  body: string;
}

/** One request as Slack would sign and send it. `fields` are form fields: `payload`, or those of a slash command. */
export function sendSigned(port: number, fields: Record<string, string>, agent?: Agent): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
  const path = { host: '127.0.0.1', port, path: '/slack/events', method: 'POST', headers };
  const sent = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...path, ...(agent ? { agent } : {}) }, (response) => {
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

/** Acknowledged, and the form did not stay with errors in it. */
export const accepted = ({ status, body }: Answer): boolean =>
  status === 200 && !/"response_action":"(errors|push)"/.test(body);

/** `payload(n)` must differ for each n: a bot may drop what it has seen. */
export async function load(
  bot: Measured,
  inFlight: number,
  requests: number,
  payload: (n: number) => object,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const times: number[] = [];
  let started = 0;
  let refused = 0;
  const worker = async () => {
    while (started < requests) {
      const answer = await sendSigned(bot.port, { payload: JSON.stringify(payload(started++)) }, agent);
      times.push(answer.ms);
      if (!accepted(answer)) refused += 1;
    }
  };
  const before = await bot.cpu();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const cpu = ((await bot.cpu()) - before) / requests;
  agent.destroy();
  return { cpu, times, refused };
}
