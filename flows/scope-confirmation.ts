/** Compliance confirmed that a product is out of scope for a kind of end-user: later deals rest on it until that day. */

import type { Day, DealId, Instant, PersonId } from './ids.ts';

export interface ScopeConfirmation {
  /** Id from the catalogue. */
  product: string;
  /** The kind of end-user. */
  kind: string;
  /** Where it goes to: ISO 3166-1 alpha-2. Absent in older ones, which stand for any country. */
  destination?: string | undefined;
  /** The end-user as its name is written (`writtenName`; another form in older ones, which stand no more), where the confirmation is of that one alone: a private one. */
  endUser?: string | undefined;
  /** Then also the customer and the companies in between, in the same form. Absent in older ones. */
  parties?: readonly string[] | undefined;
  /** The same with the part of each in the sale, which says who somebody is, too; also where something was heard. Absent in older ones, of which those of one end-user stand no more. */
  between?: readonly { name: string; role: string }[] | undefined;
  /** The rules of the policy that put it out of scope, and what spoke against it then. */
  rules: readonly string[];
  contradicts: readonly string[];
  /** What other deals said against it then, and ids of holds. Absent: none, or in older ones, which may name deals alone. */
  heard?: readonly string[] | undefined;
  /** Of which end-user that was heard, by its name as it is written: of another the same words say something else. Absent: see `endUser`. */
  heardOf?: string | undefined;
  /** Sums of what that deal said in words, answers, notes and sources: of other words it is no word. Absent: nothing, or in older ones. */
  words?: readonly string[] | undefined;
  /** The deal on which it was confirmed. */
  deal: DealId;
  by: PersonId;
  at: Instant;
  /** Inclusive. */
  until: Day;
}

/** Confirmations for a product and a kind of end-user stood no longer from then on. */
export interface DroppedScopes extends Pick<ScopeConfirmation, 'product' | 'kind'> {
  at: Instant;
}

/** Why compliance sent a deal back that was said to be out of scope; or, with `of`, lighter answers about its product. */
export interface SentBackScope extends DroppedScopes {
  /** Absent: the scope, and in older ones. */
  of?: 'answers' | undefined;
  /** Of the product: those outside the catalogue share an id. */
  name: string;
  deal: DealId;
  reason: string;
  by: PersonId;
}
