/** Requests of the Slack page. */

import express, { type Router } from 'express';
import { z } from 'zod';
import type { PlaygroundClock } from './clock.ts';
import { fromThePage } from './guard.ts';
import type { Done, Entries } from './page/wire.ts';
import { liveFor, messagesFor, shownStack, startFor, type Menu } from './shown.ts';
import { close, submit } from './slack-cloud/acts-views.ts';
import { click, suggest, useShortcut, type Setting } from './slack-cloud/acts.ts';
import { permalinkOf } from './slack-cloud/api-chat.ts';
import type { CloudEvent } from './slack-cloud/cloud.ts';
import { openHome, say } from './slack-cloud/saying.ts';
import { acting, id, uiFrame, type UiRoutes } from './ui-frame.ts';

const MOST_BYTES = 5_000_000;

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

export const uiRoutes = (
  setting: Setting,
  menu: Menu,
  clock: Pick<PlaygroundClock, 'tell'>,
): { router: Router; close: () => void } => {
  const { cloud, logger } = setting;
  const isPerson = (user: string): boolean => {
    const known = cloud.users.get(user);
    return known !== undefined && !known.bot && !known.deactivated;
  };
  const routes = ({ router, ask, act }: UiRoutes<Done>): void => {
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
    const uploaded = z.object({ ...acting, name: z.string().min(1).max(250) });
    router.post('/file', fromThePage, express.raw({ type: () => true, limit: MOST_BYTES }), (request, response) => {
      const parsed = uploaded.safeParse(request.query);
      const bytes: unknown = request.body;
      if (!parsed.success || !isPerson(parsed.data.user) || !Buffer.isBuffer(bytes) || bytes.length === 0) {
        response.status(400).json({ error: 'An empty file cannot be handed in.' });
        return;
      }
      const { user, name } = parsed.data;
      const mimetype = request.get('content-type') ?? 'application/octet-stream';
      const { id: file } = cloud.files.put({ id: cloud.newId('F'), user, name, mimetype }, bytes);
      response.json({ id: file, name });
    });
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
  };
  return uiFrame<CloudEvent, Done>(
    { isPerson, watch: cloud.watch, liveFor: (user, tab, change) => liveFor(cloud, user, tab, change), clock, logger },
    routes,
  );
};
