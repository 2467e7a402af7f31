/** A deal opened from a list: its status, the reader's actions, and the way to its thread. */

import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { Form, FormBlock } from '../card.ts';
import { openThreadButton, row } from '../cards/actions.ts';
import { statusCard } from '../cards/status.ts';
import { makeForm } from './inputs.ts';

export const showForm = (view: DealView, person: PersonId, threadUrl: string | undefined): Form => {
  const { deal } = view;
  const blocks = statusCard(view, person).blocks.map((block): FormBlock =>
    block.kind === 'title' ? { kind: 'heading', text: block.text } : block,
  );
  return makeForm({
    name: 'deal.show',
    title: deal.id,
    close: 'Close',
    context: { deal: deal.id },
    blocks: [...blocks, ...row(threadUrl !== undefined && openThreadButton(deal.id, threadUrl))],
  });
};
