/** Reporting a completed course, and recording results of a learning system by compliance. */

import type { Day } from '../../flows/ids.ts';
import type { Course } from '../../flows/policy/reminders.ts';
import { validUntil } from '../../flows/registers/training/needs.ts';
import type { Form, FormValues } from '../card.ts';
import { linkSpan, statusWords } from '../cards/training-words.ts';
import { dayWords, shorten } from '../words.ts';
import { dateInput, makeForm, paragraphInput, textOf, ticksInput, ticksOf, MAX_TEXT } from './inputs.ts';
import { reader, type Read } from './reading.ts';

/** `need`: the course's state for the person who opens the form. */
export const takeTrainingForm = (
  course: Course,
  need: { until: Day; status: Parameters<typeof statusWords>[0] } | undefined,
  today: Day,
  values: FormValues = {},
): Form =>
  makeForm({
    name: 'desk.take-training',
    title: 'Training',
    submit: 'Save',
    context: { course: course.id },
    blocks: [
      { kind: 'heading', text: shorten(course.title, 100) },
      { kind: 'text', text: course.about },
      ...(linkSpan(course).length > 0 ? [{ kind: 'text', text: linkSpan(course) } as const] : []),
      ...(need ? [{ kind: 'note', text: `For you: ${statusWords(need.status, need.until)}.` } as const] : []),
      ticksInput(
        'done',
        'Please confirm',
        [{ value: 'yes', label: 'I have done this course and understood what it asks of me' }],
        ticksOf(values, 'done'),
      ),
      dateInput('on', 'When you finished it', textOf(values, 'on') ?? today),
      {
        kind: 'note',
        text: `Taken today, it is valid until ${dayWords(validUntil(today, course))}. ${course.citation}.`,
      },
    ],
  });

export const readTakeTrainingForm = (values: FormValues): Read<{ on: Day }> => {
  const form = reader(values);
  if (!form.ticks('done').includes('yes')) {
    form.fail('done', 'Please tick this once you have done the course. Until then nothing is saved.');
  }
  return form.done({ on: form.day('on', 'Please say when you finished it.') });
};

export const importTrainingForm = (courses: readonly Course[], values: FormValues = {}): Form =>
  makeForm({
    name: 'desk.training-import',
    title: 'Record training',
    submit: 'Save',
    context: {},
    blocks: [
      {
        kind: 'text',
        text: 'Paste lines from your learning system: person, course, day. All of them are saved, or none.',
      },
      paragraphInput('rows', 'Lines', textOf(values, 'rows'), {
        most: MAX_TEXT,
        placeholder: 'ada@example.com, human-rights-due-diligence, 2027-03-01',
        hint: 'Person: id of the organisation file, e-mail, Slack id or Entra id. Tabs and semicolons do as well.',
      }),
      { kind: 'note', text: `Courses: ${shorten(courses.map(({ id }) => id).join(', '), 300)}.` },
      { kind: 'note', text: 'For more than some sixty lines: clearthread training import FILE, on the bot’s machine.' },
    ],
  });
