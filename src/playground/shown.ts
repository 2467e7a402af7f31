/** The cloud's state as one person sees it. */

import type { Live, ShownChannel, ShownMessage, ShownView, Start } from './page/wire.ts';
import type { CloudEvent, Cloud } from './slack-cloud/cloud.ts';
import { BOT, TEAM } from './slack-cloud/directory.ts';
import type { Message } from './slack-cloud/messages.ts';

export interface Menu {
  commands: Start['commands'];
  shortcuts: Start['shortcuts'];
  homeTab: boolean;
}

export const maySee = (cloud: Cloud, user: string, message: Message): boolean =>
  (message.onlyFor === undefined || message.onlyFor === user) &&
  (cloud.channel(message.channel)?.members.includes(user) ?? false);

export const shownMessage = (cloud: Cloud, message: Message): ShownMessage => {
  const replies = message.thread === undefined ? cloud.messages.replies(message.channel, message.ts) : [];
  const { channel, ts, thread, author, text, blocks, files, deleted } = message;
  return {
    channel,
    ts,
    thread,
    author,
    text,
    blocks,
    files,
    deleted,
    edited: message.edited !== undefined,
    onlyForYou: message.onlyFor !== undefined,
    replies: replies.length,
    lastReply: replies.at(-1)?.ts,
  };
};

export const messagesFor = (cloud: Cloud, user: string, channel: string, thread?: string): ShownMessage[] =>
  cloud.messages
    .list(channel, thread)
    .filter((m) => maySee(cloud, user, m))
    .map((m) => shownMessage(cloud, m));

const mentions = (message: Message, user: string): boolean =>
  message.text.includes(`<@${user}>`) || JSON.stringify(message.blocks ?? []).includes(`"user_id":"${user}"`);

/** Tells whether a channel has unread roots, or replies that mention the person. */
const isUnread = (cloud: Cloud, user: string, channel: string): boolean =>
  (cloud.channel(channel)?.members.includes(user) ?? false) &&
  (cloud.messages.hasUnread(user, channel) ||
    cloud.messages.unreadReplies(user, channel).some((m) => mentions(m, user)));

const shownChannels = (cloud: Cloud, user: string): ShownChannel[] =>
  cloud.channelsOf(user).map(({ id, name, kind, clearance, shared }) => ({
    id,
    name,
    kind,
    clearance,
    shared,
    unread: isUnread(cloud, user, id),
  }));

export const startFor = (cloud: Cloud, user: string, menu: Menu): Start => ({
  team: TEAM.name,
  bot: BOT.user,
  people: [...cloud.users.values()].map(({ id, name, role, bot, guest, deactivated }) => ({
    id,
    name,
    role,
    bot,
    guest,
    deactivated,
  })),
  channels: shownChannels(cloud, user),
  ...menu,
});

export const shownStack = (cloud: Cloud, user: string, tab: string): ShownView[] =>
  cloud.views.stack(user, tab).map(({ id, modal }) => ({
    id,
    title: modal.title.text,
    submit: modal.submit?.text,
    close: modal.close?.text ?? 'Cancel',
    blocks: modal.blocks,
  }));

/** Returns a change as events for one tab; none where it does not concern that tab. */
export const liveFor = (cloud: Cloud, user: string, tab: string, change: CloudEvent): Live[] => {
  switch (change.kind) {
    case 'message': {
      const { message } = change;
      if (!maySee(cloud, user, message)) return [];
      const { channel } = message;
      return [
        { kind: 'message', message: shownMessage(cloud, message) },
        { kind: 'unread', channel, unread: isUnread(cloud, user, channel) },
      ];
    }
    case 'gone': {
      const { message } = change;
      return maySee(cloud, user, message) ? [{ kind: 'gone', channel: message.channel, ts: message.ts }] : [];
    }
    case 'views':
      return change.user === user && change.tab === tab ? [{ kind: 'views', stack: shownStack(cloud, user, tab) }] : [];
    case 'home':
      return change.user === user ? [{ kind: 'home', blocks: cloud.views.home(user)?.home.blocks ?? [] }] : [];
    default: {
      const never: never = change;
      return never;
    }
  }
};
