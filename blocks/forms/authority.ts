/** What EU exporters notified to the authority, of a use for repression. */

import type { DealView } from '../../flows/deal/view.ts';
import type { Form, FormValues } from '../card.ts';
import { authorityBlocks } from '../cards/said-words.ts';
import { makeForm, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

export const authorityForm = (view: DealView, values: FormValues = {}): Form => {
  const { authority } = view.deal;
  if (!authority || authority.done) return savedForm('Nothing is left to notify on this deal.');
  return makeForm({
    name: 'deal.authority',
    title: 'Authority notified',
    submit: 'Save',
    context: { deal: view.deal.id },
    blocks: [
      ...authorityBlocks(view),
      paragraphInput('note', 'What was sent to which authority, and when?', textOf(values, 'note'), {
        hint: 'Or why nothing has to be sent.',
      }),
    ],
  });
};

export const readAuthorityForm = (values: FormValues): Read<{ note: string }> => {
  const form = reader(values);
  return form.done({ note: form.required('note', 'Please say what was notified, and when.') });
};
