/** Tells the bot, as Slack does, what a person does in the client. */

import type { Logger } from '../../log.ts';
import type { Acting, Block, Click, Container, Done, Option, Suggest, UseShortcut } from '../page/wire.ts';
import { apiMessage } from './api-arguments.ts';
import { apiHome, apiView } from './api-views.ts';
import { suggestions } from './block-kit-elements.ts';
import type { Cloud } from './cloud.ts';
import { BOT, TEAM, type Channel } from './directory.ts';
import { findElement, payloadValue, stateValues } from './form-values.ts';
import type { Message } from './messages.ts';
import type { Outbound, SlackAnswer } from './outbound.ts';

export interface Setting {
  cloud: Cloud;
  outbound: Outbound;
  baseUrl: () => string;
  logger: Logger;
}

/** The words of Slack's client when an app does not answer, or answers nonsense. */
export const TROUBLE = 'We had some trouble connecting. Try again?';

export const envelope = ({ cloud }: Setting, user: string): Record<string, unknown> => ({
  api_app_id: BOT.app,
  token: 'playground',
  team: { id: TEAM.id, domain: TEAM.domain },
  enterprise: null,
  is_enterprise_install: false,
  user: { id: user, name: cloud.users.get(user)?.name ?? user, username: user.toLowerCase(), team_id: TEAM.id },
});

export const channelName = (channel: Channel): string => (channel.kind === 'dm' ? 'directmessage' : channel.name);

export const interact = ({ outbound }: Setting, payload: Record<string, unknown>): Promise<SlackAnswer> =>
  outbound.form({ payload: JSON.stringify(payload) });

export const responseUrl = ({ cloud, baseUrl }: Setting, user: string, message: Message): string => {
  const thread =
    message.thread ?? (cloud.messages.replies(message.channel, message.ts).length > 0 ? message.ts : undefined);
  const id = cloud.tickets.newResponse({ user, channel: message.channel, original: message.ts, thread });
  return `${baseUrl()}/playground/response/${id}`;
};

interface ActedAt {
  blocks: Block[];
  payload: Record<string, unknown>;
  view: string | undefined;
}

/** Returns an element's place as in payloads. Undefined when it is gone or hidden from this person. */
const placeOf = (
  setting: Setting,
  { user, tab }: Acting,
  container: Container,
  entries: Click['entries'],
): ActedAt | undefined => {
  const { cloud } = setting;
  switch (container.kind) {
    case 'message': {
      const message = cloud.messages.get(container.channel, container.ts);
      const channel = cloud.channel(container.channel);
      if (!message?.blocks || !channel?.members.includes(user)) return undefined;
      if (message.onlyFor !== undefined && message.onlyFor !== user) return undefined;
      return {
        blocks: message.blocks,
        view: undefined,
        payload: {
          container: {
            type: 'message',
            message_ts: message.ts,
            channel_id: channel.id,
            is_ephemeral: message.onlyFor !== undefined,
            ...(message.thread !== undefined && { thread_ts: message.thread }),
          },
          channel: { id: channel.id, name: channelName(channel) },
          // Slack omits an ephemeral message.
          ...(message.onlyFor === undefined && { message: { ...apiMessage(cloud, message, true), team: TEAM.id } }),
          state: { values: stateValues(message.blocks, entries, cloud.files) },
          response_url: responseUrl(setting, user, message),
        },
      };
    }
    case 'view': {
      const view = cloud.views.get(container.view);
      if (view?.user !== user || view.tab !== tab) return undefined;
      return {
        blocks: view.modal.blocks,
        view: view.id,
        payload: {
          container: { type: 'view', view_id: view.id },
          view: apiView(view, stateValues(view.modal.blocks, entries, cloud.files)),
          response_urls: [],
        },
      };
    }
    case 'home': {
      const published = cloud.views.home(user);
      if (!published) return undefined;
      const { id, hash, home } = published;
      const view = apiHome(id, hash, home, stateValues(home.blocks, entries, cloud.files));
      return { blocks: home.blocks, view: undefined, payload: { container: { type: 'view', view_id: id }, view } };
    }
    default: {
      const never: never = container;
      return never;
    }
  }
};

export const GONE = 'This is no longer here.';

export const click = async (setting: Setting, act: Click): Promise<Done> => {
  const place = placeOf(setting, act, act.container, act.entries);
  const found = place && findElement(place.blocks, act.block, act.action);
  if (!place || !found) return { error: GONE };
  const { element } = found;
  const chosen = element.type === 'overflow' ? element.options.find((o) => o.value === act.value) : undefined;
  if (element.type === 'overflow' && !chosen) return { error: GONE };
  const value =
    element.type === 'button'
      ? {
          type: 'button',
          text: element.text,
          ...(element.value !== undefined && { value: element.value }),
          ...(element.style && { style: element.style }),
        }
      : element.type === 'overflow'
        ? { type: 'overflow', selected_option: chosen }
        : payloadValue(element, act.value, setting.cloud.files);
  const sent = await interact(setting, {
    type: 'block_actions',
    ...envelope(setting, act.user),
    ...place.payload,
    trigger_id: setting.cloud.tickets.newTrigger({ user: act.user, tab: act.tab, view: place.view }),
    actions: [{ block_id: act.block, action_id: act.action, action_ts: (Date.now() / 1000).toFixed(6), ...value }],
  });
  return sent.ok ? {} : { error: TROUBLE };
};

const NO_RESULT = "Results couldn't be loaded. Try again?";

export const suggest = async (setting: Setting, act: Suggest): Promise<Done> => {
  const place = placeOf(setting, act, act.container, {});
  const found = place && findElement(place.blocks, act.block, act.action);
  if (!place || found?.element.type !== 'external_select') return { error: GONE };
  // A suggestion request carries no response_url.
  const { response_url: _, ...payload } = place.payload;
  const sent = await interact(setting, {
    type: 'block_suggestion',
    ...envelope(setting, act.user),
    ...payload,
    block_id: act.block,
    action_id: act.action,
    value: act.query,
  });
  if (!sent.ok) return { error: NO_RESULT };
  try {
    const answer = suggestions.parse(JSON.parse(sent.body));
    const options: Option[] = 'options' in answer ? answer.options : answer.option_groups.flatMap((g) => g.options);
    return { options };
  } catch (error) {
    setting.logger.warn('playground.options-refused', { error });
    return { error: NO_RESULT };
  }
};

export const useShortcut = async (setting: Setting, act: UseShortcut): Promise<Done> => {
  const { cloud } = setting;
  const message = cloud.messages.get(act.channel, act.ts);
  const channel = cloud.channel(act.channel);
  if (!message || !channel?.members.includes(act.user)) return { error: GONE };
  const sent = await interact(setting, {
    type: 'message_action',
    ...envelope(setting, act.user),
    callback_id: act.callbackId,
    trigger_id: cloud.tickets.newTrigger({ user: act.user, tab: act.tab, view: undefined }),
    response_url: responseUrl(setting, act.user, message),
    message_ts: message.ts,
    channel: { id: channel.id, name: channelName(channel) },
    message: { ...apiMessage(cloud, message, true), team: TEAM.id },
    action_ts: (Date.now() / 1000).toFixed(6),
  });
  return sent.ok ? {} : { error: TROUBLE };
};
