/** Slack's Web API, the part that the bot calls. */

import { timingSafeEqual } from 'node:crypto';
import express, { type ErrorRequestHandler, type Router } from 'express';
import { z } from 'zod';
import type { Logger } from '../../log.ts';
import { ApiRefusal, type Call } from './api-arguments.ts';
import * as chat from './api-chat.ts';
import * as files from './api-files.ts';
import * as people from './api-people.ts';
import * as views from './api-views.ts';
import type { Cloud } from './cloud.ts';

const METHODS: Readonly<Record<string, (call: Call) => object>> = {
  'api.test': () => ({}),
  'auth.test': people.authTest,
  'bots.info': people.botsInfo,
  'chat.postMessage': chat.postMessage,
  'chat.postEphemeral': chat.postEphemeral,
  'chat.update': chat.update,
  'chat.delete': chat.remove,
  'chat.getPermalink': chat.getPermalink,
  'conversations.open': people.conversationsOpen,
  'conversations.info': people.conversationsInfo,
  'conversations.members': people.conversationsMembers,
  'conversations.join': people.conversationsJoin,
  'conversations.history': chat.history,
  'conversations.replies': chat.replies,
  'files.info': files.info,
  'files.getUploadURLExternal': files.getUploadUrl,
  'files.completeUploadExternal': files.completeUpload,
  'users.info': people.usersInfo,
  'users.list': people.usersList,
  'views.open': views.viewsOpen,
  'views.push': views.viewsPush,
  'views.update': views.viewsUpdate,
  'views.publish': views.viewsPublish,
  // Socket Mode has no stand-in: the playground uses HTTP.
  'apps.connections.open': () => {
    throw new ApiRefusal('not_allowed_token_type');
  },
};

const answer = (call: Call, method: string): object => {
  const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (!run) return { ok: false, error: 'unknown_method', req_method: method };
  try {
    return { ok: true, ...run(call) };
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    const { code, details } = error;
    return {
      ok: false,
      error: code,
      ...(details.length > 0 && { errors: details, response_metadata: { messages: details } }),
    };
  }
};

const sameSecret = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const failed =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    const bad = z.object({ status: z.int().min(400).max(499) }).safeParse(error);
    if (!bad.success) logger.error('playground.api-failed', { error });
    response
      .status(bad.success ? 200 : 500)
      .json({ ok: false, error: bad.success ? 'invalid_form_data' : 'fatal_error' });
  };

/** `POST /:method`, as `@slack/web-api` calls it. */
export const webApi = (cloud: Cloud, options: { botToken: string; baseUrl: () => string; logger: Logger }): Router => {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '2mb', parameterLimit: 100 });
  router.post('/:method', form, express.json({ limit: '2mb' }), (request, response) => {
    const args = z.record(z.string(), z.unknown()).catch({}).parse(request.body);
    const bearer = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
    const token = bearer ?? (typeof args['token'] === 'string' ? args['token'] : undefined);
    if (token === undefined) {
      response.json({ ok: false, error: 'not_authed' });
      return;
    }
    if (!sameSecret(token, options.botToken)) {
      response.json({ ok: false, error: 'invalid_auth' });
      return;
    }
    response.json(answer({ cloud, args, baseUrl: options.baseUrl() }, request.params.method));
  });
  router.use(failed(options.logger));
  return router;
};
