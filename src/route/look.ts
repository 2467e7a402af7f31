/** One person's view in place of a live card when the chat shows it to them: a form to fill in, or nothing. */

import type { Action, Form, FormBlock } from '../../blocks/card.ts';
import { isInput } from '../../blocks/forms/inputs.ts';
import { canDo } from '../../flows/deal/rights/access.ts';
import { sectionProgress, waitingFor } from '../../flows/deal/rights/whose-turn.ts';
import { confirmable } from '../../flows/deal/taking/asked-again.ts';
import { cardRoundOf } from '../../flows/deal/telling/routed-alike.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { own } from '../../flows/own.ts';
import type { Interaction, Reply } from '../edge/interaction.ts';
import { plainKey } from '../streams/places.ts';
import { DONE, readable, type Desk } from './desk.ts';
import { openReview } from './review.ts';
import { startedSection } from './section-drafts.ts';
import { holderOf } from './section.ts';

type LookInteraction = Extract<Interaction, { kind: 'look' }>;

/** More inputs than this do not fit a card in a thread: its Answer button opens a window. */
const MOST_INPUTS = 8;

/** The replaced card lets its holder ask a colleague who knows, so this one does too. */
const withHandOver = (form: Form, value: string): Form => {
  const offer = (actions: readonly Action[]): readonly Action[] =>
    actions.some(({ name }) => name === 'deal.hand-over')
      ? actions
      : [...actions, { name: 'deal.hand-over', value, label: 'Who might know?', opens: 'form' }];
  return {
    ...form,
    blocks: form.blocks.map((block) =>
      block.kind === 'actions' ? { ...block, actions: offer(block.actions) } : block,
    ),
  };
};

const handedBlocks = ({ deal }: DealView, section: string): FormBlock[] => {
  const handed = own(deal.handOvers, section);
  if (!handed) return [];
  const note = handed.note === undefined ? '' : ` “${handed.note}”`;
  return [{ kind: 'text', text: [{ person: handed.by }, ` handed this over to you.${note}`] }];
};

const lookAtSection = async (desk: Desk, view: DealView, section: string, person: string): Promise<Reply> => {
  if (view.deal.status !== 'answering' || holderOf(view, section) !== person) return DONE;
  const open = sectionProgress(view).some((s) => s.section.id === section && !s.done);
  // A section that can be confirmed in one click is shown as a card with that button.
  if (!open || !canDo(view, person, 'answer') || confirmable(view, section)) return DONE;
  const form = await startedSection(desk, await desk.reuse(view, person), section, person);
  if (form.blocks.filter(isInput).length > MOST_INPUTS) return DONE;
  const whole = withHandOver(form, `${view.deal.id}/${section}`);
  return { kind: 'form', form: { ...whole, blocks: [...handedBlocks(view, section), ...whole.blocks] } };
};

const lookAtReview = async (desk: Desk, view: DealView, of: string, look: LookInteraction): Promise<Reply> => {
  const { deal } = view;
  if (deal.status !== 'deciding' || of !== `${cardRoundOf(deal)}:${deal.step}`) return DONE;
  // While a question is open the card shows it; an approver who does not want to wait uses its Review button.
  if (waitingFor(view).for !== 'votes' || !canDo(view, look.person, 'vote')) return DONE;
  const form = await openReview(desk, view, look, 'where they were');
  return form ? { kind: 'form', form } : DONE;
};

/** Never writes to the record. */
export const onLook = async (desk: Desk, look: LookInteraction): Promise<Reply> => {
  const { deal, key, person } = look;
  const [kind = '', ...rest] = plainKey(key).split(':');
  const view = await readable(desk, deal, person);
  if (!view) return DONE;
  switch (kind) {
    case 'section':
      return rest[1] === view.deal.reassessed?.toString() ? lookAtSection(desk, view, rest[0] ?? '', person) : DONE;
    case 'review':
      return lookAtReview(desk, view, rest.join(':'), look);
    default:
      return DONE;
  }
};
