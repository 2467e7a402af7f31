import { z } from 'zod';
import { ApiRefusal, channelFor, count, flag, personFor, read, userFor, type Call } from './api-arguments.ts';
import { BOT, TEAM, type Channel, type User } from './directory.ts';

export const authTest = ({ baseUrl }: Call): object => ({
  url: `${baseUrl}/`,
  team: TEAM.name,
  user: 'clearthread',
  team_id: TEAM.id,
  user_id: BOT.user,
  bot_id: BOT.bot,
  is_enterprise_install: false,
});

export const botsInfo = (): object => ({
  bot: { id: BOT.bot, deleted: false, name: BOT.name, app_id: BOT.app, user_id: BOT.user },
});

const apiUser = (user: User): object => ({
  id: user.id,
  team_id: TEAM.id,
  name: user.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.'),
  real_name: user.name,
  deleted: user.deactivated,
  tz: user.timeZone,
  is_bot: user.bot,
  is_restricted: user.guest,
  is_ultra_restricted: false,
  is_app_user: false,
  profile: { real_name: user.name, display_name: user.name, ...(user.email && { email: user.email }) },
});

export const usersInfo = (call: Call): object => ({
  user: apiUser(userFor(call, read(z.object({ user: z.string() }), call).user)),
});

/** Returns a page. The cursor is the position of the next item. */
const pageOf = <T>(all: T[], { limit = 100, cursor }: { limit?: number | undefined; cursor?: string | undefined }) => {
  const from = Number(cursor ?? 0) || 0;
  return {
    items: all.slice(from, from + limit),
    response_metadata: { next_cursor: from + limit < all.length ? String(from + limit) : '' },
  };
};
const paging = { limit: count, cursor: z.string().optional() };

export const usersList = (call: Call): object => {
  const { items, response_metadata } = pageOf([...call.cloud.users.values()], read(z.object(paging), call));
  return { members: items.map(apiUser), response_metadata };
};

const apiChannel = (channel: Channel): object => ({
  id: channel.id,
  ...(channel.kind === 'dm'
    ? { user: channel.members.find((m) => m !== BOT.user), is_im: true, is_open: true }
    : { name: channel.name, name_normalized: channel.name, is_channel: true, is_im: false }),
  is_group: false,
  is_mpim: false,
  is_private: channel.kind !== 'dm',
  is_archived: channel.archived,
  is_member: channel.members.includes(BOT.user),
  is_ext_shared: channel.shared,
  is_org_shared: false,
  is_shared: channel.shared,
});

export const conversationsInfo = (call: Call): object => ({
  channel: apiChannel(channelFor(call, read(z.object({ channel: z.string() }), call).channel)),
});

export const conversationsMembers = (call: Call): object => {
  const args = read(z.object({ channel: z.string(), ...paging }), call);
  const { items, response_metadata } = pageOf(channelFor(call, args.channel).members, args);
  return { members: items, response_metadata };
};

export const conversationsOpen = (call: Call): object => {
  const args = read(z.object({ users: z.string().optional(), channel: z.string().optional(), return_im: flag }), call);
  if (args.channel !== undefined) return { channel: apiChannel(channelFor(call, args.channel)) };
  const ids = (args.users ?? '').split(',').filter((id) => id !== '');
  const [id] = ids;
  if (id === undefined) throw new ApiRefusal('users_list_not_supplied');
  // Group messages are not part of the sample workspace.
  if (ids.length > 1) throw new ApiRefusal('not_enough_users');
  return { channel: apiChannel(call.cloud.openDm(personFor(call, id))) };
};

export const conversationsJoin = (call: Call): object => {
  const channel = channelFor(call, read(z.object({ channel: z.string() }), call).channel);
  if (channel.archived) throw new ApiRefusal('is_archived');
  if (channel.kind === 'dm') throw new ApiRefusal('method_not_supported_for_channel_type');
  // The sample #no-bot exists to be without the bot.
  if (!channel.members.includes(BOT.user)) throw new ApiRefusal('missing_scope');
  return { channel: apiChannel(channel), warning: 'already_in_channel' };
};
