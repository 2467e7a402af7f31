/** Product sheets and country briefs: answers about a product or a country, given once by who knows, for every deal. House rule. */

import type { SuggestedBy } from './dataset.ts';
import type { AcceptedOf } from './gap-acceptance.ts';
import type { Day, Instant, PersonId, Source } from './ids.ts';

/** `country:NO`, `product:ID` of the catalogue, `other:NAME` of a product outside it. */
export type SheetId = string;

/** What a sheet is of. A product outside the catalogue has the id `other`. */
export type SheetOf = AcceptedOf;

/** The value of an answer, as in a deal. */
type Value = string | string[];

export interface SheetAnswer {
  value: Value;
  note?: string | undefined;
  sources: Source[];
  /** Values of datasets that suggested it and are among its sources: somebody confirmed them. */
  suggested?: SuggestedBy[] | undefined;
  by: PersonId;
  at: Instant;
  /** Who wrote its note, and who named its sources, where somebody else saved the rest since. Absent: `by`, or in older events. */
  noted?: { by: PersonId; at: Instant } | undefined;
  sourced?: { by: PersonId; at: Instant } | undefined;
  /** Those of its sources that somebody else named, where not all are of one person. */
  named?: (Source & { by: PersonId; at: Instant })[] | undefined;
  /** Counsel gave it: that they looked at the laws stands on their word. */
  counsel?: true | undefined;
  /** Who confirmed an answer that is lighter than the one before it. */
  confirmed?: { by: PersonId; at: Instant } | undefined;
}

export type SheetAnswers = Readonly<Record<string, SheetAnswer>>;

/** An answer that took another's place in some version. `before`: absent where the question had none. */
export interface SheetChange {
  version: number;
  question: string;
  before?: Value | undefined;
}

/** An answer that speaks against deals, as a version said it or as was asked for. Kept permanently, each value once with each note. */
export interface SheetSaid {
  question: string;
  value: Value;
  /** Absent: none, or in older events. */
  note?: string | undefined;
  by: PersonId;
  at: Instant;
  version: number;
}

/** What somebody wrote under an answer, and somebody else replaced or took away. */
export interface SheetReworded {
  question: string;
  value: Value;
  /** Empty: sources alone were taken away. */
  note: string;
  /** Names of sources that are not there any more. Absent: none, or in older events. */
  sources?: string[] | undefined;
  by: PersonId;
  at: Instant;
  changedBy: PersonId;
  until: Instant;
}

export interface SheetDispute {
  id: string;
  version: number;
  questions: string[];
  reason: string;
  by: PersonId;
  at: Instant;
  /** Who had given or confirmed these answers then. Absent in older events. */
  against?: PersonId[] | undefined;
}

/** A dispute that is over: the sheet was left as it is against it, or answered otherwise since. */
export interface SettledDispute extends SheetDispute {
  /** `reason`: why it stayed as it is. Absent: all that was disputed was answered otherwise. */
  settled: { by: PersonId; at: Instant; reason?: string | undefined };
}

/** Lighter answers that compliance did not confirm. `from`: who gave them. */
export interface SheetRefusal {
  questions: string[];
  reason: string;
  from: PersonId;
  by: PersonId;
  at: Instant;
}

export interface Sheet {
  id: SheetId;
  on: SheetOf;
  /** From 1. Each change is a new one. */
  version: number;
  by: PersonId;
  at: Instant;
  /** The last day on which a deal may take it. */
  until: Day;
  /** By question. */
  answers: SheetAnswers;
  /** The latest, oldest first. */
  changes: readonly SheetChange[];
  said: readonly SheetSaid[];
  /** The latest, oldest first. Absent: none, or in older snapshots. */
  reworded?: readonly SheetReworded[] | undefined;
  /** Lighter answers, and why: they count once compliance confirms them. Absent: none. */
  waits?: { answers: SheetAnswers; why: string; by: PersonId; at: Instant } | undefined;
  /** The latest, oldest first. Absent: none, or in older snapshots. */
  refused?: readonly SheetRefusal[] | undefined;
  /** Not settled, oldest first. */
  disputes: readonly SheetDispute[];
  /** The latest, oldest first. Absent: none. */
  settled?: readonly SettledDispute[] | undefined;
}

/** Who was asked for a sheet that is missing, and since when. */
export interface SheetAsked {
  on: SheetOf;
  at: Instant;
  to: PersonId[];
}

/** What a deal's answer keeps of the sheet that it was taken from. */
export interface TakenSheet extends Pick<Sheet, 'id' | 'version' | 'by' | 'at' | 'until'> {
  /** Others on whom the answer stands: who gave it first, and who confirmed it. */
  also?: PersonId[] | undefined;
  counsel?: true | undefined;
}

/** Returns the answer's difference since a version: what it was then. Undefined where it is the same, or too long ago. */
export const changedSince = (
  { changes }: Pick<Sheet, 'changes'>,
  question: string,
  version: number,
): SheetChange | undefined => changes.find((one) => one.question === question && one.version > version);

export const isSheetOf = (
  { destination, product }: { destination: string; product: { id: string; name: string } },
  on: SheetOf,
): boolean =>
  on.of === 'country'
    ? on.country === destination
    : on.product === product.id && on.name.trim().toLowerCase() === product.name.trim().toLowerCase();

/** `country brief`, `product sheet` */
export const sheetName = ({ id }: Pick<Sheet, 'id'>): string =>
  id.startsWith('country:') ? 'country brief' : 'product sheet';
