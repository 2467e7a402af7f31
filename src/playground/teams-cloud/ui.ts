/** Requests of the Teams page. */

import type { Router } from 'express';
import { z } from 'zod';
import type { PlaygroundClock } from '../clock.ts';
import type { Pressed, TeamsDone } from '../page/teams/wire.ts';
import { acting, id, uiFrame, type UiRoutes } from '../ui-frame.ts';
import { press } from './acts.ts';
import type { TeamsCloudEvent } from './cloud.ts';
import { createExtension } from './extension.ts';
import { createRefresh } from './refresh.ts';
import { say } from './saying.ts';
import { activitiesFor, liveFor, peopleIn, startFor } from './shown.ts';
import type { Setting } from './spot.ts';
import { closeDialog, messageAction, shownDialog } from './tasks.ts';

const place = { conversation: id, activity: id };
const pressed: z.ZodType<Pressed> = z.strictObject({
  ...acting,
  on: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('activity'), ...place }),
    z.strictObject({ kind: z.literal('dialog'), dialog: id }),
  ]),
  action: z.strictObject({
    type: z.enum(['Action.Execute', 'Action.Submit']),
    verb: z.string().optional(),
    data: z.record(z.string(), z.unknown()),
  }),
});

export const teamsUiRoutes = (
  setting: Setting,
  clock: Pick<PlaygroundClock, 'tell'>,
): { router: Router; close: () => void } => {
  const { cloud, logger } = setting;
  const isPerson = (user: string): boolean => cloud.users.get(user)?.left === false;
  const refresh = createRefresh(setting);
  const extension = createExtension(setting);
  const routes = ({ router, ask, act }: UiRoutes<TeamsDone>): void => {
    router.get('/people', (_request, response) => {
      response.json(peopleIn(cloud));
    });
    ask('/start', z.object({ user: id }), ({ user }) => startFor(cloud, user));
    ask('/messages', z.object({ user: id, conversation: id, thread: id.optional() }), (of) => activitiesFor(cloud, of));
    ask('/dialog', z.object(acting), ({ user, tab }) => {
      const open = cloud.dialogs.of(user, tab);
      return open ? shownDialog(open) : null;
    });
    ask('/personal', z.object({ user: id, ...place }), refresh);

    act(
      '/say',
      z.object({ ...acting, conversation: id, thread: id.optional(), text: z.string().max(40_000) }),
      (given) => say(setting, given),
    );
    act('/act', pressed, (given) => press(setting, given));
    act('/message-action', z.object({ ...acting, ...place }), (given) => messageAction(setting, given));
    act('/seek', z.object({ ...acting, conversation: id, words: z.string().max(1000) }), extension.seek);
    act('/paste', z.object({ ...acting, conversation: id, n: z.int().min(0) }), extension.paste);
    act('/close-dialog', z.object(acting), (given) => closeDialog(setting, given));
    act('/read', z.object({ ...acting, ...place }), ({ user, conversation, activity }) => {
      cloud.activities.markRead(user, conversation, activity);
      cloud.tell({ kind: 'read', user });
      return {};
    });
  };
  return uiFrame<TeamsCloudEvent, TeamsDone>(
    { isPerson, watch: cloud.watch, liveFor: (user, tab, change) => liveFor(cloud, user, tab, change), clock, logger },
    routes,
  );
};
