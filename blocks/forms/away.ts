/** "I am away": the first and last day, and who acts meanwhile. */

import type { PersonId, Day } from '../../flows/ids.ts';
import type { Absence, Organisation } from '../../flows/organisation.ts';
import type { Form, FormValues } from '../card.ts';
import { dateInput, makeForm, personInput, textOf } from './inputs.ts';
import { reader, type Read } from './reading.ts';

export const awayForm = (mine: Absence | undefined, today: Day, values: FormValues = {}): Form =>
  makeForm({
    name: 'desk.away',
    title: 'I am away',
    submit: 'Save',
    context: {},
    blocks: [
      { kind: 'text', text: 'Reminders and votes that wait for you go to somebody else meanwhile.' },
      dateInput('from', 'First day away', textOf(values, 'from') ?? mine?.from ?? today),
      dateInput('until', 'Last day away', textOf(values, 'until') ?? mine?.until),
      personInput('delegate', 'Who acts for you', textOf(values, 'delegate') ?? mine?.delegate),
      {
        kind: 'note',
        text: 'If you decide on deals, choose somebody of your group or a deputy of yours; compliance is told too.',
      },
      { kind: 'note', text: 'They are told. Nobody can decide for you on a deal that they are on themselves.' },
    ],
  });

export const readAwayForm = (
  values: FormValues,
  organisation: Organisation,
): Read<{ delegate: PersonId; from: Day; until: Day }> => {
  const form = reader(values);
  return form.done({
    delegate: form.who('delegate', organisation),
    from: form.day('from', 'Please choose the first day.'),
    until: form.day('until', 'Please choose the last day.'),
  });
};
