/** "Remind me later" for the company's duties, outside any deal. */

import { addDays } from '../../flows/calendar.ts';
import type { Day } from '../../flows/ids.ts';
import { MOST_SNOOZED } from '../../flows/registers/due-day.ts';
import type { Form, FormValues } from '../card.ts';
import { dayWords } from '../words.ts';
import { dateInput, makeForm, textOf } from './inputs.ts';
import { reader, type Read } from './reading.ts';

export type Later = 'training' | 'channel';

const ABOUT: Record<Later, string> = {
  training: 'This is about your training. Its dates stay as they are: only your own reminders wait.',
  channel: 'This is about the review of the reporting channel. Its date stays as it is: only your own reminders wait.',
};

/** `working`: the first working day of the person that can be chosen. */
export const laterForm = (of: Later, today: Day, working: Day, values: FormValues = {}): Form =>
  makeForm({
    name: 'desk.later',
    title: 'Remind me later',
    submit: 'Save',
    context: { of },
    blocks: [
      { kind: 'text', text: ABOUT[of] },
      dateInput('until', 'No reminder before', textOf(values, 'until') ?? working, {
        hint: `You hear of it that morning, or on the next working day. The latest is ${dayWords(addDays(today, MOST_SNOOZED))}.`,
      }),
    ],
  });

export const readLaterForm = (values: FormValues): Read<{ until: Day }> => {
  const form = reader(values);
  return form.done({ until: form.day('until', 'Please choose a day.') });
};
