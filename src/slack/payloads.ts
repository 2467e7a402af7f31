/** Slack's payloads, checked, as one union. Shapes: https://docs.slack.dev/reference/interaction-payloads and /reference/events */

import { z } from 'zod';
import { actionName } from '../../blocks/slack/draw.ts';
import { sourceOf } from '../../blocks/slack/form.ts';

/** Replaces half characters, which no URL and no form can carry. */
const whole = (given: string): string => given.replace(/\p{Surrogate}/gu, '\uFFFD');
const id = z.string().min(1).max(255).overwrite(whole);
const text = z.string().overwrite(whole);
/** It goes into a view's metadata, which holds 3000 characters. */
const ts = z.string().max(255).overwrite(whole);
const nullish = text.nullish();
const team = z.object({ id }).nullish();
const user = z.object({ id, team_id: nullish });

const option = z.object({ value: text });
const field = z.object({
  value: nullish,
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_date: nullish,
  selected_user: nullish,
  files: z.array(z.object({ name: nullish, title: nullish, permalink: text })).nullish(),
});

const view = z.object({
  id,
  type: text.optional(),
  hash: text,
  callback_id: text,
  private_metadata: text,
  title: z.object({ text }).optional(),
  blocks: z.array(z.object({ type: text, block_id: text.optional() })),
  state: z.object({ values: z.record(text, z.record(text, field)) }).optional(),
});

const command = z.object({
  command: text,
  text: text.default(''),
  user_id: id,
  team_id: id,
  channel_id: id,
  trigger_id: id,
});

const said = z.object({
  type: z.literal('event_callback'),
  team_id: id,
  event_id: id,
  is_ext_shared_channel: z.boolean().optional(),
  event: z.object({
    type: z.enum(['app_mention', 'message']),
    channel: id,
    user: text.optional(),
    team: nullish,
    text: text.optional(),
    ts: ts.optional(),
    thread_ts: ts.optional(),
    channel_type: text.optional(),
    bot_id: nullish,
    subtype: text.optional(),
    edited: z.unknown().optional(),
  }),
});

/** https://docs.slack.dev/reference/events/app_home_opened */
const homeOpened = z.object({
  team_id: id,
  event_id: id,
  event: z.object({ type: z.literal('app_home_opened'), user: id, channel: id, tab: text }),
});

const action = z.object({ type: text, action_id: text, block_id: text.optional(), value: nullish });

