/** Disputes of the very answers that a deal took from product sheets and country briefs. House rule. */

import { inTurn } from '../../in-turn.ts';
import type { SettledDispute, Sheet, SheetDispute } from '../../sheet.ts';
import type { DealView } from '../view.ts';

export interface DisputeOfTaken {
  sheet: Sheet;
  dispute: SheetDispute | SettledDispute;
  /** Number of answers that the deal took and that are disputed. */
  answers: number;
}

/**
 * Returns the disputes that are about answers as the deal took them, those that wait for an answer first, then those that are
 * over; each oldest first, one of each person at a time. None of them voids a vote.
 */
export const disputesOfTaken = ({ deal, organisation }: Pick<DealView, 'deal' | 'organisation'>): DisputeOfTaken[] => {
  const taken = Object.values(deal.answers).flatMap((section) =>
    Object.entries(section).flatMap(([question, { basis }]) => (basis?.sheet ? [{ question, from: basis.sheet }] : [])),
  );
  const sheets = (organisation.sheets ?? []).filter(({ id }) => taken.some(({ from }) => from.id === id));
  const isSame = ({ changes }: Sheet, question: string, one: number, other: number): boolean =>
    !changes.some(
      (change) =>
        change.question === question && change.version > Math.min(one, other) && change.version <= Math.max(one, other),
    );
  const of = (sheet: Sheet, dispute: DisputeOfTaken['dispute']): DisputeOfTaken[] => {
    const answers = taken.filter(
      ({ question, from }) =>
        from.id === sheet.id &&
        dispute.questions.includes(question) &&
        // What the deal took and what was disputed are one answer.
        isSame(sheet, question, from.version, dispute.version),
    ).length;
    return answers === 0 ? [] : [{ sheet, dispute, answers }];
  };
  return [
    ...sheets.flatMap((sheet) => inTurn(sheet.disputes).flatMap((dispute) => of(sheet, dispute))),
    ...sheets.flatMap((sheet) => (sheet.settled ?? []).flatMap((dispute) => of(sheet, dispute))),
  ];
};
