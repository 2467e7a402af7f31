/** The data needed to write first to a person or a channel: learnt from incoming activities, kept in the store. */

import { z } from 'zod';
import type { PersonId } from '../../flows/ids.ts';
import type { Person } from '../../flows/organisation.ts';
import { StoreFault, type EventStore, type Json } from '../../store/event-store.ts';

const text = z.string().min(1);
/** Entra object id of the chat's owner. A person's account can be corrected, and then it is somebody else's chat. */
const account = text.toLowerCase();
const personalRef = z.object({
  account,
  serviceUrl: text,
  /** The personal chat with the bot, `a:…`. */
  conversation: text,
  /** The person's id there, `29:…`. */
  user: text,
  tenant: text,
});
const userRef = z.object({ account, user: text });
const channelRef = z.object({ serviceUrl: text, tenant: text, kind: z.enum(['channel', 'groupChat']) });

export type PersonalRef = z.infer<typeof personalRef>;
export type ChannelRef = z.infer<typeof channelRef>;
/** A person with their present account, `teams`. */
export type Holder = Pick<Person, 'id' | 'teams'>;
export type ConversationKind = 'personal' | 'groupChat' | 'channel';

export interface Learnt {
  /** Undefined for somebody whom the organisation file does not know, or who may not be in that conversation. */
  person?: PersonId | undefined;
  /** Entra object id. */
  account?: string | undefined;
  /** `29:…` */
  userId?: string | undefined;
  serviceUrl: string;
  /** With or without `;messageid=`. */
  conversation: string;
  kind: ConversationKind;
  tenant: string;
}

export interface Conversations {
  /**
   * Learns from an activity whose token was checked, and from no other. Writes when something is new. `other-tenant`:
   * that channel is known from another tenant, and stays so.
   */
  learn(from: Learnt): Promise<'other-tenant' | undefined>;
  /** Finds the chat; undefined where only the chat of a former account is known. */
  personal(of: Holder): Promise<PersonalRef | undefined>;
  savePersonal(person: PersonId, ref: PersonalRef): Promise<void>;
  /** Finds the `29:…` id of their account, known once they wrote or pressed anywhere with it. */
  userIdOf(of: Holder): Promise<string | undefined>;
  /** Finds a channel by its id without `;messageid=`. */
  channel(id: string): Promise<ChannelRef | undefined>;
}

/** Removes the root's id: in a channel's thread the id is `19:…@thread.tacv2;messageid=1700000000000`. */
export const plainConversation = (conversation: string): string => conversation.split(';', 1)[0] ?? conversation;

const personKey = (person: PersonId): string => `teams:person:${person}`;
const userKey = (person: PersonId): string => `teams:user:${person}`;
const channelKey = (id: string): string => `teams:channel:${id}`;

const MOST = 5000;

/** `changed` is told of a row that somebody changed outside Clearthread: nothing is sent by it. */
export const createConversations = (
  store: Pick<EventStore, 'saveConversation' | 'conversation'>,
  changed: (fault: StoreFault) => void = () => {},
): Conversations => {
  /** The value that this process last saw under a key, so that a repeat costs nothing. */
  const seen = new Map<string, string>();

  const note = (key: string, value: string): void => {
    if (seen.size >= MOST) seen.clear();
    seen.set(key, value);
  };

  const read = async <T>(key: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const found = await store.conversation(key).catch((error: unknown) => {
      if (!(error instanceof StoreFault && error.code === 'changed-row')) throw error;
      changed(error);
      return undefined;
    });
    const parsed = schema.safeParse(found);
    return parsed.success ? parsed.data : undefined;
  };

  /**
   * Keeps a value; false where it may not follow the kept one. Throws StoreFault; then nothing is noted, and the next
   * activity tries again.
   */
  const keep = async <T extends { [name: string]: Json }>(
    key: string,
    schema: z.ZodType<T>,
    value: T,
    mayFollow: (before: T) => boolean = () => true,
  ): Promise<boolean> => {
    const parsed = schema.parse(value);
    const now = JSON.stringify(parsed);
    if (seen.get(key) === now) return true;
    const before = await read(key, schema);
    if (before !== undefined && !mayFollow(before)) return false;
    if (JSON.stringify(before) !== now) await store.saveConversation(key, parsed);
    note(key, now);
    return true;
  };

  const theirs = async <T extends { account: string }>(
    key: string,
    schema: z.ZodType<T>,
    { teams }: Holder,
  ): Promise<T | undefined> => {
    const ref = await read(key, schema);
    return ref?.account === teams?.toLowerCase() ? ref : undefined;
  };

  const personal = (of: Holder): Promise<PersonalRef | undefined> => theirs(personKey(of.id), personalRef, of);

  return {
    personal,
    savePersonal: async (person, ref) => void (await keep(personKey(person), personalRef, ref)),
    userIdOf: async (of) => (await personal(of))?.user ?? (await theirs(userKey(of.id), userRef, of))?.user,
    channel: (id) => read(channelKey(id), channelRef),
    learn: async ({ person, account: by, userId: user, serviceUrl, conversation, kind, tenant }) => {
      const id = plainConversation(conversation);
      const sender = person === undefined || by === undefined || user === undefined ? undefined : { account: by, user };
      if (kind === 'personal') {
        const ref = sender && { ...sender, serviceUrl, conversation: id, tenant };
        if (person !== undefined && ref) await keep(personKey(person), personalRef, ref);
        return undefined;
      }
      // The first tenant stays: another allowed tenant cannot claim the channel.
      const here = (before: ChannelRef): boolean => before.tenant.toLowerCase() === tenant.toLowerCase();
      const kept = await keep(channelKey(id), channelRef, { serviceUrl, tenant, kind }, here);
      if (person !== undefined && sender) await keep(userKey(person), userRef, sender);
      return kept ? undefined : 'other-tenant';
    },
  };
};
