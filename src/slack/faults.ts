/**
 * How calls to Slack fail, and whether to try again. Codes: https://docs.slack.dev/reference/methods/chat.postMessage
 */

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { DeliveryFault, NotYet } from '../outbox/delivery.ts';

/** Slack's own trouble: it may pass. */
const PASSING = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'unknown_error',
]);
const LIMITED = new Set(['ratelimited', 'rate_limited', 'http_429']);
/** A token that somebody must mend, which takes longer than a hiccup. */
const MENDABLE = new Set(['invalid_auth', 'missing_scope', 'not_authed', 'token_expired', 'token_revoked']);
const MEND_MS = 60_000;

/** Returns Slack's error code, or one of ours for a lower layer. Carries no personal text. */
export const slackCode = (thrown: unknown): string => {
  if (thrown instanceof WebAPIPlatformError) return thrown.data.error;
  if (thrown instanceof WebAPIRateLimitedError) return 'ratelimited';
  if (thrown instanceof WebAPIHTTPError) return `http_${thrown.statusCode}`;
  return thrown instanceof WebAPIRequestError ? 'no_answer' : 'unexpected';
};

/** Returns the pause. 0: as soon as the outbox sees fit; undefined: trying again is useless. */
const retryAfterMs = (thrown: unknown, code: string): number | undefined => {
  if (thrown instanceof WebAPIHTTPError) return thrown.statusCode >= 500 ? 0 : undefined;
  if (!(thrown instanceof WebAPIPlatformError)) return 0;
  if (MENDABLE.has(code)) return MEND_MS;
  return PASSING.has(code) ? 0 : undefined;
};

/** Returns how long Slack wants nothing more, 0 where it does not say; Slack took nothing of the call. */
const limitedMs = (thrown: unknown, code: string): number | undefined => {
  if (thrown instanceof WebAPIRateLimitedError) return thrown.retryAfter * 1000;
  return LIMITED.has(code) ? 0 : undefined;
};

export const deliveryFault = (thrown: unknown): DeliveryFault => {
  if (thrown instanceof DeliveryFault) return thrown;
  const code = slackCode(thrown);
  const limited = limitedMs(thrown, code);
  if (limited !== undefined) return new NotYet(code, limited, { cause: thrown });
  return new DeliveryFault(code, retryAfterMs(thrown, code), { cause: thrown });
};
