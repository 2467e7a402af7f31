/** The contract between the outbox and the chats: what to send, where, and how sending can fail. */

import type { Card } from '../../blocks/card.ts';
import type { Chat } from '../../flows/chats.ts';
import type { Home } from '../../flows/deal/deal.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Account } from '../../flows/registers/register.ts';
import type { MessageRef, OutboxRow } from '../../store/event-store.ts';
import type { PrivateNotice } from '../streams/deals.ts';

export interface Links {
  /** Link to the deal's root message. */
  threadUrl?: string | undefined;
}

export interface Message {
  stream: string;
  /**
   * Key of its MessageRef: `root`, `section:product`, or the notice id; in a mirror with `@slack` or `@teams` behind
   * it. A key with a ref where it belongs is updated, else posted.
   */
  key: string;
  /** The place that this row is for: the deal's own, or its mirror. Without a deal: the channel it goes to, or any. */
  home: Home;
  /** About no deal: there is no thread to link to or to post in. */
  standalone?: boolean | undefined;
  /** The deal's own place, where this row is for its mirror. */
  own?: Home | undefined;
  /** The deal's owner; absent for messages about no deal. */
  owner?: PersonId | undefined;
  /** `at`: at this very account, whether it is theirs now or was. */
  where: { to: 'channel' } | { to: 'thread' } | { to: 'person'; person: PersonId; at?: Account | undefined };
  /** People who see something of their own in place of this card (`look`); at most 60. */
  viewers: readonly PersonId[];
  card: (links: Links) => Card;
  /** Present where it is about a deal, for one person: it may change later. */
  privately?: PrivateNotice | undefined;
}

export type ToPerson = Extract<Message['where'], { to: 'person' }>;

/** Renders a row. Undefined: there is nothing left to say (the row is settled). */
export type Render = (row: OutboxRow) => Promise<Message | undefined>;

/** Kept in place of a message's address where there is none for good: an auditor knows then that nobody hid it. */
export const NOWHERE = {
  nothingToSay: { channel: 'none', message: 'nothing left to say' },
  listed: { channel: 'none', message: 'in the list that was sent before' },
  accountGone: { channel: 'none', message: 'an account that is not there any more' },
  chatOff: { channel: 'none', message: 'a chat that is not on' },
  dropped: { channel: 'none', message: 'dropped by an operator' },
} as const;

/** A row under lease, with its holder's callbacks around a write to a chat. */
export interface Leased extends OutboxRow {
  /** Right before each write: throws where that must not begin any more (the lease is nearly over, the bot stops). */
  beforeWrite?: (() => void) | undefined;
  /** Reports the chat that sends it. */
  via?: ((chat: Chat) => void) | undefined;
}

export type Deliver = (row: Leased) => Promise<void>;

/** One chat's way to send messages. */
export interface Outlet {
  chat: Chat;
  /** Returns the link to the deal's root message in that channel of this chat; undefined where there is none (yet). */
  threadUrl(stream: string, rootKey: string, channel: string): Promise<string | undefined>;
  /** Posts or updates, and keeps the MessageRef. `rootKey` names the ref under which a thread's replies go. */
  send(row: Leased, message: Message, card: Card, rootKey: string): Promise<void>;
  /**
   * Edits a message that the person got, which notifies nobody. `row.id` is that message's notice. False where there is
   * nothing to edit any more: deleted, closed to edits, or their chat is gone.
   */
  edit(row: Leased, ref: MessageRef, card: Card, person: PersonId): Promise<boolean>;
}

/** The person has no account there, or did not install the bot: no try will ever reach them. */
export const UNREACHABLE = 'person_unreachable';

/** Another organisation reads the channel: nothing about a deal is posted there. */
export const SHARED_PLACE = 'shared_channel';

/** The bot was removed from the channel, or the channel is gone: no try will succeed until somebody mends that. */
export const PLACE_GONE: ReadonlySet<string> = new Set([
  SHARED_PLACE,
  'conversation_gone',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
]);

/** A send that failed. `retryAfterMs` undefined: trying again is useless. `code` has no names, answers or tokens. */
export class DeliveryFault extends Error {
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  constructor(code: string, retryAfterMs: number | undefined, options?: ErrorOptions) {
    super(code, options);
    this.name = 'DeliveryFault';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The chat was not asked, or took nothing of it (429): no try is counted, and nothing has to be looked for. */
export class NotYet extends DeliveryFault {
  readonly waitMs: number;
  constructor(code: string, waitMs: number, options?: ErrorOptions) {
    super(code, waitMs, options);
    this.name = 'NotYet';
    this.waitMs = waitMs;
  }
}
