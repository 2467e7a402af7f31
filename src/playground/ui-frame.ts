/** Serves a pane's page: its requests, and one stream of server-sent events per tab. */

import express, { type ErrorRequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Logger } from '../log.ts';
import type { PlaygroundClock } from './clock.ts';
import { fromThePage } from './guard.ts';

export const id = z.string().min(1).max(300);
export const acting = { user: id, tab: id };

/** A pane's routes for its page. */
export interface UiRoutes<Done> {
  router: Router;
  /** Adds a `GET`: its query as the schema has it. */
  ask<Given extends { user: string }>(path: string, schema: z.ZodType<Given>, run: (given: Given) => unknown): void;
  /** Adds a `POST`, from the page alone: its body as the schema has it. */
  act<Given extends { user: string }>(
    path: string,
    schema: z.ZodType<Given>,
    run: (given: Given) => Promise<Done> | Done,
  ): void;
}

export interface UiFrameOptions<Change> {
  isPerson: (user: string) => boolean;
  /** The pane's cloud. Returns what ends it. */
  watch: (listener: (change: Change) => void) => () => void;
  /** Returns a change as JSON events for one tab. */
  liveFor: (user: string, tab: string, change: Change) => readonly object[];
  clock: Pick<PlaygroundClock, 'tell'>;
  logger: Logger;
}

const UNCLEAR = { error: 'The playground does not understand this request.' };
const FAILED = { error: 'The playground could not do this.' };
const BEAT_MS = 20_000;

/** Creates the frame. Errors of the page's routes are answered after them. `close` ends the streams. */
export const uiFrame = <Change, Done extends object>(
  { isPerson, watch, liveFor, clock, logger }: UiFrameOptions<Change>,
  routes: (on: UiRoutes<Done>) => void,
): { router: Router; close: () => void } => {
  const router = express.Router();
  const streams = new Set<Response>();

  const ask: UiRoutes<Done>['ask'] = (path, schema, run) => {
    router.get(path, async (request, response) => {
      const parsed = schema.safeParse(request.query);
      if (!parsed.success || !isPerson(parsed.data.user)) response.status(400).json(UNCLEAR);
      else response.json(await run(parsed.data));
    });
  };
  const act: UiRoutes<Done>['act'] = (path, schema, run) => {
    router.post(path, fromThePage, express.json({ limit: '1mb' }), async (request, response) => {
      const parsed = schema.safeParse(request.body);
      if (!parsed.success || !isPerson(parsed.data.user)) response.status(400).json(UNCLEAR);
      else response.json(await run(parsed.data));
    });
  };
  routes({ router, ask, act });

  router.get('/events', (request, response) => {
    const parsed = z.object(acting).safeParse(request.query);
    if (!parsed.success || !isPerson(parsed.data.user)) {
      response.status(400).end();
      return;
    }
    const { user, tab } = parsed.data;
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    response.write(': hello\n\n');
    const stopClock = clock.tell(response);
    const stop = watch((change) => {
      for (const live of liveFor(user, tab, change)) response.write(`data: ${JSON.stringify(live)}\n\n`);
    });
    const beat = setInterval(() => response.write(': still here\n\n'), BEAT_MS);
    beat.unref();
    streams.add(response);
    response.on('close', () => {
      stop();
      stopClock();
      clearInterval(beat);
      streams.delete(response);
    });
  });

  const failed: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const bad = z.object({ status: z.int().min(400).max(499) }).safeParse(error);
    if (!bad.success) logger.error('playground.ui-failed', { error });
    response.status(bad.success ? 400 : 500).json(FAILED);
  };
  router.use(failed);
  return {
    router,
    close: () => {
      for (const stream of streams) stream.end();
    },
  };
};
