/**
 * The Bot Connector, through the SDK's clients: one for each `serviceUrl`, no retries, a deadline for every call.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */

import { Client, type CreateConversationParams } from '@microsoft/teams.api';
import { z } from 'zod';
import { inTime } from '../edge/deadline.ts';
import type { Logger } from '../log.ts';
import { DeliveryFault } from '../outbox/delivery.ts';
import type { TeamsActivity } from './activity.ts';
import { callFault, MEND_MS, teamsCode, teamsStatus } from './faults.ts';

export interface TeamsMember {
  /** `29:…` */
  id: string;
  aadObjectId?: string | undefined;
  name?: string | undefined;
  email?: string | undefined;
  userPrincipalName?: string | undefined;
  tenantId?: string | undefined;
  /** `user`, `guest`, `anonymous`, … */
  userRole?: string | undefined;
}

/**
 * Ids are passed as they are and never change the path. Failures are thrown: `teamsCode`, `deliveryFault` read them.
 */
export interface Connector {
  /** Posts an activity; into a thread where `conversation` ends in `;messageid=`. Not idempotent. */
  post(serviceUrl: string, conversation: string, activity: TeamsActivity): Promise<{ id: string }>;
  update(serviceUrl: string, conversation: string, id: string, activity: TeamsActivity): Promise<void>;
  /** Opens the bot's own chat with a person, the same one every time. `user`: Entra object id or `29:…`. */
  createPersonal(
    serviceUrl: string,
    who: { user: string; tenant: string; botId: string },
  ): Promise<{ conversation: string }>;
  /** Finds a member. Undefined: there is none such (any more). `user`: Entra object id or `29:…`. */
  member(serviceUrl: string, conversation: string, user: string): Promise<TeamsMember | undefined>;
}

export interface ConnectorOptions {
  token: () => Promise<string>;
  timeoutMs: number;
  logger: Logger;
}

/** The regions of one company, with room to spare. */
const MOST_CLIENTS = 50;
const MOST_BYTES = 1_000_000;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)[:/]/;

const words = z.string().max(1000).nullish();
const created = z.object({ id: z.string().min(1).max(1000) });
const member = z.object({
  id: z.string().min(1).max(500),
  aadObjectId: words,
  name: words,
  email: words,
  userPrincipalName: words,
  tenantId: words,
  userRole: words,
});

/** Checks an id, which the SDK puts into the path unchanged. Throws DeliveryFault for one that would lead elsewhere. */
const segment = (id: string): string => {
  // Segments of dots alone are not encoded, and climb the path.
  if (/^\.{0,2}$|\p{Surrogate}/u.test(id)) throw new DeliveryFault('not_an_id', undefined);
  return encodeURIComponent(id);
};

/** Removes the slash that Teams puts at the end. */
const base = (serviceUrl: string): string => {
  const { origin, pathname } = new URL(serviceUrl);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
};

export const createConnector = ({ token, timeoutMs, logger }: ConnectorOptions): Connector => {
  const clients = new Map<string, Client>();

  const tokenInTime = async (): Promise<string> => {
    const asked = token().then((value) => ({ value }));
    const found = await inTime(asked, timeoutMs).catch((cause: unknown) => {
      throw new DeliveryFault('no_token', MEND_MS, { cause });
    });
    if (found === 'late') throw new DeliveryFault('no_token', MEND_MS);
    return found.value;
  };

  const clientFor = (serviceUrl: string): Client => {
    const url = base(serviceUrl);
    const known = clients.get(url);
    if (known) return known;
    const client = new Client(url, {
      token: tokenInTime,
      interceptors: [
        {
          request: ({ config }) => ({
            ...config,
            // axios' own timeout restarts with every byte.
            signal: AbortSignal.timeout(timeoutMs),
            maxContentLength: MOST_BYTES,
            // The token is for this host alone.
            maxRedirects: 0,
            // A proxy cannot reach this machine's loopback.
            ...(LOOPBACK.test(config.url ?? '') ? { proxy: false } : {}),
          }),
        },
      ],
    });
    if (clients.size >= MOST_CLIENTS) clients.clear();
    clients.set(url, client);
    return client;
  };

  /** `what` is the answer of a call, not parsed yet. */
  const call = async (
    serviceUrl: string,
    what: (of: Client['conversations']) => Promise<unknown>,
  ): Promise<unknown> => {
    try {
      return await what(clientFor(serviceUrl).conversations);
    } catch (error) {
      throw callFault(error);
    }
  };

  const parsed = <Answer>(schema: z.ZodType<Answer>, answer: unknown): Answer => {
    const read = schema.safeParse(answer);
    // It may have been done: an automatic retry could post it twice.
    if (!read.success) throw new DeliveryFault('answer_not_understood', undefined);
    return read.data;
  };

  return {
    post: async (serviceUrl, conversation, activity) => {
      const answer = await call(serviceUrl, (of) => of.createActivity(segment(conversation), activity));
      return { id: parsed(created, answer).id };
    },
    update: async (serviceUrl, conversation, id, activity) => {
      await call(serviceUrl, (of) => of.updateActivity(segment(conversation), segment(id), activity));
    },
    createPersonal: async (serviceUrl, { user, tenant, botId }) => {
      const wanted: CreateConversationParams = {
        isGroup: false,
        bot: { id: botId },
        members: [{ id: user, role: 'user' }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      };
      const answer = await call(serviceUrl, (of) => of.create(wanted));
      return { conversation: parsed(created, answer).id };
    },
    member: async (serviceUrl, conversation, user) => {
      try {
        const answer = await call(serviceUrl, (of) => of.getMemberById(segment(conversation), segment(user)));
        const { id, ...rest } = parsed(member, answer);
        const known = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
        return { id, ...Object.fromEntries(known) };
      } catch (error) {
        if (teamsStatus(error) !== 404) throw error;
        logger.info('teams.no-such-member', { code: teamsCode(error) });
        return undefined;
      }
    },
  };
};