const blockActions = z.object({
  type: z.literal('block_actions'),
  team,
  user,
  trigger_id: id,
  actions: z.array(action).min(1),
  view: view.optional(),
  channel: z.object({ id }).optional(),
  container: z.object({
    message_ts: ts.optional(),
    thread_ts: ts.optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.object({ ts, thread_ts: ts.optional() }).optional(),
});

const submission = z.object({ type: z.literal('view_submission'), team, user, view });

const suggestion = z.object({
  type: z.literal('block_suggestion'),
  team,
  user,
  action_id: text,
  value: text.default(''),
  view: view.optional(),
});

const shortcut = z.object({
  type: z.literal('message_action'),
  team,
  user,
  callback_id: text,
  trigger_id: id,
  channel: z.object({ id }),
  message: z.object({ ts, thread_ts: ts.optional() }),
});

export type SlackView = z.infer<typeof view>;

export interface Where {
  channel: string;
  thread?: string | undefined;
  shared?: boolean | undefined;
}

interface By {
  /** Null on an organisation-wide install. */
  team: string | undefined;
  user: string;
  userTeam: string | undefined;
}

export type SlackAct = By &
  (
    | { kind: 'command'; where: Where; words: string; trigger: string }
    | { kind: 'said'; where: Where; words: string; event: string }
    | { kind: 'home'; channel: string; event: string }
    | { kind: 'shortcut'; where: Where; words: string; trigger: string }
    /** `onRoot`: on a card whose thread may be closed. */
    | { kind: 'press'; where: Where; name: string; value: string; trigger: string; onRoot: boolean }
    | { kind: 'press in view'; view: SlackView; name: string; value: string; trigger: string }
    | { kind: 'press at home'; view: SlackView; name: string; value: string; trigger: string }
    | { kind: 'change'; view: SlackView; input: string; trigger: string }
    | { kind: 'submit'; view: SlackView }
    | { kind: 'suggest'; view: SlackView | undefined; source: string; query: string }
  );

export type Payload =
  | SlackAct
  /** Not a request to the bot: bots, edits, buttons that only open a link. */
  | { kind: 'ignored' }
  | { kind: 'unsupported'; what: string };

/** The callback ids of the message shortcuts are the words they stand for. */
export const SHORTCUTS = ['new', 'status', 'change', 'help'] as const;
export const EVENTS = ['app_home_opened', 'app_mention', 'message.im'] as const;

const by = ({ team: t, user: u }: { team?: { id: string } | null | undefined; user: z.infer<typeof user> }): By => ({
  team: t?.id,
  user: u.id,
  userTeam: u.team_id ?? undefined,
});

const unescaped = (words: string): string =>
  words.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();

const fromCommand = (body: z.infer<typeof command>, commands: readonly string[]): Payload =>
  commands.includes(body.command)
    ? {
        kind: 'command',
        team: body.team_id,
        user: body.user_id,
        userTeam: undefined,
        where: { channel: body.channel_id },
        words: unescaped(body.text),
        trigger: body.trigger_id,
      }
    : { kind: 'unsupported', what: 'command' };

const fromSaid = ({ event, team_id, event_id, is_ext_shared_channel }: z.infer<typeof said>): Payload => {
  const direct = event.channel_type === 'im';
  if (event.bot_id || event.subtype !== undefined || event.edited !== undefined) return { kind: 'ignored' };
  if (event.user === undefined || (event.type === 'message' && !direct)) return { kind: 'ignored' };
  return {
    kind: 'said',
    team: team_id,
    user: event.user,
    userTeam: event.team ?? undefined,
    where: { channel: event.channel, thread: event.thread_ts, shared: is_ext_shared_channel },
    // A mention may stand anywhere: "@Clearthread status" and "status, @Clearthread".
    words: unescaped((event.text ?? '').replace(/<@[A-Z0-9]+(?:\|[^<>]*)?>/g, ' ')),
    event: event_id,
  };
};

const fromHomeOpened = ({ event, team_id, event_id }: z.infer<typeof homeOpened>): Payload =>
  event.tab === 'home'
    ? {
        kind: 'home',
        team: team_id,
        user: event.user,
        userTeam: undefined,
        channel: event.channel,
        event: event_id,
      }
    : { kind: 'ignored' };

const isDirect = (channel: string): boolean => channel.startsWith('D');

/** Returns the thread. A card in a channel is itself the root of its thread; an ephemeral message is not. */
const threadOf = ({ message, container, channel }: z.infer<typeof blockActions>): string | undefined => {
  const inThread = message?.thread_ts ?? container.thread_ts;
  if (inThread !== undefined || container.is_ephemeral || isDirect(channel?.id ?? '')) return inThread;
  return message?.ts ?? container.message_ts;
};

const fromActions = (body: z.infer<typeof blockActions>): Payload => {
  const [first] = body.actions;
  const name = first && actionName(first.action_id);
  if (!first || name === undefined) return { kind: 'ignored' };
  const shared = { ...by(body), trigger: body.trigger_id };
  const pressed = { name, value: first.value ?? '' };
  if (body.view?.type === 'home') {
    return first.type === 'button'
      ? { kind: 'press at home', ...shared, ...pressed, view: body.view }
      : { kind: 'unsupported', what: 'block_actions' };
  }
  if (body.view) {
    return first.type === 'button'
      ? { kind: 'press in view', ...shared, ...pressed, view: body.view }
      : { kind: 'change', ...shared, view: body.view, input: first.block_id ?? '' };
  }
  if (first.type !== 'button' || !body.channel) return { kind: 'unsupported', what: 'block_actions' };
  const thread = threadOf(body);
  const isRoot = thread !== undefined && thread === (body.message?.ts ?? body.container.message_ts);
  return { kind: 'press', ...shared, ...pressed, where: { channel: body.channel.id, thread }, onRoot: isRoot };
};

const fromShortcut = (body: z.infer<typeof shortcut>): Payload => {
  const words = SHORTCUTS.find((name) => name === body.callback_id);
  if (words === undefined) return { kind: 'unsupported', what: 'message_action' };
  const thread = body.message.thread_ts ?? (isDirect(body.channel.id) ? undefined : body.message.ts);
  return {
    kind: 'shortcut',
    ...by(body),
    where: { channel: body.channel.id, thread },
    words,
    trigger: body.trigger_id,
  };
};

const fromSuggestion = (body: z.infer<typeof suggestion>): Payload => {
  const source = sourceOf(body.action_id);
  if (source === undefined) return { kind: 'unsupported', what: 'block_suggestion' };
  return { kind: 'suggest', ...by(body), view: body.view, source, query: body.value };
};

const tagged = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  event: z.object({ type: z.string().optional() }).optional().catch(undefined),
});

const tagOf = (body: unknown): string => {
  const tag = tagged.safeParse(body);
  if (!tag.success) return 'nothing known';
  if (tag.data.type === 'event_callback' && tag.data.event?.type === 'app_home_opened') return 'app_home_opened';
  return tag.data.command === undefined ? (tag.data.type ?? 'nothing known') : 'command';
};

/** Reads a payload, or `unsupported`: an unknown kind, or a known kind with a field missing or of a wrong type. */
export const readPayload = (body: unknown, commands: readonly string[]): Payload => {
  const what = tagOf(body);
  const read = <T>(schema: z.ZodType<T>, act: (payload: T) => Payload): Payload => {
    const parsed = schema.safeParse(body);
    return parsed.success ? act(parsed.data) : { kind: 'unsupported', what };
  };
  switch (what) {
    case 'command':
      return read(command, (found) => fromCommand(found, commands));
    case 'event_callback':
      return read(said, fromSaid);
    case 'app_home_opened':
      return read(homeOpened, fromHomeOpened);
    case 'block_actions':
      return read(blockActions, fromActions);
    case 'view_submission':
      return read(submission, (found) => ({ kind: 'submit', ...by(found), view: found.view }));
    case 'block_suggestion':
      return read(suggestion, fromSuggestion);
    case 'message_action':
      return read(shortcut, fromShortcut);
    default:
      return { kind: 'unsupported', what };
  }
};
