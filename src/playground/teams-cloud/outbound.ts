/** Calls from the cloud to the bot: signed as Microsoft signs, with Teams' deadline. */

import { randomUUID } from 'node:crypto';
import { BOT, GENERAL, TENANT, type Conversation, type TeamsUser } from './directory.ts';
import type { Tokens } from './tokens.ts';

/** Teams repeats an activity that was not answered after this long. */
export const DEADLINE_MS = 15_000;

export type TeamsAnswer =
  | { ok: true; body: string }
  | { ok: false; why: 'timeout' | 'http_error' | 'connection_failed'; status?: number | undefined };

export interface Outbound {
  /** Sends an activity, and once more with the same id when no answer comes in time. */
  send(activity: object): Promise<TeamsAnswer>;
}

export interface OutboundOptions {
  teamsUrl: () => string;
  serviceUrl: () => string;
  deadlineMs: number;
}

export const createOutbound = (tokens: Tokens, options: OutboundOptions): Outbound => {
  const once = async (body: string): Promise<TeamsAnswer> => {
    try {
      const response = await fetch(options.teamsUrl(), {
        method: 'POST',
        body,
        headers: {
          authorization: `Bearer ${tokens.service(options.serviceUrl())}`,
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0; playground)',
        },
        signal: AbortSignal.timeout(options.deadlineMs),
        redirect: 'manual',
      });
      const text = await response.text();
      return response.status >= 200 && response.status < 300
        ? { ok: true, body: text }
        : { ok: false, why: 'http_error', status: response.status };
    } catch (error) {
      const late = error instanceof DOMException && error.name === 'TimeoutError';
      return { ok: false, why: late ? 'timeout' : 'connection_failed' };
    }
  };
  return {
    send: async (activity) => {
      const body = JSON.stringify({
        ...activity,
        timestamp: new Date().toISOString(),
        serviceUrl: options.serviceUrl(),
      });
      const first = await once(body);
      return first.ok || first.why !== 'timeout' ? first : once(body);
    },
  };
};

export interface Sender {
  user: TeamsUser;
  conversation: Conversation;
  /** Root of the channel's thread in which it happens. */
  thread: string | undefined;
}

const conversationOf = ({ conversation: { id, kind, name }, thread }: Sender): object => {
  switch (kind) {
    case 'channel':
      // In a channel everything is in a thread, a new root in its own.
      return {
        id: thread === undefined ? id : `${id};messageid=${thread}`,
        conversationType: 'channel',
        isGroup: true,
        tenantId: TENANT.id,
      };
    case 'group':
      return { id, conversationType: 'groupChat', isGroup: true, tenantId: TENANT.id, name };
    case 'personal':
      return { id, conversationType: 'personal', tenantId: TENANT.id };
    default: {
      const never: never = kind;
      return never;
    }
  }
};

/** Members of every activity: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages */
const frameOf = (sender: Sender): object => ({
  channelId: 'msteams',
  from: { id: sender.user.mri, name: sender.user.name, aadObjectId: sender.user.id },
  conversation: conversationOf(sender),
  recipient: { id: BOT.id, name: BOT.name },
  locale: 'en-GB',
  localTimezone: 'Europe/Amsterdam',
  channelData: {
    tenant: { id: TENANT.id },
    ...(sender.conversation.kind === 'channel' && {
      teamsChannelId: sender.conversation.id,
      teamsTeamId: GENERAL,
      channel: { id: sender.conversation.id },
      team: { id: GENERAL },
    }),
  },
});

const CLIENT = { type: 'clientInfo', locale: 'en-GB', country: 'NL', platform: 'Web', timezone: 'Europe/Amsterdam' };

export interface MessageOf {
  id: string;
  text: string;
  mentioned: boolean;
}

export const messageActivity = (sender: Sender, { id, text, mentioned }: MessageOf): object => ({
  type: 'message',
  ...frameOf(sender),
  id,
  text,
  textFormat: 'plain',
  attachments: [{ contentType: 'text/html', content: `<p>${text}</p>` }],
  entities: [
    CLIENT,
    ...(mentioned
      ? [{ type: 'mention', mentioned: { id: BOT.id, name: BOT.name }, text: `<at>${BOT.name}</at>` }]
      : []),
  ],
});

/** Makes the message without words that an `Action.Submit` on a message sends. */
export const submitActivity = (sender: Sender, id: string, replyToId: string, value: object): object => ({
  type: 'message',
  ...frameOf(sender),
  id,
  replyToId,
  value,
  entities: [CLIENT],
});

export const invokeActivity = (sender: Sender, name: string, value: object, replyToId?: string): object => ({
  type: 'invoke',
  name,
  ...frameOf(sender),
  id: `f:${randomUUID()}`,
  ...(replyToId !== undefined && { replyToId }),
  value,
  entities: [CLIENT],
});
