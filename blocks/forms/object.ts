/** The form of somebody who is named as having told the deal team something, and did not. */

import { saidBy, wasChanged } from '../../flows/deal/basis/basis.ts';
import { isOpen } from '../../flows/deal/context/alerts.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Form, FormValues } from '../card.ts';
import { makeForm, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';

export const objectForm = (view: DealView, person: PersonId, values: FormValues = {}): Form =>
  makeForm({
    name: 'deal.object',
    title:
      saidBy(view.deal.answers, person).length === 0 && wasChanged(view.deal, person) ? 'Object' : "I didn't say that",
    submit: 'Object',
    context: { deal: view.deal.id },
    blocks: [
      {
        kind: 'text',
        text: `${
          isOpen(view.deal) && saidBy(view.deal.answers, person).length > 0
            ? 'The answers that stand on your word will count as not known, until the deal team finds out.'
            : 'Compliance looks at what you say, as at a red flag.'
        }${view.deal.team.includes(person) ? '' : ' You are not on the deal by this.'}`,
      },
      paragraphInput('reason', 'What is not right?', textOf(values, 'reason')),
      { kind: 'note', text: 'The thread shows it with your name.' },
    ],
  });

export const readObjectForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.required('reason', 'Please say in a sentence what is not right.') });
};
