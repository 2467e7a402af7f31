/** The chats that Clearthread speaks, each spelled once: the names people read, how one talks to the bot, whose an id is. */
interface ChatFacts {
  /** As people call it. */
  name: string;
  /** In full, where somebody is sent to it. */
  fullName: string;
  /** The shape of its conversations' ids. No id fits two chats. */
  conversation: RegExp;
  /** How words reach the bot in a channel: with a slash command of the deployment's, or by a mention. */
  words: 'command' | 'mention';
  /** What people can mend who were not reached there; undefined: nothing that is in their hands. */
  install: string | undefined;
}

export const CHATS = {
  slack: {
    name: 'Slack',
    fullName: 'Slack',
    conversation: /^[A-Z0-9]+$/,
    words: 'command',
    install: undefined,
  },
  teams: {
    name: 'Teams',
    fullName: 'Microsoft Teams',
    conversation: /^(?:19|a):/,
    words: 'mention',
    install: 'Ask them to install Clearthread in Teams, or tell them yourself.',
  },
} as const satisfies Record<string, ChatFacts>;

/** Stored with deals, and written in files and settings. */
export type Chat = keyof typeof CHATS;

/** In the order in which they are tried and listed. */
export const ALL_CHATS = Object.keys(CHATS) as [Chat, ...Chat[]];

/** Undefined for an id of no known chat. */
export const chatWith = (conversation: string): Chat | undefined =>
  ALL_CHATS.find((chat) => CHATS[chat].conversation.test(conversation));

/** Throws for an id of no known chat: edges and files let none in. */
export const chatOf = (conversation: string): Chat => {
  const chat = chatWith(conversation);
  if (chat === undefined) throw new Error('a conversation of no known chat');
  return chat;
};
