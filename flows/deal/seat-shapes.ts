/** What is asked of people for the places that the organisation file gives them. */

import type { PersonId } from '../ids.ts';
import type { FlagId } from '../policy/policy.ts';

/** What is asked of whoever has a place. */
export type SeatAsk =
  | { kind: 'votes'; step: number }
  | { kind: 'scope' }
  | { kind: 'lighter' }
  | { kind: 'evidence'; condition: string }
  | { kind: 'flag'; flag: FlagId };

export interface AskedSoFar {
  /** Of the review that the record ends in; 0 before the first. */
  round: number;
  step: number;
  /** By the name of what is asked (`namesOfAsk`), the people. */
  people: Readonly<Record<string, readonly PersonId[]>>;
}

/** Who has a place on a deal, as the organisation file changed. */
export interface SeatsNow {
  /** Who is asked from now on. */
  calls: { asked: SeatAsk; people: PersonId[] }[];
  /** Who was asked and has no place here any more. */
  gone: PersonId[];
  /** The votes that are there complete the open step. */
  full?: true | undefined;
  /** Too few are left for the route. */
  short?: true | undefined;
}
