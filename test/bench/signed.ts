/** Interactions as Slack signs and sends them. */

import { createHmac } from 'node:crypto';
import type { Agent } from 'node:http';
import { post, type Answer } from './load.ts';

export const SIGNING_SECRET = 'bench-signing-secret-0123456789ab';

/** `fields` are form fields: `payload`, or those of a slash command. */
export function sendSigned(port: number, fields: Record<string, string>, agent?: Agent): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
  return post({ port, path: '/slack/events', headers, body, agent });
}

/** Tells whether it was acknowledged, and the form did not stay with errors in it. */
export const accepted = ({ status, body }: Answer): boolean =>
  status === 200 && !/"response_action":"(errors|push)"/.test(body);
