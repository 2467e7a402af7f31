/** Tells the bot, as Slack does, that a person submits or closes a modal, and applies the bot's answer. */

import { z } from 'zod';
import type { Close, Done, Submit } from '../page/wire.ts';
import { envelope, GONE, interact, TROUBLE, type Setting } from './acts.ts';
import { ApiRefusal } from './api-arguments.ts';
import { apiView, pushModal, replaceModal } from './api-views.ts';
import { checkModal, type Modal } from './block-kit.ts';
import { entryErrors, stateValues } from './form-values.ts';

const viewAnswer = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
]);

/** Reads an answer. Slack takes an empty body, or JSON without a response_action, for "close this view". */
const answerOf = (body: string): z.infer<typeof viewAnswer> | 'close' | 'nonsense' => {
  if (body.trim() === '') return 'close';
  try {
    const raw: unknown = JSON.parse(body);
    if (typeof raw === 'object' && raw !== null && Object.keys(raw).length === 0) return 'close';
    const parsed = viewAnswer.safeParse(raw);
    return parsed.success ? parsed.data : 'nonsense';
  } catch {
    return 'nonsense';
  }
};

export const submit = async (setting: Setting, act: Submit): Promise<Done> => {
  const { cloud, logger } = setting;
  const view = cloud.views.get(act.view);
  if (view?.user !== act.user || view.tab !== act.tab) return { error: GONE };
  const errors = entryErrors(view.modal.blocks, act.entries, cloud.files);
  if (Object.keys(errors).length > 0) return { errors };
  const sent = await interact(setting, {
    type: 'view_submission',
    ...envelope(setting, act.user),
    trigger_id: cloud.tickets.newTrigger({ user: act.user, tab: act.tab, view: view.id }),
    view: apiView(view, stateValues(view.modal.blocks, act.entries, cloud.files)),
    response_urls: [],
  });
  if (!sent.ok) return { error: TROUBLE };
  const answer = answerOf(sent.body);
  const shown = (raw: unknown, show: (modal: Modal) => void): Done => {
    const checked = checkModal(raw);
    if (!checked.ok) {
      logger.warn('playground.view-refused', { count: checked.messages.length });
      return { error: `${TROUBLE} (${checked.messages.join('; ')})` };
    }
    try {
      show(checked.value);
      return {};
    } catch (error) {
      if (error instanceof ApiRefusal) return { error: `${TROUBLE} (${error.code})` };
      throw error;
    }
  };
  if (answer === 'nonsense') return { error: TROUBLE };
  if (answer === 'close') {
    cloud.views.close(view.id);
    cloud.tell({ kind: 'views', user: act.user, tab: act.tab });
    return {};
  }
  switch (answer.response_action) {
    case 'errors': {
      // Slack refuses errors that name no input of the view.
      const inputs = view.modal.blocks.filter((b) => b.type === 'input').map((b) => b.block_id);
      const known = Object.keys(answer.errors).every((id) => inputs.includes(id));
      return known && Object.keys(answer.errors).length > 0 ? { errors: answer.errors } : { error: TROUBLE };
    }
    case 'update':
      return shown(answer.view, (modal) => void replaceModal(cloud, view, modal));
    case 'push':
      return shown(answer.view, (modal) => void pushModal(cloud, act, modal));
    case 'clear':
      cloud.views.closeAll(act.user, act.tab);
      cloud.tell({ kind: 'views', user: act.user, tab: act.tab });
      return {};
    default: {
      const never: never = answer;
      return never;
    }
  }
};

export const close = async (setting: Setting, act: Close): Promise<Done> => {
  const { cloud } = setting;
  const view = cloud.views.get(act.view);
  if (view?.user !== act.user || view.tab !== act.tab) return {};
  const stack = cloud.views.stack(act.user, act.tab);
  const all = act.all || view.modal.clear_on_close === true;
  const closed = all ? stack : [view];
  for (const each of closed) cloud.views.close(each.id);
  cloud.tell({ kind: 'views', user: act.user, tab: act.tab });
  for (const each of closed) {
    if (each.modal.notify_on_close !== true) continue;
    await interact(setting, {
      type: 'view_closed',
      ...envelope(setting, act.user),
      view: apiView(each),
      is_cleared: all,
    });
  }
  return {};
};
