/** Ranges of reports of misuse for a yearly report: compliance takes them over from the case room's handlers. Guidance: R2. */

import { readContext, yearContext } from '../../blocks/forms/context.ts';
import { readYearComplaintsForm, yearComplaintsForm } from '../../blocks/forms/yearly.ts';
import type { YearDraft } from '../../flows/yearly/register-shapes.ts';
import type { Reply } from '../edge/interaction.ts';
import { gone, isReply } from './desk.ts';
import { submitted } from './submit.ts';
import { readerOf, type YearReader } from './year-counting.ts';
import { draftNow, onYear, shown, writesOnly } from './yearly.ts';

export const onYearComplaints = onYear(
  async (desk, reader, { year }) =>
    writesOnly(reader) ?? { kind: 'form', form: yearComplaintsForm(year, await draftNow(desk, year)) },
);

interface HandingOver {
  reader: YearReader;
  year: number;
  draft: YearDraft;
}

export const onYearComplaintsSubmit = submitted({
  about: async (desk, { context, person }): Promise<HandingOver | Reply> => {
    const target = readContext(yearContext, context);
    const reader = await readerOf(desk, person);
    if (!target || isReply(reader)) return isReply(reader) ? reader : gone();
    return writesOnly(reader) ?? { reader, year: target.year, draft: await draftNow(desk, target.year) };
  },
  form: ({ year, draft, values }) => yearComplaintsForm(year, draft, values),
  read: (values, { year }) => readYearComplaintsForm(values, year),
  send: ({ desk, year }, { complaints }, ask) =>
    desk.registers.yearly.handle({ type: 'SaveYearComplaints', year, complaints }, ask),
  refusedAt: 'text',
  next: (_, { desk, reader, year }) => shown(desk, reader, year, 'Saved.'),
});
