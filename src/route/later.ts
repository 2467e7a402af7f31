/** "Remind me later" for company duties: training, the reporting channel. */

import type { Form, FormValues } from '../../blocks/card.ts';
import { laterContext, readContext } from '../../blocks/forms/context.ts';
import { laterForm, readLaterForm, type Later } from '../../blocks/forms/later.ts';
import { addDays, calendarOf, dayIn, morningOf } from '../../flows/calendar.ts';
import type { PersonId } from '../../flows/ids.ts';
import { deny, type Desk, type OnDeskClick } from './desk.ts';
import { submitted } from './submit.ts';

const OLD = 'There is nothing here to remind you of any more.';

const form = (desk: Desk, person: PersonId, of: Later, values?: FormValues): Form => {
  const calendar = calendarOf(desk.organisation(), person);
  const today = dayIn(desk.clock().toISOString(), calendar);
  return laterForm(of, today, dayIn(morningOf(addDays(today, 1), calendar), calendar), values);
};

export const onLater: OnDeskClick = (desk, { person, value }) => {
  const asked = laterContext.safeParse({ of: value });
  return asked.success ? { kind: 'form', form: form(desk, person, asked.data.of) } : deny(OLD);
};

export const onLaterSubmit = submitted({
  about: (_desk, { context }) => readContext(laterContext, context) ?? deny(OLD),
  form: ({ desk, person, of, values }) => form(desk, person, of, values),
  read: readLaterForm,
  send: async ({ desk: { registers }, of }, { until }, ask) =>
    of === 'training'
      ? registers.training.handle({ type: 'SnoozeTraining', until }, ask)
      : registers.channelReview.handle({ type: 'SnoozeChannel', until }, ask),
  refusedAt: 'until',
});
