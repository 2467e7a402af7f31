/** Who may fill in, judge and read what of product sheets and country briefs, and the words for who may not. House rule. */

import type { PersonId } from '../ids.ts';
import { isCounsel, isOfCompliance, membersOf, person, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import type { SheetKind } from '../policy/sheet-questions.ts';
import type { Sheet, SheetAsked, SheetDispute, SheetOf } from '../sheet.ts';
import { reviewers } from './reminders.ts';
import { keepersOf, maySave } from './sheet-owners.ts';

const WHO: Readonly<Record<SheetKind, string>> = {
  country: 'Only counsel and compliance write this.',
  product: 'Only its product manager and compliance fill in this.',
};

/** Says why somebody may not fill it in; undefined: they may. */
export const saveRefusal = (organisation: Organisation, on: SheetOf, id: PersonId): string | undefined =>
  maySave(organisation, on, id) ? undefined : `${WHO[on.of]} If you know something about it, tell them.`;

/** Says why somebody may not judge lighter answers: it is for compliance, and not for who gave them. */
export const judgeRefusal = (
  organisation: Organisation,
  waits: Pick<NonNullable<Sheet['waits']>, 'by' | 'answers'> | undefined,
  id: PersonId,
): string | undefined => {
  if (!isOfCompliance(organisation, id)) return 'Only compliance confirms answers that are lighter than before.';
  return waits?.by === id || Object.values(waits?.answers ?? {}).some(({ by }) => by === id)
    ? 'You gave these answers, so somebody else of compliance confirms them.'
    : undefined;
};

/** Returns who gave or confirmed what is disputed, as it stands and as it stood when it was said. */
export const disputedOf = (
  { answers }: Pick<Sheet, 'answers'>,
  { questions, against = [] }: Pick<SheetDispute, 'questions' | 'against'>,
): PersonId[] => {
  const now = questions.flatMap((question) => own(answers, question) ?? []);
  return [...new Set([...against, ...now.flatMap(({ by, confirmed }) => (confirmed ? [by, confirmed.by] : [by]))])];
};

/** Says why somebody may not leave the sheet as it is against what another said: who looks after it does, and did not give that. */
export const settleRefusal = (
  organisation: Organisation,
  sheet: Pick<Sheet, 'on' | 'answers'>,
  dispute: Pick<SheetDispute, 'by' | 'questions' | 'against'>,
  id: PersonId,
): string | undefined => {
  if (!maySave(organisation, sheet.on, id) || dispute.by === id)
    return 'Who looks after the sheet answers this, or compliance.';
  return disputedOf(sheet, dispute).includes(id)
    ? 'You gave or confirmed what is disputed, so somebody else says why it stays: compliance can. You can save other answers.'
    : undefined;
};

/** Returns who can leave it as it is: whoever looks after it, or compliance, and where nobody of them can, the chief. */
export const settlersOf = (organisation: Organisation, sheet: Sheet, dispute: SheetDispute): PersonId[] => {
  const chief = membersOf(organisation, organisation.roles.chief).filter((id) => person(organisation, id));
  const can = (ids: readonly PersonId[]): PersonId[] =>
    ids.filter((id) => settleRefusal(organisation, sheet, dispute, id) === undefined);
  const near = can([...new Set([...keepersOf(organisation, sheet), ...reviewers(organisation)])]);
  return near.length > 0 ? near : can(chief);
};

/** Returns who hears of a dispute and of how it was settled: who looks after the sheet, whose answers these are, and compliance. */
export const hearsDispute = (organisation: Organisation, sheet: Sheet, dispute: SheetDispute): PersonId[] => {
  const authors = disputedOf(sheet, dispute).filter((id) => maySave(organisation, sheet.on, id));
  const all = [
    ...keepersOf(organisation, sheet),
    ...authors.filter((id) => person(organisation, id)),
    ...reviewers(organisation),
    ...settlersOf(organisation, sheet, dispute),
  ];
  return [...new Set(all)].filter((id) => id !== dispute.by);
};

/** What somebody says against a sheet tells of their deal: read by who may answer it, by counsel, and by whoever wrote it. */
export const readsDispute = (
  organisation: Organisation,
  { on }: Pick<Sheet, 'on'>,
  { by }: Pick<SheetDispute, 'by'>,
  id: PersonId,
): boolean => maySave(organisation, on, id) || isCounsel(organisation, id) || by === id;

/** That a sheet is asked for says that a deal is open: read by who was asked, and by who may fill it in. */
export const readsAsked = (organisation: Organisation, { on, to }: SheetAsked, id: PersonId): boolean =>
  maySave(organisation, on, id) || to.includes(id);
