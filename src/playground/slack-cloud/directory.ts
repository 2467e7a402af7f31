/** People and channels of the sample workspace, made from the organisation file. */

import { clearanceChannelsIn, type Organisation } from '../../../flows/organisation.ts';
import { roleOf } from '../role.ts';

export const TEAM = { id: 'T0PLAYGROUND', name: 'Playground', domain: 'playground' };
export const BOT = { user: 'U0CLEARTHRD', bot: 'B0CLEARTHRD', app: 'A0CLEARTHRD', name: 'Clearthread' };

export interface User {
  id: string;
  name: string;
  /** What they do here; empty: nothing is known. */
  role: string;
  email: string | undefined;
  timeZone: string;
  bot: boolean;
  guest: boolean;
  deactivated: boolean;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'channel' | 'dm';
  members: string[];
  clearance: boolean;
  shared: boolean;
  archived: boolean;
}

export interface SampleWorkspace {
  users: ReadonlyMap<string, User>;
  channels: ReadonlyMap<string, Channel>;
}

/** A channel to which nobody has invited the bot yet. */
const NO_BOT = 'C0NOBOT00001';

const person = (id: string, name: string, more: Partial<User> = {}): User => ({
  id,
  name,
  role: '',
  email: undefined,
  timeZone: 'Europe/Amsterdam',
  bot: false,
  guest: false,
  deactivated: false,
  ...more,
});

export const directoryOf = (organisation: Organisation): SampleWorkspace => {
  const staff = organisation.people.flatMap((p) =>
    p.slack === undefined
      ? []
      : [
          person(p.slack, p.name, {
            role: roleOf(organisation, p),
            email: p.email,
            ...(p.timeZone && { timeZone: p.timeZone }),
          }),
        ],
  );
  const guest = person('U0SAMPLEGST1', 'Sample guest', { guest: true });
  const left = person('U0SAMPLELEFT', 'Sample leaver', { deactivated: true });
  const bot = person(BOT.user, BOT.name, { bot: true });
  const everybody = staff.map((u) => u.id);
  const channel = (id: string, name: string, more: Partial<Channel> = {}): Channel => ({
    id,
    name,
    kind: 'channel',
    members: [...everybody, BOT.user],
    clearance: false,
    shared: false,
    archived: false,
    ...more,
  });
  const listed = clearanceChannelsIn(organisation, 'slack');
  const clearance = listed.map(({ id, name }, n) =>
    id === NO_BOT
      ? channel(id, 'no-bot', { members: [...everybody], clearance: true })
      : channel(id, name === id ? `deal-clearance${n === 0 ? '' : `-${n + 1}`}` : name, {
          members: [...everybody, guest.id, BOT.user],
          clearance: true,
        }),
  );
  const others = [
    channel('C0GENERAL001', 'general', { members: [...everybody, guest.id, BOT.user] }),
    channel(NO_BOT, 'no-bot', { members: [...everybody] }),
    channel('C0SHARED0001', 'partners', { shared: true }),
    channel('C0ARCHIVED01', 'archived-deals', { archived: true }),
  ].filter((c) => !listed.some(({ id }) => id === c.id));
  return {
    users: new Map([...staff, guest, left, bot].map((u) => [u.id, u])),
    channels: new Map([...clearance, ...others].map((c) => [c.id, c])),
  };
};

export const dmId = (user: string): string => `D${user.slice(1)}`;

export const dmChannel = (user: User): Channel => ({
  id: dmId(user.id),
  name: BOT.name,
  kind: 'dm',
  members: [user.id, BOT.user],
  clearance: false,
  shared: false,
  archived: false,
});
