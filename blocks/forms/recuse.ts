/** An approver steps back from one deal. */

import type { DealView } from '../../flows/deal/view.ts';
import type { Form, FormValues } from '../card.ts';
import { dealTitle } from '../cards/spans.ts';
import { makeForm, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';

const MISSING_REASON = 'Please say why. A few words are enough.';

export const recuseForm = (view: DealView, values: FormValues = {}): Form =>
  makeForm({
    name: 'deal.recuse',
    title: 'Recuse myself',
    submit: 'Recuse myself',
    context: { deal: view.deal.id },
    blocks: [
      { kind: 'text', text: ['Others then decide on ', { strong: dealTitle(view.deal) }, '.'] },
      {
        kind: 'note',
        text: 'You cannot vote on it, settle its flags or look at its evidence any more, nor for somebody else. A vote of yours in the open step no longer counts. This cannot be undone.',
      },
      paragraphInput('reason', 'Why?', textOf(values, 'reason'), { hint: 'The thread and the record show it.' }),
    ],
  });

export const readRecuseForm = (values: FormValues): Read<{ reason: string }> => {
  const form = reader(values);
  return form.done({ reason: form.required('reason', MISSING_REASON) });
};
