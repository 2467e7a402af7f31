/** Slack's Web API clients, and a logger for its SDK that keeps people's text out of the logs. */

import { LogLevel } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from '../log.ts';

export type SdkLogger = NonNullable<WebClientOptions['logger']>;

/** `slack_webapi_request_error`, `slack_bolt_authorization_error`, …, and why no answer came: `ECONNREFUSED`, … */
const CODE = /\bslack_[a-z_]+|^(?:E[A-Z]+|UND_ERR_[A-Z_]+|TimeoutError)$/;

/** Says why no answer came in the one place that the SDK logs: its own text is "fetch failed", whatever happened. */
const fetchSayingWhy: typeof fetch = async (...asked) => {
  try {
    return await fetch(...asked);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    const code =
      cause instanceof Error && 'code' in cause ? cause.code : error instanceof Error ? error.name : undefined;
    throw new Error(typeof code === 'string' ? code : 'unnamed', { cause: error });
  }
};

const codeIn = (parts: readonly unknown[]): string => {
  for (const part of parts) {
    if (typeof part === 'object' && part !== null && 'code' in part && typeof part.code === 'string') return part.code;
    const found = typeof part === 'string' ? CODE.exec(part)?.[0] : undefined;
    if (found !== undefined) return found;
  }
  return 'unnamed';
};

/** The SDK prints whole requests with people's text: only its warnings pass, and of those only the code. */
export const sdkLogger = (logger: Logger): SdkLogger => ({
  debug: () => {},
  info: () => {},
  warn: (...parts) => logger.warn('slack.sdk', { code: codeIn(parts) }),
  error: (...parts) => logger.error('slack.sdk', { code: codeIn(parts) }),
  setLevel: () => {},
  getLevel: () => LogLevel.WARN,
  setName: () => {},
});

export interface ClientOptions {
  token: string;
  /** Undefined: Slack's own. */
  apiUrl: string | undefined;
  timeoutMs: number;
  logger: Logger;
}

/** Makes no retries: the outbox does, and a trigger expires too soon. A 429 pauses nobody else's call. */
export const createClient = ({ token, apiUrl, timeoutMs, logger }: ClientOptions): WebClient =>
  new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    timeout: timeoutMs,
    fetch: fetchSayingWhy,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: sdkLogger(logger),
  });
