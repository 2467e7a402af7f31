/** "Remind me later" of what is the company's: training, the reporting channel. */

import type { Form, FormValues } from '../../blocks/card.ts';
import { laterContext, readContext } from '../../blocks/forms/context.ts';
import { laterForm, readLaterForm, type Later } from '../../blocks/forms/later.ts';
import { addDays, calendarOf, dayIn, morningOf } from '../../flows/calendar.ts';
import type { PersonId } from '../../flows/ids.ts';
import { deny, DONE, mistaken, refusedForm, type Desk, type OnDeskClick, type OnSubmit } from './desk.ts';

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

export const onLaterSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const asked = readContext(laterContext, context);
  if (!asked) return deny(OLD);
  const again = (): Form => form(desk, person, asked.of, values);
  const read = readLaterForm(values);
  if (!read.ok) return mistaken(context, read.errors, again);
  const { until } = read.value;
  const ask = { actor: person, cause };
  const outcome =
    asked.of === 'training'
      ? await desk.registers.training.handle({ type: 'SnoozeTraining', until }, ask)
      : await desk.registers.channelReview.handle({ type: 'SnoozeChannel', until }, ask);
  return outcome.kind === 'refused' ? refusedForm(outcome.refusal, 'until', again) : DONE;
};
