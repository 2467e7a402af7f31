/** Handles what a person types: slash commands, mentions, direct messages. */

import { z } from 'zod';
import type { Acting, Done, Say } from '../page/wire.ts';
import { channelName, type Setting } from './acts.ts';
import { checkMessageBlocks, withIds } from './block-kit.ts';
import { BOT, TEAM, type Channel } from './directory.ts';
import type { Message } from './messages.ts';
import type { SlackAnswer } from './outbound.ts';

const why = (sent: Extract<SlackAnswer, { ok: false }>): string => {
  if (sent.why === 'http_timeout') return 'operation_timeout';
  if (sent.why === 'connection_failed') return 'dispatch_failed';
  return (sent.status ?? 500) >= 500 ? 'http_service_error' : 'http_client_error';
};

/** An app's possible answer in the body of a command's response, or posted to a response_url. */
export const commandAnswer = z.object({
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

const parsedAnswer = (body: string): z.infer<typeof commandAnswer> | undefined => {
  try {
    return commandAnswer.safeParse(JSON.parse(body)).data;
  } catch {
    return { response_type: 'ephemeral', text: body };
  }
};

const showAnswer = ({ cloud }: Setting, body: string, say: Say): string | undefined => {
  if (body.trim() === '') return undefined;
  const answer = parsedAnswer(body);
  const blocks = answer?.blocks === undefined ? undefined : checkMessageBlocks(answer.blocks);
  if (!answer || blocks?.ok === false) return 'invalid_command_response';
  if (!answer.text && !blocks) return undefined;
  cloud.post({
    channel: say.channel,
    author: BOT.user,
    text: answer.text ?? '',
    blocks: blocks && withIds(blocks.value, () => cloud.newId()),
    onlyFor: answer.response_type === 'in_channel' ? undefined : say.user,
  });
  return undefined;
};

/** Runs Slack's own command, for the only member who can be missing: the bot. */
const invite = ({ cloud }: Setting, user: string, channel: Channel, whom: string): Done => {
  if (whom.trim().toLowerCase() !== `@${BOT.name}`.toLowerCase())
    return { error: `Only @${BOT.name} can be invited here.` };
  if (channel.kind === 'dm' || channel.archived) return { error: `@${BOT.name} can't be invited here.` };
  if (channel.members.includes(BOT.user)) return { error: `${BOT.name} is already in #${channel.name}.` };
  cloud.invite(channel);
  cloud.post({ channel: channel.id, author: user, text: `invited <@${BOT.user}> to this channel.` });
  return {};
};

const command = async (setting: Setting, say: Say, channel: Channel): Promise<Done> => {
  const { cloud } = setting;
  const [, name = '', text = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(say.text) ?? [];
  // Slack's client answers this itself.
  if (say.thread !== undefined) return { error: `${name} is not supported in threads. Sorry!` };
  if (name === '/invite') return invite(setting, say.user, channel, text);
  const response = cloud.tickets.newResponse({
    user: say.user,
    channel: channel.id,
    original: undefined,
    thread: undefined,
  });
  const sent = await setting.outbound.form({
    token: 'playground',
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: say.user,
    user_name: say.user.toLowerCase(),
    command: name,
    text: text.trim(),
    api_app_id: BOT.app,
    is_enterprise_install: 'false',
    response_url: `${setting.baseUrl()}/playground/response/${response}`,
    trigger_id: cloud.tickets.newTrigger({ user: say.user, tab: say.tab, view: undefined }),
  });
  const problem = sent.ok ? showAnswer(setting, sent.body, say) : why(sent);
  return problem === undefined ? {} : { error: `${name} failed with the error "${problem}"` };
};

/** Sends an event; once more when it does not arrive, as Slack does at first. */
const dispatchEvent = async (setting: Setting, event: Record<string, unknown> & { channel: string }): Promise<void> => {
  const { outbound, cloud, logger } = setting;
  const body = {
    token: 'playground',
    team_id: TEAM.id,
    api_app_id: BOT.app,
    event,
    type: 'event_callback',
    event_id: cloud.newId('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    is_ext_shared_channel: cloud.channel(event.channel)?.shared ?? false,
    authorizations: [
      { enterprise_id: null, team_id: TEAM.id, user_id: BOT.user, is_bot: true, is_enterprise_install: false },
    ],
  };
  const first = await outbound.json(body);
  if (first.ok) return;
  const second = await outbound.json(body, { number: 1, reason: first.why });
  if (!second.ok) logger.warn('playground.event-undelivered', { code: second.why });
};

const eventOf = (message: Message): { channel: string } & Record<string, unknown> => ({
  user: message.author,
  ts: message.ts,
  client_msg_id: message.ts,
  text: message.text,
  team: TEAM.id,
  channel: message.channel,
  event_ts: message.ts,
  ...(message.thread !== undefined && { thread_ts: message.thread }),
});

/** Escapes typed text as Slack's client does; only names written with an @ become mentions. */
export const typedText = (text: string, people: Iterable<{ id: string; name: string }>): string => {
  let typed = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  for (const { id, name } of [...people].toSorted((a, b) => b.name.length - a.name.length)) {
    const at = new RegExp(`(?<![\\w@])@${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`, 'gi');
    typed = typed.replaceAll(at, `<@${id}>`);
  }
  return typed.replaceAll(/(?<![\w@])@(here|channel|everyone)\b/g, '<!$1>');
};

export const say = async (setting: Setting, given: Say): Promise<Done> => {
  const { cloud } = setting;
  const channel = cloud.channel(given.channel);
  if (!channel?.members.includes(given.user)) return { error: 'You are not in this channel.' };
  if (given.text.trim() === '') return {};
  if (given.text.startsWith('/')) return command(setting, given, channel);
  const text = typedText(given.text.trim(), cloud.users.values());
  const thread = given.thread === undefined ? undefined : cloud.messages.get(channel.id, given.thread)?.ts;
  if (given.thread !== undefined && thread === undefined) return { error: 'This thread was deleted.' };
  const message = cloud.post({ channel: channel.id, author: given.user, text, thread });
  if (channel.kind === 'dm') await dispatchEvent(setting, { type: 'message', channel_type: 'im', ...eventOf(message) });
  else if (text.includes(`<@${BOT.user}>`)) {
    if (!channel.members.includes(BOT.user))
      return { error: `${BOT.name} is not in #${channel.name}, so it does not see this.` };
    await dispatchEvent(setting, { type: 'app_mention', ...eventOf(message) });
  }
  return {};
};

export const openHome = async (setting: Setting, { user }: Acting): Promise<Done> => {
  const known = setting.cloud.users.get(user);
  if (!known) return {};
  const channel = setting.cloud.openDm(known).id;
  const ts = setting.cloud.messages.newTs();
  await dispatchEvent(setting, { type: 'app_home_opened', user, channel, tab: 'home', event_ts: ts });
  return {};
};
