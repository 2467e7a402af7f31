/** Finds the address for a message to a place, or to somebody who never wrote to the bot. */

import type { PersonId } from '../../flows/ids.ts';
import { clearanceChannelsIn, person, type Organisation } from '../../flows/organisation.ts';
import { DeliveryFault, UNREACHABLE } from '../outbox/delivery.ts';
import type { Connector } from './connector.ts';
import type { Conversations } from './conversations.ts';
import { isShutOut, teamsStatus } from './faults.ts';
import type { TeamsMode } from './mode.ts';
import { mayBeCalled } from './verify.ts';

/** The address that a call to the Bot Connector needs. */
export interface Address {
  serviceUrl: string;
  /** A thread has `;messageid=` at its end. */
  conversation: string;
}

export interface TeamsPlace {
  serviceUrl: string;
  tenant: string;
  /** A team's channel: replies go under their root. */
  threads: boolean;
}

export interface Addresses {
  place(channel: string): Promise<TeamsPlace>;
  /** Finds the chat of their account with the bot, if it was ever seen. `account`: another one that is or was theirs. */
  known(id: PersonId, account?: string): Promise<Address | undefined>;
  /** Opens their chat with the bot and keeps it. Throws UNREACHABLE where the bot is not installed for them. */
  open(id: PersonId, near: string, account?: string): Promise<Address>;
}

interface AddressesOptions {
  connector: Pick<Connector, 'createPersonal' | 'member'>;
  conversations: Conversations;
  mode: TeamsMode;
  organisation: () => Organisation;
}

/** A team's conversation; a chat's ends in `@thread.v2`. For places from which nobody has written yet. */
const IN_A_TEAM = /@thread\.(?:tacv2|skype)$/;

export const createAddresses = ({ connector, conversations, mode, organisation }: AddressesOptions): Addresses => {
  /** Checks a kept address: one from an older list of hosts gets no token any more. */
  const allowed = (serviceUrl: string): string => (mayBeCalled(serviceUrl, mode) ? serviceUrl : mode.serviceUrl);

  const place = async (channel: string): Promise<TeamsPlace> => {
    const known = await conversations.channel(channel);
    return {
      serviceUrl: allowed(known?.serviceUrl ?? mode.serviceUrl),
      tenant: known?.tenant ?? mode.tenantId,
      threads: known ? known.kind === 'channel' : IN_A_TEAM.test(channel),
    };
  };

  /** Finds a service address. All of a tenant's conversations share one; any known channel of ours has it. */
  const addressNear = async (channel: string): Promise<string> => {
    const channels = [channel, ...clearanceChannelsIn(organisation(), 'teams').map(({ id }) => id)];
    for (const id of channels) {
      const known = await conversations.channel(id);
      if (known?.tenant.toLowerCase() === mode.tenantId.toLowerCase()) return allowed(known.serviceUrl);
    }
    return mode.serviceUrl;
  };

  return {
    place,
    known: async (id, account) => {
      const who = account === undefined ? person(organisation(), id) : { id, teams: account };
      const ref = who && (await conversations.personal(who));
      return ref && { serviceUrl: allowed(ref.serviceUrl), conversation: ref.conversation };
    },
    open: async (id, near, at) => {
      const theirs = person(organisation(), id)?.teams;
      const account = at ?? theirs;
      if (account === undefined) throw new DeliveryFault(UNREACHABLE, undefined);
      const serviceUrl = await addressNear(near);
      const tenant = mode.tenantId;
      try {
        const { conversation } = await connector.createPersonal(serviceUrl, {
          user: account,
          tenant,
          botId: `28:${mode.clientId}`,
        });
        const member = await connector.member(serviceUrl, conversation, account);
        if (!member) throw new DeliveryFault(UNREACHABLE, undefined);
        if (account === theirs)
          await conversations.savePersonal(id, { account, serviceUrl, conversation, user: member.id, tenant });
        return { serviceUrl, conversation };
      } catch (error) {
        if (teamsStatus(error) !== 404 && !isShutOut(error)) throw error;
        throw new DeliveryFault(UNREACHABLE, undefined, { cause: error });
      }
    },
  };
};
