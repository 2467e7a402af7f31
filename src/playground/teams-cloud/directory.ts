/** People and conversations of the sample tenant, made from the organisation file. */

import { createHash } from 'node:crypto';
import { clearanceChannelsIn, type Organisation } from '../../../flows/organisation.ts';
import { roleOf } from '../role.ts';

export const TENANT = { id: '00000000-0000-4000-8000-0000000000aa', name: 'Playground' };
const CLIENT_ID = '00000000-0000-4000-8000-0000000000bb';
export const BOT = { clientId: CLIENT_ID, id: `28:${CLIENT_ID}`, name: 'Clearthread' };

export interface TeamsUser {
  /** Entra object id. */
  id: string;
  /** `29:…`: this user's id for this bot. */
  mri: string;
  name: string;
  /** What they do here; empty: nothing is known. */
  role: string;
  email: string;
  /** `…#EXT#@…` of a guest. */
  userPrincipalName: string;
  guest: boolean;
  left: boolean;
  /** Has the app in the personal scope, so the bot can write to them. */
  hasApp: boolean;
}

export interface Conversation {
  id: string;
  name: string;
  kind: 'channel' | 'group' | 'personal';
  /** A deal can be started here. */
  clearance: boolean;
  /** Entra object ids; the bot is in all of them. */
  members: string[];
}

export interface SampleTenant {
  users: ReadonlyMap<string, TeamsUser>;
  conversations: ReadonlyMap<string, Conversation>;
}

export const GENERAL = '19:general@thread.tacv2';
const GROUP_CHAT = '19:samplegroup@thread.v2';

const opaque = (kind: string, id: string): string =>
  createHash('sha512').update(`playground ${kind} ${id}`).digest('base64url');

/** Returns the id of the chat between a person and the bot. */
export const personalId = (user: string): string => `a:1${opaque('chat', user)}`;

const userOf = (id: string, name: string, more: Partial<TeamsUser> = {}): TeamsUser => {
  const mailbox = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.');
  return {
    id,
    mri: `29:1${opaque('user', id)}`,
    name,
    role: '',
    email: `${mailbox}@playground.example`,
    userPrincipalName: `${mailbox}@playground.example`,
    guest: false,
    left: false,
    hasApp: true,
    ...more,
  };
};

/** A person besides the organisation's own. */
export const GUEST = '00000000-0000-4000-8000-0000000000c1';
export const LEAVER = '00000000-0000-4000-8000-0000000000c2';
export const COLLEAGUE = '00000000-0000-4000-8000-0000000000c3';

export const directoryOf = (organisation: Organisation): SampleTenant => {
  const staff = organisation.people.flatMap((person) => {
    const { teams, name, email } = person;
    const role = roleOf(organisation, person);
    return teams === undefined
      ? []
      : [userOf(teams, name, { role, ...(email === undefined ? {} : { email, userPrincipalName: email }) })];
  });
  const others = [
    userOf(GUEST, 'Sample guest', {
      email: 'sample.guest@partner.example',
      userPrincipalName: 'sample.guest_partner.example#EXT#@playground.example',
      guest: true,
    }),
    userOf(LEAVER, 'Sample leaver', { left: true }),
    userOf(COLLEAGUE, 'Sample colleague without the app', { hasApp: false }),
  ];
  const everybody = [...staff.map((u) => u.id), GUEST, COLLEAGUE];
  const conversation = (id: string, name: string, clearance = false): Conversation => ({
    id,
    name,
    kind: id.endsWith('@thread.v2') ? 'group' : 'channel',
    clearance,
    members: everybody,
  });
  const clearance = clearanceChannelsIn(organisation, 'teams').map(({ id, name }) =>
    conversation(id, name === id ? 'Deal clearance' : name, true),
  );
  const more = [conversation(GENERAL, 'General'), conversation(GROUP_CHAT, 'Sample group chat')].filter(
    ({ id }) => !clearance.some((c) => c.id === id),
  );
  const personal = [...staff, ...others].map(({ id }): Conversation => ({
    id: personalId(id),
    name: BOT.name,
    kind: 'personal',
    clearance: clearance.length > 0,
    members: [id],
  }));
  return {
    users: new Map([...staff, ...others].map((u) => [u.id, u])),
    conversations: new Map([...clearance, ...more, ...personal].map((c) => [c.id, c])),
  };
};
