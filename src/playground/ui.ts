/** What the page asks for and tells: JSON, and one stream of server-sent events per tab. */
import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { fromThePage } from './guard.ts';
import type { Done, Entries } from './page/wire.ts';
import { liveFor, messagesFor, shownStack, startFor, type Menu } from './shown.ts';
import { click, close, submit, suggest, useShortcut, type Setting } from './slack-cloud/acts.ts';
import { permalinkOf } from './slack-cloud/api-chat.ts';
import { openHome, say } from './slack-cloud/saying.ts';

const id = z.string().min(1).max(300);
const acting = { user: id, tab: id };
const entered = z.union([
  z.string().max(50_000),
  z.array(z.string().max(200)).max(100),
  z.strictObject({ value: z.string().min(1).max(150), label: z.string().min(1).max(75) }),
  z.null(),
]);
const entries: z.ZodType<Entries> = z.record(z.string(), z.record(z.string(), entered));
const container = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), channel: id, ts: id }),
  z.strictObject({ kind: z.literal('view'), view: id }),
  z.strictObject({ kind: z.literal('home') }),
]);

const BEAT_MS = 20_000;

export const uiRoutes = (setting: Setting, menu: Menu): { router: Router; close: () => void } => {
  const { cloud, logger } = setting;
  const router = express.Router();
  const streams = new Set<Response>();
  const isPerson = (user: string): boolean => {
    const known = cloud.users.get(user);
    return known !== undefined && !known.bot && !known.deactivated;
  };

  const act = <T extends { user: string }>(
    path: string,
    schema: z.ZodType<T>,
    run: (given: T) => Promise<Done> | Done,
  ) => {
    router.post(path, fromThePage, express.json({ limit: '1mb' }), async (request, response) => {
      const parsed = schema.safeParse(request.body);
      if (!parsed.success || !isPerson(parsed.data.user)) {
        response.status(400).json({ error: 'The playground does not understand this request.' } satisfies Done);
        return;
      }
      response.json(await run(parsed.data));
    });
  };
  const ask = <T extends { user: string }>(path: string, schema: z.ZodType<T>, run: (given: T) => unknown) => {
    const handle: RequestHandler = (request, response) => {
      const parsed = schema.safeParse(request.query);
      if (!parsed.success || !isPerson(parsed.data.user)) {
        response.status(400).json({ error: 'The playground does not understand this request.' });
        return;
      }
      response.json(run(parsed.data));
    };
    router.get(path, handle);
  };

  router.get('/people', (_request, response) => {
    response.json(
      [...cloud.users.values()]
        .filter((u) => isPerson(u.id))
        .map(({ id: user, name, guest }) => ({ id: user, name, guest })),
    );
  });
  ask('/start', z.object({ user: id }), ({ user }) => startFor(cloud, user, menu));
  ask('/messages', z.object({ user: id, channel: id, thread: id.optional() }), ({ user, channel, thread }) =>
    messagesFor(cloud, user, channel, thread),
  );
  ask('/views', z.object({ user: id, tab: id }), ({ user, tab }) => shownStack(cloud, user, tab));
  ask('/home', z.object({ user: id }), ({ user }) => cloud.views.home(user)?.home.blocks ?? []);
  ask('/permalink', z.object({ user: id, channel: id, ts: id }), ({ channel, ts }) => {
    const message = cloud.messages.get(channel, ts);
    return { permalink: message ? permalinkOf(setting.baseUrl(), message) : undefined };
  });

  act('/say', z.object({ ...acting, channel: id, thread: id.optional(), text: z.string().max(40_000) }), (given) =>
    say(setting, given),
  );
  act('/click', z.object({ ...acting, container, block: id, action: id, value: entered, entries }), (given) =>
    click(setting, given),
  );
  act('/submit', z.object({ ...acting, view: id, entries }), (given) => submit(setting, given));
  act('/close', z.object({ ...acting, view: id, all: z.boolean() }), (given) => close(setting, given));
  act('/suggest', z.object({ ...acting, container, block: id, action: id, query: z.string().max(500) }), (given) =>
    suggest(setting, given),
  );
  act('/shortcut', z.object({ ...acting, channel: id, ts: id, callbackId: id }), (given) =>
    useShortcut(setting, given),
  );
  act('/open-home', z.object(acting), (given) => openHome(setting, given));
  act('/dismiss', z.object({ ...acting, channel: id, ts: id }), ({ user, channel, ts }) => {
    const message = cloud.messages.get(channel, ts);
    if (message?.onlyFor === user) cloud.remove(message);
    return {};
  });
  act('/leave-forms', z.object(acting), ({ user, tab }) => {
    // Slack forgets open modals when its window reloads, and tells the app nothing.
    cloud.views.closeAll(user, tab);
    return {};
  });
  act('/read', z.object({ ...acting, channel: id, ts: id }), ({ user, channel, ts }) => {
    cloud.messages.markRead(user, channel, ts);
    return {};
  });

  router.get('/events', (request, response) => {
    const parsed = z.object({ user: id, tab: id }).safeParse(request.query);
    if (!parsed.success || !isPerson(parsed.data.user)) {
      response.status(400).end();
      return;
    }
    const { user, tab } = parsed.data;
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    response.write(': hello\n\n');
    const stop = cloud.watch((change) => {
      for (const live of liveFor(cloud, user, tab, change)) response.write(`data: ${JSON.stringify(live)}\n\n`);
    });
    const beat = setInterval(() => response.write(': still here\n\n'), BEAT_MS);
    beat.unref();
    streams.add(response);
    response.on('close', () => {
      stop();
      clearInterval(beat);
      streams.delete(response);
    });
  });

  const failed: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const bad = z.object({ status: z.int().min(400).max(499) }).safeParse(error);
    if (!bad.success) logger.error('playground.ui-failed', { error });
    response.status(bad.success ? 400 : 500).json({ error: 'The playground could not do this.' } satisfies Done);
  };
  router.use(failed);
  return {
    router,
    close: () => {
      for (const stream of streams) stream.end();
    },
  };
};
