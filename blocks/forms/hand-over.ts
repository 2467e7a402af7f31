/** "Who might know?": one section goes to a colleague. */
import type { DealView } from '../../flows/deal/view.ts';
import type { Organisation, PersonId } from '../../flows/organisation.ts';
import type { SectionId } from '../../flows/policy/policy.ts';
import type { Form, FormValues } from '../card.ts';
import { makeForm, paragraphInput, personInput, textOf } from './inputs.ts';
import type { Read } from './reading.ts';
import { reader } from './reading.ts';

export const handOverForm = (view: DealView, id: SectionId, values: FormValues = {}): Form => {
  const section = view.policy.sections.find((s) => s.id === id);
  return makeForm({
    name: 'deal.hand-over',
    title: 'Who might know?',
    submit: 'Hand over',
    context: { deal: view.deal.id, section: id },
    blocks: [
      {
        kind: 'text',
        text: [
          'They get a message and can answer ',
          { strong: section?.title ?? id },
          '. The thread shows that they have it. Who joins the deal team cannot vote on the deal.',
        ],
      },
      personInput('person', 'Hand it to', textOf(values, 'person')),
      paragraphInput('note', 'A word for them', textOf(values, 'note'), { optional: true }),
    ],
  });
};

export const readHandOverForm = (
  values: FormValues,
  organisation: Organisation,
): Read<{ person: PersonId; note?: string | undefined }> => {
  const form = reader(values);
  return form.done({ person: form.who('person', organisation), note: form.optional('note') });
};
