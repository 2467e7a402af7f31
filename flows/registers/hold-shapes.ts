/** The shapes of the register of holds: its state, commands, events and facts. */

import type { Hold, HoldCause, HoldId, HoldStop, LiftedHold, PlannedHold, WithdrawnPlan } from '../hold.ts';
import type { DealId, Day, Instant, PersonId, ReminderStage } from '../ids.ts';
import type { FanOut, FanOutPage, Reached, SpreadWent } from './fan-out.ts';

export type HoldFanOut = { of: 'placed'; hold: Hold } | { of: 'lifted'; hold: Hold; reason: string; by: PersonId };

export interface HoldsState {
  /** Standing holds, oldest first. `since`: when the review date was set. */
  holds: Readonly<Record<HoldId, Hold & { since: Instant }>>;
  /** Those whose day has not come. */
  planned?: Readonly<Record<HoldId, PlannedHold>> | undefined;
  /** Deals of which whoever planned a hold was told, until it begins. */
  met?: Readonly<Record<HoldId, readonly DealId[]>> | undefined;
  /** Lifted within the year before the last was, oldest first. Absent: none, or in older snapshots. */
  lifted?: readonly LiftedHold[] | undefined;
  /** Planned and withdrawn before their day within the year before the last was, oldest first. Absent: none, or in older snapshots. */
  withdrawn?: readonly WithdrawnPlan[] | undefined;
  spreads: Readonly<Record<string, FanOut<HoldFanOut>>>;
  /** How many stages of each review date are done. */
  reminded: Readonly<Record<string, number>>;
}

/** The deals that a hold concerns, as the record has them when asked: never from a form. */
export interface HoldReach {
  deals: number;
  /** Everybody on the team of one of them. */
  team: readonly PersonId[];
}

export type HoldCommand =
  | {
      type: 'PlaceHold';
      on: { of: 'deal'; deal: DealId } | { of: 'end-user'; name: string };
      stop: HoldStop[];
      because: HoldCause;
      reason: string;
      review: Day;
      /** On whose morning it begins; absent or today: at once. */
      from?: Day | undefined;
      reach: HoldReach;
    }
  /** `others`: who lifts it in place of whoever approved one of these deals. Absent: nobody. */
  | { type: 'LiftHold'; hold: HoldId; reason: string; reach: HoldReach; others?: readonly PersonId[] | undefined }
  | { type: 'MoveReview'; hold: HoldId; review: Day }
  /** Deals that a planned hold names, found by the bot. */
  | { type: 'NoteMet'; hold: HoldId; deals: readonly DealId[] }
  | FanOutPage
  | { type: 'Tick' };

export type HoldEvent =
  | SpreadWent
  | ({ at: Instant; by: PersonId } & (
      | { type: 'HoldPlaced'; hold: Hold }
      | { type: 'HoldPlanned'; hold: PlannedHold }
      | { type: 'HoldLifted'; hold: Hold; reason: string }
      | { type: 'PlannedMet'; hold: HoldId; deals: DealId[] }
      | { type: 'ReviewMoved'; hold: HoldId; review: Day }
      | { type: 'HoldReminded'; hold: HoldId; key: string; stage: number; of: ReminderStage; to: PersonId[] }
    ));

export type HoldFact =
  | { fact: 'deals held'; hold: Hold; reached: Reached }
  | { fact: 'deals released'; hold: Hold; reason: string; by: PersonId; reached: Reached }
  /** To whoever placed it, and the chief. `from`: it was planned, and had not begun. */
  | { fact: 'hold lifted'; hold: Hold; reason: string; by: PersonId; from?: Day | undefined }
  /** To whoever planned it, or compliance where they are of it no more. */
  | { fact: 'planned hold met'; hold: PlannedHold; reached: Reached }
  | { fact: 'hold to review'; hold: Hold; of: ReminderStage };
