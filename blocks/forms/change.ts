/** "Something changed" about an approved deal: it is reassessed. Guidance: A3 and A4. */

import { approvalOf, isSuspended } from '../../flows/deal/approval/in-force.ts';
import { dueFromToday } from '../../flows/deal/approval/reassessments.ts';
import { CHANGES, type ChangeKind } from '../../flows/deal/commands.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Day } from '../../flows/ids.ts';
import type { Choice, Form, FormValues } from '../card.ts';
import { CITATIONS } from '../cards/reassessment-words.ts';
import { dayWords, dealWords } from '../words.ts';
import { choiceInput, dateInput, makeForm, paragraphInput, textOf } from './inputs.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

const LABELS: Record<ChangeKind, Omit<Choice, 'value'>> = {
  activity: { label: 'A new activity', description: `With this customer. ${CITATIONS.A3}` },
  service: { label: 'A new product or service', description: `For this customer. ${CITATIONS.A3}` },
  relationship: { label: 'A new relationship', description: `A new end-user, reseller or partner. ${CITATIONS.A3}` },
  major: { label: 'A major change', description: `In the relationship we have. ${CITATIONS.A4}` },
};

export const changeForm = (view: DealView, values: FormValues = {}): Form => {
  if (!approvalOf(view.deal)) return savedForm('This deal is not approved now, so its answers can simply be changed.');
  return makeForm({
    name: 'deal.something-changed',
    title: 'Something changed',
    submit: 'Ask to reassess',
    context: { deal: view.deal.id },
    blocks: [
      { kind: 'note', text: dealWords(view.deal) },
      choiceInput(
        'what',
        'What changed, or is about to?',
        CHANGES.map((value) => ({ value, ...LABELS[value] })),
        textOf(values, 'what'),
      ),
      paragraphInput('why', 'What is it?', textOf(values, 'why'), { hint: 'A sentence. The thread shows it.' }),
      dateInput('on', 'When does it begin?', textOf(values, 'on'), {
        optional: true,
        hint: `The deal is reassessed before. Without a date: by ${dayWords(dueFromToday(view))}.`,
      }),
      {
        kind: 'note',
        text: `${isSuspended(view.deal) ? 'The approval stays suspended' : 'The approval stands'} meanwhile. The owner and compliance are told.`,
      },
    ],
  });
};

export const readChangeForm = (values: FormValues): Read<{ what: ChangeKind; why: string; on?: Day | undefined }> => {
  const form = reader(values);
  return form.done({
    what: form.one('what', CHANGES, 'Please choose what changed.'),
    why: form.reason('why', 'Please say in a sentence what changed.', { tells: 'what changed' }),
    on: form.maybeDay('on'),
  });
};
