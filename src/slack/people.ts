/** Finds the person of a Slack user id, and a channel's kind. A Slack id binds a person, an e-mail address never. */

import type { WebClient } from '@slack/web-api';
import { type Organisation, type Person, helperIn } from '../../flows/organisation.ts';
import { cached } from '../edge/cache.ts';
import { slackCode } from './faults.ts';

export type Who =
  | { kind: 'known'; person: Person }
  | { kind: 'refused'; why: 'unknown' | 'guest' | 'deactivated' | 'foreign' };

export interface ChannelStanding {
  /** Shared with another organisation. Undefined where Slack does not let the bot see the channel. */
  shared: boolean | undefined;
  botIsMember: boolean | undefined;
  /** Everybody in the workspace can read it. */
  isPublic?: boolean | undefined;
}

export interface Directory {
  /** Throws the Web API client's error when Slack does not answer. */
  who(user: string): Promise<Who>;
  /** Throws the Web API client's error when Slack does not answer. */
  channel(channel: string): Promise<ChannelStanding>;
  /**
   * Tells whether another organisation reads the channel, asked at most once a minute. False where Slack does not let
   * the bot see it. While Slack does not answer, what it said last is believed for five minutes; then its client's error
   * is thrown.
   */
  isShared(channel: string): Promise<boolean>;
  /** Finds a person by the organisation file alone. Undefined too where two people claim the same id. */
  personOf(user: string): Person | undefined;
  /** Names somebody from compliance who can help. */
  helper(): string;
}

const SHARED_KEEP_MS = 60_000;
const SHARED_BELIEVE_MS = 5 * 60_000;
/** A private channel that the bot is not in does not exist for it. */
const NOT_FOUND = 'channel_not_found';
const NOT_SAID = new Set(['missing_scope', 'method_not_supported_for_channel_type']);

export const createDirectory = (
  client: WebClient,
  organisation: () => Organisation,
  clock: () => Date,
  team: () => string | undefined,
): Directory => {
  const standingOf = async (user: string): Promise<'member' | 'guest' | 'deactivated' | 'foreign'> => {
    try {
      const { user: found } = await client.users.info({ user });
      if (!found || found.deleted) return 'deactivated';
      if (found.is_restricted || found.is_ultra_restricted) return 'guest';
      if (found.is_stranger || found.is_bot || (found.team_id !== undefined && found.team_id !== team()))
        return 'foreign';
      return 'member';
    } catch (error) {
      if (slackCode(error) === 'user_not_found') return 'deactivated';
      throw error;
    }
  };
  const channelStanding = async (channel: string): Promise<ChannelStanding> => {
    try {
      const { channel: found } = await client.conversations.info({ channel });
      return {
        shared: Boolean(found?.is_ext_shared) || Boolean(found?.is_pending_ext_shared),
        // Slack omits it for some private channels, and shows those to their members only.
        botIsMember: found?.is_member !== false,
        isPublic: found?.is_private === false && found.is_im !== true,
      };
    } catch (error) {
      const code = slackCode(error);
      if (code === NOT_FOUND) return { shared: undefined, botIsMember: false };
      if (NOT_SAID.has(code)) return { shared: undefined, botIsMember: undefined };
      throw error;
    }
  };
  const key = (id: string): string => id;
  const standing = cached(standingOf, { key, clock });
  const standingOfChannel = cached(channelStanding, {
    key,
    clock,
    // A person who was told to invite the bot does so now, and tries again at once.
    keep: ({ botIsMember }) => botIsMember !== false,
  });

  const sharedNow = cached(channelStanding, { key, clock, keepMs: SHARED_KEEP_MS, believeMs: SHARED_BELIEVE_MS });

  const personOf = (user: string): Person | undefined => {
    const [person, ...others] = organisation().people.filter((p) => p.slack === user);
    return others.length === 0 ? person : undefined;
  };

  return {
    personOf,
    who: async (user) => {
      const person = personOf(user);
      if (!person) return { kind: 'refused', why: 'unknown' };
      const found = await standing(user);
      return found === 'member' ? { kind: 'known', person } : { kind: 'refused', why: found };
    },
    // A conversation between two people is none of the bot's; its words there go back in the answer.
    channel: async (channel) =>
      channel.startsWith('D') ? { shared: false, botIsMember: undefined } : standingOfChannel(channel),
    isShared: async (channel) => (await sharedNow(channel)).shared === true,
    helper: () => helperIn(organisation()),
  };
};
