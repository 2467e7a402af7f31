/** The place where a person acts: one activity in a conversation of theirs. */

import type { Logger } from '../../log.ts';
import type { TeamsDone } from '../page/teams/wire.ts';
import type { Activity } from './activities.ts';
import { TROUBLE } from './answers.ts';
import type { TeamsCloud } from './cloud.ts';
import type { Outbound, Sender } from './outbound.ts';

export interface Setting {
  cloud: TeamsCloud;
  outbound: Outbound;
  messageUrl: (conversation: string, activity: string) => string;
  logger: Logger;
}

export const GONE = 'This is no longer here.';

export interface Spot extends Sender {
  activity: Activity;
}

/** Finds an activity for a person; undefined where it is not theirs to see. */
export const spotOf = (
  { cloud }: Setting,
  { user: id, conversation: place, activity: message }: { user: string; conversation: string; activity: string },
): Spot | undefined => {
  const user = cloud.users.get(id);
  const conversation = cloud.conversation(place);
  const activity = cloud.activities.get(place, message);
  if (!user || !conversation || !activity || !cloud.isIn(conversation, id)) return undefined;
  const thread = conversation.kind === 'channel' ? (activity.thread ?? activity.id) : undefined;
  return { user, conversation, thread, activity };
};

/** Returns Teams' words, with the problems for the bot's developer. */
export const failed = ({ logger }: Setting, problems: string[]): TeamsDone => {
  logger.warn('playground.teams-answer-refused', { count: problems.length });
  return { error: `${TROUBLE} (${problems.slice(0, 3).join('; ')})` };
};
