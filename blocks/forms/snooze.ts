/** "Remind me later": no reminder of one thing before a day that the person chooses. */

import { addDays, calendarOf, dayIn, morningOf } from '../../flows/calendar.ts';
import type { DutyKey } from '../../flows/deal/deal.ts';
import { dutiesOf } from '../../flows/deal/owing/duties.ts';
import { canPutOff } from '../../flows/deal/refusing/lifecycle.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Day, PersonId } from '../../flows/ids.ts';
import { MOST_SNOOZED } from '../../flows/registers/due-day.ts';
import type { Form, FormValues } from '../card.ts';
import { conditionOf, owedWords } from '../cards/owed.ts';
import { reassessmentNamed } from '../cards/reassessment-words.ts';
import { dayWords } from '../words.ts';
import { dateInput, makeForm, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** Days that can be chosen, in the person's own zone; `working` is their first working day. */
const range = ({ organisation, now }: DealView, person: PersonId): { first: Day; working: Day; last: Day } => {
  const calendar = calendarOf(organisation, person);
  const today = dayIn(now, calendar);
  const first = addDays(today, 1);
  return { first, working: dayIn(morningOf(first, calendar), calendar), last: addDays(today, MOST_SNOOZED) };
};

export const snoozeForm = (view: DealView, person: PersonId, duty: DutyKey, values: FormValues = {}): Form => {
  const found = dutiesOf(view).find(({ key }) => key === duty);
  if (!found) return savedForm('There is nothing left to remind you of: this is done.');
  if (!canPutOff(view, found, person)) return savedForm('This reminder is not yours to put off.');
  const { working, last } = range(view, person);
  const condition = found.owed.kind === 'condition' ? conditionOf(view, found.owed.condition) : undefined;
  const task = found.owed.kind === 'reassessment' ? reassessmentNamed(view, found.owed.task) : undefined;
  return makeForm({
    name: 'deal.snooze',
    title: 'Remind me later',
    submit: 'Save',
    context: { deal: view.deal.id, duty },
    blocks: [
      { kind: 'text', text: `This is about ${owedWords(view, found.owed)}.` },
      dateInput('until', 'No reminder before', textOf(values, 'until') ?? working, {
        hint: `You hear of it that morning, or on the next working day, if it still waits. The latest is ${dayWords(last)}.`,
      }),
      {
        kind: 'note',
        text: condition
          ? `The condition stays due ${dayWords(condition.due)}. Only your own reminders wait.`
          : task
            ? `The reassessment stays due ${dayWords(task.due)}. Only your own reminders wait.`
            : 'Only your own reminders wait. Others still see that it is open.',
      },
    ],
  });
};

export const readSnoozeForm = (view: DealView, person: PersonId, values: FormValues): Read<{ until: Day }> => {
  const form = reader(values);
  const { first, last } = range(view, person);
  const until = form.day('until', 'Please choose a day.');
  if (until !== '' && until < first) form.fail('until', 'Please choose tomorrow or a later day.');
  if (until > last) form.fail('until', `Please choose ${dayWords(last)} or an earlier day.`);
  return form.done({ until });
};
