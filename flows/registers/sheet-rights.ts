/** Who may fill in, judge and read what of product sheets and country briefs, and the words for who may not. House rule. */

import type { PersonId } from '../ids.ts';
import { isCounsel, isOfCompliance, type Organisation } from '../organisation.ts';
import type { SheetKind } from '../policy/sheet-questions.ts';
import type { Sheet, SheetAsked, SheetDispute, SheetOf } from '../sheet.ts';
import { maySave } from './sheet-owners.ts';

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

/** Says why somebody may not leave the sheet as it is against what another said: who looks after it does. */
export const settleRefusal = (
  organisation: Organisation,
  { on }: Pick<Sheet, 'on'>,
  { by }: Pick<SheetDispute, 'by'>,
  id: PersonId,
): string | undefined =>
  maySave(organisation, on, id) && by !== id ? undefined : 'Who looks after the sheet answers this, or compliance.';

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
