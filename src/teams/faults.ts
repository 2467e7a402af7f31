/**
 * Failures of calls to the Bot Connector, and whether another try is worth it. Statuses and codes:
 * https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 */

import { z } from 'zod';
import { DeliveryFault, NotYet } from '../outbox/delivery.ts';

/** A token that somebody must mend, which takes longer than a hiccup. */
export const MEND_MS = 60_000;
/** A longer wait than this is a mistake in the answer. */
const MOST_WAIT_MS = 60 * 60_000;
/** Teams' own trouble: it may pass. The call may have taken effect. */
const PASSING = new Set([408, 409, 412, 425, 429, 500, 502, 503, 504]);

/** A failed call, without its content: the SDK's own error holds the bot's token and people's text. */
class CallFault extends Error {
  /** `http_404`, or a network code (`ECONNRESET`, `ERR_CANCELED` for a call that took too long). */
  readonly code: string;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | undefined;
  /** Microsoft's own code, where the answer has one. */
  readonly service: string | undefined;
  readonly retryAfter: string | undefined;
  constructor(code: string, answer: Partial<Pick<CallFault, 'status' | 'service' | 'retryAfter'>> = {}) {
    super('a call to the Bot Connector failed');
    this.name = 'CallFault';
    this.code = code;
    this.status = answer.status;
    this.service = answer.service;
    this.retryAfter = answer.retryAfter;
  }
}

/** The SDK's errors come from axios, which is not ours to import. */
const failure = z.object({
  isAxiosError: z.literal(true),
  code: z
    .string()
    .regex(/^[A-Z_]{1,40}$/)
    .optional()
    .catch(undefined),
  response: z
    .object({
      status: z.number().int(),
      headers: z.object({ 'retry-after': z.string().nullish() }).nullish(),
      data: z.unknown(),
    })
    .nullish(),
});
/** `{ error: { code: 'BotNotInConversationRoster', message } }` */
const named = z.object({ error: z.object({ code: z.string().regex(/^[A-Za-z]{1,60}$/) }) });

/** Converts an error of a call; one that is not the SDK's stays as it is. */
export const callFault = (thrown: unknown): unknown => {
  const { data: failed } = failure.safeParse(thrown);
  if (!failed) return thrown;
  const { code = 'no_code', response } = failed;
  if (!response) return new CallFault(code);
  const { status, headers, data } = response;
  return new CallFault(`http_${status}`, {
    status,
    service: named.safeParse(data).data?.error.code,
    retryAfter: headers?.['retry-after'] ?? undefined,
  });
};

/** Returns the answer's HTTP status; undefined where there was none, or for another error. */
export const teamsStatus = (thrown: unknown): number | undefined =>
  thrown instanceof CallFault ? thrown.status : undefined;

const serviceCode = (thrown: unknown): string | undefined => (thrown instanceof CallFault ? thrown.service : undefined);

/** The bot was removed from the place, or the person did not install it or blocked it. */
const SHUT_OUT = new Set([
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'Forbidden',
  'ForbiddenOperationException',
  'MessageWritesBlocked',
]);

/** Tells whether it is a 403 about this conversation. Any other is about the bot itself, and somebody may mend it. */
export const isShutOut = (thrown: unknown): boolean =>
  teamsStatus(thrown) === 403 && SHUT_OUT.has(serviceCode(thrown) ?? '');

/** Tells whether the message was deleted or never existed; `BadArgument` was observed for an unknown activity id. */
export const isUnknownMessage = (thrown: unknown): boolean =>
  teamsStatus(thrown) === 404 || (teamsStatus(thrown) === 400 && serviceCode(thrown) === 'BadArgument');

/** Returns `http_404`, `no_answer`, or one of ours (`no_token`); `unexpected` for no call's error. No personal text. */
export const teamsCode = (thrown: unknown): string => {
  if (thrown instanceof DeliveryFault) return thrown.code;
  if (!(thrown instanceof CallFault)) return 'unexpected';
  return thrown.status === undefined ? 'no_answer' : thrown.code;
};

/** Parses seconds or a date: RFC 9110, 10.2.3. */
const waitMs = (retryAfter: string | undefined): number => {
  if (!retryAfter) return 0;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), MOST_WAIT_MS);
};

/** Returns the pause. 0: as soon as the outbox sees fit; undefined: trying again is useless. */
const retryAfterMs = (thrown: unknown): number | undefined => {
  if (!(thrown instanceof CallFault) || thrown.status === undefined) return 0;
  const { status, retryAfter } = thrown;
  if (status === 401 || status === 403) return MEND_MS;
  return PASSING.has(status) || status < 400 || status > 504 ? waitMs(retryAfter) : undefined;
};

export const deliveryFault = (thrown: unknown): DeliveryFault => {
  if (thrown instanceof DeliveryFault) return thrown;
  const name = serviceCode(thrown);
  const code = name === undefined ? teamsCode(thrown) : `${teamsCode(thrown)}/${name}`;
  if (thrown instanceof CallFault && thrown.status === 429) {
    return new NotYet(code, waitMs(thrown.retryAfter), { cause: thrown });
  }
  return new DeliveryFault(code, retryAfterMs(thrown), { cause: thrown });
};
