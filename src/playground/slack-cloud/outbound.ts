/** Calls from the cloud to the bot: signed as Slack signs, with Slack's deadline. */

import { createHmac } from 'node:crypto';

/** Slack gives an app 3 s to acknowledge. */
const DEADLINE_MS = 3_000;

export type SlackAnswer =
  | { ok: true; body: string }
  | { ok: false; why: 'http_timeout' | 'http_error' | 'connection_failed'; status?: number | undefined };

export interface Outbound {
  form(fields: Record<string, string>): Promise<SlackAnswer>;
  /** Sends an Events API request. `retry` counts from 1. */
  json(body: unknown, retry?: { number: number; reason: string }): Promise<SlackAnswer>;
}

export const signature = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

export const createOutbound = (options: { signingSecret: string; eventsUrl: () => string }): Outbound => {
  const send = async (body: string, headers: Record<string, string>): Promise<SlackAnswer> => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    try {
      const response = await fetch(options.eventsUrl(), {
        method: 'POST',
        body,
        headers: {
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature(options.signingSecret, timestamp, body),
          'user-agent': 'Slackbot 1.0 (playground)',
          ...headers,
        },
        signal: AbortSignal.timeout(DEADLINE_MS),
        redirect: 'manual',
      });
      const text = await response.text();
      return response.status === 200
        ? { ok: true, body: text }
        : { ok: false, why: 'http_error', status: response.status };
    } catch (error) {
      const late = error instanceof DOMException && error.name === 'TimeoutError';
      return { ok: false, why: late ? 'http_timeout' : 'connection_failed' };
    }
  };
  return {
    form: (fields) =>
      send(new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded' }),
    json: (body, retry) =>
      send(JSON.stringify(body), {
        'content-type': 'application/json',
        ...(retry && { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }),
      }),
  };
};
