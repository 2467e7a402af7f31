/** A flag that somebody raised, or that another deal brought, and what became of it. */

import type { HoldId } from '../hold.ts';
import type { DealId, Instant, PersonId } from '../ids.ts';
import { SYSTEM } from '../organisation.ts';
import { WEIGHTS, type EndUserKind, type FlagId, type QuestionId, type Weight } from '../policy/policy.ts';
import type { PartyRole } from './screened-shapes.ts';

/** The hold, and the party as it was when compliance was asked: in these parts (`as`), for that country (ISO 3166-1 alpha-2). */
export interface LikeHeld {
  hold: HoldId;
  party: string;
  as: readonly ('end-user' | PartyRole | 'together')[];
  destination: string;
  /** The kind of end-user then, of a party that was it. Absent: it was none, or in older events. */
  kind?: EndUserKind | undefined;
}

/**
 * What people said elsewhere that a flag of the bot tells: of another deal (`deal`), or in a hold of the register on whom a party is
 * called much like (`hold`). Nobody who settled the flag.
 */
export interface SaidElsewhereOf {
  of: 'flag' | 'hold' | 'report';
  from: PersonId[];
  deal?: DealId | undefined;
  hold?: HoldId | undefined;
}

export interface OwnFlag {
  id: FlagId;
  title: string;
  by: PersonId;
  at: Instant;
  /** Pending flags don't count until compliance admits them. */
  status: 'pending' | 'admitted' | 'dismissed';
  weight: Weight;
  reason?: string | undefined;
  /** Who admitted or dismissed it. Absent in older snapshots. */
  settledBy?: PersonId | undefined;
  /** When. Absent: nobody has, or in older deals. */
  settledAt?: Instant | undefined;
  /**
   * The stopped deals of its end-user for which it waits, and since when they are: it counts from the start, and whoever can take a stop back settles
   * it. Absent: none, or in older snapshots.
   */
  stops?: Record<DealId, Instant> | undefined;
  /** Those of them whose end-user has another name, and may be the same. Absent: none, or in older snapshots. */
  mayBe?: DealId[] | undefined;
  /** Answers on whoever raised it, who says that they never said so once nothing could be changed. Absent: none, or in older snapshots. */
  denies?: QuestionId[] | undefined;
  /** Set where somebody on a list may be meant by a party: compliance says who it is. Absent: not so, or in older snapshots. */
  hit?: true | undefined;
  /** Set on a hit where it is no list, but a hold of the register on whom a party is called much like. Absent: a list. */
  like?: LikeHeld | undefined;
  /** The hold or the country alert that somebody of the deal's own team ended: whether that stands. Absent: not so, or in older snapshots. */
  ended?: { of: 'hold' | 'alert'; id: string } | undefined;
  /** What of others was set aside with it, as it was dismissed or admitted lighter. Absent: nothing, or in older snapshots. */
  over?: SaidElsewhereOf[] | undefined;
  /** How heavy it was while it waited, where it was admitted lighter. Absent: not so, or in older snapshots. */
  waited?: Weight | undefined;
  /** Of one that stands for what other deals say: how many of their worries were noted by when it was settled. Absent: it waits, or in older snapshots. */
  heard?: number | undefined;
  /**
   * It was settled of other parties than the deal names now, and waits since then; why it was dismissed or admitted, and by whom. `as`: how
   * heavy it was admitted; it counts meanwhile. Absent: it was dismissed, and does not. `reworded`: what the deal is for was said in other
   * words. The whole absent: not so.
   */
  again?:
    | {
        at: Instant;
        reason?: string | undefined;
        settledBy?: PersonId | undefined;
        as?: Weight | undefined;
        reworded?: true | undefined;
      }
    | undefined;
}

/** Returns since when a flag waits, or did. */
export const flagSince = ({ at, again }: OwnFlag): Instant => again?.at ?? at;

/**
 * Tells whether a flag was dismissed, or weighed as less than the heaviest, of the parties that a deal named then: what somebody raised of
 * them, or said in another deal, and what stopped one. A hit is compared anew by itself, whoever ended a hold or an alert did so of whom that was on, and a denial is of the deal's own answers.
 */
export const isSettledOfParties = ({ status, weight, settledBy, hit, ended, denies }: OwnFlag): boolean =>
  (status === 'dismissed' || (status === 'admitted' && settledBy !== undefined && weight !== WEIGHTS.at(-1))) &&
  !hit &&
  !ended &&
  !denies;

/** Tells whether it stands for what other deals say, whose form lists that. */
export const isOfOthers = ({ by, ended }: Pick<OwnFlag, 'by' | 'ended'>): boolean =>
  by === SYSTEM && ended === undefined;

/** Tells whether it stands for the worries of other deals: one for a list, a hold or a stop says that alone, and settles none of them. */
export const isOfWorries = (flag: Pick<OwnFlag, 'by' | 'ended' | 'hit' | 'stops'>): boolean =>
  isOfOthers(flag) && !flag.hit && flag.stops === undefined;

/** Tells whether a flag weighs for a stop of the same end-user: it does while it waits, too. */
export const standsForStop = ({ stops, status }: OwnFlag): boolean => stops !== undefined && status !== 'dismissed';

/** Tells whether a flag is weighed: once it is admitted, and while it waits for a stop, or waits once more after it was admitted. */
export const isWeighed = (flag: OwnFlag): boolean =>
  flag.status === 'admitted' || standsForStop(flag) || (flag.status === 'pending' && flag.again?.as !== undefined);
