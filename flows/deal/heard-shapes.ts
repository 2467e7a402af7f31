/** The shapes of what a deal heard of others. */

import type { DealId, Instant, PersonId } from '../ids.ts';
import type { EndUserKind, QuestionId } from '../policy/policy.ts';

/**
 * What another deal has in common: one of the two names the other's end-user in another part, or somebody there who may be the same
 * (`like`); the product and the country,
 * through the same company, for another end-user (`sale`), or the product alone so (`product`); a name that may be that of its
 * end-user (`name`); or its confirmation, on which this one rests. Absent: the end-user, and any of these in older events.
 */
export type Shares = 'party' | 'like' | 'name' | 'sale' | 'product' | 'confirmation';

/** Another deal that ended without an approval. */
export interface EndedOther {
  deal: DealId;
  how: 'declined' | 'stopped' | 'withdrawn';
  /** What it was withdrawn after; or somebody did who does not sell it alone. Absent in older events. */
  after?: 'question' | 'vote' | 'colleague' | 'team' | undefined;
  at: Instant;
  /** Withdrawn while compliance had yet to confirm what makes it lighter, or after it did not. Absent in older events. */
  unconfirmed?: true | undefined;
  /** Questions about its end-user that it answered against it, of one that a colleague withdrew after an approval. Absent: none, or in older events. */
  against?: QuestionId[] | undefined;
  shares?: Shares | undefined;
}

/** Another deal's answer about the same country or end-user, which says the opposite. `at`: when it was given. */
export interface HeardOtherwise {
  question: QuestionId;
  deal: DealId;
  at: Instant;
  /** What it says and this one does not. Absent in older events. */
  says?: string[] | undefined;
  /** Somebody of this deal's team opened it or worked on it, and nobody else said so then: what others say is heard all the same. */
  own?: true | undefined;
  /** Of an end-user: who said so. Absent in older events. */
  by?: PersonId | undefined;
  /** How many more deals said so then. Absent: none, or in older events. */
  more?: number | undefined;
  /** None of those that were named before stands any more. Absent: one does, none was, or in older events. */
  instead?: true | undefined;
  /** What its end-user is called, which may be the same: for those who may read that deal. Absent: it shares more, or in older events. */
  called?: string | undefined;
}

/** Another deal that says a graver kind of the same end-user. `at`: when it said so. */
export interface HeardKind {
  deal: DealId;
  kind: EndUserKind;
  at: Instant;
  /** Its end-user is another party of this deal, or the other way round. Absent: the same end-user. */
  party?: true | undefined;
  /** Who said so. Absent in older events. */
  by?: PersonId | undefined;
  /** Whoever looks after this deal said so there: what others say is heard all the same. Absent: somebody else did, or in older events. */
  own?: true | undefined;
  /** What its end-user, or with `party` that other party, is called there, which may be the same: for those who may read that deal. Absent: it is the same name, or in older events. */
  called?: string | undefined;
}

/**
 * A worry of another deal: a flag that somebody raised, also one that was dismissed, a hold,
 * also one that was lifted, a stop that stands (`stop`), a "yes" to what stops a deal that did not, or that was changed since (`answer`), a report of a change, a suspended approval, another destination, answers that put it in scope, or in a higher
 * tier, where those of this deal do not, that it was settled as less than this one says (`cleared`), somebody in it whose name says another kind of end-user (`named`), that compliance did not
 * confirm what makes it lighter (`refused`), or took back what it had accepted as not known (`gaps`), an approver's question, also one of a deal that is over (`asked`), or conditions of a
 * vote that decided nothing yet; that somebody whom it names may be on a list, and nobody said who it is (`listed`). `at`: since when.
 */
