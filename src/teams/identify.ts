/** Identifies the actor, or says in words why the act is refused. */

import type { PersonId } from '../../flows/ids.ts';
import type { Identified } from '../edge/edge.ts';
import type { AccountRefusal } from '../edge/refusals.ts';
import type { Logger } from '../log.ts';
import type { Conversations } from './conversations.ts';
import { isShutOut, teamsCode } from './faults.ts';
import type { TeamsAct } from './payloads.ts';
import type { Directory, Who } from './people.ts';
import { ambiguous, FOREIGN, GUEST, LEFT, NOT_HERE, notChecked, notKnown, SHARED } from './words.ts';

export interface IdentifyOptions {
  directory: Directory;
  conversations: Pick<Conversations, 'learn'>;
  logger: Logger;
}

/**
 * Learns an activity's data on its conversation. `person`: only once Teams confirmed that they are in it. Never throws.
 */
export const createLearning =
  ({ conversations, logger }: Pick<IdentifyOptions, 'conversations' | 'logger'>) =>
  async (act: Omit<TeamsAct, 'kind'>, person: PersonId | undefined, trace: string): Promise<void> => {
    const { account, user: userId, serviceUrl, conversation, place: kind, tenant } = act;
    try {
      const code = await conversations.learn({ person, account, userId, serviceUrl, conversation, kind, tenant });
      if (code !== undefined) logger.warn('teams.not-learnt', { trace, code });
    } catch (error) {
      // The next activity brings it again.
      logger.warn('teams.not-learnt', { trace, error });
    }
  };

export const createIdentify = (options: IdentifyOptions) => {
  const { directory } = options;
  const learn = createLearning(options);

  const wordsFor = (why: AccountRefusal['why'], account: string | undefined): string => {
    switch (why) {
      case 'unknown':
        return notKnown(account, directory.helper());
      case 'ambiguous':
        return ambiguous(directory.helper());
      case 'guest':
        return GUEST;
      case 'deactivated':
        return LEFT;
      case 'foreign':
        return FOREIGN;
      default: {
        const never: never = why;
        return never;
      }
    }
  };

  const refuse = (code: string, words: string): Identified => ({ kind: 'refused', code, words });

  return async (act: TeamsAct, trace: string): Promise<Identified> => {
    let who: Who;
    try {
      who = await directory.who(act);
    } catch (error) {
      // A message action works where nobody added the bot.
      if (isShutOut(error)) return refuse('bot-not-here', NOT_HERE);
      return refuse(teamsCode(error), notChecked(trace));
    }
    if (who.kind === 'refused') {
      const { why, looksLike } = who;
      const account = { account: act.account ?? act.user, why, looksLike };
      return { kind: 'refused', code: why, words: wordsFor(why, act.account), account };
    }
    if (act.shared) return refuse('shared-channel', SHARED);
    await learn(act, who.person.id, trace);
    return { kind: 'known', person: who.person.id };
  };
};
