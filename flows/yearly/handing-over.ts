/** Decides on ranges of reports of misuse that the case room handed over, for the figures of a year. Guidance: R2. */

import { canonical } from '../canonical.ts';
import type { CommandMeta } from '../ids.ts';
import { own } from '../own.ts';
import { refuseRegister, type RegisterContext } from '../registers/register.ts';
import { approverGroups, mayWriteYear } from './approvers.ts';
import {
  draftOf,
  NOBODY_APPROVES,
  ONLY_COMPLIANCE,
  publishedText,
  voidedBy,
  type Command,
  type Decided,
} from './deciding.ts';
import type { YearlyEvent, YearlyState } from './register-shapes.ts';

export const decideComplaints = (
  { year, complaints }: Command<'SaveYearComplaints'>,
  state: YearlyState,
  meta: CommandMeta,
  context: RegisterContext,
): Decided => {
  const { actor, at } = meta;
  if (!mayWriteYear(context, actor)) return refuseRegister('not allowed', ONLY_COMPLIANCE);
  if (approverGroups(context).length === 0) return refuseRegister('not now', NOBODY_APPROVES);
  if (own(state.years, String(year))) return refuseRegister('not now', publishedText(year));
  const { complaints: before, sent } = draftOf(state, year);
  if (canonical(before?.lines ?? null) === canonical(complaints ?? null))
    return refuseRegister(
      'not now',
      complaints ? 'These lines stand there already.' : 'There are no lines to take back.',
    );
  const given = complaints === undefined ? {} : { complaints };
  const saved: YearlyEvent = { at, by: actor, type: 'YearComplaintsSaved', year, ...given };
  const voided = sent && voidedBy(year, sent, { ...sent.figures, complaints }, meta);
  return { kind: 'accepted', events: [saved, ...(voided?.kind === 'accepted' ? voided.events : [])] };
};