export interface HeardWorry {
  deal: DealId;
  of:
    | 'flag'
    | 'listed'
    | 'dismissed'
    | 'hold'
    | 'lifted'
    | 'stop'
    | 'answer'
    | 'report'
    | 'suspended'
    | 'country'
    | 'scope'
    | 'tier'
    | 'cleared'
    | 'named'
    | 'refused'
    | 'gaps'
    | 'question'
    | 'asked'
    | 'conditions';
  /** In their words, for those who may read that deal. */
  text?: string | undefined;
  by: PersonId;
  /** Who else said so there; in older events of flags, holds and reports alone. Absent: nobody, or in older events. */
  also?: PersonId[] | undefined;
  /** Of what is dismissed or over: who set aside there what somebody else had said. Absent: nobody, or in older events. */
  setAsideBy?: PersonId[] | undefined;
  at: Instant;
  /** Of flags that were dismissed: this deal is not, or is not said to be for, what they were dismissed of. Absent: it is, or in older events. */
  otherwise?: true | undefined;
  shares?: Shares | undefined;
  /** Where a name is only much like: what that is there, for those who may read that deal. Absent in older events. */
  called?: string | undefined;
}

/** Words of which only this is kept: whoever looks at the deal reads them where they stand. */
export interface HeardWritten {
  deal: DealId;
  by: PersonId;
  at: Instant;
  /** Somebody told something of their own accord, then or before. Absent: nobody, or in older events. */
  told?: true | undefined;
}

/** What somebody said of a deal's product, its country or whom it names, and when. */
export interface SpokeOfProduct {
  by: PersonId;
  at: Instant;
  /**
   * Under answers about that; or of what the text names alone: `name` of a product, a country or a party, `party` of the last. Absent:
   * beside answers, of the sale.
   */
  of?: 'product' | 'country' | 'name' | 'party' | undefined;
  /** It weighs wherever the product goes: a flag that stands, a report, or a vote against it. */
  heavy?: true | undefined;
  /** It may be of a company in between. Absent: not so, or in older ones. */
  between?: true | undefined;
  /** Absent: in older ones. */
  text?: string | undefined;
  /** Ids of products of the catalogue that it names in full. Absent: none. */
  names?: readonly string[] | undefined;
  /** ISO 3166-1 alpha-2, countries that it names. Absent: none. */
  places?: readonly string[] | undefined;
}

/** The latest that somebody said in deals for others: of its product or its country what weighs or stands under answers, of both, or of one of its parties by name, all. */
export interface HeardOfProduct {
  deal: DealId;
  by: PersonId;
  at: Instant;
  /** When the latest of it was said of both. Absent: none was; in older events what does not weigh is not in it. */
  sale?: Instant | undefined;
  /** The same of the product wherever it goes, and of the country whatever goes there. Absent: none is, or in older events. */
  product?: Instant | undefined;
  country?: Instant | undefined;
  /** The same of what names its end-user, and a company beside it. */
  named?: Instant | undefined;
  company?: Instant | undefined;
}

/** A question of which nothing is taken there from an acceptance for its country or its product: `by` wrote under it, or took that back. */
export interface HeardGap {
  deal: DealId;
  question: QuestionId;
  by: PersonId;
}

/** What other deals say against this one, as it was noted. */
export interface Others {
  ended: EndedOther[];
  /** How many more ended than were taken, when it was last noted. Absent: none, or in older events. */
  more?: number | undefined;
  otherwise: HeardOtherwise[];
  /** Absent: none, or in older events. */
  kinds?: HeardKind[] | undefined;
  /** Absent: none, or in older events. */
  worries?: HeardWorry[] | undefined;
  /** The latest that somebody else wrote of its end-user elsewhere, while it is answered or rests on another deal's confirmation. Absent: nothing, or in older events. */
  written?: HeardWritten | undefined;
  /** While it is answered, or as it came to be out of scope. Absent: nothing, or in older events. */
  ofProduct?: HeardOfProduct | undefined;
  /** Of deals with its end-user, or one that may be the same. Absent: none, or in older events. */
  gaps?: HeardGap[] | undefined;
}
