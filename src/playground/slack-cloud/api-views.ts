import { z } from 'zod';
import { ApiRefusal, json, read, userFor, type Call } from './api-arguments.ts';
import { checkHome, checkModal, withIds, type Checked, type HomeView, type Modal } from './block-kit.ts';
import type { Cloud } from './cloud.ts';
import { BOT, TEAM } from './directory.ts';
import type { Trigger } from './tickets.ts';
import type { View } from './views.ts';

/** Slack shows at most three modals above one another. */
const STACK = 3;

export const apiView = (view: View, values: unknown = {}): Record<string, unknown> => ({
  id: view.id,
  team_id: TEAM.id,
  ...view.modal,
  callback_id: view.modal.callback_id ?? '',
  private_metadata: view.modal.private_metadata ?? '',
  external_id: view.modal.external_id ?? '',
  state: { values },
  hash: view.hash,
  close: view.modal.close ?? null,
  submit: view.modal.submit ?? null,
  clear_on_close: view.modal.clear_on_close ?? false,
  notify_on_close: view.modal.notify_on_close ?? false,
  submit_disabled: view.modal.submit_disabled ?? false,
  root_view_id: view.root,
  previous_view_id: view.previous ?? null,
  app_id: BOT.app,
  app_installed_team_id: TEAM.id,
  bot_id: BOT.bot,
});

const accepted = <T>(checked: Checked<T>): T => {
  if (checked.ok) return checked.value;
  // Views answer with another code than messages.
  throw new ApiRefusal(
    'invalid_arguments',
    checked.messages.map((m) => `[ERROR] ${m}`),
  );
};

const newHash = (cloud: Cloud): string => `${Math.floor(Date.now() / 1000)}.${cloud.newId()}`;

const named = (cloud: Cloud, modal: Modal): Modal => ({
  ...modal,
  blocks: withIds(modal.blocks, () => cloud.newId()) as Modal['blocks'],
});

const checkExternalId = (cloud: Cloud, modal: Modal, own?: string): void => {
  const taken = modal.external_id ? cloud.views.byExternalId(modal.external_id) : undefined;
  if (taken && taken.id !== own) throw new ApiRefusal('duplicate_external_id');
};

/** Throws ApiRefusal. */
export const pushModal = (cloud: Cloud, { user, tab }: Pick<Trigger, 'user' | 'tab'>, modal: Modal): View => {
  checkExternalId(cloud, modal);
  const stack = cloud.views.stack(user, tab);
  if (stack.length >= STACK) throw new ApiRefusal('push_limit_reached');
  const id = cloud.newId('V');
  const view: View = {
    id,
    root: stack[0]?.id ?? id,
    previous: stack.at(-1)?.id,
    user,
    tab,
    position: stack.length,
    hash: newHash(cloud),
    modal: named(cloud, modal),
  };
  cloud.views.save(view);
  cloud.tell({ kind: 'views', user, tab });
  return view;
};

export const replaceModal = (cloud: Cloud, view: View, modal: Modal): View => {
  checkExternalId(cloud, modal, view.id);
  const changed = { ...view, modal: named(cloud, modal), hash: newHash(cloud) };
  cloud.views.save(changed);
  cloud.tell({ kind: 'views', user: view.user, tab: view.tab });
  return changed;
};

const exchange = ({ cloud }: Call, id: string): Trigger => {
  const trigger = cloud.tickets.exchange(id);
  if (typeof trigger === 'string') throw new ApiRefusal(trigger);
  return trigger;
};

const opening = z.object({ trigger_id: z.string(), view: json });

export const viewsOpen = (call: Call): object => {
  const args = read(opening, call);
  const modal = accepted(checkModal(args.view));
  const trigger = exchange(call, args.trigger_id);
  call.cloud.views.closeAll(trigger.user, trigger.tab);
  return { view: apiView(pushModal(call.cloud, trigger, modal)) };
};

export const viewsPush = (call: Call): object => {
  const args = read(opening, call);
  const modal = accepted(checkModal(args.view));
  const trigger = exchange(call, args.trigger_id);
  if (trigger.view === undefined || !call.cloud.views.get(trigger.view)) throw new ApiRefusal('not_found');
  return { view: apiView(pushModal(call.cloud, trigger, modal)) };
};

export const viewsUpdate = (call: Call): object => {
  const { cloud } = call;
  const args = read(
    z.object({
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
      view: json,
    }),
    call,
  );
  const modal = accepted(checkModal(args.view));
  const view =
    args.view_id === undefined ? cloud.views.byExternalId(args.external_id ?? '') : cloud.views.get(args.view_id);
  if (!view) throw new ApiRefusal('view_not_found');
  if (args.hash !== undefined && args.hash !== view.hash) throw new ApiRefusal('hash_conflict');
  return { view: apiView(replaceModal(cloud, view, modal)) };
};

export const apiHome = (id: string, hash: string, home: HomeView, values: unknown = {}): Record<string, unknown> => ({
  id,
  team_id: TEAM.id,
  ...home,
  callback_id: home.callback_id ?? '',
  private_metadata: home.private_metadata ?? '',
  external_id: home.external_id ?? '',
  state: { values },
  hash,
  root_view_id: id,
  previous_view_id: null,
  app_id: BOT.app,
  app_installed_team_id: TEAM.id,
  bot_id: BOT.bot,
});

export const viewsPublish = (call: Call): object => {
  const { cloud } = call;
  const args = read(z.object({ user_id: z.string(), hash: z.string().optional(), view: json }), call);
  const user = userFor(call, args.user_id);
  const checked = accepted(checkHome(args.view));
  const before = cloud.views.home(user.id);
  if (args.hash !== undefined && before && args.hash !== before.hash) throw new ApiRefusal('hash_conflict');
  const home = { ...checked, blocks: withIds(checked.blocks, () => cloud.newId()) as HomeView['blocks'] };
  const published = { id: before?.id ?? cloud.newId('V'), hash: newHash(cloud), home };
  cloud.views.saveHome(user.id, published);
  cloud.tell({ kind: 'home', user: user.id });
  return { view: apiHome(published.id, published.hash, home) };
};
