/** Identifies the actor and the place, or says in words why the act is refused. */

import type { Identified } from '../edge/edge.ts';
import type { SlackAct } from './payloads.ts';
import type { ChannelStanding, Directory } from './people.ts';
import { DEACTIVATED, FOREIGN, GUEST, notKnown, SHARED } from './words.ts';

export interface IdentifyOptions {
  directory: Directory;
  /** The workspace that the bot is installed in. */
  team: () => string | undefined;
}

export const createIdentify = ({ directory, team }: IdentifyOptions) => {
  /** The place of a view was checked when the view was opened. An event states it, and reaches members only. */
  const standingAt = async (act: SlackAct): Promise<Partial<ChannelStanding>> => {
    if (!('where' in act)) return {};
    const { shared, channel } = act.where;
    return shared === undefined ? directory.channel(channel) : { shared };
  };

  /** Identifies an act. Throws the Web API client's error when Slack does not answer. */
  return async (act: SlackAct): Promise<Identified> => {
    const refuse = (code: string, words: string): Extract<Identified, { kind: 'refused' }> => {
      const channel = 'where' in act ? act.where.channel : undefined;
      return { kind: 'refused', code, words, channel };
    };
    const turnAway = (why: 'unknown' | 'guest' | 'deactivated' | 'foreign', words: string): Identified => ({
      ...refuse(why, words),
      // Whoever opens a page has not tried to do anything yet.
      ...(act.kind === 'home' ? {} : { account: { account: act.user, why } }),
    });
    if (act.team !== team() || (act.userTeam !== undefined && act.userTeam !== team())) {
      return turnAway('foreign', FOREIGN);
    }
    const [who, place] = await Promise.all([directory.who(act.user), standingAt(act)]);
    if (who.kind === 'refused') {
      const words = {
        unknown: notKnown(act.user, directory.helper()),
        guest: GUEST,
        deactivated: DEACTIVATED,
        foreign: FOREIGN,
      };
      return turnAway(who.why, words[who.why]);
    }
    return place.shared ? refuse('shared-channel', SHARED) : { kind: 'known', person: who.person.id, place };
  };
};
