/** The chats that Clearthread supports, each defined once: names for people, how to address the bot, shapes of ids. */

interface ChatFacts {
  /** The short name, as people use it. */
  name: string;
  /** The full name, for directions to somebody. */
  fullName: string;
  /** The shape of its conversations' ids. No id fits two chats. */
  conversation: RegExp;
  /** How people address the bot in a channel: with the deployment's slash command, or by a mention. */
  words: 'command' | 'mention';
  /** What people who were not reached there can do about it; undefined where nothing is in their hands. */
  install: string | undefined;
  /** Whether a bot can give a person a file with no more than the rights it has. */
  givesFiles: boolean;
  /** Whether somebody whom a card mentions is notified. */
  cardsNotify: boolean;
}

export const CHATS = {
  slack: {
    name: 'Slack',
    fullName: 'Slack',
    conversation: /^[A-Z0-9]+$/,
    words: 'command',
    install: undefined,
    givesFiles: true,
    cardsNotify: true,
  },
  teams: {
    name: 'Teams',
    fullName: 'Microsoft Teams',
    conversation: /^(?:19|a):/,
    words: 'mention',
    install: 'Ask them to install Clearthread in Teams, or tell them yourself.',
    givesFiles: false,
    cardsNotify: false,
  },
} as const satisfies Record<string, ChatFacts>;

/** A chat's key. Stored with deals, and written in files and settings. */
export type Chat = keyof typeof CHATS;

/** All chats, in the order in which they are tried and listed. */
export const ALL_CHATS = Object.keys(CHATS) as [Chat, ...Chat[]];

/** Returns the conversation's chat, or undefined for an id of no known chat. */
export const chatWith = (conversation: string): Chat | undefined =>
  ALL_CHATS.find((chat) => CHATS[chat].conversation.test(conversation));

/** Returns the conversation's chat. Throws for an id of no known chat: edges and files let none in. */
export const chatOf = (conversation: string): Chat => {
  const chat = chatWith(conversation);
  if (chat === undefined) throw new Error('a conversation of no known chat');
  return chat;
};
