/** Finds the person of an account. An Entra object id binds a person, an e-mail address never: it only raises doubt. */

import { type Organisation, type Person, helperIn } from '../../flows/organisation.ts';
import { cached } from '../edge/cache.ts';
import { inTime } from '../edge/deadline.ts';
import type { AccountRefusal } from '../edge/refusals.ts';
import type { Connector, TeamsMember } from './connector.ts';
import { plainConversation } from './conversations.ts';
import { isShutOut } from './faults.ts';
import type { TeamsAct } from './payloads.ts';

export type Who = { kind: 'known'; person: Person } | ({ kind: 'refused' } & Pick<AccountRefusal, 'why' | 'looksLike'>);

type Asking = Pick<TeamsAct, 'account' | 'user' | 'conversation' | 'serviceUrl'>;

export interface Directory {
  /** Throws the connector's error when Teams does not answer. */
  who(act: Asking): Promise<Who>;
  /** Tells whether both the bot and the actor are in that channel. Throws the connector's error. */
  bothIn(channel: string, act: Pick<TeamsAct, 'user' | 'serviceUrl'>): Promise<boolean>;
  /** Finds a person by the organisation file alone. Undefined too where two people claim the same account. */
  personOf(account: string): Person | undefined;
  /** Names somebody from compliance who can help. */
  helper(): string;
}

export interface DirectoryOptions {
  connector: Pick<Connector, 'member'>;
  organisation: () => Organisation;
  /** Tenants whose people may work here. */
  tenants: readonly string[];
  clock: () => Date;
}

const HINT_MS = 1000;

/** Guests carry it in their user principal name: https://learn.microsoft.com/entra/external-id/user-properties */
const GUEST = /#ext#/i;
const same = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && a !== '' && a.toLowerCase() === b?.toLowerCase();

export const createDirectory = ({ connector, organisation, tenants, clock }: DirectoryOptions): Directory => {
  const memberOf = cached<Asking, TeamsMember | undefined>(
    (act) => connector.member(act.serviceUrl, plainConversation(act.conversation), act.user),
    {
      key: (act) => `${act.user} ${plainConversation(act.conversation)}`,
      clock,
      // A person who was told that they are no member may be added now.
      keep: (member) => member !== undefined,
    },
  );

  const claiming = (account: string): Person[] => organisation().people.filter((p) => same(p.teams, account));

  const standing = (member: TeamsMember | undefined): AccountRefusal['why'] | undefined => {
    if (!member) return 'deactivated';
    const role = member.userRole?.toLowerCase();
    if (GUEST.test(member.userPrincipalName ?? '') || role === 'guest' || role === 'anonymous') return 'guest';
    const { tenantId } = member;
    return tenantId === undefined || tenants.some((id) => same(id, tenantId)) ? undefined : 'foreign';
  };

  /** Finds somebody else in the file who has this account's address. */
  const namesake = (member: TeamsMember | undefined, but?: Person): Person | undefined =>
    organisation().people.find(
      (p) => p.id !== but?.id && (same(p.email, member?.email) || same(p.email, member?.userPrincipalName)),
    );

  return {
    personOf: (account) => {
      const [person, ...others] = claiming(account);
      return others.length === 0 ? person : undefined;
    },
    who: async (act) => {
      const [person, ...others] = act.account === undefined ? [] : claiming(act.account);
      if (!person) {
        // Only a hint for people who link accounts: the person must not wait for it.
        const asked = memberOf(act).catch(() => undefined);
        const member = await inTime(asked, HINT_MS);
        return { kind: 'refused', why: 'unknown', looksLike: member === 'late' ? undefined : namesake(member)?.id };
      }
      if (others.length > 0) return { kind: 'refused', why: 'ambiguous' };
      const member = await memberOf(act);
      const why = standing(member);
      if (why) return { kind: 'refused', why };
      const other = namesake(member, person);
      if (other) return { kind: 'refused', why: 'ambiguous', looksLike: other.id };
      // Teams does not confirm that the acting id is this account's.
      if (!same(member?.aadObjectId, act.account)) return { kind: 'refused', why: 'ambiguous' };
      return { kind: 'known', person };
    },
    // Not remembered: a person who is told to add the bot there does so now, and tries again at once.
    bothIn: async (channel, { user, serviceUrl }) => {
      try {
        return (await connector.member(serviceUrl, channel, user)) !== undefined;
      } catch (error) {
        if (isShutOut(error)) return false;
        throw error;
      }
    },
    helper: () => helperIn(organisation()),
  };
};
