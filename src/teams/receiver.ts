/** `POST /api/messages`: the SDK's check of the token, our checks of all that it lets pass, and the answer. */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { HttpRouteHandler, IHttpServerAdapter } from '@microsoft/teams.apps';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { z } from 'zod';
import { inTime } from '../edge/deadline.ts';
import type { CountRequest } from '../edge/request-watch.ts';
import { newTrace } from '../ids.ts';
import type { Logger } from '../log.ts';
import type { Answered } from './invoke-answers.ts';
import { createKeys } from './keys.ts';
import type { TeamsMode } from './mode.ts';
import type { Envelope } from './payloads.ts';
import { createBot, ENDPOINT } from './sdk.ts';
import { admit, tokenFault, type TokenFault } from './verify.ts';

export interface ReceiverOptions {
  mode: TeamsMode;
  /** Takes a checked activity. `body` is all of it. */
  take: (envelope: Envelope, body: unknown, trace: string) => Promise<Answered>;
  closed: () => boolean;
  timeoutMs: number;
  asked?: CountRequest | undefined;
  clock: () => Date;
  logger: Logger;
}

export interface Receiver {
  /** Registers the route, before any middleware that reads bodies. */
  mount(app: Express): Promise<void>;
  /** Asks Microsoft for the bot's token, or gives the one that it has. Throws MSAL's errors. */
  token(): Promise<string>;
}

/** 40,000 characters, each of them escaped, in the text and once more in the HTML that Teams adds to it. */
const MOST = '512kb';
const CHECK_MS = 5000;
/** Errors of body-parser: `entity.too.large`, `entity.parse.failed`, … */
const bodyFault = z.object({ status: z.number().int().min(400).max(499) });

/** One request during the SDK's check of its token. The SDK passes its activity and log lines within the same call. */
interface InCheck {
  /** Called when the token is good, and the activity is taken. */
  passed: () => void;
  /** Microsoft's keys for it could not be fetched. */
  keysMissing: boolean;
  /** It was answered meanwhile. */
  over: boolean;
}

/** One for the process: on Node 20 every promise pays for each of them. */
const inCheck = new AsyncLocalStorage<InCheck>();

export const createReceiver = ({ mode, take, closed, timeoutMs, asked, clock, logger }: ReceiverOptions): Receiver => {
  const handlers = new Map<string, HttpRouteHandler>();
  const adapter: IHttpServerAdapter = { registerRoute: (_, path, handler) => void handlers.set(path, handler) };

  const refused = (status: number, code: string, trace = newTrace()): Answered => {
    asked?.('refused');
    logger.warn('teams.request-refused', { trace, status, code });
    return { status };
  };

  const takeIfAdmitted = async (body: unknown): Promise<Answered> => {
    const request = inCheck.getStore();
    if (!request || request.over) return { status: 503 };
    request.passed();
    const trace = newTrace();
    const admitted = admit(body, mode);
    return admitted.ok ? take(admitted.envelope, body, trace) : refused(admitted.status, admitted.code, trace);
  };
  const noKeys = (): void => {
    const request = inCheck.getStore();
    if (request) request.keysMissing = true;
  };
  const bot = createBot(mode, { adapter, take: takeIfAdmitted, noKeys, timeoutMs, logger });
  const keys = createKeys({ openIdMetadataUrl: mode.cloud.openIdMetadataUrl, clock });

  /** Teams tries again after a 503, and never after a 401. */
  const notProven = (fault: TokenFault): Answered => refused(fault === 'no-keys' ? 503 : 401, fault);

  const before: RequestHandler = async (req, res, next) => {
    const fault = closed() ? undefined : await tokenFault(req.headers.authorization, clock(), keys);
    if (closed()) return void res.status(503).end();
    if (fault) return void res.status(notProven(fault).status).end();
    next();
  };

  /** Runs the SDK's check, which may fetch keys and wait half a minute, and returns the activity's answer. */
  const checkAndTake = async (handler: HttpRouteHandler, body: object, authorization: string): Promise<Answered> => {
    const request: InCheck = { passed: () => {}, keysMissing: false, over: false };
    const passed = new Promise<void>((resolve) => (request.passed = resolve));
    const answer = inCheck.run(request, () => handler({ body, headers: { authorization } }));
    const first = await inTime(Promise.race([passed, answer]), CHECK_MS);
    if (first === 'late') {
      request.over = true;
      return notProven('no-keys');
    }
    const { status, body: said } = await answer;
    // The SDK's reason for a refusal stays private.
    if (status === 401) return notProven(request.keysMissing ? 'no-keys' : 'bad-token');
    return status === 200 && typeof said === 'object' && said !== null ? { status, body: said } : { status };
  };

  const receive: RequestHandler = async (req, res) => {
    const handler = handlers.get(ENDPOINT);
    const body: unknown = req.body;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      return void res.status(refused(400, 'garbage').status).end();
    }
    const { authorization = '' } = req.headers;
    const answer: Answered = handler ? await checkAndTake(handler, body, authorization) : { status: 503 };
    if (answer.body === undefined) return void res.status(answer.status).end();
    res.status(answer.status).json(answer.body);
  };

  const failed: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    const { data } = bodyFault.safeParse(error);
    if (!data) logger.error('teams.request-failed', { error });
    if (res.headersSent) return next(error);
    res.status(data ? refused(data.status, 'garbage').status : 500).end();
  };

  return {
    mount: async (app) => {
      await bot.initialize();
      app.post(ENDPOINT, before, express.json({ limit: MOST }), receive, failed);
    },
    token: () => bot.connectorToken(),
  };
};
