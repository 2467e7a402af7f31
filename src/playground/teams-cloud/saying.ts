/** Handles what a person types. */

import type { TeamsDone } from '../page/teams/wire.ts';
import { TROUBLE } from './answers.ts';
import { BOT } from './directory.ts';
import { messageActivity } from './outbound.ts';
import { GONE, type Setting } from './spot.ts';

export interface Say {
  user: string;
  tab: string;
  conversation: string;
  thread?: string | undefined;
  text: string;
}

/** https://learn.microsoft.com/en-us/microsoftteams/limits-specifications-teams: a message is about 100 KB at most. */
const MOST_BYTES = 100_000;

const MENTION = new RegExp(`(?<![\\w@])@${BOT.name}(?!\\w)`, 'gi');

/** Writes typed text as Teams' client does: only a name behind an @ becomes a mention, and nothing becomes markup. */
export const typedText = (text: string): { text: string; mentioned: boolean } => {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const typed = safe.replaceAll(MENTION, `<at>${BOT.name}</at>`);
  return { text: typed, mentioned: typed !== safe };
};

export const say = async (setting: Setting, given: Say): Promise<TeamsDone> => {
  const { cloud, outbound, logger } = setting;
  const user = cloud.users.get(given.user);
  const conversation = cloud.conversation(given.conversation);
  if (!user || !conversation || !cloud.conversationsOf(user.id).includes(conversation)) {
    return { error: 'You are not in this conversation.' };
  }
  const words = given.text.trim();
  if (words === '') return {};
  const root = given.thread === undefined ? undefined : cloud.activities.get(conversation.id, given.thread);
  const misplaced = root?.thread !== undefined || conversation.kind !== 'channel';
  if (given.thread !== undefined && (!root || misplaced)) return { error: GONE };
  const { text, mentioned } = typedText(words);
  if (Buffer.byteLength(text) > MOST_BYTES) return { error: 'This message is too long. Please make it shorter.' };
  const { id } = cloud.post({ conversation: conversation.id, author: user.id, text: words, thread: root?.id });
  // A bot receives only messages addressed to it.
  if (conversation.kind !== 'personal' && !mentioned) return {};
  const thread = conversation.kind === 'channel' ? (root?.id ?? id) : undefined;
  const sent = await outbound.send(messageActivity({ user, conversation, thread }, { id, text, mentioned }));
  if (sent.ok) return {};
  logger.warn('playground.teams-undelivered', { code: sent.why });
  return { error: TROUBLE };
};
