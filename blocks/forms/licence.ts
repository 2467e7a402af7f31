/** Where the export licence of an approved deal stands. Guidance: G7. */

import { approvalOf } from '../../flows/deal/approval/in-force.ts';
import { licenceNow } from '../../flows/deal/approval/licence.ts';
import type { WordsEver } from '../../flows/deal/context/words-shapes.ts';
import type { ExportLicence } from '../../flows/deal/deal.ts';
import { licenceShown } from '../../flows/deal/deciding/waiting-shown.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Form, FormValues } from '../card.ts';
import { setBlocks } from '../cards/set-words.ts';
import { licenceWord, NOT_A_LICENCE } from '../words.ts';
import type { SetShown } from './context.ts';
import { choiceInput, makeForm, paragraphInput, textOf } from './inputs.ts';
import { newerBlocks } from './newer.ts';
import { LICENCES } from './open.ts';
import { type Read, reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** `said`: what was written beside the answers (`saidBeside`); `shown`: what the form showed before. */
export const licenceForm = (
  view: DealView,
  values: FormValues = {},
  said: readonly WordsEver[] = [],
  shown: SetShown = {},
): Form => {
  const { deal } = view;
  const now = licenceShown(view);
  if (!approvalOf(deal)) return savedForm('This deal is not approved now. Its licence is one of its details.');
  return makeForm({
    name: 'deal.licence',
    title: 'Export licence',
    submit: 'Save',
    context: { deal: deal.id, seen: now },
    blocks: [
      ...newerBlocks(now, shown.seen),
      { kind: 'text', text: `Now: ${licenceWord(licenceNow(deal)).toLowerCase()}. ${NOT_A_LICENCE}` },
      ...setBlocks(view, said, 'licence'),
      choiceInput(
        'licence',
        'Where does the export licence stand?',
        LICENCES.map((value) => ({ value, label: licenceWord(value) })),
        textOf(values, 'licence') ?? licenceNow(deal),
      ),
      paragraphInput('reason', 'What does that stand on?', textOf(values, 'reason'), {
        hint: 'Its number and date, or who found that none is needed. The thread shows it.',
      }),
    ],
  });
};

export const readLicenceForm = (values: FormValues): Read<{ licence: ExportLicence; reason: string }> => {
  const form = reader(values);
  return form.done({
    licence: form.one('licence', LICENCES),
    reason: form.reason('reason', 'Please say what it stands on.', { tells: 'what it stands on' }),
  });
};
