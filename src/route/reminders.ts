/** "Remind me later" for a person who was reminded of a deal. */

import { dutyContext } from '../../blocks/forms/context.ts';
import { readSnoozeForm, snoozeForm } from '../../blocks/forms/snooze.ts';
import { dealSubmit, opens } from './submit.ts';

export const onSnooze = opens('snooze', (view, duty, person) => snoozeForm(view, person, duty));

export const onSnoozeSubmit = dealSubmit({
  context: dutyContext,
  form: ({ view, person, duty, values }) => snoozeForm(view, person, duty, values),
  read: (values, { view, person }) => readSnoozeForm(view, person, values),
  command: (value, { duty }) => ({ type: 'Snooze', duty, ...value }),
  refusedAt: 'until',
});
