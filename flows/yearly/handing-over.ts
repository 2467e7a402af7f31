/** Decides on ranges of reports of misuse that the case room handed over, for the figures of a year. Guidance: R2. */

import { canonical } from '../canonical.ts';
import type { CommandMeta } from '../ids.ts';
import { refuseRegister, type RegisterContext } from '../registers/register.ts';
import { draftOf, mayNotWrite, voidedBy, type Command, type Decided } from './deciding.ts';
import type { YearlyEvent, YearlyState } from './register-shapes.ts';

export const decideComplaints = (
  { year, complaints }: Command<'SaveYearComplaints'>,
  state: YearlyState,
  meta: CommandMeta,
  context: RegisterContext,
): Decided => {
  const { actor, at } = meta;
  const no = mayNotWrite(year, state, context, actor);
  if (no) return no;
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
