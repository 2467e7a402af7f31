/** Between the outbox and a chat: what to send, and how sending can fail. */
import type { Card } from '../blocks/card.ts';
import type { Home } from '../flows/deal/deal.ts';
import type { PersonId } from '../flows/organisation.ts';
import type { OutboxRow } from '../store/event-store.ts';

export interface Message {
  stream: string;
  /** Key of its MessageRef: `root`, `section:product`, or the notice id. A key with a ref is updated, else posted. */
  key: string;
  home: Home;
  where: { to: 'channel' } | { to: 'thread' } | { to: 'person'; person: PersonId };
  card: Card;
}

/** Undefined: nothing to say any more (the row is settled). `threadUrl` links to the deal's root message. */
export type Render = (row: OutboxRow, links: { threadUrl?: string | undefined }) => Promise<Message | undefined>;

export type Deliver = (row: OutboxRow) => Promise<void>;

/** A send that failed. `retryAfterMs` undefined: trying again is useless. `code` carries no names, answers or tokens. */
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
